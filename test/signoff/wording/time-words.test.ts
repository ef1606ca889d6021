import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import { SEEN_AT_ONCE } from "../../../src/signoff/report/needs.ts";
import type { TimeVerdict } from "../../../src/signoff/time-verdict.ts";
import { timeSentences, timeTitles } from "../../../src/signoff/wording/time-words.ts";

const NOTHING: TimeVerdict = { waits: [], inLine: [], notAsked: [], late: [] };
const SRE: OwnerRef = { kind: "team", org: "acme", slug: "sre" };
const wait = {
  kind: "destructive",
  places: ["infra/db.tf:1"],
  lasts: 30 * 60_000,
  until: "2026-11-20T10:30:00.000Z",
} as const;
const size = { lines: 1_234, most: 400, left: 0, need: "extra", parts: [] } as const;
const part = { area: "infrastructure", owners: [SRE], paths: ["infra/a.tf"], lines: 300 };

test.each<{ why: string; time: Partial<TimeVerdict>; title: string | null }>([
  { why: "a wait", time: { waits: [wait] }, title: "Waits until 2026-11-20 10:30 UTC: destructive change" },
  {
    why: "the longest of words",
    time: { waits: [{ ...wait, kind: "widening" }] },
    title: "Waits until 2026-11-20 10:30 UTC: permission-widening change",
  },
  {
    why: "nobody for one signature more",
    time: { waits: [{ ...wait, kind: "size" }], size: { ...size, need: "wait" } },
    title: "Waits until 2026-11-20 10:30 UTC: too many lines for one person",
  },
  {
    why: "a draft",
    time: { waits: [{ ...wait, until: null }] },
    title: "Not ready yet, and then waits: destructive change",
  },
  {
    why: "what has to be split",
    time: { size: { ...size, need: "split" } },
    title: "Split it: 1234 production lines, 400 at most",
  },
  { why: "one signature more alone", time: { size }, title: null },
  { why: "a line", time: { inLine: [{ area: "a", place: 1, before: [1] }] }, title: null },
])("the title for $why", ({ time, title }) => {
  const titles = timeTitles({ ...NOTHING, ...time });
  expect(titles).toEqual(title === null ? null : [title]);
  // What is cut off says nothing that the rest does not.
  for (const each of titles ?? []) expect(each.length).toBeLessThanOrEqual(SEEN_AT_ONCE + 3);
});

describe("the check says", () => {
  test.each<{ time: Partial<TimeVerdict>; says: readonly string[] }>([
    {
      time: { waits: [wait] },
      says: [
        "Signed or not, a destructive change stays open for 30 minutes, until 2026-11-20 10:30 UTC, and Countersign releases it then (“infra/db.tf:1”). A push that changes it starts the time anew; where the config names who may override, an override lets it through.",
      ],
    },
    {
      time: { waits: [{ ...wait, until: null, lasts: 24 * 60 * 60_000 }] },
      says: [
        "Signed or not, a destructive change stays open for 1 day, from when it is ready for review (“infra/db.tf:1”). A push that changes it starts the time anew; where the config names who may override, an override lets it through.",
      ],
    },
    {
      time: { waits: [{ ...wait, kind: "size", places: [], lasts: 90 * 60_000 }] },
      says: [
        "Nobody is left to give one countersignature more, so the change stays open for 90 minutes, until 2026-11-20 10:30 UTC, and Countersign releases it then. A push that changes these lines starts the time anew; a smaller change does not wait.",
      ],
    },
    {
      time: { size: { ...size, left: 50 } },
      says: [
        "It changes 1234 lines of production areas, and 50 of generated files and lock files that do not count; at most 400 can be read at once. Each area needs one countersignature more.",
      ],
    },
    {
      time: {
        size: {
          ...size,
          need: "split",
          parts: [part, ...Array.from({ length: 9 }, () => ({ ...part, area: "database", lines: 1 }))],
        },
      },
      says: [
        `It changes 1234 lines of production areas; at most 400 can be read at once. It has to be split before it can merge, so nobody is asked to review it as it is. It could be split: infrastructure, for @acme/sre: “infra/a.tf” (300 lines); ${"database, for @acme/sre: “infra/a.tf” (1 line); ".repeat(7)}2 more.`,
      ],
    },
    {
      time: { inLine: [{ area: "infrastructure", place: 1, before: [12] }] },
      says: [
        "In line for infrastructure, 1st to be asked about: nobody is asked yet, because #12 comes first. Whoever may sign can sign it now.",
      ],
    },
    {
      time: { inLine: [{ area: "infrastructure", place: null, before: [] }] },
      says: [
        "It left the line of infrastructure: its owners were asked, and its author neither pushed nor replied for five working days. A push or a reply of the author puts it back, at the end.",
      ],
    },
    {
      time: {
        late: [
          { kind: "user", name: "olga", askedAt: "2026-11-20T10:00:00Z", due: "2026-11-20T14:00:00.000Z" },
          {
            kind: "team",
            name: "sre",
            askedAt: "2026-11-20T10:00:00Z",
            due: "2026-11-20T15:00:00.000Z",
            isLast: true,
          },
        ],
      },
      says: [
        "No answer from @olga by 2026-11-20 14:00 UTC, so somebody else is asked as well.",
        "No answer from the team sre by 2026-11-20 15:00 UTC, and there is nobody else to ask.",
      ],
    },
    {
      time: {
        notAsked: [
          { login: "olga", because: "load" },
          { login: "sven", because: "busy" },
        ],
      },
      says: [
        "Not asked, and able to sign: @olga (has as many reviews waiting as one person is asked for) and @sven (says on GitHub that they are busy).",
      ],
    },
  ])("$says", ({ time, says }) => {
    expect(timeSentences({ ...NOTHING, ...time })).toEqual(says);
  });

  test.each([
    [1, "1st"],
    [2, "2nd"],
    [3, "3rd"],
    [4, "4th"],
    [11, "11th"],
    [12, "12th"],
    [13, "13th"],
    [21, "21st"],
    [111, "111th"],
  ])("place %i as %s", (place, says) => {
    const [sentence] = timeSentences({ ...NOTHING, inLine: [{ area: "a", place, before: [1] }] });
    expect(sentence).toContain(`In line for a, ${says} to be asked about`);
  });
});
