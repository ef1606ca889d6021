import { traitRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { gained } from "../reading/compare.ts";
import type { ChangedPart } from "../reading/part.ts";
import type { Parts } from "../reading/parts.ts";
import { at, itemsOf, oneOrMore, type Tree, textOf } from "../reading/tree.ts";
import { parseYaml } from "../reading/yaml.ts";
import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";
import { checksIn, looksLikeCheck } from "./pipelines/checks.ts";

function soundsLikeCheck(name: string, job: Tree | undefined): boolean {
  return /(?<!la|con|at|pro|grea|fas)test|lint|check|scan|audit|security|codeql|verify|validate|e2e|type/i.test(
    `${name} ${textOf(at(job, "name"))}`,
  );
}

const JOB_REMOVED: Rule = {
  id: "checks/job-removed",
  kind: "destructive",
  asks: "block",
  when: "a job that tests or checks goes from a workflow that stays",
  parts: {
    of: ["workflow"],
    *find({ type, name, file, before, after }, { changed: parts }) {
      if (type !== "job" || before === undefined || after !== undefined) return;
      const whole = parts.find((part) => part.type === "file" && part.file === file);
      const jobs = parts.filter((part) => part.type === "job" && part.file === file);
      const come = jobs.filter((part) => part.before === undefined && soundsLikeCheck(part.name, part.after));
      const gone = jobs.filter((part) => part.after === undefined && soundsLikeCheck(part.name, part.before));
      // Each takes the place of one.
      const isRenamed = come.length >= gone.length;
      if (whole?.after === undefined || !soundsLikeCheck(name, before) || isRenamed) return;
      yield {
        what: shown(name),
        file,
        line: before.line,
        side: "before",
        why: `removes the job ${shown(name)}: what it checked is no longer checked`,
      };
    },
  },
  reports: [
    [
      "removes the job `test`: what it checked is no longer checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n  build:\n    runs-on: a\n",
        "on: push\njobs:\n  build:\n    runs-on: a\n",
      ),
    ],
    [
      "removes the job `test`: what it checked is no longer checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n",
        "on: push\njobs:\n  deploy:\n    runs-on: a\n",
      ),
    ],
  ],
  ignores: [
    [
      "it only sounds like a test",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  pull_latest_tag:\n    runs-on: a\n  build:\n    runs-on: a\n",
        "on: push\njobs:\n  build:\n    runs-on: a\n",
      ),
    ],
    [
      "it gets another name",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n",
        "on: push\njobs:\n  unit-tests:\n    runs-on: a\n",
      ),
    ],
  ],
};

/** When a workflow ran by itself; `null` when somebody had to start it. */
function whenOf({ before, steps }: Pick<FileChange, "before" | "steps">): string | null {
  const tree = parseYaml(before ?? "on: push", { steps });
  const on = at(tree ?? undefined, "on") ?? at(tree ?? undefined, "true");
  const events = on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
  if (tree === null || events.some((event) => /^(?:pull_request(?:_target)?|push|merge_group)$/.test(event)))
    return "on every change";
  return events.includes("schedule") ? "by its schedule" : null;
}

/** Whether one that comes, and runs as often, checks as much; each takes the place of one. */
function replaces(come: FileChange[], gone: FileChange): boolean {
  const most = checksIn(gone, "before").length;
  const index = come.findIndex((file) => {
    const runs = whenOf({ steps: file.steps, before: file.after });
    return runs !== null && checksIn(file, "after").length >= most;
  });
  return index !== -1 && come.splice(index, 1).length > 0;
}

/** Whether a workflow that stays, and runs as often, takes up every check of one that goes. */
function isDoneElsewhere(gone: FileChange, files: readonly FileChange[]): boolean {
  const lost = checksIn(gone, "before").map(({ key }) => key);
  const others = files.filter(
    (file) =>
      file.status === "modified" &&
      WORKFLOW_FILE.test(file.path) &&
      whenOf({ before: file.after, steps: file.steps }) === "on every change",
  );
  const fresh = others.flatMap((file) => gained(checksIn(file, "before"), checksIn(file, "after")));
  const come = new Set(fresh.map(({ key }) => key));
  return lost.length > 0 && lost.every((key) => come.has(key));
}

const WORKFLOW_REMOVED: Rule = {
  id: "checks/workflow-removed",
  kind: "destructive",
  asks: "block",
  when: "a workflow that runs on pull requests or pushes is deleted, and none comes",
  *files(files): Generator<Finding> {
    const come = files.filter(({ path, status }) => status === "added" && WORKFLOW_FILE.test(path));
    for (const file of files) {
      const { path, status } = file;
      if (status !== "removed" || !WORKFLOW_FILE.test(path)) continue;
      const when = whenOf(file);
      if (when === null || replaces(come, file) || isDoneElsewhere(file, files)) continue;
      yield {
        what: shown(path),
        file: path,
        line: 1,
        side: "before",
        why: `deletes the workflow ${shown(path)}: what it did ${when} is no longer done`,
      };
    }
  },
  reports: [
    [
      "deletes the workflow `.github/workflows/codeql.yml`: what it did on every change is no longer done",
      removed(".github/workflows/codeql.yml", "on: pull_request\njobs: {}\n"),
    ],
    [
      "deletes the workflow `.github/workflows/ci.yml`: what it did on every change is no longer done",
      removed(".github/workflows/ci.yml", "on: push\njobs: {a: {steps: [{run: npm test}]}}\n"),
      added(".github/workflows/b.yml", "on: push\njobs: {a: {steps: [{run: echo}]}}\n"),
    ],
    [
      "deletes the workflow `.github/workflows/lint.yml`: what it did on every change is no longer done",
      removed(".github/workflows/lint.yml", "on: pull_request\njobs: {a: {steps: [{run: npm run lint}]}}\n"),
      changed(
        ".github/workflows/tidy.yml",
        "on: workflow_dispatch\njobs: {a: {steps: [{run: npm test}]}}\n",
        "on: workflow_dispatch\njobs: {a: {steps: [{run: npm test}, {run: npm run lint}]}}\n",
      ),
    ],
  ],
  ignores: [
    [
      "a workflow that stays takes its checks up",
      removed(".github/workflows/lint.yml", "on: pull_request\njobs: {a: {steps: [{run: npm run lint}]}}\n"),
      changed(
        ".github/workflows/ci.yml",
        "on: pull_request\njobs: {a: {steps: [{run: npm test}]}}\n",
        "on: pull_request\njobs: {a: {steps: [{run: npm test}, {run: npm run lint}]}}\n",
      ),
    ],
    [
      "one that somebody starts by hand",
      removed(".github/workflows/tidy.yml", "on: workflow_dispatch\njobs: {}\n"),
    ],
  ],
};

const wordsOf = (step: Tree) => ["name", "uses", "run"].map((key) => textOf(at(step, key)));

const isCheck = (step: Tree) => wordsOf(step).some((text) => text.split("\n").some(looksLikeCheck));

/** Whether each of some steps is among others, by its name or by what it runs. */
function areAllIn(steps: readonly Tree[], others: readonly Tree[]): boolean {
  const known = new Set(others.flatMap(wordsOf));
  return (
    steps.length > 0 && steps.every((step) => wordsOf(step).some((word) => word !== "" && known.has(word)))
  );
}

/** Whether a job comes, and none of its workflow goes whose place it could take. */
function isOneMore({ file, before }: ChangedPart, { changed: parts }: Parts): boolean {
  const isGone = (part: ChangedPart) => part.type === "job" && part.file === file && part.after === undefined;
  return before === undefined && !parts.some(isGone);
}

const FAILURE_IGNORED: Rule = traitRule({
  id: "checks/failure-ignored",
  kind: "destructive",
  asks: "block",
  when: "a job or step may fail and the workflow passes all the same (`continue-on-error`)",
  of: ["workflow"],
  traits: (tree, part, all) => {
    const { type, name, before } = part;
    if (type !== "job") return [];
    const parts = [tree, ...itemsOf(at(tree, "steps"))];
    const isOnlyMore = isOneMore(part, all) || areAllIn(itemsOf(at(before, "steps")), parts);
    return parts.flatMap((step) => {
      const value = at(step, "continue-on-error");
      if (value === undefined || textOf(value).toLowerCase() === "false") return [];
      if (step !== tree && isOnlyMore && !isCheck(step) && !areAllIn([step], itemsOf(at(before, "steps"))))
        return [];
      const word = wordsOf(step).find((text) => text !== "");
      return [
        {
          key: step === tree ? "job" : `step ${word ?? ""}`,
          line: value.line,
          what: shown(name),
          why: `lets ${shown(name)} pass although something in it fails`,
        },
      ];
    });
  },
  reports: [
    [
      "lets `test` pass although something in it fails",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    steps:\n      - run: npm test\n",
        "on: push\njobs:\n  test:\n    steps:\n      - run: npm test\n        continue-on-error: true\n",
      ),
    ],
    [
      "lets `test` pass although something in it fails",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    steps:\n      - run: a\n        continue-on-error: true\n      - run: npm test\n",
        "on: push\njobs:\n  test:\n    steps:\n      - run: a\n      - run: npm test\n        continue-on-error: true\n",
      ),
    ],
    [
      "lets `b` pass although something in it fails",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n",
        "on: push\njobs:\n  b:\n    steps:\n      - run: make all\n        continue-on-error: true\n",
      ),
    ],
    [
      "lets `a` pass although something in it fails",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make everything\n        continue-on-error: true\n",
      ),
    ],
    [
      "lets `a` pass although something in it fails",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n      - run: npm run lint\n        continue-on-error: true\n",
      ),
    ],
  ],
  ignores: [
    [
      "a new job, in a step that checks nothing",
      added(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n      - run: gh pr comment\n        continue-on-error: true\n",
      ),
    ],
    [
      "a new step, which checks nothing",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n",
        "on: push\njobs:\n  a:\n    steps:\n      - run: make all\n      - run: gh pr comment\n        continue-on-error: true\n",
      ),
    ],
    [
      "it must pass again",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    continue-on-error: true\n",
        "on: push\njobs:\n  test:\n    continue-on-error: false\n",
      ),
    ],
  ],
});

export const WORKFLOW_CHECKS: RuleSet = {
  name: "workflow-checks",
  title: "Checks in workflows",
  reads: ({ path }) => WORKFLOW_FILE.test(path),
  rules: [JOB_REMOVED, WORKFLOW_REMOVED, FAILURE_IGNORED],
};
