import { expect, test } from "@jest/globals";
import type { AreaRule, Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { CONTROL, file, humanChange, INFRASTRUCTURE, olga, policy, refusal, snapshot } from "../build.ts";

const SPLIT: AreaRule = { ...CONTROL, paths: ["/.github/", "AGENTS.md"], when: "hazards" };
const OWNERS = { codeowners: { path: ".github/CODEOWNERS", text: "* @olga\n" } };

const words = file("AGENTS.md", { before: "Be kind.\n", after: "Be plain.\n" });
const workflow = (job: string, path = ".github/workflows/ci.yml") =>
  file(path, {
    before: "on: [push]\njobs:\n  test:\n    steps: [{uses: actions/checkout@v4}]\n",
    after: `on: [push]\njobs:\n  test:\n${job}`,
  });
const newer = workflow("    steps: [{uses: actions/checkout@v5}]\n");
const other = workflow("    steps: [{run: ./x.sh}]\n");
const RUNS =
  "runs something else in the job `test`, which runs on a machine that is not known to be GitHub's own";
const config = file(".github/countersign.yml");

function judge(files: readonly ChangedFile[], rules: Partial<Policy> = {}, given: Partial<Snapshot> = {}) {
  return evaluate(snapshot({ files, ...OWNERS, ...given }), policy({ areas: [SPLIT], ...rules }));
}

const signed = ({ requirements }: Verdict) =>
  requirements.flatMap(({ requirement }) => requirement.from.paths);
const shown = ({ optionalReviews }: Verdict) => optionalReviews.flatMap(({ paths }) => paths);

test("an AI's plain words for agents and newer actions are shown to their owner, as everything outside is", () => {
  const verdict = judge([words, newer, file("web/a.ts")]);
  expect(verdict.conclusion).toBe("neutral");
  expect(signed(verdict)).toEqual([]);
  expect(shown(verdict)).toEqual([newer.path, "AGENTS.md", "web/a.ts"]);
});

test("where everything of an AI's is reviewed, they are", () => {
  const verdict = judge([words, newer], { review: { block: true, suggestions: "contributor" } });
  expect(verdict.conclusion).toBe("action_required");
  expect(signed(verdict)).toEqual([newer.path, "AGENTS.md"]);
});

test("only what needs a countersignature asks for one, and the check says why", () => {
  const verdict = judge([words, other, config]);
  expect(signed(verdict)).toEqual([config.path, other.path]);
  expect(shown(verdict)).toEqual(["AGENTS.md"]);
  expect(verdict.requirements[0]?.requirement.because).toBe(
    `Kiro took part in this change, and it touches “control-files” (“built-in”). “${other.path}” ${RUNS}.`,
  );
});

test("with `always` all of them do", () => {
  const areas = [{ ...SPLIT, when: "always" as const }];
  expect(signed(judge([words, newer], { areas }))).toEqual([newer.path, "AGENTS.md"]);
});

test("another area that holds the same path asks all the same", () => {
  const areas = [{ ...INFRASTRUCTURE, paths: ["*.md"] }, SPLIT];
  const verdict = judge([words], { areas });
  expect(signed(verdict)).toEqual(["AGENTS.md"]);
  expect(shown(verdict)).toEqual([]);
});

test.each<[string, Partial<AreaRule>]>([
  ["observes all of it", {}],
  ["observes all of it, and has others sign", { from: [{ kind: "user", login: "nils" }] }],
])("where everything of an AI's is reviewed, an area that %s takes nothing from that", (_what, rule) => {
  const review = { block: true, suggestions: "contributor" } as const;
  const observed: AreaRule = { ...INFRASTRUCTURE, name: "trial", paths: ["*.md"], mode: "observe", ...rule };
  expect(judge([words], { review }).conclusion).toBe("action_required");
  expect(judge([words], { review, areas: [observed, SPLIT] }).conclusion).toBe("action_required");
});

test("whom an area asks to look may refuse, though another area observes the same path", () => {
  const observed: AreaRule = {
    ...{ ...INFRASTRUCTURE, name: "trial", paths: ["*.md"], mode: "observe" },
    from: [{ kind: "user", login: "nils" }],
  };
  const reviews = [refusal(olga)];
  expect(judge([words], {}, { reviews }).conclusion).toBe("action_required");
  expect(judge([words], { areas: [observed, SPLIT] }, { reviews }).conclusion).toBe("action_required");
});

test("a hazard that blocks asks, whatever the words are", () => {
  const areas = [{ ...INFRASTRUCTURE, when: "hazards" as const }];
  const calm = file("infra/a.tf", { before: "# a\n", after: "# b\n" });
  const kept = 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n';
  const lost = file("infra/b.tf", { before: kept, after: "# gone\n" });
  const verdict = judge([calm, lost], { areas });
  expect(signed(verdict)).toEqual(["infra/b.tf"]);
  expect(verdict.requirements[0]?.requirement.area).toBe("infrastructure");
  expect(shown(verdict)).toEqual(["infra/a.tf"]);
});

test("in an area for everyone's changes it asks people too, and nothing else does", () => {
  const areas = [{ ...INFRASTRUCTURE, when: "hazards" as const, appliesTo: "everyone" as const }];
  const kept = 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n';
  const lost = file("infra/b.tf", { before: kept, after: "# gone\n" });
  const calm = file("infra/a.tf", { before: "# a\n", after: "# b\n" });
  const change = humanChange({ files: [calm, lost], ...OWNERS });
  const verdict = evaluate(change, policy({ areas }));
  expect(signed(verdict)).toEqual(["infra/b.tf"]);
  expect(shown(verdict)).toEqual([]);
  const rest = evaluate(humanChange({ files: [calm], ...OWNERS }), policy({ areas }));
  expect(rest.conclusion).toBe("success");
});

test("in an area for everyone's changes a person's plain words are shown to their owner too", () => {
  const areas = [{ ...SPLIT, appliesTo: "everyone" as const }];
  const verdict = evaluate(humanChange({ files: [words, newer], ...OWNERS }), policy({ areas }));
  expect(signed(verdict)).toEqual([]);
  expect(shown(verdict)).toEqual(["AGENTS.md"]);
});

test("what is read through a link is never taken for plain words", () => {
  const target = file("docs/agents.md", { before: "Be kind.\n", after: "Be plain.\n" });
  const links = [{ path: "AGENTS.md", target: "docs/agents.md" }];
  expect(signed(judge([target], {}, { links }))).toEqual(["docs/agents.md"]);
  expect(signed(judge([words], {}, { links }))).toEqual(["AGENTS.md"]);
  const alike = file("docs/CLAUDE.md", { before: "Be kind.\n", after: "Be plain.\n" });
  const leading = [{ path: "AGENTS.md", target: alike.path }];
  expect(signed(judge([alike], {}, { links: leading }))).toEqual(["AGENTS.md", alike.path]);
});

test("both ends of a move ask", () => {
  const moved = file("docs/a.md", {
    ...words,
    path: "docs/a.md",
    status: "renamed",
    previousPath: "AGENTS.md",
  });
  expect(signed(judge([moved]))).toEqual(["AGENTS.md"]);
});

const DEPLOYMENT: AreaRule = {
  ...INFRASTRUCTURE,
  name: "deployment",
  paths: ["wrangler.jsonc", "compose.yaml"],
};
const settings = (path: string) => file(path, { before: "{}\n", after: '{"a":1}\n' });

test("what only tests and examples need is shown, as long as nobody wrote anything about the area", () => {
  const files = ["examples/a/wrangler.jsonc", "src/tests/wrangler.jsonc", "web/wrangler.jsonc"].map(settings);
  const verdict = judge(files, { areas: [{ ...DEPLOYMENT, origin: "built-in" }] });
  expect(signed(verdict)).toEqual(["web/wrangler.jsonc"]);
  expect(shown(verdict)).toEqual(["examples/a/wrangler.jsonc", "src/tests/wrangler.jsonc"]);
  const written = judge(files, { areas: [{ ...DEPLOYMENT, origin: "built-in, .github/countersign.yml:3" }] });
  expect(signed(written)).toEqual(files.map(({ path }) => path));
});

test("a hazard among tests asks all the same, and so does the place that something left for them", () => {
  const areas = [{ ...DEPLOYMENT, origin: "built-in" }];
  const leaking = file("examples/a/compose.yaml", {
    before: "services:\n  a:\n    image: a\n",
    after: `services:\n  a:\n    image: a\n    environment: [KEY=${"AKIA"}Z7QK3M5N2P4R6T5V]\n`,
  });
  expect(signed(judge([leaking], { areas }))).toEqual(["examples/a/compose.yaml"]);
  const moved = file("examples/wrangler.jsonc", { previousPath: "web/wrangler.jsonc", status: "renamed" });
  expect(signed(judge([moved], { areas }))).toEqual(["web/wrangler.jsonc"]);
});

const WHERE_HAZARDS: AreaRule = { ...INFRASTRUCTURE, when: "hazards" };
const BUCKET = 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n';

test("both ends of a moved file ask where a hazard is found in it", () => {
  const moved = { status: "renamed", previousPath: "infra/b.tf" } as const;
  const lost = file("infra/c.tf", { ...moved, before: BUCKET, after: "# gone\n" });
  expect(signed(judge([lost], { areas: [WHERE_HAZARDS] }))).toEqual(["infra/b.tf", "infra/c.tf"]);
});

test("a path that two changes end at asks, however calm they are", () => {
  const away = file("infra/b.tf", {
    ...{ status: "renamed", previousPath: "infra/a.tf" },
    ...{ before: "# a\n", after: "# b\n" },
  });
  const anew = file("infra/a.tf", { status: "added", base: null, before: null, after: "# c\n" });
  expect(signed(judge([away, anew], { areas: [WHERE_HAZARDS] }))).toContain("infra/a.tf");
  expect(signed(judge([anew, away], { areas: [WHERE_HAZARDS] }))).toContain("infra/a.tf");
});

test("the first three reasons are told", () => {
  const files = ["a", "b", "c", "d"].map((name) =>
    workflow("    steps: [{run: ./x.sh}]\n", `.github/workflows/${name}.yml`),
  );
  const because = judge(files).requirements[0]?.requirement.because ?? "";
  const told = ["a", "b", "c"].map((name) => ` “.github/workflows/${name}.yml” ${RUNS}.`);
  expect(because.endsWith(`(“built-in”).${told.join("")}`)).toBe(true);
});
