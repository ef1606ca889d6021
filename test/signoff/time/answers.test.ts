import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import type { ReviewRequest } from "../../../src/signoff/time-facts.ts";
import { approval, dora, file, INFRASTRUCTURE, kira, nils, olga, permissions, sven, user } from "../build.ts";
import { at, draft, HOUR, lastOf, timed, when } from "./build.ts";

const nora = user("nora", 6);
const RULES = timed({ respondWithin: 4 * HOUR });
const WITH_SENIOR: Policy = {
  ...RULES,
  areas: [{ ...INFRASTRUCTURE, senior: [{ kind: "user", login: "nora" }] }],
};

/** Friday, the 20th: the working day is from 09:00 to 17:00 UTC. */
function given(
  clock: string,
  asked: readonly string[],
  more: Partial<Snapshot> & { readonly owners?: string; readonly since?: string; readonly day?: string } = {},
): Snapshot {
  const { owners = "* @olga @sven", since = "10:00", day, ...facts } = more;
  const teams = asked.filter((name) => name.startsWith("@")).map((name) => name.slice(1));
  const users = asked.filter((name) => !name.startsWith("@"));
  const request = (kind: ReviewRequest["kind"]) => (name: string) => ({ kind, name, at: at(since) });
  const requests = [...users.map(request("user")), ...teams.map(request("team"))];
  const { pullRequest } = { ...when(at(clock)), ...facts };
  return when(
    at(clock, day),
    {
      files: [file("infra/a.tf")],
      codeowners: { path: "CODEOWNERS", text: owners },
      authority: {
        permissions: permissions("write", kira, olga, sven, dora, nils, nora),
        teams: { "acme/sre": { status: "known", members: [olga, sven] } },
      },
      ...facts,
      pullRequest: { ...pullRequest, requestedReviewers: { users, teams } },
    },
    { requests },
  );
}

/** Asked as soon as it was seen. */
const later = (clock: string, ...rest: [readonly string[], Parameters<typeof given>[2]?]) => [
  given("10:00", []),
  given(clock, ...rest),
];

interface Row {
  readonly why: string;
  readonly moments: readonly Snapshot[];
  readonly rules?: Policy;
  readonly asks: readonly string[];
  /** Who is late, and `!` where nobody else is left. */
  readonly late: readonly string[];
}

describe("four hours of working time after somebody was asked", () => {
  test.each<Row>([
    { why: "they are waited for until then", moments: later("13:59", ["olga"]), asks: ["olga"], late: [] },
    { why: "the next owner is asked", moments: later("14:00", ["olga"]), asks: ["sven"], late: ["olga"] },
    {
      why: "whoever was asked then is waited for",
      moments: later("14:30", ["olga", "sven"], { since: "12:00" }),
      asks: ["olga"],
      late: [],
    },
    {
      why: "somebody of a team that did not answer is asked by name",
      moments: later("14:00", ["@sre"], { owners: "* @acme/sre" }),
      asks: ["olga"],
      late: ["sre"],
    },
    {
      why: "another owner is asked before those of the team",
      moments: later("14:00", ["@sre"], { owners: "* @acme/sre @dora" }),
      asks: ["dora"],
      late: ["sre"],
    },
    {
      why: "nobody is left where the only owner does not answer",
      moments: later("14:00", ["olga"], { owners: "* @olga" }),
      asks: [],
      late: ["olga!"],
    },
    {
      why: "somebody busy is asked, where nobody else is left",
      moments: later("14:00", ["olga"], { attention: { busy: [sven.id], waiting: {} } }),
      asks: ["sven"],
      late: ["olga"],
    },
    {
      why: "the senior who has to sign as well goes on being asked, and stands for no owner",
      moments: later("14:00", ["olga", "nora"], { owners: "* @olga" }).map((moment) => ({
        ...moment,
        ...(moment.time && {
          time: {
            ...moment.time,
            requests: moment.time.requests.map((each) =>
              each.name === "nora" ? { ...each, at: at("13:00") } : each,
            ),
          },
        }),
      })),
      rules: WITH_SENIOR,
      asks: ["nora"],
      late: ["olga!"],
    },
    {
      why: "and the senior is late as well, nobody is left",
      moments: later("14:00", ["olga", "nora"], { owners: "* @olga" }),
      rules: WITH_SENIOR,
      asks: [],
      late: ["olga!", "nora!"],
    },
    {
      why: "one area has nobody left, though somebody is asked for another",
      moments: later("14:00", ["olga"], {
        owners: "/infra/ @olga\n/db/ @dora",
        files: [file("infra/a.tf"), file("db/1.sql")],
      }),
      asks: ["dora"],
      late: ["olga!"],
    },
    {
      why: "nobody is late who has nothing to sign, whoever asked them",
      moments: later("14:00", ["nils"]),
      asks: ["olga"],
      late: [],
    },
    {
      why: "nobody is late where all is signed",
      moments: later("14:00", ["sven"], { reviews: [approval(olga, { submittedAt: at("11:00") })] }),
      asks: [],
      late: [],
    },
    {
      why: "nobody is late whose answer came, which ends their request",
      moments: later("14:00", [], { reviews: [approval(olga, { submittedAt: at("13:00") })] }),
      asks: [],
      late: [],
    },
    {
      why: "nobody is late with a draft",
      moments: [given("10:00", []), given("15:00", ["olga"], draft(true))],
      asks: [],
      late: [],
    },
    {
      why: "time begins again when it is no draft any more",
      moments: [
        given("10:00", ["olga"]),
        given("13:00", ["olga"], draft(true)),
        given("13:30", ["olga"]),
        given("15:00", ["olga"]),
      ],
      asks: ["olga"],
      late: [],
    },
    {
      why: "over a weekend nobody is",
      moments: [given("10:00", []), given("13:00", ["olga"], { since: "16:00", day: "2026-11-22" })],
      asks: ["olga"],
      late: [],
    },
    {
      why: "but for those who work then",
      moments: later("14:00", ["@sre"], { owners: "* @acme/sre @dora" }),
      rules: timed({
        respondWithin: 4 * HOUR,
        workingHours: {
          ...RULES.time.workingHours,
          teams: { "acme/sre": { zone: "Asia/Tokyo", days: [1, 2, 3, 4, 5], start: 9 * 60, end: 17 * 60 } },
        },
      }),
      asks: ["@sre"],
      late: [],
    },
    {
      why: "and a person works in the hours of their team",
      moments: later("14:00", ["olga"]),
      rules: timed({
        respondWithin: 4 * HOUR,
        workingHours: {
          ...RULES.time.workingHours,
          teams: { "acme/sre": { zone: "Asia/Tokyo", days: [1, 2, 3, 4, 5], start: 9 * 60, end: 17 * 60 } },
        },
      }),
      asks: ["olga"],
      late: [],
    },
    {
      why: "nobody is late where nobody set a time",
      moments: later("14:00", ["olga"]),
      rules: timed({}),
      asks: ["olga"],
      late: [],
    },
  ])("$why", ({ moments, rules = RULES, asks, late }) => {
    const { time, reviewRequests } = lastOf(rules, moments);
    const { users, teams } = reviewRequests;
    expect([...users, ...teams.map((slug) => `@${slug}`)]).toEqual(asks);
    expect(time?.late.map(({ name, isLast }) => `${name}${isLast ? "!" : ""}`) ?? []).toEqual(late);
  });

  test("no answer is no yes", () => {
    const days = [given("10:00", ["olga"]), given("10:00", ["olga", "sven"], { day: "2026-12-20" })];
    expect(lastOf(RULES, days).conclusion).toBe("action_required");
  });

  test("it is judged again at that moment", () => {
    expect(lastOf(RULES, later("11:00", ["olga"])).changesAt).toBe(at("14:00"));
  });

  test("so it is where they are only about to be asked, in the hours of whoever it is", () => {
    expect(lastOf(RULES, [given("10:30", [])]).changesAt).toBe(at("14:30"));
    const teams = { "acme/sre": { zone: "UTC", days: [5], start: 12 * 60, end: 20 * 60 } };
    const { workingHours } = RULES.time;
    const late = { ...RULES, time: { ...RULES.time, workingHours: { ...workingHours, teams } } };
    expect(lastOf(late, [given("10:30", [], { owners: "* @acme/sre" })]).changesAt).toBe(at("16:00"));
  });
});
