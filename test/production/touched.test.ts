import { describe, expect, test } from "@jest/globals";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { touchedAreas } from "../../src/production/touched.ts";

const AREAS = [
  { name: "infrastructure", paths: ["/infra/", "*.tf"] },
  { name: "billing", paths: ["/services/billing/"] },
];

describe("touchedAreas", () => {
  test.each([
    { why: "nothing changed", files: [], touched: [] },
    { why: "ordinary code is in no area", files: [{ path: "src/a.ts" }], touched: [] },
    {
      why: "any pattern of an area will do",
      files: [{ path: "infra/readme.md" }, { path: "modules/db.tf" }],
      touched: [{ name: "infrastructure", paths: ["infra/readme.md", "modules/db.tf"] }],
    },
    {
      why: "B07: a rename out of an area touches it by the old path",
      files: [{ path: "old/db.txt", previousPath: "infra/db.txt" }],
      touched: [{ name: "infrastructure", paths: ["infra/db.txt"] }],
    },
    {
      why: "a rename into an area touches it by the new path",
      files: [{ path: "infra/db.txt", previousPath: "old/db.txt" }],
      touched: [{ name: "infrastructure", paths: ["infra/db.txt"] }],
    },
    {
      why: "a rename within an area gives both paths, one between two areas gives each its own",
      files: [
        { path: "infra/b", previousPath: "infra/a" },
        { path: "services/billing/c", previousPath: "infra/c" },
      ],
      touched: [
        { name: "infrastructure", paths: ["infra/a", "infra/b", "infra/c"] },
        { name: "billing", paths: ["services/billing/c"] },
      ],
    },
    {
      why: "one file can touch two areas, and is listed once in each",
      files: [{ path: "services/billing/db.tf" }, { path: "services/billing/db.tf" }],
      touched: [
        { name: "infrastructure", paths: ["services/billing/db.tf"] },
        { name: "billing", paths: ["services/billing/db.tf"] },
      ],
    },
  ])("$why", ({ files, touched }) => {
    expect(touchedAreas(AREAS, files)).toEqual(touched);
  });

  test("fails closed when a path costs too much to match: it counts as touched, at a bounded cost", () => {
    const areas = [{ name: "hostile", paths: Array.from({ length: 1_000 }, () => `/*${"a".repeat(499)}b`) }];
    const path = "a".repeat(4_000);
    expect(touchedAreas(areas, [{ path }])).toEqual([{ name: "hostile", paths: [path] }]);
  });

  test("a long path of ordinary make is still matched against every built-in area", () => {
    const path = `${"deeply-nested-package-name/".repeat(18)}source.ts`;
    expect(path.length).toBeGreaterThan(490);
    expect(touchedAreas(BUILT_IN_AREAS, [{ path }])).toEqual([]);
  });

  test("fails closed when a pattern cannot be read: it covers every path", () => {
    const areas = [{ name: "broken", paths: ["!docs/"] }];
    expect(touchedAreas(areas, [{ path: "src/a.ts" }])).toEqual([{ name: "broken", paths: ["src/a.ts"] }]);
  });
});
