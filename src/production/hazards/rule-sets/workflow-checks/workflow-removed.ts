import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, oneOrMore, textOf } from "../../reading/tree.ts";
import { parseYaml } from "../../reading/yaml.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";
import { added, changed, type Example, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { checksIn, looksLikeCheck } from "../pipelines/checks.ts";
import { isDoneElsewhere } from "./done-elsewhere.ts";

/** When a workflow ran by itself; `null` when somebody had to start it. */
function whenOf({ before, steps }: Pick<FileChange, "before" | "steps">): string | null {
  const tree = parseYaml(before ?? "on: push", { steps });
  const on = at(tree ?? undefined, "on") ?? at(tree ?? undefined, "true");
  const events = on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
  if (tree === null || events.some((event) => /^(?:pull_request(?:_target)?|merge_group)$/.test(event)))
    return ON_EVERY_CHANGE;
  const push = at(on, "push");
  const isOfTags = at(push, "tags") !== undefined && at(push, "branches") === undefined;
  if (events.includes("push")) return isOfTags ? "on every tag" : ON_EVERY_CHANGE;
  return events.includes("schedule") ? "by its schedule" : null;
}

const ON_EVERY_CHANGE = "on every change";

/** Actions that label, greet, assign and tidy up, and check nothing. */
const TIDIES =
  /^(?:actions\/(?:labeler|stale|first-interaction)|dessant\/lock-threads|release-drafter\/release-drafter|toshimaru\/auto-author-assign|kentaro-m\/auto-assign-action|pozil\/auto-assign-issue|actions-ecosystem\/action-(?:add|remove)-labels|EndBug\/label-sync|crazy-max\/ghaction-github-labeler|micnncim\/action-label-syncer|codelytv\/pr-size-labeler|eps1lon\/actions-label-merge-conflict)@/i;
const CHECKS_OUT = /^actions\/checkout@/;

/** Whether all that it runs is known to check nothing. */
function onlyTidies({ before, steps }: FileChange): boolean {
  const tree = parseYaml(before ?? "", { steps });
  const jobs = entriesOf(at(tree ?? undefined, "jobs")).map(({ value }) => oneOrMore(at(value, "steps")));
  const all = jobs.flat().map((step) => textOf(at(step, "uses")));
  return (
    jobs.every((each) => each.length > 0) &&
    all.some((uses) => TIDIES.test(uses)) &&
    all.every((uses) => TIDIES.test(uses) || CHECKS_OUT.test(uses))
  );
}

/** What does not run on changes guards them only where it checks something. */
function isGuard(file: FileChange, when: string): boolean {
  const name = textOf(at(sidesOf(file).before, "name"));
  return (
    (when === ON_EVERY_CHANGE && !onlyTidies(file)) ||
    checksIn(file, "before").length > 0 ||
    looksLikeCheck(`${file.path} ${name}`) ||
    /backup|restore|snapshot/i.test(`${file.path} ${file.before}`)
  );
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

/** Of a folder within the repository, and of an action, nothing runs by itself. */
const RUNS = /^\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/;

export const WORKFLOW_REMOVED: Rule = {
  id: "checks/workflow-removed",
  kind: "destructive",
  asks: "block",
  when: "a workflow that runs on pull requests or pushes is deleted, and none comes",
  *files(files): Generator<Finding> {
    const come = files.filter(({ path, status }) => status === "added" && WORKFLOW_FILE.test(path));
    for (const file of files) {
      const { path, status } = file;
      if (status !== "removed" || !RUNS.test(path)) continue;
      const when = whenOf(file);
      if (when === null || !isGuard(file, when) || replaces(come, file) || isDoneElsewhere(file, files))
        continue;
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
      "deletes the workflow `.github/workflows/a.yml`: what it did on every change is no longer done",
      removed(
        ".github/workflows/a.yml",
        "on: pull_request\njobs: {a: {steps: [{uses: actions/labeler@v5}, {run: ./a.sh}]}}\n",
      ),
    ],
    [
      "deletes the workflow `.github/workflows/nightly.yml`: what it did by its schedule is no longer done",
      removed(
        ".github/workflows/nightly.yml",
        "on: {schedule: [{cron: 0 0 * * *}]}\njobs: {a: {steps: [{run: trivy fs .}]}}\n",
      ),
    ],
    [
      "deletes the workflow `.github/workflows/release.yml`: what it did on every tag is no longer done",
      removed(
        ".github/workflows/release.yml",
        "on: {push: {tags: [v*]}}\njobs: {a: {steps: [{run: npm test}]}}\n",
      ),
    ],
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
      "nobody runs it where it stands",
      removed("sdk/.github/workflows/ci.yml", "on: pull_request\njobs: {a: {steps: [{run: npm test}]}}\n"),
    ],
    [
      "it only put labels on",
      removed(
        ".github/workflows/labeler.yml",
        "on: pull_request\njobs: {a: {steps: [{uses: actions/checkout@v4}, {uses: actions/labeler@v5}]}}\n",
      ),
    ],
    [
      "what others wrote goes",
      removed(
        "web/node_modules/a/.github/workflows/ci.yml",
        "on: push\njobs: {a: {steps: [{run: npm test}]}}\n",
      ),
    ],
    [
      "what it does by its schedule guards nothing",
      removed(
        ".github/workflows/stale.yml",
        "on: {schedule: [{cron: 0 0 * * *}]}\njobs: {a: {steps: [{uses: actions/stale@v9}]}}\n",
      ),
    ],
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
