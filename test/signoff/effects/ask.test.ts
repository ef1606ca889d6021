import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import { ASKED_AT_ONCE } from "../../../src/signoff/limits.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  approval,
  dora,
  file,
  INFRASTRUCTURE,
  kira,
  nils,
  olga,
  permissions,
  policy,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const yan = user("yan", 6);
const owners = (text: string) => ({ codeowners: { path: "CODEOWNERS", text } });
const both = [file("infra/a.tf"), file("db/1.sql")];
const teams = (members: Readonly<Record<string, readonly (typeof olga)[]>>) => ({
  permissions: permissions("write", kira, olga, sven, dora, nils, yan),
  teams: Object.fromEntries(
    Object.entries(members).map(([name, people]) => [name, { status: "known" as const, members: people }]),
  ),
});
const requested = (users: readonly string[], slugs: readonly string[] = []) => ({
  pullRequest: { ...snapshot().pullRequest, requestedReviewers: { users, teams: slugs } },
});

interface Row {
  readonly why: string;
  readonly given: Partial<Snapshot>;
  readonly rules?: Partial<Policy>;
  readonly asks: { readonly users?: readonly string[]; readonly teams?: readonly string[] };
}

describe("requests the smallest set of reviews that covers what is missing", () => {
  test.each<Row>([
    { why: "the first of a line", given: owners("* @olga @sven"), asks: { users: ["olga"] } },
    {
      why: "one who owns both areas rather than two",
      given: { files: both, ...owners("/infra/ @olga @yan\n/db/ @dora @yan") },
      asks: { users: ["yan"] },
    },
    {
      why: "one for each area where nobody owns both",
      given: { files: both, ...owners("/infra/ @olga\n/db/ @dora") },
      asks: { users: ["olga", "dora"] },
    },
    {
      why: "a team where the team alone is named",
      given: { ...owners("* @acme/sre"), authority: teams({ "acme/sre": [olga] }) },
      asks: { teams: ["sre"] },
    },
    {
      why: "a team rather than two people, where two signatures are missing",
      given: { ...owners("* @olga @sven @acme/sre"), authority: teams({ "acme/sre": [olga, sven] }) },
      rules: { areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] },
      asks: { teams: ["sre"] },
    },
    { why: "never a contributor", given: owners("* @kira @olga"), asks: { users: ["olga"] } },
    {
      why: "never a team that holds contributors alone",
      given: { ...owners("* @acme/kiras @olga"), authority: teams({ "acme/kiras": [kira] }) },
      asks: { users: ["olga"] },
    },
    {
      why: "never a machine account",
      given: owners("* @acme-build @olga"),
      rules: { detect: { ...policy().detect, agents: ["acme-build"] } },
      asks: { users: ["olga"] },
    },
    {
      why: "nobody who signed",
      given: { ...owners("* @olga @sven"), reviews: [approval(olga)] },
      rules: { areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] },
      asks: { users: ["sven"] },
    },
    {
      why: "whoever is asked already, and nobody besides",
      given: { ...owners("* @olga @sven"), ...requested(["sven"]) },
      asks: { users: ["sven"] },
    },
    {
      why: "the member whom GitHub picked from a team that was asked",
      given: {
        ...owners("* @acme/sre"),
        authority: teams({ "acme/sre": [olga, sven] }),
        ...requested(["sven"]),
      },
      asks: { users: ["sven"] },
    },
    {
      why: "a team that is asked already",
      given: {
        ...owners("* @olga @acme/sre"),
        authority: teams({ "acme/sre": [olga, sven] }),
        ...requested([], ["sre"]),
      },
      asks: { teams: ["sre"] },
    },
    {
      why: "not through a team whose only member is asked already",
      given: {
        ...owners("* @acme/sre @olga @sven"),
        authority: teams({ "acme/sre": [olga] }),
        ...requested(["olga"]),
      },
      rules: { areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] },
      asks: { users: ["olga", "sven"] },
    },
    {
      why: "an owner of two areas for the one, though a team that was asked is more than the other needs",
      given: {
        files: both,
        ...owners("/infra/ @acme/sre @dora\n/db/ @dora"),
        authority: teams({ "acme/sre": [olga, sven] }),
        ...requested([], ["sre"]),
      },
      asks: { users: ["dora"], teams: ["sre"] },
    },
    {
      why: "a person rather than an e-mail address",
      given: owners("* ben@acme.example @olga"),
      asks: { users: ["olga"] },
    },
    {
      why: "not those who were asked and cannot sign",
      given: { ...owners("* @olga"), ...requested(["nils"]) },
      asks: { users: ["olga"] },
    },
    {
      why: "the owner outside production, though nothing is required",
      given: { files: [file("web/a.css")] },
      asks: { users: ["nils"] },
    },
    {
      why: "a senior besides an owner, where none of the owners is one",
      given: owners("* @olga"),
      rules: { areas: [{ ...INFRASTRUCTURE, senior: [{ kind: "user", login: "yan" }] }] },
      asks: { users: ["olga", "yan"] },
    },
    {
      why: "an owner who is a senior, rather than another and a senior",
      given: owners("* @olga @yan"),
      rules: { areas: [{ ...INFRASTRUCTURE, senior: [{ kind: "user", login: "yan" }] }] },
      asks: { users: ["yan"] },
    },
  ])("$why", ({ given, rules, asks }) => {
    expect(verdict(given, rules).reviewRequests).toStrictEqual({ users: [], teams: [], ...asks });
  });
});

test("requests no more reviews than GitHub accepts at once", () => {
  const names = Array.from({ length: 40 }, (_, index) => `u${index}`);
  const files = names.map((name) => file(`infra/${name}`));
  const text = names.map((name) => `/infra/${name} @${name}`).join("\n");
  const { users } = verdict({ files, ...owners(text) }).reviewRequests;

  expect(users).toHaveLength(ASKED_AT_ONCE);
});

describe("requests no review", () => {
  test.each<{ why: string; given?: Partial<Snapshot>; rules?: Partial<Policy> }>([
    { why: "while it is a draft", given: { pullRequest: { ...snapshot().pullRequest, draft: true } } },
    { why: "when it is closed", given: { pullRequest: { ...snapshot().pullRequest, state: "closed" } } },
    { why: "in observe mode", rules: { mode: "observe" } },
    { why: "when an owner refused", given: { reviews: [{ ...approval(olga), state: "changes_requested" }] } },
    { why: "when nobody could sign", given: owners("* @kira") },
  ])("$why", ({ given, rules }) => {
    expect(verdict(given, rules).reviewRequests).toEqual({ users: [], teams: [] });
  });
});
