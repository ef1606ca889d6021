import { traitRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { gained } from "../reading/compare.ts";
import type { Parts } from "../reading/parts.ts";
import { sidesOf } from "../reading/sides.ts";
import { at, entriesOf, fingerprint, itemsOf, oneOrMore, type Tree, textOf } from "../reading/tree.ts";
import { parseYaml } from "../reading/yaml.ts";
import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import { added, changed, type Example, type Rule, type RuleSet, removed } from "../rule.ts";
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
    // What is only called a check may do anything.
    return runs !== null && checksIn(file, "after").filter(({ isNamed }) => !isNamed).length >= most;
  });
  return index !== -1 && come.splice(index, 1).length > 0;
}

/** What decides of a job when it runs and what its failure means; the rest is where and as whom it does so. */
const DECIDES = ["if", "strategy", "continue-on-error", "environment", "uses", "with", "env", "defaults"];

const stepsOf = (job: Tree) => itemsOf(at(job, "steps")).map((step) => ({ key: fingerprint(step) }));

/** Whether one job does all that another did, and as often. */
function doesAllOf(gone: Tree, come: Tree): boolean {
  const isAlike = DECIDES.every((key) => fingerprint(at(gone, key)) === fingerprint(at(come, key)));
  return isAlike && gained(stepsOf(come), stepsOf(gone)).length === 0;
}

/** Whether one workflow runs on all that another ran on by itself, in the same surroundings. */
function runsOnAllOf(gone: Tree, come: Tree): boolean {
  const isAlike = ["env", "defaults"].every(
    (key) => fingerprint(at(gone, key)) === fingerprint(at(come, key)),
  );
  const is = eventsOf(come);
  return (
    isAlike && [...eventsOf(gone)].every(([event, how]) => is.get(event) === "" || is.get(event) === how)
  );
}

/** The events that start a workflow by themselves, and what each is limited to. */
function eventsOf(workflow: Tree): ReadonlyMap<string, string> {
  const on = at(workflow, "on") ?? at(workflow, "true");
  const events =
    on?.kind === "map"
      ? on.entries.map(({ key, value }) => ({ event: key, how: value }))
      : oneOrMore(on).map((event) => ({ event: textOf(event), how: undefined }));
  return new Map(
    events
      .filter(({ event }) => BY_ITSELF.test(event))
      .map(({ event, how }) => [event, how?.kind === "scalar" ? textOf(how) : fingerprint(how)]),
  );
}

const BY_ITSELF = /^(?:pull_request(?:_target)?|push|merge_group|schedule)$/;

/** Whether workflows that stay, and run as often, take up every job of one that goes. */
function isDoneElsewhere(gone: FileChange, files: readonly FileChange[]): boolean {
  const { before } = sidesOf(gone);
  const jobs = jobsOf(before);
  if (before === undefined || jobs.length === 0) return false;
  const come = files.flatMap((file) => {
    if (file.status !== "modified" || !WORKFLOW_FILE.test(file.path)) return [];
    const { before: was, after: is } = sidesOf(file);
    return was !== undefined && is !== undefined && runsOnAllOf(before, is) ? [{ was, is }] : [];
  });
  return jobs.every((job) =>
    come.some(({ was, is }) => {
      const isDoneBy = (workflow: Tree) => jobsOf(workflow).some((other) => doesAllOf(job, other));
      return isDoneBy(is) && !isDoneBy(was);
    }),
  );
}

const jobsOf = (workflow: Tree | undefined) => entriesOf(at(workflow, "jobs")).map(({ value }) => value);

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
    ...[
      "on: {pull_request: {branches: [never]}}\njobs: {a: {steps: [{run: npm test}, {run: npm run lint}]}}\n",
      "on: push\njobs: {a: {steps: [{run: npm test}, {run: npm run lint}]}}\n",
      "on: pull_request\njobs: {a: {steps: [{run: npm test}]}, b: {if: false, steps: [{run: npm run lint}]}}\n",
      "on: pull_request\njobs: {a: {steps: [{run: npm test}, {run: npm run lint, continue-on-error: true}]}}\n",
      "on: pull_request\njobs: {a: {steps: [{run: npm test}, {id: lint, run: echo}]}}\n",
    ].map(
      (after): Example => [
        "deletes the workflow `.github/workflows/lint.yml`: what it did on every change is no longer done",
        removed(
          ".github/workflows/lint.yml",
          "on: pull_request\njobs: {a: {steps: [{run: npm run lint}]}}\n",
        ),
        changed(
          ".github/workflows/ci.yml",
          after.replaceAll(/, \{(?:id|run)[^}]*lint[^}]*\}|, b: .*(?=\}$)/gm, ""),
          after,
        ),
      ],
    ),
    [
      "deletes the workflow `.github/workflows/lint.yml`: what it did on every change is no longer done",
      removed(".github/workflows/lint.yml", "on: pull_request\njobs: {a: {steps: [{run: npm run lint}]}}\n"),
      added(".github/workflows/b.yml", "on: pull_request\njobs: {a: {steps: [{id: lint, run: echo}]}}\n"),
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

const workOf = (step: Tree) => ({ key: JSON.stringify(["uses", "run"].map((key) => textOf(at(step, key)))) });

/** Whether every step that the workflows of a change had is still in its job: what comes stands for nothing. */
function areStepsKept({ changed: parts }: Parts): boolean {
  const worksOf = (job: Tree | undefined) => itemsOf(at(job, "steps")).map(workOf);
  return parts.every(
    ({ type, notation, before, after }) =>
      notation !== "workflow" || type !== "job" || gained(worksOf(after), worksOf(before)).length === 0,
  );
}

const FAILURE_IGNORED: Rule = traitRule({
  id: "checks/failure-ignored",
  kind: "destructive",
  asks: "block",
  when: "a job or step may fail and the workflow passes all the same (`continue-on-error`)",
  of: ["workflow"],
  traits: (tree, { type, name, before }, all) => {
    if (type !== "job") return [];
    const parts = [tree, ...itemsOf(at(tree, "steps"))];
    const isOnlyMore = areStepsKept(all);
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
    ...[
      "  a:\n    steps:\n      - run: true\n  b:\n    steps:\n      - run: make all\n        continue-on-error: true\n",
      "  a:\n    steps:\n      - name: x\n        run: true\n      - run: make everything\n        continue-on-error: true\n",
    ].map(
      (jobs, index): Example => [
        `lets \`${index === 0 ? "b" : "a"}\` pass although something in it fails`,
        changed(
          ".github/workflows/ci.yml",
          "on: push\njobs:\n  a:\n    steps:\n      - name: x\n        run: make all\n",
          `on: push\njobs:\n${jobs}`,
        ),
      ],
    ),
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
