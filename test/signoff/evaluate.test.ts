import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../src/policy/policy.ts";
import type { Problem } from "../../src/policy/problem.ts";
import { judgeGroup, strictest } from "../../src/signoff/conclusion.ts";
import { evaluate, judge } from "../../src/signoff/evaluate.ts";
import { refusedVerdict } from "../../src/signoff/failed.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";
import type { Conclusion } from "../../src/signoff/verdict.ts";
import {
  approval,
  bot,
  CONTROL,
  commit,
  DATABASE,
  dora,
  file,
  HEAD,
  humanChange,
  INFRASTRUCTURE,
  kira,
  kiro,
  nils,
  olga,
  policy,
  refusal,
  snapshot,
  verdict,
} from "./build.ts";

const dependabot = bot("dependabot[bot]", 49_699_333);
const outside = { files: [file("web/index.html")] };
const broken: Problem = {
  code: "config/syntax",
  severity: "error",
  message: "It is broken.",
  remedy: "Mend it.",
};
const remark: Problem = { ...broken, severity: "warning" };

interface Row {
  readonly why: string;
  readonly given: Snapshot;
  readonly rules?: Partial<Policy>;
  readonly warnings?: readonly Problem[];
  readonly conclusion: Conclusion;
}

describe("the conclusion", () => {
  test.each<Row>([
    { why: "a human change", given: humanChange(), conclusion: "success" },
    {
      why: "a human change that touches an area for everyone",
      given: humanChange(),
      rules: { areas: [{ ...INFRASTRUCTURE, appliesTo: "everyone" }] },
      conclusion: "action_required",
    },
    {
      why: "a human change, where what is not declared is AI",
      given: humanChange(),
      rules: { detect: { ...policy().detect, undeclared: "ai" } },
      conclusion: "action_required",
    },
    {
      why: "D05 automation that is no AI",
      given: humanChange({
        pullRequest: { ...snapshot().pullRequest, author: dependabot },
        commits: [commit(dependabot)],
      }),
      conclusion: "success",
    },
    { why: "an AI change in production", given: snapshot(), conclusion: "action_required" },
    {
      why: "an AI change in production, signed",
      given: snapshot({ reviews: [approval(olga)] }),
      conclusion: "success",
    },
    {
      why: "an AI change in production, refused",
      given: snapshot({ reviews: [refusal(olga)] }),
      conclusion: "action_required",
    },
    { why: "an AI change outside production", given: snapshot(outside), conclusion: "neutral" },
    {
      why: "an AI change outside production, with review.block",
      given: snapshot(outside),
      rules: { review: { ...policy().review, block: true } },
      conclusion: "action_required",
    },
    {
      why: "the same, signed",
      given: snapshot({ ...outside, reviews: [approval(nils)] }),
      rules: { review: { ...policy().review, block: true } },
      conclusion: "success",
    },
    {
      why: "a draft is judged like any other",
      given: snapshot({ pullRequest: { ...snapshot().pullRequest, draft: true } }),
      conclusion: "action_required",
    },
    { why: "an error in the policy", given: humanChange(), warnings: [broken], conclusion: "failure" },
    { why: "a remark about the policy", given: humanChange(), warnings: [remark], conclusion: "success" },
    {
      why: "D03 one AI commit among 40 human ones",
      given: humanChange({
        commits: Array.from({ length: 41 }, (_, index) =>
          index === 17
            ? commit(kiro, { sha: "d".repeat(40) })
            : commit(kira, { sha: index === 40 ? HEAD : `${index}`.padStart(40, "0") }),
        ),
      }),
      conclusion: "action_required",
    },
  ])("of $why is $conclusion", ({ given, rules, warnings, conclusion }) => {
    expect(evaluate(given, policy(rules), warnings).conclusion).toBe(conclusion);
  });
});

describe("fails closed when", () => {
  test.each<{ why: string; given: Snapshot; code: string; message: string }>([
    {
      why: "B08 a rename does not say from where",
      given: humanChange({ files: [file("docs/a.tf", { status: "renamed" })] }),
      code: "evidence/rename-without-source",
      message: "The previous path of “docs/a.tf” is not known.",
    },
    {
      why: "the head is not among the commits",
      given: humanChange({ commits: [commit(kira, { sha: "e".repeat(40) })] }),
      code: "evidence/head-missing",
      message: "The head bbbbbbb is not among the 1 commit that were read.",
    },
    {
      why: "nothing shows who wrote a commit",
      given: humanChange({ commits: [commit(kira, { author: { name: "", email: "", account: null } })] }),
      code: "evidence/unreadable-commit",
      message: "It is not known who wrote bbbbbbb.",
    },
  ])("$why", ({ given, code, message }) => {
    const { conclusion, problems, labels, reviewRequests } = evaluate(given, policy());
    const remedy =
      "Re-run the check. If this persists, the pull request cannot be evaluated and must not be merged.";

    expect(conclusion).toBe("failure");
    expect(problems).toEqual([{ code, severity: "error", message, remedy }]);
    expect(labels).toEqual({ add: [], remove: [] });
    expect(reviewRequests).toEqual({ users: [], teams: [] });
  });
});

test.each<{ why: string; given: Partial<Snapshot> }>([
  { why: "a change of nothing, whatever its commits", given: { files: [], commits: [] } },
  {
    why: "a copy, whose source stays where it was",
    given: { files: [file("docs/b.tf", { status: "copied" })] },
  },
])("nothing is contradictory in $why", ({ given }) => {
  expect(evaluate(humanChange(given), policy()).problems).toEqual([]);
});

describe("in observe mode", () => {
  test.each<{ why: string; given: Snapshot; wouldBe: Conclusion }>([
    { why: "what would block", given: snapshot(), wouldBe: "action_required" },
    { why: "what would pass", given: humanChange(), wouldBe: "success" },
  ])("$why is neutral and says so", ({ given, wouldBe }) => {
    const verdict = evaluate(given, policy({ mode: "observe" }));
    expect(verdict).toMatchObject({ conclusion: "neutral", wouldBe });
    expect(verdict.labels.add).not.toContain("needs-countersign");
  });

  test("what could not be evaluated still fails", () => {
    const verdict = evaluate(snapshot(), policy({ mode: "observe" }), [broken]);
    expect(verdict.conclusion).toBe("failure");
    expect(verdict).not.toHaveProperty("wouldBe");
  });
});

describe("in an observed area", () => {
  const observed = { ...INFRASTRUCTURE, mode: "observe" as const };
  const both = [file("infra/main.tf"), file("db/1.sql")];

  test.each<{
    why: string;
    given: Partial<Snapshot>;
    concludes: Conclusion;
    wouldBe?: Conclusion;
    waits?: true;
  }>([
    { why: "what is missing blocks nothing", given: {}, concludes: "neutral", wouldBe: "action_required" },
    { why: "what is signed passes as elsewhere", given: { reviews: [approval(olga)] }, concludes: "success" },
    {
      why: "a refusal blocks",
      given: { reviews: [refusal(olga)] },
      concludes: "action_required",
      waits: true,
    },
    {
      why: "what another area waits for blocks",
      given: { files: both, reviews: [approval(olga)] },
      concludes: "action_required",
      waits: true,
    },
    {
      why: "what another area waited for blocks no longer",
      given: { files: both, reviews: [approval(dora)] },
      concludes: "neutral",
      wouldBe: "action_required",
    },
  ])("$why", ({ given, concludes, wouldBe, waits = false }) => {
    const verdict = evaluate(snapshot(given), policy({ areas: [observed, DATABASE, CONTROL] }));
    expect([verdict.conclusion, verdict.wouldBe]).toEqual([concludes, wouldBe]);
    expect(verdict.labels.add.includes("needs-countersign")).toBe(waits);
    if (concludes === "neutral") expect(verdict.reviewRequests).toEqual({ users: [], teams: [] });
  });

  test("what could not be evaluated fails", () => {
    expect(evaluate(snapshot(), policy({ areas: [observed] }), [broken]).conclusion).toBe("failure");
  });
});

describe("D03 who wrote it", () => {
  test("names the AI commit among human ones", () => {
    const sha = "d".repeat(40);
    const { provenance } = evaluate(
      humanChange({ commits: [commit(kira), commit(kiro, { sha })] }),
      policy(),
    );

    expect(provenance).toMatchObject({ writer: "ai", tools: ["Kiro"] });
    expect(provenance.commits.filter((each) => each.provenance.writer === "ai")).toMatchObject([{ sha }]);
  });

  test("D06 evidence once recorded stays, and what is new is to be recorded", () => {
    const first = evaluate(snapshot(), policy());
    const evidence = JSON.parse(JSON.stringify(first.toRecord.evidence));
    const later = evaluate(humanChange({ recorded: { ...snapshot().recorded, evidence } }), policy());

    expect(first.toRecord.evidence).not.toEqual([]);
    expect(later.provenance.writer).toBe("ai");
    expect(later.conclusion).toBe("action_required");
    expect(later.toRecord.evidence).toEqual([]);
  });

  test("records the same evidence on a thousand commits once", () => {
    const commits = Array.from({ length: 1000 }, (_, index) =>
      commit(kiro, { sha: `${index}`.padStart(40, "0") }),
    );
    const { toRecord } = verdict({ commits: [...commits, commit(kiro)] });
    expect(toRecord.evidence.length).toBeLessThan(5);
  });
});

describe("labels", () => {
  const all = ["ai-authored", "production", "needs-countersign"];

  test.each<{
    why: string;
    given: Snapshot;
    rules?: Partial<Policy>;
    add: readonly string[];
    remove: readonly string[];
  }>([
    { why: "none on a human change", given: humanChange(), add: [], remove: all },
    { why: "all on what waits", given: snapshot(), add: all, remove: [] },
    {
      why: "AI alone outside production",
      given: snapshot(outside),
      add: ["ai-authored"],
      remove: ["production", "needs-countersign"],
    },
    {
      why: "no production label on a blocking review outside production",
      given: snapshot(outside),
      rules: { review: { ...policy().review, block: true } },
      add: ["ai-authored", "needs-countersign"],
      remove: ["production"],
    },
    {
      why: "none that is switched off",
      given: snapshot(),
      rules: { labels: { ai: "bot", production: false, waiting: false } },
      add: ["bot"],
      remove: [],
    },
    {
      why: "one that serves two uses stays while either holds",
      given: snapshot(outside),
      rules: { labels: { ai: "AI", production: "ai", waiting: false } },
      add: ["AI"],
      remove: [],
    },
    {
      why: "production on a human change to an area for everyone",
      given: humanChange({ reviews: [approval(olga)] }),
      rules: { areas: [{ ...INFRASTRUCTURE, appliesTo: "everyone" }] },
      add: ["production"],
      remove: ["ai-authored", "needs-countersign"],
    },
  ])("$why", ({ given, rules, add, remove }) => {
    expect(evaluate(given, policy(rules)).labels).toEqual({ add, remove });
  });
});

describe("judging by the policy that the snapshot carries", () => {
  const config = (text: string) => ({
    policySources: {
      organization: { status: "absent" as const },
      repository: { status: "found" as const, path: ".github/countersign.yml", text },
    },
  });

  test("without a file the built-in areas hold", () => {
    expect(judge(snapshot()).requirements).toMatchObject([
      { requirement: { area: "infrastructure" }, status: "waiting" },
    ]);
  });

  test("C03 workflows and agent instructions are control files", () => {
    const files = [file(".github/workflows/ci.yml"), file("AGENTS.md")];
    expect(judge(snapshot({ files })).areas.map(({ name }) => name)).toContain("control-files");
  });

  test("C01 control files stay production, whatever the file switches off", () => {
    const files = [file(".github/countersign.yml")];
    const { requirements } = judge(snapshot({ files, ...config("built-in: false") }));
    expect(requirements).toMatchObject([{ requirement: { area: "control-files" }, status: "waiting" }]);
  });

  test("C08 an invalid file lets nothing pass, and evidence is still recorded", () => {
    const verdict = judge(snapshot({ reviews: [approval(olga)], ...config("mode: [") }));

    expect(verdict.conclusion).toBe("failure");
    expect(verdict.problems).toMatchObject([
      { severity: "error", file: ".github/countersign.yml", line: expect.any(Number) },
    ]);
    expect(verdict.toRecord.approvals).toHaveLength(1);
    expect(verdict.toRecord.evidence).not.toEqual([]);
  });

  test("C08 with an invalid file, provenance follows the defaults", () => {
    const { provenance, contributors } = judge(humanChange(config("mode: [")));
    expect(provenance.writer).toBe("human");
    expect(contributors).toMatchObject([{ account: kira }]);
  });

  test("C08 a pull request that makes the file invalid does not pass", () => {
    const { policySources } = config("");
    const proposed = { status: "found" as const, path: ".github/countersign.yml", text: "mode: [" };
    const verdict = judge(humanChange({ policySources: { ...policySources, proposed } }));

    expect(verdict.conclusion).toBe("failure");
    expect(verdict.problems).toMatchObject([{ severity: "error", file: ".github/countersign.yml" }]);
  });

  test("C08 a pull request that makes the file unreadable does not pass", () => {
    const { policySources } = config("");
    const proposed = {
      status: "unreadable" as const,
      path: ".github/countersign.yml",
      reason: "it is a link",
    };
    const problem = {
      code: "proposed/config/unreadable",
      severity: "error",
      file: ".github/countersign.yml",
      message: "The file cannot be read: it is a link.",
    };
    const judged = (remedy?: string) =>
      judge(
        humanChange({
          policySources: { ...policySources, proposed: { ...proposed, ...(remedy && { remedy }) } },
        }),
      );

    expect(judged().problems).toEqual([
      { ...problem, remedy: "Make it a text file in YAML, or leave it as it is on the default branch." },
    ]);
    expect(judged("Shorten it.").problems).toEqual([{ ...problem, remedy: "Shorten it." }]);
  });

  test("C08 a pull request that removes the file has no problem with it", () => {
    const { policySources } = config("");
    const proposed = { status: "absent" as const };
    expect(judge(humanChange({ policySources: { ...policySources, proposed } })).problems).toEqual([]);
  });

  test("C08 a file that cannot be read lets nothing pass", () => {
    const unreadable = { status: "unreadable" as const, path: ".github/countersign.yml", reason: "403" };
    const policySources = { organization: unreadable, repository: { status: "absent" as const } };
    expect(judge(humanChange({ policySources })).conclusion).toBe("failure");
  });
});

describe("several pull requests on one head", () => {
  test("C05 get the strictest verdict", () => {
    const success = evaluate(humanChange(), policy());
    const neutral = verdict(outside);
    const waiting = verdict();
    const failure = refusedVerdict(remark);

    expect(strictest([success, waiting, neutral])).toBe(waiting);
    expect(strictest([neutral, success])).toBe(neutral);
    expect(strictest([waiting, failure, success])).toBe(failure);
    expect(strictest([success])).toBe(success);
    expect(strictest([{ ...waiting }, waiting])).not.toBe(waiting);
  });

  test("a snapshot that could not be read is a failure, however its problem was rated", () => {
    expect(refusedVerdict(remark)).toMatchObject({
      conclusion: "failure",
      problems: [{ severity: "error" }],
    });
  });
});

describe("E11 a merge group", () => {
  test("gets the strictest verdict of its pull requests and names the one that decides", () => {
    const success = evaluate(humanChange(), policy());
    const waiting = verdict();

    expect(judgeGroup([{ pull: 7, verdict: success }])).toEqual({ verdict: success, of: 7 });
    expect(
      judgeGroup([
        { pull: 7, verdict: success },
        { pull: 9, verdict: waiting },
        { pull: 11, verdict: verdict() },
      ]),
    ).toEqual({ verdict: waiting, of: 9 });
  });

  test("fails closed if its pull requests are not all known", () => {
    const { verdict, of } = judgeGroup(null);
    expect(of).toBeNull();
    expect(verdict).toMatchObject({
      conclusion: "failure",
      problems: [
        {
          code: "evidence/merge-group",
          severity: "error",
          message: "Could not determine which pull requests are in this merge group.",
          remedy: "Take them out of the merge queue and add them again.",
        },
      ],
    });
  });
});
