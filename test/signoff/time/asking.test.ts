import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { duesOfAsking, expectedAnswers } from "../../../src/signoff/time/answers.ts";
import type { ReviewRequest } from "../../../src/signoff/time-facts.ts";
import { olga, sven } from "../build.ts";
import { at, HOUR, timed, when } from "./build.ts";

const RULES = timed({ respondWithin: 2 * HOUR }).time;
/** Until 20:00 UTC, from noon on. */
const LATE = { zone: "UTC", days: [5], start: 12 * 60, end: 20 * 60 };
const withHours = (...teams: readonly string[]): Policy["time"] => ({
  ...RULES,
  workingHours: { ...RULES.workingHours, teams: Object.fromEntries(teams.map((team) => [team, LATE])) },
});

/** Friday at ten, with two teams: one that is known, and one that is secret. */
const shop = (requests: readonly ReviewRequest[] = [], clock = "10:00"): Snapshot =>
  when(
    at(clock),
    {
      authority: {
        permissions: {},
        teams: {
          "acme/sre": { status: "known", members: [olga] },
          "acme/core": { status: "unlisted", reason: "is not listed here" },
        },
      },
    },
    { requests },
  );

const asked = (kind: ReviewRequest["kind"], name: string, clock = "10:00"): ReviewRequest => {
  return { kind, name, at: at(clock) };
};

interface Row {
  readonly why: string;
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  readonly before?: readonly ReviewRequest[];
  readonly rules?: Policy["time"];
  readonly dues: readonly string[];
}

describe("Who is about to be asked at ten is to answer", () => {
  test.each<Row>([
    { why: "two hours later", users: ["olga"], dues: ["12:00"] },
    { why: "each of them", users: ["olga", "sven"], teams: ["sre"], dues: ["12:00", "12:00", "12:00"] },
    {
      why: "but for whoever was asked before",
      users: ["olga", "sven"],
      before: [asked("user", "Olga")],
      dues: ["12:00"],
    },
    { why: "and a team that was", teams: ["sre"], before: [asked("team", "SRE")], dues: [] },
    {
      why: "though a person of the team's name was asked",
      teams: ["sre"],
      before: [asked("user", "sre")],
      dues: ["12:00"],
    },
    {
      why: "though a team of the person's name was asked",
      users: ["olga"],
      before: [asked("team", "olga")],
      dues: ["12:00"],
    },
    { why: "in the hours of the team", teams: ["SRE"], rules: withHours("acme/sre"), dues: ["14:00"] },
    {
      why: "in everybody's hours where only another team has its own",
      teams: ["web"],
      rules: withHours("acme/sre"),
      dues: ["12:00"],
    },
    {
      why: "in the hours of the team that one is in",
      users: ["Olga"],
      rules: withHours("acme/sre"),
      dues: ["14:00"],
    },
    {
      why: "in everybody's hours where one is in no such team",
      users: ["sven"],
      rules: withHours("acme/sre"),
      dues: ["12:00"],
    },
    {
      why: "in everybody's hours where nobody sees who is in the team",
      users: ["olga"],
      rules: withHours("acme/core"),
      dues: ["12:00"],
    },
    {
      why: "in everybody's hours where nobody looked at the team",
      users: ["olga"],
      rules: withHours("acme/web"),
      dues: ["12:00"],
    },
    {
      why: "in the hours of the first such team",
      users: ["olga"],
      rules: withHours("acme/core", "acme/sre"),
      dues: ["14:00"],
    },
    {
      why: "at no time where none is set",
      users: ["olga"],
      rules: { ...RULES, respondWithin: null },
      dues: [],
    },
  ])("$why", ({ users = [], teams = [], before, rules = RULES, dues }) => {
    const told = duesOfAsking({ users, teams }, shop(before), rules);
    expect(told.map((due) => new Date(due).toISOString())).toEqual(dues.map((clock) => at(clock)));
  });

  test("at no time where nothing is known of time", () => {
    const { time: _, ...unknown } = shop();
    expect(duesOfAsking({ users: ["olga"], teams: [] }, unknown, RULES)).toEqual([]);
  });
});

describe("Who was asked", () => {
  const expected = (
    clock: string,
    more: { readonly readySince?: number | null; readonly rules?: Policy["time"] } = {},
  ) => {
    const { readySince = Date.parse(at("09:00")), rules = RULES } = more;
    const requests = [asked("user", "olga"), asked("user", sven.login, "11:00")];
    return expectedAnswers(shop(requests, clock), rules, {
      readySince,
      isMeant: ({ name }) => name === "olga",
    }).map(({ request: { name }, due, isLate }) => [name, due && new Date(due).toISOString(), isLate]);
  };

  test.each([
    ["is waited for until the last moment", () => expected("11:59"), [["olga", at("12:00"), false]]],
    ["is late from that moment on", () => expected("12:00"), [["olga", at("12:00"), true]]],
    [
      "has the whole time from when it was no draft any more",
      () => expected("12:00", { readySince: Date.parse(at("11:00")) }),
      [["olga", at("13:00"), false]],
    ],
    ["is not waited for while it is a draft", () => expected("12:00", { readySince: null }), []],
    [
      "is not late where no time is set",
      () => expected("12:00", { rules: { ...RULES, respondWithin: null } }),
      [],
    ],
    [
      "is never late who works in years that nobody reaches",
      () => expected("12:00", { rules: { ...RULES, respondWithin: 50_000 * 24 * HOUR } }),
      [["olga", null, false]],
    ],
  ])("%s", (_, told, wanted) => {
    expect(told()).toEqual(wanted);
  });
});
