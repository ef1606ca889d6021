import { describe, expect, test } from "@jest/globals";
import { eventOf } from "../../../../src/cli/scan/review/events.ts";
import { type Review, ReviewCounter } from "../../../../src/cli/scan/review/figures.ts";
import { readReview } from "../../../../src/cli/scan/review/read.ts";
import { duration, paceSentence, reviewSentences } from "../../../../src/cli/scan/review/sentences.ts";
import { areaWaits, paceOf, quantile } from "../../../../src/cli/scan/review/summary.ts";
import { weekOf, weeksFrom } from "../../../../src/cli/scan/review/weeks.ts";
import type { LedgerEntry } from "../../../../src/store/ledger.ts";
import { fc } from "../../../fast-check.ts";
import { change, idOf, type Judged, signature, signedChange, verdict } from "./ledger.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const HOUR = 3_600_000;

function reviewOf(entries: readonly LedgerEntry[], from = Number.NEGATIVE_INFINITY): Review {
  const counter = new ReviewCounter({ from });
  for (const entry of entries) {
    const event = eventOf(entry);
    if (event !== null && event !== "unreadable") counter.add(event);
  }
  return counter.review();
}

/** What is not zero of each week. */
const weeksOf = (review: Review) =>
  review.weeks.map(({ week, ...counts }) => ({
    week,
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  }));

const at = (day: string) => `2026-11-${day}T10:00:00.000Z`;

describe("a week begins on Monday, UTC", () => {
  test.each([
    ["2026-11-23T00:00:00Z", "2026-11-23"],
    ["2026-11-29T23:59:59Z", "2026-11-23"],
    ["2026-01-01T00:00:00Z", "2025-12-29"],
    ["1970-01-01T00:00:00Z", "1969-12-29"],
  ])("%s is in the week of %s", (time, week) => {
    expect(weekOf(Date.parse(time))).toBe(week);
  });

  test("weeks follow one another without a gap", () => {
    expect(weeksFrom(Date.parse("2025-12-30"), Date.parse("2026-01-12"))).toEqual([
      "2025-12-29",
      "2026-01-05",
      "2026-01-12",
    ]);
  });
});

describe("what a week counts", () => {
  const rows: readonly { why: string; entries: readonly LedgerEntry[]; weeks: readonly object[] }[] = [
    {
      why: "a change once, in the week of its first verdict",
      entries: [
        verdict({ pull: 1, at: at("10") }),
        verdict({ pull: 1, at: at("17"), head: "h2" }),
        verdict({ pull: 2, at: at("17") }),
      ],
      weeks: [
        { week: "2026-11-09", changes: 1 },
        { week: "2026-11-16", changes: 1 },
      ],
    },
    {
      why: "no change by people, but its refusals, overrides and bypasses",
      entries: [
        verdict({ pull: 1, at: at("10"), writer: "human", areas: { ci: ["olga"] } }),
        verdict({ pull: 1, at: at("10"), writer: "human", areas: { ci: "waiting" }, override: "granted" }),
        change(at("10"), "red"),
      ],
      weeks: [{ week: "2026-11-09", refusals: 1, overrides: 1, bypasses: 1 }],
    },
    {
      why: "what needed a countersignature, and what got all of them",
      entries: [
        verdict({ pull: 1, at: at("10"), areas: { ci: "waiting", data: "waiting" } }),
        verdict({ pull: 1, at: at("11"), areas: { ci: "signed", data: "waiting" } }),
        verdict({ pull: 1, at: at("17"), areas: { ci: "signed", data: "signed" } }),
        verdict({ pull: 1, at: at("18"), areas: { ci: "signed", data: "signed" } }),
      ],
      weeks: [
        { week: "2026-11-09", changes: 1, asked: 1 },
        { week: "2026-11-16", countersigned: 1 },
      ],
    },
    {
      why: "nothing of an area that only observes",
      entries: [verdict({ pull: 1, at: at("10"), areas: { "ci (observed)": "waiting" } })],
      weeks: [{ week: "2026-11-09", changes: 1 }],
    },
    {
      why: "a person's refusal of a change once, whatever becomes of it",
      entries: [
        verdict({ pull: 1, at: at("10"), areas: { ci: ["olga"], data: ["olga", "sam"] } }),
        verdict({ pull: 1, at: at("11"), areas: { ci: ["olga"] } }),
      ],
      weeks: [{ week: "2026-11-09", changes: 1, asked: 1, refusals: 2 }],
    },
    {
      why: "an override once for each head, and only once it is granted",
      entries: [
        verdict({ pull: 1, at: at("10"), override: "asked" }),
        verdict({ pull: 1, at: at("10"), override: "granted" }),
        verdict({ pull: 1, at: at("10"), override: "granted" }),
        verdict({ pull: 1, at: at("11"), head: "h2", override: "granted" }),
      ],
      weeks: [{ week: "2026-11-09", changes: 1, overrides: 2 }],
    },
    {
      why: "bypasses that the config does not allow",
      entries: [
        ...["red", "no-check", "no-pull-request"].map((outcome) => change(at("10"), outcome)),
        change(at("10"), "red", { allowed: "Night shift." }),
        change(at("10"), "let-through"),
        change(at("10"), "overridden"),
      ],
      weeks: [{ week: "2026-11-09", bypasses: 3 }],
    },
  ];

  test.each(rows)("$why", ({ entries, weeks }) => {
    expect(weeksOf(reviewOf(entries))).toEqual(weeks);
  });

  test("weeks in which nothing happened are there too", () => {
    const entries = [verdict({ pull: 1, at: at("02") }), verdict({ pull: 2, at: at("17") })];
    expect(weeksOf(reviewOf(entries))).toEqual([
      { week: "2026-11-02", changes: 1 },
      { week: "2026-11-09" },
      { week: "2026-11-16", changes: 1 },
    ]);
  });

  test("what began before the period is known in it", () => {
    const entries = signedChange(1, at("03"), at("17"));
    const review = reviewOf(entries, Date.parse("2026-11-16"));
    expect(weeksOf(review)).toEqual([{ week: "2026-11-16", countersigned: 1 }]);
    expect(review.waits).toMatchObject([{ ms: 14 * 24 * HOUR }]);
  });
});

describe("a wait", () => {
  const wait = (review: Review) => review.waits.map(({ area, ms }) => [area, ms / HOUR]);

  test("lasts from the first verdict that waits until the last signature that was needed was given", () => {
    const areas = { ci: "signed" } as const;
    const entries = [
      verdict({ pull: 1, at: at("10"), areas: { ci: "waiting" } }),
      verdict({ pull: 1, at: at("11"), areas: { ci: "waiting" } }),
      // The App heard of the second one an hour later.
      verdict({ pull: 1, at: "2026-11-12T13:00:00.000Z", areas }),
      ...[at("11"), "2026-11-12T12:00:00.000Z"].map((given, review) =>
        signature({ pull: 1, at: "2026-11-12T13:00:00.000Z", given, area: "ci", review }),
      ),
    ];
    expect(wait(reviewOf(entries))).toEqual([["ci", 50]]);
  });

  test("is measured once for each requirement, by area", () => {
    const entries = [
      ...signedChange(1, at("10"), at("11"), "ci"),
      verdict({ pull: 1, at: at("12"), head: "h2", areas: { ci: "waiting", data: "waiting" } }),
      verdict({ pull: 1, at: at("14"), head: "h2", areas: { ci: "signed", data: "signed" } }),
    ];
    expect(wait(reviewOf(entries))).toEqual([
      ["ci", 24],
      ["data", 48],
    ]);
  });

  test("of what was signed when it was first judged is none, and one that ends before it begins is 0", () => {
    const areas = { ci: "signed" } as const;
    expect(reviewOf([verdict({ pull: 1, at: at("10"), areas })]).waits).toEqual([]);
    const early = [
      verdict({ pull: 1, at: at("10"), areas: { ci: "waiting" } }),
      verdict({ pull: 1, at: at("11"), areas }),
      signature({ pull: 1, at: at("11"), given: at("09"), area: "ci", review: 1 }),
    ];
    expect(wait(reviewOf(early))).toEqual([["ci", 0]]);
  });

  test("median and nine of ten by area, the one with the most first", () => {
    const entries = [
      ...signedChange(99, at("10"), at("11"), "data"),
      ...Array.from({ length: 10 }, (_, index) =>
        signedChange(index, at("10"), `2026-11-10T${11 + index}:00:00.000Z`, "ci"),
      ).flat(),
    ];
    expect(areaWaits(reviewOf(entries))).toEqual([
      { area: "ci", signed: 10, medianMs: 5 * HOUR, p90Ms: 9 * HOUR },
      { area: "data", signed: 1, medianMs: 24 * HOUR, p90Ms: 24 * HOUR },
    ]);
  });

  test("a quantile is one of the values, and so large a part does not exceed it", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.constantFrom(0.5, 0.9), (values, part) => {
        const found = quantile(values, part);
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(part * values.length);
        expect(values.filter((value) => value < found).length).toBeLessThan(part * values.length);
      }),
    );
    expect(quantile([], 0.5)).toBe(0);
  });
});

describe("approvals", () => {
  const areas = { ci: "signed" } as const;
  interface More {
    readonly after?: number;
    readonly head?: string;
    readonly day?: string;
    readonly pull?: number;
    readonly by?: number;
    readonly team?: string;
    readonly remarked?: boolean;
  }
  const given = (review: number, more: More = {}) => {
    const { day = "11", pull = 1, after = 3_600, ...rest } = more;
    const when = new Date(Date.parse(at(day)) + after * 1000).toISOString();
    return signature({ pull, at: when, given: when, area: "ci", review, ...rest });
  };
  const rows: readonly {
    why: string;
    entries: readonly LedgerEntry[];
    signatures: Partial<Review["signatures"]>;
  }[] = [
    {
      why: "are counted once, however often they are noted",
      entries: [verdict({ pull: 1, at: at("11"), areas }), given(1), given(1), given(2)],
      signatures: { given: 2, fast: 0 },
    },
    {
      why: "for changes by people are not counted",
      entries: [verdict({ pull: 1, at: at("11"), areas, writer: "human" }), given(1, { after: 5 })],
      signatures: { given: 0, fast: 0 },
    },
    {
      why: "within a minute of the first verdict on the head are fast, and those a minute after it are not",
      entries: [verdict({ pull: 1, at: at("11"), areas }), given(1, { after: 59 }), given(2, { after: 60 })],
      signatures: { given: 2, fast: 1 },
    },
    {
      why: "are fast by the head that they are for, not by the one before",
      entries: [
        verdict({ pull: 1, at: at("10"), areas: { ci: "waiting" } }),
        verdict({ pull: 1, at: at("11"), head: "h2", areas }),
        given(1, { after: 5, head: "h2" }),
      ],
      signatures: { given: 1, fast: 1 },
    },
    {
      why: "that came before the first verdict on the head, or for a head that is not in the ledger, are not called fast",
      entries: [
        verdict({ pull: 1, at: at("11"), areas }),
        given(1, { after: -5 }),
        given(2, { after: 5, head: "gone" }),
      ],
      signatures: { given: 2, fast: 0 },
    },
    {
      why: "on the first head come at the first look",
      entries: [verdict({ pull: 1, at: at("11"), areas }), given(1)],
      signatures: { atFirstLook: 1 },
    },
    {
      why: "without a comment are those of which the ledger says so",
      entries: [
        verdict({ pull: 1, at: at("11"), areas }),
        ...[given(1, { remarked: false }), given(2, { remarked: true }), given(3)],
      ],
      signatures: { atFirstLook: 3, silent: 1 },
    },
    {
      why: "without a comment, but after a push, are no silent ones",
      entries: [
        verdict({ pull: 1, at: at("10"), areas: { ci: "waiting" } }),
        verdict({ pull: 1, at: at("11"), head: "h2", areas }),
        given(1, { remarked: false }),
      ],
      signatures: { atFirstLook: 0, silent: 0 },
    },
    {
      why: "after a push do not",
      entries: [
        verdict({ pull: 1, at: at("10"), areas: { ci: "waiting" } }),
        verdict({ pull: 1, at: at("11"), head: "h2", areas }),
        given(1),
      ],
      signatures: { given: 1, atFirstLook: 0 },
    },
    {
      why: "after a refusal do not",
      entries: [
        verdict({ pull: 1, at: at("10"), areas: { ci: ["sam"] } }),
        verdict({ pull: 1, at: at("11"), areas }),
        given(1),
      ],
      signatures: { given: 1, atFirstLook: 0 },
    },
    {
      why: "that were given at the first look stay so when they are noted again later",
      entries: [
        verdict({ pull: 1, at: at("11"), areas }),
        given(1),
        verdict({ pull: 1, at: at("12"), head: "h2", areas }),
        given(1, { day: "12" }),
      ],
      signatures: { given: 1, atFirstLook: 1 },
    },
  ];

  test.each(rows)("$why", ({ entries, signatures }) => {
    expect(reviewOf(entries).signatures).toMatchObject(signatures);
  });

  test("are summed up by area and team where three people or more gave them, and of nobody else", () => {
    const byTwo = [given(1, { by: 1, team: "sre", after: 5 }), given(2, { by: 2, team: "sre" })];
    const judged = verdict({ pull: 1, at: at("11"), areas });
    expect(reviewOf([judged, ...byTwo]).signatures).toMatchObject({ fast: 1, byArea: [], byTeam: [] });

    const byThree = reviewOf([judged, ...byTwo, given(3, { by: 3 }), given(3, { by: 3, team: "sre" })]);
    const sums = { given: 3, fast: 1 };
    expect(byThree.signatures).toMatchObject({
      byArea: [{ name: "ci", ...sums }],
      byTeam: [{ name: "acme/sre", ...sums }],
    });
    expect(reviewSentences(byThree)[1]).toBe(
      "Within a minute, where three people or more signed: ci 1 of 3, acme/sre 1 of 3.",
    );
  });

  test("says how many there are", () => {
    expect(reviewSentences(reviewOf([verdict({ pull: 1, at: at("11"), areas }), given(1)]))).toEqual([
      "1 approval counted for AI-written changes; 1 (100 %) came at the first look: on the first head, without a refusal before; 0 (0 %) of them without a comment either. 0 (0 %) came within a minute of the App’s first look at the head, sooner than anybody reads.",
      "Refusals: 0. Overrides: 0. Bypasses: 0.",
    ]);
  });
});

describe("does review keep up", () => {
  /** So many changes in a week, of which some are signed after so many hours. */
  function week(monday: string, asked: number, signed: number, hours = 2): readonly LedgerEntry[] {
    const from = Date.parse(`${monday}T10:00:00Z`);
    return Array.from({ length: asked }, (_, index) => {
      const pull = from / 1000 + index;
      const begins = new Date(from).toISOString();
      const ends = new Date(from + hours * HOUR).toISOString();
      const judged: Judged = { pull, at: begins, areas: { ci: "waiting" } };
      return index < signed ? signedChange(pull, begins, ends, "ci") : [verdict(judged)];
    }).flat();
  }

  test.each([
    {
      why: "all are countersigned",
      entries: week("2026-11-16", 6, 6),
      status: "keeps-up",
      says: "Review keeps up with AI: in the last 4 whole weeks, 6 AI-written changes needed a countersignature and 6 got one; half of them waited no longer than 2.0 h.",
    },
    {
      why: "they wait no longer than before",
      entries: [...week("2026-10-12", 5, 5, 3), ...week("2026-11-16", 6, 5, 4)],
      status: "keeps-up",
      says: /no longer than 4\.0 h, and 3\.0 h in the 4 weeks before\.$/,
    },
    {
      why: "fewer than four of five are countersigned",
      entries: week("2026-11-16", 10, 7),
      status: "falls-behind",
      says: /^Review falls behind AI: .* 10 AI-written changes needed a countersignature and 7 got one/,
    },
    {
      why: "they wait half as long again",
      entries: [...week("2026-10-12", 5, 5, 2), ...week("2026-11-16", 6, 6, 4)],
      status: "falls-behind",
      says: /^Review falls behind AI/,
    },
    {
      why: "the week that is not over says nothing",
      entries: [...week("2026-11-16", 6, 6), ...week("2026-11-23", 50, 0)],
      status: "keeps-up",
      says: /6 AI-written changes/,
    },
    {
      why: "too few",
      entries: week("2026-11-16", 4, 0),
      status: "too-few",
      says: "Whether review keeps up with AI cannot be told from so few: in the last 4 whole weeks, 4 AI-written changes needed a countersignature and 0 got one. It takes 5.",
    },
    { why: "nothing", entries: [], status: "too-few", says: /0 AI-written changes/ },
  ])("$why: $status", ({ entries, status, says }) => {
    const review = reviewOf(entries);
    expect(paceOf(review, NOW).status).toBe(status);
    if (typeof says === "string") expect(paceSentence(review, NOW)).toBe(says);
    else expect(paceSentence(review, NOW)).toMatch(says);
  });
});

test.each([
  [0, "1 min"],
  [119 * 60_000, "119 min"],
  [3.4 * HOUR, "3.4 h"],
  [50 * HOUR, "2.1 d"],
])("%d milliseconds are %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

describe("what another version wrote", () => {
  const good = verdict({ pull: 1, at: at("10") });
  test.each<readonly [string, LedgerEntry, "unreadable" | null]>([
    ["a verdict without requirements", { ...good, data: { writer: "ai" } }, "unreadable"],
    ["a verdict of nothing", { ...good, pull: null }, "unreadable"],
    ["a time that is none", { ...good, at: "yesterday" }, "unreadable"],
    ["a signature without a review", { ...good, kind: "countersignature", data: {} }, "unreadable"],
    ["a change without an outcome", { ...good, kind: "change", data: null }, "unreadable"],
    ["an outcome of a later version", change(at("10"), "teleported"), null],
    ["evidence, which tells nothing of review", { ...good, kind: "evidence", data: {} }, null],
  ])("%s", (_, entry, read) => {
    expect(eventOf(entry)).toBe(read);
  });

  test("is not counted, and told", async () => {
    const entries = async function* () {
      yield { ...good, data: {} };
      yield good;
      yield verdict({ pull: 2, at: at("20") });
    };
    const { review, unread } = await readReview({ entries }, "acme/shop", { until: Date.parse(at("19")) });
    expect(unread).toBe(1);
    expect(weeksOf(review)).toEqual([{ week: "2026-11-09", changes: 1 }]);
  });

  test("a requirement's area is what stands before its owners", () => {
    const event = eventOf(verdict({ pull: 1, at: at("10"), areas: { "control-files": "waiting" } }));
    expect(event).toMatchObject({ requirements: [{ id: idOf("control-files"), area: "control-files" }] });
  });
});
