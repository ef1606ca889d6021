import { expect, test } from "@jest/globals";
import { policyOf, resolveTexts, type Texts } from "../files.ts";

interface Row extends Texts {
  readonly why: string;
  readonly areas: readonly (readonly string[])[] | null;
}

const of = (area: string, more = "") =>
  `freeze:\n  - { areas: [${area}], starts: 2026-12-20, ends: 2027-01-05, reason: "Year's end"${more} }\n`;

const ROWS: readonly Row[] = [
  { why: "unset", areas: null },
  { why: "an empty list", repository: "freeze: []\n", areas: [] },
  { why: "the repository's alone", repository: of("infrastructure"), areas: [["infrastructure"]] },
  {
    why: "beside an organization that is silent",
    organization: "version: 1\n",
    repository: of("all"),
    areas: [["all"]],
  },
  { why: "the organization's alone", organization: of("all"), areas: [["all"]] },
  { why: "both", organization: of("all"), repository: of("ci"), areas: [["all"], ["ci"]] },
  {
    why: "nothing takes the organization's away",
    organization: of("all"),
    repository: "freeze: []\n",
    areas: [["all"]],
  },
];

test.each(ROWS)("freeze: $why", ({ areas, ...texts }) => {
  const { freeze } = policyOf(texts).policy;
  expect(freeze === null ? null : freeze.map((each) => each.areas)).toEqual(areas);
});

test("begins with its first day and ends with its last, for AI changes unless it says otherwise", () => {
  const [window] = policyOf({ repository: of("all") }).policy.freeze ?? [];
  expect(window).toEqual({
    ...{ areas: ["all"], starts: "2026-12-20T00:00:00.000Z", ends: "2027-01-06T00:00:00.000Z" },
    ...{ reason: "Year's end", appliesTo: "ai", origin: ".github/countersign.yml:2" },
  });
  const everyone = policyOf({ repository: of("all", ", applies-to: everyone") }).policy.freeze;
  expect(everyone?.[0]?.appliesTo).toBe("everyone");
});

test("each tells where it was written", () => {
  const two = `${of("all")}${of("ci").replace("freeze:\n", "")}`;
  const { freeze } = policyOf({ repository: two }).policy;
  expect(freeze?.map(({ origin }) => origin)).toEqual([
    ".github/countersign.yml:2",
    ".github/countersign.yml:3",
  ]);
});

test("a time that names no area is remarked on: it stops nothing", () => {
  const { problems } = policyOf({ organization: of("billing"), repository: of("all") });
  expect(problems).toMatchObject([
    { code: "config/unknown-area", severity: "warning", message: expect.stringContaining("billing") },
  ]);
});

test.each([
  {
    why: "a day that no calendar has",
    text: of("all").replace("2026-12-20", "2026-02-31"),
    says: "is no day",
  },
  {
    why: "an end before the start",
    text: of("all").replace("2027-01-05", "2026-12-19"),
    says: "before it starts",
  },
  { why: "no reason", text: of("all").replace(`, reason: "Year's end"`, ""), says: "reason" },
  { why: "a time of day", text: of("all").replace("2026-12-20", "2026-12-20T08:00"), says: "starts" },
])("$why is an error", ({ text, says }) => {
  expect(resolveTexts({ repository: text }).problems).toMatchObject([
    { severity: "error", message: expect.stringContaining(says) },
  ]);
});
