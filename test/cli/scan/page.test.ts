import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type CountedCommit, Counter } from "../../../src/cli/scan/counts/tally.ts";
import { htmlOf } from "../../../src/cli/scan/page/page.ts";
import { axisLabels, shareLimit, ticksUpTo } from "../../../src/cli/scan/page/scale.ts";
import type { Scan } from "../../../src/cli/scan/scanned.ts";
import { markup } from "../../../src/markup/markup.ts";
import { fc } from "../../fast-check.ts";
import { expectGolden } from "../golden.ts";
import { run } from "../run-cli.ts";
import { removeTemporaryDirectories } from "../temporary-repository.ts";
import { shop } from "./shop.ts";
import { readPage } from "./well-formed.ts";

afterAll(removeTemporaryDirectories);

const PLAIN: CountedCommit = {
  month: "2026-01",
  by: "other",
  severalTools: false,
  merge: false,
  areas: [],
  asked: false,
};

function scanOf(commits: readonly Partial<CountedCommit>[], more: Partial<Scan> = {}): Scan {
  const counter = new Counter();
  for (const commit of commits) counter.add({ ...PLAIN, ...commit });
  return {
    repository: { owner: "acme", name: "shop" },
    history: {
      from: { name: "main", sha: "a".repeat(40) },
      since: null,
      until: null,
      merges: true,
      cut: false,
    },
    policy: { file: null, warnings: [] },
    currentMonth: "2026-11",
    counts: counter.counts(),
    ...more,
  };
}

function months(from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const month = from * 12 + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

test("the page of a small repository", async () => {
  const { directory } = shop();
  const file = join(directory, "shop.html");

  const { code, stdout } = await run(directory, "scan", "--html", "shop.html", "--csv");

  expect(code).toBe(0);
  expect(stdout).toMatch(/^month,by,tool/);
  expectGolden(new URL("./shop.golden.html", import.meta.url), readFileSync(file, "utf8"));
});

describe("any page", () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>&amp;\u202e\u001b[2J`;
  const name = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(hostile, "__proto__", "]]>", "<!--", "</style>"),
  );
  const commit = fc.record({
    month: fc.constantFrom("1999-12", "2024-01", "2026-10", "2026-11", null),
    by: fc.oneof(fc.record({ tool: name }), fc.constantFrom<CountedCommit["by"]>("automation", "other")),
    areas: fc.uniqueArray(name, { maxLength: 3 }),
    asked: fc.boolean(),
    merge: fc.boolean(),
    severalTools: fc.boolean(),
  });
  const scan = fc
    .record({
      commits: fc.array(commit, { maxLength: 40 }),
      owner: name,
      name,
      ref: name,
      since: fc.option(name),
      file: fc.option(name),
    })
    .map(({ commits, owner, name: repository, ref, since, file }) =>
      scanOf(commits, {
        repository: { owner, name: repository },
        history: { from: { name: ref, sha: ref }, since, until: null, merges: false, cut: true },
        policy: { file, warnings: [] },
      }),
    );

  test("is well-formed, loads nothing, runs nothing and hides nothing, whatever names it holds", () => {
    fc.assert(
      fc.property(scan, (scanned) => {
        const page = htmlOf(scanned);
        const elements = readPage(page);

        const names = new Set(elements.map((element) => element.name));
        for (const forbidden of ["script", "img", "link", "iframe", "object", "use", "a", "base", "form"]) {
          expect(names).not.toContain(forbidden);
        }
        const attributes = elements.flatMap((element) => [...element.attributes.keys()]);
        expect(attributes.filter((attribute) => /^(?:on|src|href|style$|xlink)/.test(attribute))).toEqual([]);
        const [style] = elements.filter((element) => element.name === "style");
        expect(style?.text).not.toMatch(/url\(|@import|https?:/);
        expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        const ids = elements.flatMap((element) => element.attributes.get("id") ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test("says what it may load: nothing", () => {
    const policy = readPage(htmlOf(scanOf([{}]))).find(({ attributes }) => attributes.has("http-equiv"));

    expect(policy?.attributes.get("content")).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });

  test("draws no number that is none", () => {
    fc.assert(
      fc.property(scan, (scanned) => {
        const drawn = readPage(htmlOf(scanned)).flatMap(({ attributes }) => [...attributes]);
        for (const [attribute, value] of drawn) {
          if (/^(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)$/.test(attribute))
            expect(value).toMatch(/^\d+(?:\.\d)?$/);
          if (attribute === "d") expect(value).not.toMatch(/NaN|Infinity/);
        }
      }),
    );
  });
});

describe("the chart", () => {
  const rects = (page: string, slot: string) =>
    readPage(page).filter(({ name, attributes }) => name === "rect" && attributes.get("class") === slot);

  test("has a name and a description for who does not see it, and a table with every month", () => {
    const page = htmlOf(scanOf([{ by: { tool: "Kiro" } }, {}, { month: "2026-03" }]));
    const elements = readPage(page);

    const [svg] = elements.filter(({ name }) => name === "svg");
    expect(svg?.attributes.get("role")).toBe("img");
    const ids = svg?.attributes.get("aria-labelledby")?.split(" ") ?? [];
    const texts = ids.map((id) => elements.find(({ attributes }) => attributes.get("id") === id)?.text);
    expect(texts).toEqual([
      "Commits a month, by who wrote them",
      "Stacked columns from 2026-01 to 2026-03: 3 commits, 1 (33.3 %) with an AI’s mark, 0 by automation. All figures stand in the table by month.",
    ]);
    const rows = elements.filter(
      ({ name, attributes }) => name === "th" && attributes.get("scope") === "row",
    );
    expect(rows.map(({ text }) => text)).toEqual(["Kiro", "2026-03", "2026-02", "2026-01"]);
  });

  test("stacks columns to the height of their commits", () => {
    const page = htmlOf(
      scanOf([
        ...Array.from({ length: 30 }, () => ({ by: { tool: "Kiro" } })),
        ...Array.from({ length: 10 }, () => ({ by: "automation" as const })),
        ...Array.from({ length: 60 }, () => ({})),
      ]),
    );

    const heights = ["tool-1", "automation", "other"].map((slot) =>
      Number(rects(page, slot)[0]?.attributes.get("height")),
    );
    expect(heights).toEqual([78, 26, 156]);
    const tops = ["tool-1", "automation", "other"].map((slot) =>
      Number(rects(page, slot)[0]?.attributes.get("y")),
    );
    expect(tops).toEqual([196, 170, 14]);
  });

  test("tells each column while the pointer is on it", () => {
    const page = htmlOf(scanOf([{ by: { tool: "Kiro" } }, {}, {}]));

    expect(readPage(page).map(({ text }) => text)).toContain(
      "2026-01: 3 commits, 33.3 % AI-marked; Kiro 1; No mark 2",
    );
  });

  test("gives six tools a colour of their own and the rest one together", () => {
    const tools = Array.from({ length: 9 }, (_, index) => `Tool ${index}`);
    const commits = tools.flatMap((tool, index) =>
      Array.from({ length: 20 - index }, () => ({ by: { tool } })),
    );

    const page = htmlOf(scanOf(commits));

    expect(page).toContain('<span class="swatch tool-6"></span>Tool 5');
    expect(page).toContain('<span class="swatch tool-7"></span>3 other tools');
    expect(htmlOf(scanOf(commits.filter(({ by }) => by.tool < "Tool 7")))).toContain('tool-7"></span>Tool 6');
  });

  test("shows all of a history up to five years", () => {
    const page = htmlOf(scanOf(months(2021, 60).map((month) => ({ month }))));

    expect(rects(page, "other")).toHaveLength(60);
    expect(page).not.toContain("by year</h2>");
  });

  test.each([
    { why: "two years where no AI is seen", first: null, shown: 24 },
    { why: "two years where AI is seen lately", first: 3, shown: 24 },
    { why: "half a year before the first AI", first: 40, shown: 46 },
    { why: "five years at most", first: 100, shown: 60 },
  ])("of a longer one shows $why, and every year besides", ({ first, shown }) => {
    const all = months(2010, 200);
    const ai = first === null ? [] : [{ month: all.at(-first) ?? "", by: { tool: "Kiro" } }];

    const page = htmlOf(scanOf([...all.map((month) => ({ month })), ...ai]));

    expect(rects(page, "other")).toHaveLength(shown + 17);
    expect(page).toContain("The whole history, by year");
  });

  test("draws the month that is not over fainter, and says so", () => {
    const page = htmlOf(scanOf([{ month: "2026-10" }, { month: "2026-11" }]));

    expect(page.match(/class="column"/g)).toHaveLength(1);
    expect(page.match(/class="column running"/g)).toHaveLength(1);
    expect(page).toContain("2026-11 is not over yet.");
  });
});

describe("scales", () => {
  test("ticks are round, begin at 0 and reach the greatest value", () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), fc.constantFrom(2, 4), (most, wanted) => {
        const ticks = ticksUpTo(most, wanted);

        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
        expect(ticks.length).toBeLessThanOrEqual(wanted + 2);
        expect(String(ticks[1])).toMatch(/^[125]0*$/);
      }),
    );
  });

  test.each([
    { most: 0, limit: 0.05 },
    { most: 0.05, limit: 0.05 },
    { most: 0.06, limit: 0.1 },
    { most: 0.3, limit: 0.5 },
    { most: 0.76, limit: 1 },
    { most: 1, limit: 1 },
  ])("a share of up to $most is drawn up to $limit", ({ most, limit }) => {
    expect(shareLimit(most)).toBe(limit);
  });

  test.each([
    { why: "few months: each", of: months(2026, 3), near: ["Jan", "Feb", "Mar"], far: ["2026", "", ""] },
    {
      why: "the first tells its year",
      of: ["2025-11", "2025-12", "2026-01"],
      near: ["Nov", "Dec", "Jan"],
      far: ["2025", "", "2026"],
    },
    { why: "years", of: ["2024", "2025"], near: ["2024", "2025"], far: ["", ""] },
  ])("below the columns stand months and years: $why", ({ of, near, far }) => {
    const labels = axisLabels(of);

    expect(labels.map((label) => label.near)).toEqual(near);
    expect(labels.map((label) => label.far)).toEqual(far);
  });

  test("fewer labels stand below many columns, and none touches the next", () => {
    for (const count of [20, 40, 41, 60]) {
      for (let offset = 0; offset < 12; offset += 1) {
        const labels = axisLabels(months(2020, offset + count).slice(offset));
        const step = 1006 / count;
        for (const part of ["near", "far"] as const) {
          const places = labels.flatMap((label, index) => (label[part] === "" ? [] : [index * step]));
          for (const [index, place] of places.entries()) {
            expect(place - (places[index - 1] ?? -100)).toBeGreaterThan(36);
          }
        }
      }
    }
  });
});

test("holes of markup are escaped, and markup is not escaped twice", () => {
  expect(markup`<b title="${`"'<`}">${["a&b", markup`<i>${1}</i>`]}</b>`.text).toBe(
    '<b title="&quot;&#39;&lt;">a&amp;b<i>1</i></b>',
  );
});
