import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Problem } from "../../../src/policy/problem.ts";
import { CHECK_TITLE_CHARACTERS } from "../../../src/signoff/limits.ts";
import { titleOf } from "../../../src/signoff/report/headline.ts";
import type { Account } from "../../../src/signoff/snapshot.ts";
import type { PullRequestProvenance, RequirementOutcome, Verdict } from "../../../src/signoff/verdict.ts";
import { dora, HEAD, INFRASTRUCTURE, kira, nils, olga, sven, verdict } from "../build.ts";

const OLGA: OwnerRef = { kind: "user", login: "olga" };
const DORA: OwnerRef = { kind: "user", login: "dora" };
const NILS: OwnerRef = { kind: "user", login: "nils" };
const SRE: OwnerRef = { kind: "team", org: "acme", slug: "sre" };
const AT = "2026-11-20T12:10:00Z";

const HUMANS: PullRequestProvenance = {
  writer: "human",
  tools: [],
  evidence: [],
  commits: [],
  declarations: [],
};

interface Facts {
  readonly status: RequirementOutcome["status"];
  readonly area?: string;
  readonly count?: number;
  readonly mode?: "enforce" | "observe";
  readonly signed?: readonly Account[];
  readonly refused?: readonly Account[];
  readonly awaits?: RequirementOutcome["awaits"];
}

const outcome = (facts: Facts): RequirementOutcome => {
  const { status, area = "infra", count = 1, mode = "enforce", signed = [], refused = [], awaits } = facts;
  return {
    requirement: {
      id: area,
      area,
      count,
      from: { owners: [OLGA], paths: ["a"], source: "CODEOWNERS:1" },
      senior: INFRASTRUCTURE.senior,
      mode,
      keep: INFRASTRUCTURE.keep,
      because: "it touches it",
    },
    status,
    countersignatures: signed.map((by) => ({
      reviewId: by.id,
      by,
      at: AT,
      headSha: HEAD,
      kept: false,
      as: OLGA,
    })),
    refusals: refused.map((by) => ({
      reviewId: by.id,
      by,
      at: AT,
      commitSha: HEAD,
      as: { kind: "user" as const, login: by.login },
    })),
    ignoredReviews: [],
    awaits: awaits ?? [[OLGA]],
    canSign: [],
    cannotSign: [],
  };
};
const told = (more: Partial<Verdict>, pull?: number) => titleOf({ ...verdict(), ...more }, pull);

describe("the worst requirement decides the title", () => {
  test.each<{ outcomes: readonly Facts[]; title: string }>([
    {
      outcomes: [{ status: "waiting", awaits: [[OLGA, SRE], [SRE]] }],
      title: "Needs one of @olga or @acme/sre and @acme/sre: infra",
    },
    {
      outcomes: [
        { status: "signed", area: "db", count: 2, signed: [dora, olga, nils] },
        { status: "waiting", count: 3, signed: [olga] },
      ],
      title: "Needs 2 of @olga: infra",
    },
    {
      outcomes: [{ status: "waiting", count: 3, awaits: [[OLGA], [SRE]] }],
      title: "Needs 2 of @olga and @acme/sre: infra",
    },
    {
      outcomes: [
        { status: "waiting", area: "a", awaits: [[OLGA, SRE, DORA]] },
        { status: "waiting", area: "b", awaits: [[OLGA, SRE, NILS]] },
      ],
      title: "Needs @olga or 2 more: a; @olga or 2 more: b",
    },
    {
      outcomes: [
        { status: "waiting", area: "a".repeat(30) },
        { status: "waiting", area: "b".repeat(30) },
      ],
      title: `Needs @olga: ${"a".repeat(30)} and 1 more`,
    },
    // Sixty characters, which lists of checks show at once, and one more.
    {
      outcomes: [
        { status: "waiting", area: "a".repeat(24), awaits: [[OLGA]] },
        { status: "waiting", area: "b".repeat(10), awaits: [[SRE]] },
      ],
      title: `Needs @olga: ${"a".repeat(24)}; @acme/sre: ${"b".repeat(10)}`,
    },
    {
      outcomes: [
        { status: "waiting", area: "a".repeat(25), awaits: [[OLGA]] },
        { status: "waiting", area: "b".repeat(10), awaits: [[SRE]] },
      ],
      title: `Needs @olga: ${"a".repeat(25)} and 1 more`,
    },
    {
      outcomes: [{ status: "waiting", signed: [olga], awaits: [[SRE]] }],
      title: "Needs @acme/sre: infra",
    },
    {
      outcomes: ["a", "b", "c", "d\u202E"].map((area) => ({ status: "waiting", area })),
      title: "Needs @olga: a, b, c and 1 more",
    },
    {
      outcomes: [{ status: "waiting", area: "a\u202Eb" }],
      title: "Needs @olga: a\\u{202e}b",
    },
    {
      outcomes: [
        { status: "waiting" },
        { status: "impossible", area: "db\u202E", signed: [dora] },
        { status: "impossible", area: "db\u202E" },
        { status: "impossible", area: "web" },
        { status: "signed", signed: [olga] },
      ],
      title: "Nobody can countersign db\\u{202e} and web yet",
    },
    {
      outcomes: [
        { status: "impossible" },
        { status: "waiting" },
        { status: "refused", area: "db", refused: [dora] },
        { status: "refused", area: "web", refused: [dora, nils] },
      ],
      title: "Refused by @dora and @nils: db and web",
    },
    {
      outcomes: [
        { status: "impossible", area: "db", mode: "observe" },
        { status: "waiting", area: "web", mode: "observe" },
        { status: "waiting" },
      ],
      title: "Needs @olga: infra",
    },
    {
      outcomes: [
        { status: "refused", area: "db", mode: "observe", refused: [dora] },
        { status: "impossible", area: "web", mode: "observe" },
      ],
      title: "Refused by @dora: db",
    },
    {
      outcomes: [{ status: "refused", refused: [dora, nils, olga, kira] }],
      title: "Refused by @dora, @nils, @olga and 1 more: infra",
    },
  ])("$title", ({ outcomes, title }) => {
    expect(told({ conclusion: "action_required", requirements: outcomes.map(outcome) })).toBe(title);
  });
});

describe("nothing is missing", () => {
  const look = { owners: [OLGA, SRE], paths: ["a"], source: "CODEOWNERS:1" };

  test.each<{ title: string; facts: Partial<Verdict> }>([
    {
      title: "Countersigned by @dora, @nils, @olga and 1 more",
      facts: {
        conclusion: "success",
        requirements: [
          outcome({ status: "signed", signed: [dora, nils] }),
          outcome({ status: "signed", signed: [nils, olga, sven] }),
        ],
      },
    },
    {
      title: "No AI-authored change",
      facts: { conclusion: "success", requirements: [], provenance: HUMANS },
    },
    {
      title: "Automation, no AI-authored change",
      facts: { conclusion: "success", requirements: [], provenance: { ...HUMANS, writer: "automation" } },
    },
    {
      title: "Optional review by @olga or 2 more: AI-authored, outside production",
      facts: {
        conclusion: "neutral",
        optionalReviews: [look, { ...look, owners: [{ kind: "user", login: "nils" }] }],
      },
    },
    {
      title: "Nothing to countersign: AI-authored, outside production",
      facts: { conclusion: "neutral", optionalReviews: [] },
    },
  ])("$title", ({ title, facts }) => {
    expect(told(facts)).toBe(title);
  });
});

describe("what could not be evaluated", () => {
  const problem: Problem = {
    code: "config/syntax",
    severity: "error",
    message: "It is broken.",
    remedy: "Mend it.",
  };
  const remark: Problem = { ...problem, severity: "warning", message: "It is odd." };
  const proposed: Problem = {
    ...problem,
    code: "proposed/config/syntax",
    file: "a.yml",
    line: 6,
    column: 15,
  };

  test.each<{ title: string; problems: readonly Problem[] }>([
    { title: "Could not be evaluated: It is broken.", problems: [remark, problem, remark] },
    {
      title: "Could not be evaluated: It is broken. (and 1 more problem)",
      problems: [problem, remark, { ...problem, message: "It is worse." }],
    },
    {
      title: "Could not be evaluated: It is broken. (and 2 more problems)",
      problems: [problem, problem, problem],
    },
    {
      title: "Could not be evaluated: It is \\u{202e}broken.",
      problems: [{ ...problem, message: "It is \u202Ebroken." }],
    },
    { title: "Would break a.yml:6:15: It is broken.", problems: [proposed] },
    { title: "Could not be evaluated: no reason was given.", problems: [remark] },
  ])("$title", ({ title, problems }) => {
    expect(told({ conclusion: "failure", problems })).toBe(title);
  });
});

test.each<{ title: string; wouldBe?: Verdict["conclusion"]; pull?: number }>([
  { title: "No AI-authored change" },
  { title: "Pull request 9: No AI-authored change", pull: 9 },
  { title: "Observe mode, would pass: No AI-authored change", wouldBe: "success" },
  {
    title: "Observe mode, would pass: Nothing to countersign: AI-authored, outside production",
    wouldBe: "neutral",
  },
  { title: "Pull request 9: Observe mode, would pass: No AI-authored change", wouldBe: "success", pull: 9 },
])(
  "names the deciding pull request and, in observe mode, the outcome: $title",
  ({ title, pull, ...hidden }) => {
    const nothing = { optionalReviews: [], requirements: [], provenance: HUMANS } as const;
    expect(told({ ...nothing, conclusion: "success", ...hidden }, pull)).toBe(title);
  },
);

test("what an observed area would ask for is told as such", () => {
  const requirements = [
    outcome({ status: "signed", area: "db" }),
    outcome({ status: "waiting", mode: "observe" }),
  ];
  expect(told({ conclusion: "neutral", wouldBe: "action_required", requirements })).toBe(
    "Observe mode, would block: Needs @olga: infra",
  );
});

test.each([
  { why: "just as long as fits", characters: CHECK_TITLE_CHARACTERS, ends: "👍" },
  { why: "longer", characters: CHECK_TITLE_CHARACTERS + 1, ends: "👍…" },
])("a title $why", ({ characters, ends }) => {
  const opening = "Could not be evaluated: ";
  const message = "👍".repeat(characters - opening.length);
  const title = told({
    conclusion: "failure",
    problems: [{ code: "config/syntax", severity: "error", message, remedy: "" }],
  });
  expect([...title]).toHaveLength(CHECK_TITLE_CHARACTERS);
  expect(title.endsWith(ends)).toBe(true);
});
