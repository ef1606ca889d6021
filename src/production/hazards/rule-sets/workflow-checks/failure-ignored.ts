import { traitRule } from "../../builders.ts";
import { gained } from "../../reading/compare.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, itemsOf, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { looksLikeCheck } from "../pipelines/checks.ts";

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

export const FAILURE_IGNORED: Rule = traitRule({
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
