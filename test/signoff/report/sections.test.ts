import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Evidence, Provenance } from "../../../src/provenance/evidence.ts";
import { type Links, linksOf } from "../../../src/signoff/report/links.ts";
import { requirementLines } from "../../../src/signoff/report/requirement-section.ts";
import {
  contributorLines,
  optionalReviewLines,
  problemLines,
  provenanceLines,
  section,
} from "../../../src/signoff/report/sections.ts";
import type {
  Countersignature,
  PullRequestProvenance,
  Refusal,
  Requirement,
  RequirementOutcome,
  Signer,
  UnableOwner,
} from "../../../src/signoff/verdict.ts";
import { unlinked } from "../../gate/plain.ts";
import { dora, HEAD, JUDGED, kira, OLD_HEAD, olga, sven, verdict } from "../build.ts";

const OLGA: OwnerRef = { kind: "user", login: "olga" };
const SRE: OwnerRef = { kind: "team", org: "acme", slug: "sre" };
const AT = "2026-11-20T12:10:00Z";
const unlinkedPages = (): Links => ({ ...linksOf(verdict(), JUDGED), of: () => null });
const numbered = (length: number, name: string) => Array.from({ length }, (_, index) => `${name}${index}`);

test("a section with nothing to say has no heading", () => {
  expect(section("Remarks", [])).toEqual([]);
  expect(section("Remarks", ["- one", "- two"])).toEqual(["### Remarks", "", "- one", "- two", ""]);
});

const requirement: Requirement = {
  id: "infrastructure",
  area: "infra*structure",
  count: 1,
  from: { owners: [OLGA, SRE], paths: ["infra/main.tf"], source: "CODEOWNERS:2" },
  senior: [],
  mode: "enforce",
  keep: "untouched",
  because: "it touches “infrastructure”",
};
const waiting: RequirementOutcome = {
  requirement,
  status: "waiting",
  countersignatures: [],
  refusals: [],
  ignoredReviews: [],
  awaits: [[OLGA, SRE]],
  canSign: [],
  cannotSign: [],
};
const signature: Countersignature = {
  reviewId: 1,
  by: olga,
  at: AT,
  headSha: HEAD,
  kept: false,
  as: OLGA,
};
const no: Refusal = {
  reviewId: 2,
  by: dora,
  at: AT,
  commitSha: HEAD,
  as: { kind: "user", login: "dora" },
};
const FOR = "  - For: `infra/main.tf` (`CODEOWNERS:2`)";
const WHY = "  - Why: it touches `infrastructure`";
const SIGNED = "  - Signed: `@olga` for bbbbbbb (2026-11-20).";

describe("the outcome of a requirement", () => {
  const signers = numbered(12, "u").map((login): Signer => ({ id: null, login }));
  const unable = numbered(12, "t").map(
    (slug): UnableOwner => ({ owner: { ...SRE, slug }, reason: "is odd" }),
  );

  test.each<{ why: string; outcome: Partial<RequirementOutcome>; lines: readonly string[] }>([
    {
      why: "it waits",
      outcome: {},
      lines: ["- **infra\\*structure** ⏳ needs approval from `@olga` or `@acme/sre`", FOR, WHY],
    },
    {
      why: "it waits, and there are people who can sign and owners who cannot",
      outcome: {
        canSign: [
          { id: 2, login: "olga" },
          { id: 3, login: "sven", busy: true },
        ],
        cannotSign: [{ owner: SRE, reason: "has no members" }],
      },
      lines: [
        "- **infra\\*structure** ⏳ needs approval from `@olga` or `@acme/sre`",
        "  - Can sign: `@olga` and `@sven` (busy)",
        "  - Cannot sign: `@acme/sre` (has no members)",
        FOR,
        WHY,
      ],
    },
    {
      why: "the first ten of each are named",
      outcome: {
        canSign: signers,
        cannotSign: unable,
        requirement: { ...requirement, from: { ...requirement.from, paths: numbered(12, "p") } },
      },
      lines: [
        "- **infra\\*structure** ⏳ needs approval from `@olga` or `@acme/sre`",
        `  - Can sign: ${numbered(10, "@u")
          .map((login) => `\`${login}\``)
          .join(", ")} and 2 more`,
        `  - Cannot sign: ${numbered(10, "@acme/t")
          .map((team) => `\`${team}\` (is odd)`)
          .join(", ")} and 2 more`,
        `  - For: ${numbered(10, "p")
          .map((path) => `\`${path}\``)
          .join(", ")} and 2 more (\`CODEOWNERS:2\`)`,
        WHY,
      ],
    },
    {
      why: "it waits for the second of two",
      outcome: { requirement: { ...requirement, count: 2 }, countersignatures: [signature] },
      lines: [
        "- **infra\\*structure** ⏳ needs approval from `@olga` or `@acme/sre` (1 of 2 so far)",
        "  - Asked: 2 countersignatures from `@olga` or `@acme/sre`.",
        FOR,
        WHY,
        SIGNED,
      ],
    },
    {
      why: "a senior must be among them",
      outcome: {
        requirement: { ...requirement, senior: [{ kind: "user", login: "nils" }] },
        countersignatures: [signature],
        awaits: [[{ kind: "user", login: "nils" }]],
      },
      lines: [
        "- **infra\\*structure** ⏳ needs approval from `@nils`",
        "  - Asked: 1 countersignature from `@olga` or `@acme/sre`; one of `@nils` must be among them or sign in addition.",
        FOR,
        WHY,
        SIGNED,
      ],
    },
    {
      why: "two signed, one through a team and before later pushes",
      outcome: {
        status: "signed",
        countersignatures: [
          signature,
          { ...signature, by: sven, headSha: OLD_HEAD, kept: true, as: SRE, at: "2026-11-19T12:10:00Z" },
        ],
      },
      lines: [
        "- **infra\\*structure** ✅ `@olga` and `@sven` countersigned",
        FOR,
        WHY,
        SIGNED,
        "  - Signed: `@sven` of `@acme/sre` for aaaaaaa (2026-11-19); still counts, because later pushes did not change this area.",
      ],
    },
    {
      why: "two refused, one for a commit that is gone",
      outcome: { status: "refused", refusals: [no, { ...no, by: olga, commitSha: null, dismissedBy: kira }] },
      lines: [
        "- **infra\\*structure** ⛔ refused by `@dora` and `@olga`",
        "  - What to do: `@dora` requested changes. This stays blocked until `@dora` approves, or an owner who took no part dismisses the review.",
        "  - What to do: `@olga` requested changes, and `@kira` has no right to dismiss that. This stays blocked until `@olga` approves, or an owner who took no part dismisses the review.",
        FOR,
        WHY,
        "  - Refused: `@dora` for bbbbbbb (2026-11-20).",
        "  - Refused: `@olga` for a commit that is gone (2026-11-20).",
      ],
    },
    {
      why: "nobody can sign",
      outcome: { status: "impossible", remedy: "Name another owner." },
      lines: [
        "- **infra\\*structure** 🚫 nobody can countersign this yet",
        "  - What to do: Name another owner.",
        FOR,
        WHY,
      ],
    },
  ])("$why", ({ outcome, lines }) => {
    expect(requirementLines({ ...waiting, ...outcome }, { links: unlinkedPages(), ignored: [] })).toEqual(
      lines,
    );
  });
});

test("a requirement tells the first ten reviews that were meant for it and do not count", () => {
  const ignored = numbered(12, "u").map((login, reviewId) => ({
    ...{ reviewId, by: olga, at: AT, code: "not-owner" as const },
    sentence: `@${login} approved, but owns nothing.`,
  }));
  const lines = requirementLines(waiting, { links: unlinkedPages(), ignored });
  expect(lines.filter((line) => line.startsWith("  - Does not count: "))).toEqual([
    ...numbered(10, "u").map((login) => `  - Does not count: \`@${login}\` approved, but owns nothing.`),
    "  - Does not count: 2 more reviews, not shown.",
  ]);
});

test("names optional reviewers with their first ten paths", () => {
  expect(
    optionalReviewLines(
      { owners: [OLGA, SRE], paths: ["web/a*.css"], source: "CODEOWNERS:4" },
      unlinkedPages(),
    ),
  ).toEqual(["- `@olga` or `@acme/sre` for `web/a*.css` (`CODEOWNERS:4`)"]);
  const [line] = optionalReviewLines(
    { owners: [OLGA], paths: numbered(12, "p"), source: "unowned" },
    unlinkedPages(),
  );
  expect(line).toMatch(/^- `@olga` for `p0`, .*, `p9` and 2 more \(`unowned`\)$/);
});

test.each<{ problem: Partial<Parameters<typeof problemLines>[0]>; line: string }>([
  { problem: { file: "a.yml", line: 6 }, line: "- ❌ `a.yml:6` It is \\*broken\\*. Mend it." },
  { problem: {}, line: "- ❌ It is \\*broken\\*. Mend it." },
  { problem: { severity: "warning" }, line: "- ⚠️ It is \\*broken\\*. Mend it." },
])("a problem: $line", ({ problem, line }) => {
  const broken = {
    code: "config/syntax",
    severity: "error",
    message: "It is *broken*.",
    remedy: "Mend it.",
  } as const;
  expect(problemLines({ ...broken, ...problem }, unlinkedPages())).toEqual([line]);
});

describe("who wrote it", () => {
  const silence: Provenance = { writer: "human", tools: [], evidence: [] };
  const pull: PullRequestProvenance = { ...silence, commits: [], declarations: [] };
  const mark = (more: Partial<Evidence> = {}): Evidence => ({
    tool: "Kiro",
    kind: "trailer",
    strength: "strong",
    where: { on: "commit", sha: HEAD, field: "co-author" },
    text: "Kiro <k@x>",
    ...more,
  });
  const commit = (provenance: Partial<Provenance>, subject = "Do it") => ({
    sha: HEAD,
    subject,
    provenance: { ...silence, ...provenance },
  });

  test.each<{ why: string; told: Partial<PullRequestProvenance>; lines: readonly string[] }>([
    { why: "nothing is known", told: {}, lines: [] },
    {
      why: "commits without a mark are counted",
      told: { commits: [commit({}), commit({})] },
      lines: ["- 2 commits by humans, with no evidence of AI or automation"],
    },
    {
      why: "a mark on the pull request, and one of a commit that is gone",
      told: {
        evidence: [
          mark({ where: { on: "pull-request", field: "label" }, strength: "certain", text: "ai" }),
          mark(),
        ],
      },
      lines: [
        "- The pull request",
        "  - Kiro, certain: label `ai`",
        "  - Kiro, strong: co-author of the former commit bbbbbbb, `Kiro <k@x>`",
      ],
    },
    {
      why: "marked commits first, each with its marks, whoever wrote them",
      told: {
        commits: [
          commit({}),
          commit({ writer: "ai", tools: ["Kiro", "a*b"], evidence: [mark()] }, "By an AI"),
          commit({ writer: "ai" }, "By silence"),
          commit({ writer: "automation", tools: ["bot"] }, "By a machine"),
          commit({ writer: "unknown" }, "By who knows whom"),
          commit({ evidence: [mark({ strength: "weak" })] }, "By a human, though marked"),
        ],
      },
      lines: [
        "- `bbbbbbb` `By an AI`: AI (Kiro and a\\*b)",
        "  - Kiro, strong: co-author `Kiro <k@x>`",
        "- `bbbbbbb` `By silence`: AI, because nothing shows who wrote it",
        "- `bbbbbbb` `By a machine`: automation",
        "- `bbbbbbb` `By who knows whom`: unknown",
        "- `bbbbbbb` `By a human, though marked`: human",
        "  - Kiro, weak: co-author `Kiro <k@x>`",
        "- 1 commit by humans, with no evidence of AI or automation",
      ],
    },
    {
      why: "a mark in a person's text is told with whose it is where that person is an outsider",
      told: {
        evidence: [
          mark({
            where: { on: "pull-request", field: "body" },
            writtenBy: { id: 66, login: "stranger", outsider: true },
          }),
          mark({
            where: { on: "pull-request", field: "branch" },
            writtenBy: { id: 5, login: "nils", outsider: false },
          }),
        ],
      },
      lines: [
        "- The pull request",
        "  - Kiro, strong: body `Kiro <k@x>`, written by `@stranger`, who has no write permission",
        "  - Kiro, strong: branch `Kiro <k@x>`",
      ],
    },
    {
      why: "of a person's word, what came later and is not covered",
      told: {
        writer: "ai",
        declarations: [{ by: "kira", sha: null, text: "written without AI", notOf: [HEAD] }],
        commits: [commit({})],
      },
      lines: [
        "- `@kira` declares that this pull request was written without AI (`written without AI`), but others brought bbbbbbb since, which is not covered. To declare it of that too, edit the text of the pull request.",
        "- 1 commit by humans, with no evidence of AI or automation",
      ],
    },
    {
      why: "the word of people comes first, against what was found too",
      told: {
        writer: "ai",
        declarations: [{ by: "kira", sha: HEAD, text: "AI: none" }],
        commits: [commit({})],
      },
      lines: [
        "- `@kira` declares that bbbbbbb was written without AI (`AI: none`), but the evidence below contradicts this.",
        "- 1 commit by humans, with no evidence of AI or automation",
      ],
    },
  ])("$why", ({ told, lines }) => {
    expect(provenanceLines({ ...pull, ...told }, unlinkedPages()).map(unlinked)).toEqual(lines);
  });

  test("lists a contributor with everything they did", () => {
    const roles = [
      { role: "author", because: "opened the pull request" },
      { role: "committer", because: "committed bbbbbbb" },
    ] as const;
    expect(contributorLines({ account: kira, roles }, unlinkedPages())).toEqual([
      "- `@kira` opened the pull request and committed bbbbbbb",
    ]);
  });
});
