import { traitRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import { at, isTrue, oneOrMore, textOf } from "../reading/tree.ts";
import { parseYaml } from "../reading/yaml.ts";
import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

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
      const isCheck = /test|lint|check|scan|audit|security|codeql|verify|validate|e2e|type/i.test(
        `${name} ${textOf(at(before, "name"))}`,
      );
      const isRenamed = parts.some(
        (part) => part.type === "job" && part.file === file && part.before === undefined,
      );
      if (whole?.after === undefined || !isCheck || isRenamed) return;
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
  ],
  ignores: [
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
function whenOf(text: string): string | null {
  const tree = parseYaml(text);
  const on = at(tree ?? undefined, "on") ?? at(tree ?? undefined, "true");
  const events = on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
  if (tree === null || events.some((event) => /^(?:pull_request(?:_target)?|push|merge_group)$/.test(event)))
    return "on every change";
  return events.includes("schedule") ? "by its schedule" : null;
}

const WORKFLOW_REMOVED: Rule = {
  id: "checks/workflow-removed",
  kind: "destructive",
  asks: "block",
  when: "a workflow that runs on pull requests or pushes is deleted, and none comes",
  *files(files): Generator<Finding> {
    const isNew = files.some(({ path, status }) => status === "added" && WORKFLOW_FILE.test(path));
    for (const { path, status, before } of isNew ? [] : files) {
      if (status !== "removed" || !WORKFLOW_FILE.test(path) || whenOf(before ?? "on: push") === null)
        continue;
      yield {
        what: shown(path),
        file: path,
        line: 1,
        side: "before",
        why: `deletes the workflow ${shown(path)}: what it did ${whenOf(before ?? "on: push")} is no longer done`,
      };
    }
  },
  reports: [
    [
      "deletes the workflow `.github/workflows/codeql.yml`: what it did on every change is no longer done",
      removed(".github/workflows/codeql.yml", "on: pull_request\njobs: {}\n"),
    ],
  ],
  ignores: [
    [
      "one that somebody starts by hand",
      removed(".github/workflows/tidy.yml", "on: workflow_dispatch\njobs: {}\n"),
    ],
  ],
};

const FAILURE_IGNORED: Rule = traitRule({
  id: "checks/failure-ignored",
  kind: "destructive",
  asks: "block",
  when: "a job or step may fail and the workflow passes all the same (`continue-on-error`)",
  of: ["workflow"],
  traits: (tree, { type, name }) => {
    if (type !== "job") return [];
    const steps = at(tree, "steps");
    const parts = [tree, ...(steps?.kind === "list" ? steps.items : [])];
    return parts.flatMap((part) => {
      const value = at(part, "continue-on-error");
      if (value === undefined || !isTrue(value)) return [];
      return [
        {
          key: "ignored",
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
  ],
  ignores: [
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
