import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { ASKED_AT_ONCE } from "../../../src/signoff/limits.ts";
import type { Account, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { NotAsked } from "../../../src/signoff/time-verdict.ts";
import { dora, file, INFRASTRUCTURE, kira, nils, olga, permissions, snapshot, sven, user } from "../build.ts";
import { at, timed, when } from "./build.ts";

const FULL = 3;
const RULES = timed({ maxReviewsPerPerson: FULL });
const yan = user("Yan", 6);
const everybody = [kira, olga, sven, dora, nils, yan] as const;

/** Those who own by their own names, as GitHub tells who they are. */
const byLogin = (people: readonly Account[]) =>
  Object.fromEntries(people.map((person) => [person.login.toLowerCase(), person]));

const owned = (text: string, sre: readonly Account[] = [olga, sven]): Partial<Snapshot> => ({
  files: [file("infra/a.tf")],
  codeowners: { path: "CODEOWNERS", text },
  authority: {
    permissions: permissions("write", ...everybody),
    users: byLogin(everybody),
    teams: { "acme/sre": { status: "known", members: sre } },
  },
});
const requested = (users: readonly string[], teams: readonly string[] = []) => ({
  pullRequest: { ...snapshot().pullRequest, requestedReviewers: { users, teams } },
});
const busy = (...people: readonly Account[]) => ({
  attention: { busy: people.map(({ id }) => id), waiting: {} },
});

interface Row {
  readonly why: string;
  readonly given: Partial<Snapshot>;
  /** Reviews that wait, by account. */
  readonly load?: Readonly<Record<number, number>>;
  readonly rules?: Policy;
  readonly asks: readonly string[];
  readonly not?: readonly (readonly [login: string, because: NotAsked["because"]])[];
}

describe("asks", () => {
  test.each<Row>([
    {
      why: "whoever has fewer waiting than so many",
      given: owned("* @olga @sven"),
      load: { [olga.id]: FULL - 1 },
      asks: ["olga"],
    },
    {
      why: "the next owner, where the first has as many",
      given: owned("* @olga @sven"),
      load: { [olga.id]: FULL },
      asks: ["sven"],
      not: [["olga", "load"]],
    },
    {
      why: "the next owner, where the first is busy",
      given: { ...owned("* @olga @sven"), ...busy(olga) },
      asks: ["sven"],
      not: [["olga", "busy"]],
    },
    {
      why: "as before where nobody set how many",
      given: { ...owned("* @olga @sven"), ...busy(olga) },
      load: { [olga.id]: 99 },
      rules: timed({}),
      asks: ["olga"],
    },
    { why: "a team of which nobody is full", given: owned("* @acme/sre"), asks: ["@sre"] },
    {
      why: "another of a team of which one is full",
      given: owned("* @acme/sre"),
      load: { [olga.id]: FULL },
      asks: ["sven"],
      not: [["olga", "load"]],
    },
    {
      why: "a team of which one is busy as a whole, as GitHub passes over them",
      given: { ...owned("* @acme/sre"), ...busy(olga) },
      asks: ["@sre"],
    },
    {
      why: "by the name that GitHub shows",
      given: owned("* @acme/sre", [olga, yan]),
      load: { [olga.id]: FULL },
      asks: ["Yan"],
      not: [["olga", "load"]],
    },
    {
      why: "whoever has least before them, where all are full",
      given: owned("* @olga @sven @dora"),
      load: { [olga.id]: 9, [sven.id]: 4, [dora.id]: 7 },
      asks: ["sven"],
      not: [
        ["dora", "load"],
        ["olga", "load"],
      ],
    },
    {
      why: "somebody full rather than somebody busy, where nobody else is left",
      given: { ...owned("* @olga @sven"), ...busy(olga) },
      load: { [sven.id]: 9 },
      asks: ["sven"],
      not: [["olga", "busy"]],
    },
    {
      why: "somebody full for what is missing besides",
      given: owned("* @olga @sven"),
      load: { [olga.id]: FULL },
      rules: { ...RULES, areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] },
      asks: ["sven", "olga"],
    },
    {
      why: "somebody full still, whom somebody asked already",
      given: { ...owned("* @olga @sven"), ...requested(["olga"]) },
      load: { [olga.id]: FULL },
      asks: ["olga"],
    },
    {
      why: "a team still that GitHub asked by itself, though one of it is full",
      given: { ...owned("* @acme/sre"), ...requested([], ["sre"]) },
      load: { [olga.id]: FULL },
      asks: ["@sre"],
    },
    {
      why: "the only owner, however much waits for them",
      given: owned("* @olga"),
      load: { [olga.id]: 99 },
      asks: ["olga"],
    },
  ])("$why", ({ given, load = {}, rules = RULES, asks, not = [] }) => {
    const { reviewRequests, time } = evaluate(when(at("10:00"), given, { load }), rules);
    const { users, teams } = reviewRequests;
    expect([...users, ...teams.map((slug) => `@${slug}`)]).toEqual(asks);
    const notAsked = time?.notAsked ?? [];
    expect(notAsked.map(({ login, because }) => [login, because]).toSorted()).toEqual([...not].toSorted());
  });

  test(`no more than ${ASKED_AT_ONCE} at once, whoever is full`, () => {
    const many = Array.from({ length: 40 }, (_, index) => user(`p${index}`, 100 + index));
    const given = {
      files: [file("infra/a.tf")],
      codeowners: { path: "CODEOWNERS", text: `* ${many.map(({ login }) => `@${login}`).join(" ")}` },
      authority: { permissions: permissions("write", ...many), users: byLogin(many), teams: {} },
    };
    const load = Object.fromEntries(many.slice(0, 10).map(({ id }) => [id, FULL]));
    const rules = { ...RULES, areas: [{ ...INFRASTRUCTURE, countersignatures: 30 }] };
    const { users } = evaluate(when(at("10:00"), given, { load }), rules).reviewRequests;
    expect(users).toHaveLength(ASKED_AT_ONCE);
    expect(users.filter((login) => Number(login.slice(1)) < 10)).toEqual([]);
  });

  test("nobody for a draft, and tells nobody's load then", () => {
    const given = { ...owned("* @olga @sven"), pullRequest: { ...snapshot().pullRequest, draft: true } };
    const { reviewRequests, time } = evaluate(when(at("10:00"), given, { load: { [olga.id]: FULL } }), RULES);
    expect([reviewRequests.users, time]).toEqual([[], undefined]);
  });
});
