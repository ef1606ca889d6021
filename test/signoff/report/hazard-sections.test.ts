import { describe, expect, test } from "@jest/globals";
import {
  answeredSentence,
  hazardLines,
  offSentences,
  unplacedFalseAlarms,
} from "../../../src/signoff/report/hazard-sections.ts";
import { linksOf } from "../../../src/signoff/report/links.ts";
import type { HazardStatus, JudgedHazard, Verdict } from "../../../src/signoff/verdict.ts";
import { unlinked } from "../../gate/plain.ts";
import { approval, file, JUDGED, olga, verdict } from "../build.ts";

const ASKS: HazardStatus = { kind: "asks" };
const EXEMPT: HazardStatus = { kind: "exempt" };
const SHOWN: HazardStatus = { kind: "shown" };
const ANSWERED: HazardStatus = {
  kind: "answered",
  by: olga,
  reviewId: 1,
  reason: "it was moved” @dora",
  others: [],
};
const off = (reason: string, origin = "a.yml:4"): HazardStatus => ({ kind: "off", reason, origin });

const hazard = (status: HazardStatus, more: Partial<JudgedHazard> = {}): JudgedHazard => ({
  id: "sql/drop-table",
  kind: "destructive",
  asks: "block",
  what: "`orders`",
  file: "db/1.sql",
  line: 3,
  side: "after",
  why: "drops `orders` *for good*",
  by: "parser",
  shownAt: 3,
  status: status,
  ...more,
});
const hazards = (length: number, status: HazardStatus) =>
  Array.from({ length }, (_, index) => hazard(status, { line: index + 1, why: `drops \`t${index}\`` }));

const linesOf = (found: readonly JudgedHazard[], rejectedFalseAlarms: Verdict["rejectedFalseAlarms"] = []) =>
  hazardLines({ ...verdict(), hazards: found, rejectedFalseAlarms }, linksOf(verdict(), JUDGED)).map(
    unlinked,
  );

const LINE = "- 💥 `db/1.sql:3` drops `orders` \\*for good\\* (`sql/drop-table`)";
const HOW_TO_ANSWER =
  "*A false alarm? Anyone who can countersign it can dismiss it: approve with the line `false alarm: sql/drop-table: REASON` in the review.*";
const NOBODY = "No AI took part, so these need no countersignature:";

describe("destructive and permission-widening changes", () => {
  test.each<{ why: string; found: readonly JudgedHazard[]; lines: readonly string[] }>([
    { why: "nothing", found: [], lines: [] },
    {
      why: "what asks for signatures, and how to answer it",
      found: [hazard(ASKS)],
      lines: [LINE, "", HOW_TO_ANSWER],
    },
    {
      why: "what opens a door, read from lines alone, with what stands there now",
      found: [hazard(ASKS, { kind: "widening", by: "diff", after: "0.0.0.0/0" })],
      lines: [
        "- 🔓 `db/1.sql:3` drops `orders` \\*for good\\* (`sql/drop-table`, from the diff alone)",
        "  - now `0.0.0.0/0`",
        "",
        HOW_TO_ANSWER,
      ],
    },
    {
      why: "what stood there",
      found: [hazard(EXEMPT, { before: "a" })],
      lines: [NOBODY, "", LINE, "  - was `a`"],
    },
    {
      why: "what stood there, and what stands there now",
      found: [hazard(EXEMPT, { before: "a", after: "b" })],
      lines: [NOBODY, "", LINE, "  - `a` → `b`"],
    },
    {
      why: "a false alarm, and who says so",
      found: [hazard(ANSWERED, { after: "b" })],
      lines: [
        LINE,
        "  - now `b`",
        "  - Dismissed as a false alarm by `@olga`: `it was moved\\u{201d} @dora`.",
      ],
    },
    {
      why: "what is only shown, after what asks",
      found: [hazard(SHOWN), hazard(ASKS, { line: 9 })],
      lines: [
        LINE.replace(":3", ":9"),
        "For your information, nobody has to countersign this:",
        "",
        LINE,
        "",
        HOW_TO_ANSWER,
      ],
    },
    {
      why: "what asks, what was answered, what is exempt and what is off, in this order",
      found: [hazard(off("made anew")), hazard(EXEMPT), hazard(ANSWERED), hazard(ASKS, { line: 9 })],
      lines: [
        LINE.replace(":3", ":9"),
        LINE,
        "  - Dismissed as a false alarm by `@olga`: `it was moved\\u{201d} @dora`.",
        NOBODY,
        "",
        LINE,
        "- `sql/drop-table` is disabled in `a.yml:4` (1 finding ignored): `made anew`",
        "",
        HOW_TO_ANSWER,
      ],
    },
  ])("$why", ({ found, lines }) => {
    expect(linesOf(found)).toEqual(lines);
  });

  test("destruction comes first, and the same sentence is said once with all its places", () => {
    const opened = { id: "network/open", kind: "widening", why: "opens `a`" } as const;
    const found = [
      hazard(ASKS, { ...opened, line: 1, after: "0.0.0.0/0" }),
      hazard(ASKS, { ...opened, line: 2 }),
      hazard(ASKS, { ...opened, file: "a.tf", line: 1 }),
      hazard(ASKS),
      hazard(ASKS, { why: "drops `users`", line: 4 }),
    ];
    expect(linesOf(found)).toEqual([
      LINE,
      "- 💥 `db/1.sql:4` drops `users` (`sql/drop-table`)",
      "- 🔓 `db/1.sql:1` opens `a` (`network/open`), 3 times: also at `db/1.sql:2` and `a.tf:1`",
      "",
      HOW_TO_ANSWER.replace("sql/drop-table", "RULE"),
    ]);
  });

  test("an answer that does not hold stands under the first finding of its rule", () => {
    const claim = { reviewId: 3, by: olga, rule: "sql/drop-table", sentence: "@olga called it one, but no." };
    const found = [hazard(ASKS), hazard(ASKS, { why: "drops `users`", line: 4 })];
    expect(linesOf(found, [claim])).toEqual([
      LINE,
      "  - `@olga` called it one, but no.",
      "- 💥 `db/1.sql:4` drops `users` (`sql/drop-table`)",
      "",
      HOW_TO_ANSWER,
    ]);
    expect(unplacedFalseAlarms({ hazards: found, rejectedFalseAlarms: [claim] })).toEqual([]);
    expect(unplacedFalseAlarms({ hazards: [hazard(EXEMPT)], rejectedFalseAlarms: [claim] })).toEqual([claim]);
  });

  test("how to answer is not told when all is signed", () => {
    const signed = verdict({ reviews: [approval(olga)] });
    expect(
      hazardLines({ ...signed, hazards: [hazard(ASKS)] }, linksOf(signed, JUDGED)).map(unlinked),
    ).toEqual([LINE]);
  });

  test("how to answer is told as long as something is not signed", () => {
    const files = [file("infra/main.tf"), file("db/1.sql")];
    const half = verdict({ files, reviews: [approval(olga)] });
    expect(half.requirements.map(({ status }) => status).toSorted()).toEqual(["signed", "waiting"]);
    const found = hazardLines({ ...half, hazards: [hazard(ASKS)] }, linksOf(half, JUDGED));
    expect(found.map(unlinked)).toContain(HOW_TO_ANSWER);
  });

  test.each([
    { number: 40, left: [] },
    { number: 41, left: ["- *1 more not shown.*"] },
    { number: 60, left: ["- *20 more not shown.*"] },
  ])("the first forty of each kind are listed: of $number", ({ number, left }) => {
    const listed = hazards(40, EXEMPT).map(
      ({ line, why }) => `- 💥 \`db/1.sql:${line}\` ${why} (\`sql/drop-table\`)`,
    );
    expect(linesOf(hazards(number, EXEMPT))).toEqual([NOBODY, "", ...listed, ...left]);
  });
});

test("lists each disabled rule once, with the number of ignored findings", () => {
  const found = [
    hazard(off("made anew", "a.yml:4")),
    hazard(ASKS, { id: "sql/truncate" }),
    hazard(off("nobody cares", "b”.yml:5"), { id: "sql/truncate" }),
    hazard(off("made anew", "a.yml:4")),
  ];
  expect(offSentences({ hazards: found })).toEqual([
    "“sql/drop-table” is disabled in “a.yml:4” (2 findings ignored): “made anew”",
    "“sql/truncate” is disabled in “b\\u{201d}.yml:5” (1 finding ignored): “nobody cares”",
  ]);
});

test("quotes the reason of a dismissed hazard verbatim", () => {
  const by = { ...olga, login: "ol\u200Bga" };
  expect(answeredSentence({ kind: "answered", by, reviewId: 1, reason: "moved", others: [] })).toBe(
    "Dismissed as a false alarm by @ol\\u{200b}ga: “moved”.",
  );
});
