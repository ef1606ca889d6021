import { traitRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
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
      if (when === null || replaces(come, file)) continue;
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
  ],
  ignores: [
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

const FAILURE_IGNORED: Rule = traitRule({
  id: "checks/failure-ignored",
  kind: "destructive",
  asks: "block",
  when: "a job or step may fail and the workflow passes all the same (`continue-on-error`)",
  of: ["workflow"],
  traits: (tree, { type, name, before }) => {
    if (type !== "job") return [];
    const parts = [tree, ...itemsOf(at(tree, "steps"))];
    const isOnlyMore = areAllIn(itemsOf(at(before, "steps")), parts);
    return parts.flatMap((part) => {
      const value = at(part, "continue-on-error");
      if (value === undefined || textOf(value).toLowerCase() === "false") return [];
      if (part !== tree && isOnlyMore && !isCheck(part) && !areAllIn([part], itemsOf(at(before, "steps"))))
        return [];
      const step = ["name", "uses", "run"].map((key) => textOf(at(part, key))).find((text) => text !== "");
      return [
        {
          key: part === tree ? "job" : `step ${step ?? ""}`,
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
