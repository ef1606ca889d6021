import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Problem } from "../../../src/policy/problem.ts";
import { linksOf } from "../../../src/signoff/report/links.ts";
import type { Account } from "../../../src/signoff/snapshot.ts";
import type { IgnoredReview, JudgedHazard, Verdict } from "../../../src/signoff/verdict.ts";
import { quote } from "../../../src/signoff/wording/visible.ts";
import { approval, file, HEAD, JUDGED, nils, RULES_SHA, user, verdict } from "../build.ts";

const inside = (path: string) => quote(path).slice(1, -1);
const linked = (...paths: readonly string[]) =>
  linksOf(verdict({ files: paths.map((path) => file(path)), reviews: [approval(nils)] }), JUDGED);

test.each([
  { value: "infra/main.tf", page: "/pull/7/files#diff-" },
  {
    value: ".github/CODEOWNERS:2",
    page: "/blob/cccccccccccccccccccccccccccccccccccccccc/.github/CODEOWNERS#L2",
  },
  { value: "@acme/sre", page: "/orgs/acme/teams/sre" },
  { value: "@olga", page: "/olga" },
  { value: "@nils", page: "/nils" },
])("what the verdict names is linked: $value", ({ value, page }) => {
  expect(linked("infra/main.tf").of(value)).toContain(page);
});

test.each(["infra/other.tf", "infrastructure", "built-in", "@logout", "@evil/team", "https://evil.example"])(
  "what it does not name stays text: %s",
  (value) => {
    expect(linked("infra/main.tf").of(value)).toBeNull();
  },
);

test("paths that look the same when they are printed are not linked", () => {
  const [one, other] = ["infra/a\u202Eb.tf", "infra/a\\u{202e}b.tf"] as const;
  expect(inside(one)).toBe(inside(other));
  expect(linked(one).of(inside(one))).not.toBeNull();
  expect(linked(one, other).of(inside(one))).toBeNull();
});

test("a text of several lines that is shown in quotes is linked without them", () => {
  const path = "infra/a\nb.tf";
  expect(linked(path).of(inside(path))).toContain("/pull/7/files#diff-");
  expect(linked(path).of(quote(path))).toBeNull();
});

test("a line before the change and the same line after it are not linked, because they look the same", () => {
  const at = (...sides: readonly JudgedHazard["side"][]) => {
    const hazards = sides.map((side): JudgedHazard => {
      const what = {
        id: "sql/drop-table",
        kind: "destructive",
        asks: "block",
        what: "`a`",
        why: "drops `a`",
      } as const;
      return { ...what, file: "db/1.sql", line: 3, side, by: "parser", shownAt: 3, status: { kind: "asks" } };
    });
    return linksOf({ ...verdict(), hazards }, JUDGED).of("db/1.sql:3");
  };
  expect(at("after", "after")).toMatch(/R3$/);
  expect(at("before")).toMatch(/L3$/);
  expect(at("before", "after")).toBeNull();
});

const AT = "https://github.com/acme/shop/blob";

describe("a place of the rules", () => {
  const of = (source: string) =>
    linksOf({ ...verdict(), optionalReviews: [{ owners: [], paths: [], source }] }, JUDGED).of(source);

  test.each([
    { source: "CODEOWNERS:12", page: `${AT}/${RULES_SHA}/CODEOWNERS#L12` },
    { source: ".github/countersign.yml:3", page: `${AT}/${RULES_SHA}/.github/countersign.yml#L3` },
    { source: "unowned", page: null },
    { source: "README.md:3", page: null },
    { source: "CODEOWNERS", page: null },
    { source: "CODEOWNERS:3:4", page: null },
    { source: "CODEOWNERS:x", page: null },
  ])("$source", ({ source, page }) => {
    expect(of(source)).toBe(page);
  });
});

describe("the place of a problem", () => {
  const of = (problem: Partial<Problem>, shown: string) => {
    const whole: Problem = {
      code: "config/syntax",
      severity: "error",
      message: "m",
      remedy: "r",
      ...problem,
    };
    return linksOf({ ...verdict(), problems: [whole] }, JUDGED).of(shown);
  };
  const CONFIG = ".github/countersign.yml";

  test.each<{ why: string; problem: Partial<Problem>; shown: string; page: string | null }>([
    {
      why: "in the config of the base",
      problem: { file: CONFIG, line: 2, column: 5 },
      shown: `${CONFIG}:2:5`,
      page: `${AT}/${RULES_SHA}/${CONFIG}#L2`,
    },
    {
      why: "in the proposed config",
      problem: { code: "proposed/config/syntax", file: CONFIG, line: 2 },
      shown: `${CONFIG}:2`,
      page: `${AT}/${HEAD}/${CONFIG}#L2`,
    },
    { why: "without a line", problem: { file: CONFIG }, shown: CONFIG, page: null },
    { why: "without a file", problem: { line: 2 }, shown: "2", page: null },
    { why: "in another file", problem: { file: "a.yml", line: 2 }, shown: "a.yml:2", page: null },
  ])("$why", ({ problem, shown, page }) => {
    expect(of(problem, shown)).toBe(page);
  });

  test("that the base and the proposal share is not linked", () => {
    const shared = { severity: "error", message: "m", remedy: "r", file: CONFIG, line: 2 } as const;
    const base: Problem = { ...shared, code: "config/syntax" };
    const problems: readonly Problem[] = [base, { ...shared, code: "proposed/config/syntax" }, base];
    const given = { ...verdict(), problems };
    expect(linksOf(given, JUDGED).of(`${CONFIG}:2`)).toBeNull();
  });

  test("is linked where a rule stands in the same line", () => {
    const source = "CODEOWNERS:2";
    const problem = { severity: "error", message: "m", remedy: "r", file: "CODEOWNERS", line: 2 } as const;
    const given: Verdict = {
      ...verdict(),
      optionalReviews: [{ owners: [], paths: [], source }],
      problems: [{ ...problem, code: "codeowners/invalid-pattern" }],
    };
    expect(linksOf(given, JUDGED).of(source)).toBe(`${AT}/${RULES_SHA}/CODEOWNERS#L2`);
  });
});

describe("whoever the check names", () => {
  const GONE = user("gone", 90);
  const ignored = (by: Account | null): IgnoredReview => ({
    ...{ reviewId: 1, by, at: "2026-11-20T12:10:00Z", code: "not-owner", sentence: "s" },
  });
  const base = () => {
    const found = verdict();
    const [outcome] = found.requirements;
    if (outcome === undefined) throw new Error("nothing is required");
    return { found, outcome };
  };
  const page = (given: Verdict) => linksOf(given, JUDGED).of("@gone");

  test.each<{ why: string; of: () => Verdict; named: boolean }>([
    {
      why: "as an owner who is only asked",
      of: () => ({
        ...base().found,
        optionalReviews: [{ owners: [{ kind: "user", login: "gone" }], paths: [], source: "unowned" }],
      }),
      named: true,
    },
    {
      why: "as a contributor",
      of: () => ({ ...base().found, contributors: [{ account: GONE, roles: [] }] }),
      named: true,
    },
    {
      why: "beside a contributor whose account is gone",
      of: () => ({
        ...base().found,
        contributors: [
          { account: null, roles: [] },
          { account: GONE, roles: [] },
        ],
      }),
      named: true,
    },
    {
      why: "as the writer of a review that does not count",
      of: () => ({ ...base().found, ignoredReviews: [ignored(null), ignored(GONE)] }),
      named: true,
    },
    {
      why: "as that of a requirement",
      of: () => ({ ...base().found, requirements: [{ ...base().outcome, ignoredReviews: [ignored(GONE)] }] }),
      named: true,
    },
    {
      why: "as a senior",
      of: () => ({
        ...base().found,
        requirements: [
          {
            ...base().outcome,
            requirement: { ...base().outcome.requirement, senior: [{ kind: "user", login: "gone" }] },
          },
        ],
      }),
      named: true,
    },
    {
      why: "as who can sign",
      of: () => ({
        ...base().found,
        requirements: [{ ...base().outcome, canSign: [{ id: null, login: "gone" }] }],
      }),
      named: true,
    },
    { why: "nowhere", of: () => base().found, named: false },
  ])("$why", ({ of, named }) => {
    expect(page(of())).toBe(named ? "https://github.com/gone" : null);
  });

  test("a team that is awaited or senior, and no other", () => {
    const { found, outcome } = base();
    const SRE: OwnerRef = { kind: "team", org: "acme", slug: "leads" };
    const of = (more: Partial<typeof outcome>) =>
      linksOf({ ...found, requirements: [{ ...outcome, ...more }] }, JUDGED).of("@acme/leads");
    expect(of({})).toBeNull();
    expect(of({ awaits: [[SRE]] })).toBe("https://github.com/orgs/acme/teams/leads");
    expect(of({ requirement: { ...outcome.requirement, senior: [SRE] } })).toBe(
      "https://github.com/orgs/acme/teams/leads",
    );
  });
});
