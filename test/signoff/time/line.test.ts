import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import { inOrder } from "../../../src/signoff/line-order.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import type { LinePlace, TimeFacts } from "../../../src/signoff/time-facts.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { approval, DATABASE, file, humanChange, INFRASTRUCTURE, olga, refusal, snapshot } from "../build.ts";
import { at, draft, facts, lastOf, play, timed, when } from "./build.ts";

const RULES = timed({ maxOpenChanges: 2 });
const infra = [file("infra/a.tf")];
const place = (pull: number, clock: string, more: Partial<LinePlace> = {}): LinePlace => ({
  ...{ area: "infrastructure", pull, since: at(clock) },
  ...more,
});
const TWO = [place(1, "08:00"), place(2, "08:30")];
const inLineWith = (lines: readonly LinePlace[], clock = "10:00", more: Partial<Snapshot> = {}) =>
  when(at(clock), { files: infra, ...more }, { lines });

interface Row {
  readonly why: string;
  readonly moments: readonly Snapshot[];
  readonly rules?: Policy;
  readonly asked: boolean;
  /** Its place, and what is before it; `null` where it stands in no line. */
  readonly place: readonly [place: number | null, before: readonly number[]] | null;
  /** The places that it keeps. */
  readonly keeps: number;
}

/** Pull request 7 of an AI, in an area about which owners are asked twice at once. */
describe("a change of an AI", () => {
  test.each<Row>([
    {
      why: "is asked about where there is room",
      moments: [inLineWith([place(1, "08:00")])],
      asked: true,
      place: null,
      keeps: 1,
    },
    {
      why: "waits behind as many as are asked about",
      moments: [inLineWith(TWO)],
      asked: false,
      place: [1, [1, 2]],
      keeps: 1,
    },
    {
      why: "waits behind those that wait already",
      moments: [inLineWith([...TWO, place(3, "09:00")])],
      asked: false,
      place: [2, [1, 2, 3]],
      keeps: 1,
    },
    {
      why: "does not wait for those of other areas",
      moments: [inLineWith(TWO.map((each) => ({ ...each, area: "database" })))],
      asked: true,
      place: null,
      keeps: 1,
    },
    {
      why: "that came together with another goes by its number",
      moments: [inLineWith([...TWO, place(6, "10:00"), place(8, "10:00")])],
      asked: false,
      place: [2, [1, 2, 6]],
      keeps: 1,
    },
    {
      why: "is asked about once one before it leaves",
      moments: [inLineWith(TWO), inLineWith([place(2, "08:30"), place(9, "10:01")], "10:05")],
      asked: true,
      place: null,
      keeps: 1,
    },
    {
      why: "is not overtaken by those that come later",
      moments: [inLineWith([place(1, "08:00")]), inLineWith([place(1, "08:00"), place(9, "10:01")], "10:05")],
      asked: true,
      place: null,
      keeps: 1,
    },
    {
      why: "that an owner signed is out of the line",
      moments: [inLineWith(TWO, "10:00", { reviews: [approval(olga, { submittedAt: at("09:59") })] })],
      asked: false,
      place: null,
      keeps: 0,
    },
    {
      why: "that an owner signed is out of it also where another signature is missing",
      moments: [inLineWith(TWO, "10:00", { reviews: [approval(olga, { submittedAt: at("09:59") })] })],
      rules: { ...RULES, areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] },
      asked: true,
      place: null,
      keeps: 0,
    },
    {
      why: "that an owner refuses holds no place",
      moments: [inLineWith(TWO, "10:00", { reviews: [refusal(olga, { submittedAt: at("09:59") })] })],
      asked: false,
      place: null,
      keeps: 0,
    },
    {
      why: "that is a draft holds no place",
      moments: [inLineWith(TWO, "10:00", draft(true))],
      asked: false,
      place: null,
      keeps: 0,
    },
    {
      why: "that is closed holds no place",
      moments: [inLineWith(TWO, "10:00", draft(false, { state: "closed" }))],
      asked: false,
      place: null,
      keeps: 0,
    },
    {
      why: "that was a draft in between stands at the end",
      moments: [
        inLineWith(TWO),
        inLineWith(TWO, "10:10", draft(true)),
        inLineWith([...TWO, place(9, "10:15")], "10:20"),
      ],
      asked: false,
      place: [2, [1, 2, 9]],
      keeps: 1,
    },
    {
      why: "is asked about for the one area and waits for the other",
      moments: [inLineWith(TWO, "10:00", { files: [...infra, file("db/1.sql")] })],
      asked: true,
      place: [1, [1, 2]],
      keeps: 2,
    },
    {
      why: "that destroys something in the area waits with it",
      moments: [
        inLineWith(TWO, "10:00", {
          files: [
            file("infra/db.tf", {
              status: "removed",
              contentId: null,
              before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
              after: null,
            }),
          ],
        }),
      ],
      rules: {
        ...RULES,
        hazards: { ...RULES.hazards, destructive: { ...RULES.hazards.destructive, countersignatures: 2 } },
      },
      asked: false,
      place: [1, [1, 2]],
      keeps: 1,
    },
    {
      why: "where nobody is asked about anything stands in no line",
      moments: [inLineWith(TWO)],
      rules: { ...RULES, mode: "observe" },
      asked: false,
      place: null,
      keeps: 0,
    },
    {
      why: "in an area on trial stands in no line",
      moments: [inLineWith(TWO)],
      rules: { ...RULES, areas: [{ ...INFRASTRUCTURE, mode: "observe" }, DATABASE] },
      asked: false,
      place: null,
      keeps: 0,
    },
    {
      why: "is asked about where the lines are not known",
      moments: [when(at("10:00"), { files: infra })],
      asked: true,
      place: null,
      keeps: 0,
    },
    {
      why: "of a stranger stands behind all others, whenever they came",
      moments: [
        inLineWith([place(1, "08:00"), place(9, "10:30")], "10:00", {
          pullRequest: { ...snapshot().pullRequest, outsider: true },
        }),
      ],
      asked: false,
      place: [1, [1, 9]],
      keeps: 1,
    },
    {
      why: "is held up by no number of strangers",
      moments: [
        inLineWith(Array.from({ length: 50 }, (_, index) => place(100 + index, "08:00", { outside: true }))),
      ],
      asked: true,
      place: null,
      keeps: 1,
    },
  ])("$why", ({ moments, rules = RULES, asked, place: stands, keeps }) => {
    const { time, reviewRequests, toRecord } = lastOf(rules, moments);
    const { users, teams } = reviewRequests;
    const here = time?.inLine.find(({ area }) => area === "infrastructure");
    expect(users.length + teams.length > 0).toBe(asked);
    expect(here === undefined ? null : [here.place, here.before]).toEqual(stands);
    expect(toRecord.lines?.length ?? 0).toBe(keeps);
  });

  test("may be signed while it waits", () => {
    const [waiting, signed] = play(RULES, [
      inLineWith(TWO),
      inLineWith(TWO, "10:05", { reviews: [approval(olga, { submittedAt: at("10:04") })] }),
    ]);
    expect([waiting?.conclusion, signed?.conclusion]).toEqual(["action_required", "success"]);
  });
});

test("a change of people waits in no line, and takes no place", () => {
  const areas = [{ ...INFRASTRUCTURE, appliesTo: "everyone" as const }];
  const given = humanChange({ now: at("10:00"), files: infra, time: facts({ lines: TWO }) });
  const { reviewRequests, toRecord } = lastOf({ ...RULES, areas }, [given]);
  expect([reviewRequests.users, toRecord.lines]).toEqual([["olga"], []]);
});

test("it keeps the moment at which it came, and says how many are asked about at once", () => {
  const later = [inLineWith(TWO), inLineWith(TWO, "10:05")];
  const own = { area: "infrastructure", since: at("10:00"), asked: false, most: 2 };
  expect(lastOf(RULES, later).toRecord.lines).toEqual([own]);
});

/** Friday the 20th, 10:00; five working days later it is Friday the 27th, 10:00. */
describe("what lies for five working days after its owners were asked", () => {
  const one = [place(1, "08:00")];
  const on = (day: string, clock: string, known: Partial<TimeFacts> = {}, more: Partial<Snapshot> = {}) =>
    when(at(clock, day), { files: infra, ...more }, { lines: one, ...known });
  const asked = on("2026-11-20", "10:00");
  const placeOf = ({ time, toRecord }: Verdict) => [
    time?.inLine.map((each) => each.place) ?? [],
    toRecord.lines?.length,
  ];

  test.each<{ why: string; moments: readonly Snapshot[]; is: readonly [readonly (number | null)[], number] }>(
    [
      { why: "keeps its place until then", moments: [asked, on("2026-11-27", "09:59")], is: [[], 1] },
      { why: "gives it up", moments: [asked, on("2026-11-27", "10:00")], is: [[null], 0] },
      {
        why: "stays away until somebody says something",
        moments: [asked, on("2026-11-27", "10:00"), on("2026-12-04", "10:00")],
        is: [[null], 0],
      },
      {
        why: "stays where its author replied",
        moments: [asked, on("2026-11-27", "10:00", { activeAt: at("15:00", "2026-11-26") })],
        is: [[], 1],
      },
      {
        why: "stays where it was pushed to",
        moments: [
          asked,
          on("2026-11-26", "10:00", {}, { files: [file("infra/a.tf", { contentId: "other" })] }),
          on("2026-11-27", "10:00", {}, { files: [file("infra/a.tf", { contentId: "other" })] }),
        ],
        is: [[], 1],
      },
      {
        why: "comes back at the end by a reply",
        moments: [
          asked,
          on("2026-11-27", "10:00"),
          on("2026-11-27", "12:00", {
            activeAt: at("11:59", "2026-11-27"),
            lines: [place(1, "08:00"), place(9, "09:00")],
          }),
        ],
        is: [[1], 1],
      },
      {
        why: "waits in line for any time without giving it up, as nobody was asked",
        moments: [
          on("2026-11-20", "10:00", { lines: TWO }),
          on("2026-12-01", "10:00", { lines: TWO }),
          on("2026-12-20", "10:00", { lines: TWO }),
        ],
        is: [[1], 1],
      },
    ],
  )("$why", ({ moments, is }) => {
    expect(placeOf(lastOf(RULES, moments))).toEqual(is);
  });

  test("is judged again at that moment", () => {
    expect(lastOf(RULES, [asked]).changesAt).toBe(at("10:00", "2026-11-27"));
  });
});

test("places stand in the order in which they came, strangers last", () => {
  const places = [
    place(5, "09:00"),
    place(1, "07:00", { outside: true }),
    place(4, "09:00"),
    place(3, "08:00"),
  ];
  expect(inOrder(places).map(({ pull }) => pull)).toEqual([3, 4, 5, 1]);
});
