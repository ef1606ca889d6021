import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { at, oneOrMore, textOf } from "../../reading/tree.ts";
import { parseYaml } from "../../reading/yaml.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";
import { added, changed, type Example, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { checksIn } from "../pipelines/checks.ts";
import { isDoneElsewhere } from "./done-elsewhere.ts";

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

export const WORKFLOW_REMOVED: Rule = {
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
