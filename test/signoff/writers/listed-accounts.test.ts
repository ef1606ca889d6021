import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import type { Account, ListedAccount, Permission, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  approval,
  bot,
  INFRASTRUCTURE,
  nils,
  olga,
  permissions,
  policy,
  pushed,
  recorded,
  requester,
  sven,
  user,
  verdict,
} from "../build.ts";

const { detect } = policy();
const listing = (more: Partial<Policy["detect"]>): Partial<Policy> => ({ detect: { ...detect, ...more } });
const only = (login: string): Partial<Policy> => ({
  areas: [{ ...INFRASTRUCTURE, from: [{ kind: "user", login }] }],
});
const renamed = (account: Account, login: string): Account => ({ ...account, login });
const noted = (login: string, { id }: Account): ListedAccount => ({ login, id });

describe("the accounts behind listed logins", () => {
  test.each<{
    why: string;
    rules: Partial<Policy>;
    given?: Partial<Snapshot>;
    are: readonly ListedAccount[];
  }>([
    {
      why: "an agent, seen as a member of a team",
      rules: listing({ agents: ["sven"] }),
      are: [noted("sven", sven)],
    },
    {
      why: "automation, seen as a reviewer",
      rules: listing({ notAi: ["nils"] }),
      given: { reviews: [approval(nils)] },
      are: [noted("nils", nils)],
    },
    { why: "a person, however the policy writes them", rules: only("Olga"), are: [noted("olga", olga)] },
    { why: "nobody who is not listed", rules: {}, are: [] },
    {
      why: "a bot by the whole of its login, however the policy writes it",
      rules: listing({ agents: ["acme-coder"] }),
      given: { participants: [pushed(bot("acme-coder[bot]", 77))] },
      are: [{ login: "acme-coder[bot]", id: 77 }],
    },
    {
      why: "a bot and a user of the same name, each",
      rules: listing({ agents: ["acme-coder"] }),
      given: { participants: [pushed(bot("acme-coder[bot]", 77)), pushed(user("acme-coder", 78))] },
      are: [
        { login: "acme-coder[bot]", id: 77 },
        { login: "acme-coder", id: 78 },
      ],
    },
    {
      why: "whoever bears it now, not whoever bore it once",
      rules: listing({ agents: ["nils"] }),
      given: { participants: [pushed(user("nils", 99))], reviews: [approval(nils)] },
      are: [noted("nils", nils)],
    },
    {
      why: "nobody who bears another one by now",
      rules: listing({ agents: ["robo"] }),
      given: { participants: [pushed(renamed(nils, "robo"))], reviews: [approval(nils)] },
      are: [],
    },
    {
      why: "the one of whom GitHub says so, where it was asked",
      rules: only("olga"),
      given: {
        participants: [pushed(user("olga", 99))],
        authority: { permissions: {}, teams: {}, users: { olga } },
      },
      are: [noted("olga", olga)],
    },
    {
      why: "nobody of whom GitHub says that there is none",
      rules: only("ghost"),
      given: {
        participants: [pushed(user("ghost", 99))],
        authority: { permissions: {}, teams: {}, users: { ghost: null } },
      },
      are: [],
    },
    {
      why: "nobody who is known by an address alone",
      rules: listing({ agents: ["acme-coder"] }),
      given: { participants: [{ ...requester(user("acme-coder", 99)), presumed: true }] },
      are: [],
    },
    {
      why: "an owner whom CODEOWNERS names, apart from those that the policy lists",
      rules: listing({ agents: ["nils"] }),
      given: { authority: { permissions: {}, teams: {}, users: { olga, nils, ghost: null } } },
      are: [noted("nils", nils), noted("@olga", olga)],
    },
    {
      why: "no owner whom CODEOWNERS was seen to name for another account",
      rules: {},
      given: {
        authority: { permissions: {}, teams: {}, users: { olga } },
        recorded: recorded({ accounts: [noted("@olga", nils)] }),
      },
      are: [],
    },
    {
      why: "nobody whose login was noted for another account",
      rules: only("olga"),
      given: { recorded: recorded({ accounts: [noted("olga", nils)] }) },
      are: [],
    },
  ])("are noted: $why", ({ rules, given, are }) => {
    expect(verdict(given, rules).toRecord.accounts).toEqual(are);
  });

  interface Case {
    readonly why: string;
    readonly rules: Partial<Policy>;
    readonly as: string;
    readonly by: Account;
    readonly status: string;
    readonly code?: string;
  }

  test.each<Case>([
    {
      why: "a renamed agent is an agent",
      rules: listing({ agents: ["sven"] }),
      as: "sven",
      by: renamed(sven, "helper"),
      status: "waiting",
      code: "agent",
    },
    {
      why: "renamed automation is automation",
      rules: listing({ notAi: ["sven"] }),
      as: "sven",
      by: renamed(sven, "helper"),
      status: "waiting",
      code: "bot",
    },
    {
      why: "whoever took an agent's name is a person",
      rules: listing({ agents: ["robo"] }),
      as: "robo",
      by: renamed(olga, "robo"),
      status: "signed",
    },
    {
      why: "a person whose name an App bears as well is none",
      rules: listing({ agents: ["app[bot]"] }),
      as: "app[bot]",
      by: renamed(olga, "app"),
      status: "signed",
    },
    {
      why: "an agent whose name an App bears as well is one",
      rules: listing({ agents: ["sven"] }),
      as: "sven[bot]",
      by: sven,
      status: "waiting",
      code: "agent",
    },
    {
      why: "a renamed owner signs",
      rules: only("sven"),
      as: "sven",
      by: renamed(sven, "sv"),
      status: "signed",
    },
    {
      why: "whoever took an owner's name does not",
      rules: only("sven"),
      as: "sven",
      by: renamed(nils, "sven"),
      status: "waiting",
      code: "not-owner",
    },
  ])("$why", ({ rules, as, by, status, code }) => {
    const isElses = as === "robo" || as.endsWith("[bot]");
    const meant = isElses ? user(as, 99) : sven;
    const { requirements, ignoredReviews } = verdict(
      {
        reviews: [approval(by)],
        recorded: recorded({ accounts: [noted(as, meant)] }),
        authority: {
          permissions: permissions("write", by, olga, sven),
          users: { sven: renamed(nils, "sven") },
          teams: { "acme/sre": { status: "known", members: [by] } },
        },
      },
      rules,
    );
    expect(requirements.map((each) => each.status)).toEqual([status]);
    expect(ignoredReviews.map((each) => each.code)).toEqual(code ? [code] : []);
  });

  test.each<{ why: string; members?: readonly Account[]; permission?: Permission; can: readonly Account[] }>([
    {
      why: "by the login that they have now",
      members: [renamed(olga, "olga-p")],
      can: [renamed(olga, "olga-p")],
    },
    {
      why: "by the login that the policy lists, where they are seen nowhere",
      members: [sven],
      can: [renamed(olga, "Olga")],
    },
    {
      why: "not without write permission, whoever took the name",
      members: [sven],
      permission: "read",
      can: [],
    },
  ])("an owner who is listed can sign $why", ({ members = [], permission = "write", can }) => {
    const namesake = user("olga", 99);
    const { requirements } = verdict(
      {
        recorded: recorded({ accounts: [noted("olga", olga)] }),
        authority: {
          permissions: { ...permissions("write", namesake), ...permissions(permission, olga) },
          users: { olga: namesake },
          teams: { "acme/sre": { status: "known", members } },
        },
      },
      only("Olga"),
    );
    expect(requirements.map(({ canSign }) => canSign)).toEqual([can.map(({ id, login }) => ({ id, login }))]);
  });
});
