import type { FileChange } from "../../../reading/change.ts";
import { at, type Place, placesIn, scalarsIn, type Tree, textOf } from "../../../reading/tree.ts";
import { WORKFLOW_FILE } from "../../../reading/yaml-parts.ts";
import { changed, type Example } from "../../../rule.ts";
import { checksIn, looksLikeCheck } from "../checks.ts";
import { isNarrower, meaningOf } from "../conditions.ts";
import { CI, GITLAB, workflow } from "../examples.ts";
import { FormerSteps } from "../former-steps.ts";
import { isOff } from "../switched-off.ts";
import type { Examples, Narrowed, Sides } from "./narrowing.ts";

/** Where a condition stands: its keys, with a number where several stand at one place. */
function conditionsIn(tree: Tree): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const place of placesIn(tree)) {
    if (meaningOf(place.key) === null && place.key !== "workflow") continue;
    const step = ["name", "id", "uses", "run", "script", "label", "command"]
      .map((key) => textOf(at(place.within, key)))
      .find((text) => text !== "");
    const own = JSON.stringify([
      ...place.path,
      /^(?:steps|hooks)$/.test(place.path.at(-2) ?? "") ? step : "",
    ]);
    let key = own;
    for (let count = 1; found.has(key); count += 1) key = `${own}'${count}`;
    found.set(key, place);
  }
  return found;
}

/** Conditions of jobs and steps that were there and check something. */
export function* ofJobs(file: FileChange, { before, after }: Sides): Generator<Narrowed> {
  const isWorkflow = WORKFLOW_FILE.test(file.path);
  const was = conditionsIn(before);
  const steps = new FormerSteps(before, after);
  const there = new Set([...placesIn(before)].map(({ path }) => path.join(".")));
  const names = new Set([...scalarsIn(before)].map(textOf));
  const checked = new Set(checksIn(file, "after").map(({ job }) => job));
  for (const [key, place] of conditionsIn(after)) {
    const [first] = place.path;
    if (isWorkflow && (first === "on" || first === "true" || isGivenName(place.path))) continue;
    if (place.key === "when" && !/workflows?|steps/.test(place.path.join("."))) continue;
    const parent = place.path.slice(0, -1);
    const isOfAll = parent.join() === "workflow";
    if (parent.length > 0 && !isOfAll && !there.has(parent.join(".")) && !names.has(parent.at(-1) ?? ""))
      continue;
    const within = isWorkflow && first === "jobs" ? place.path.slice(2) : place.path;
    if (isInner(within) || isOff(place)) continue;
    const isOfStep = isWorkflow && place.path.at(-2) === "steps";
    const old = isOfStep ? steps.conditionsOf(place) : [was.get(key)?.value];
    if (!old.some((each) => isNarrower(place.key, { before: each, after: place.value }))) continue;
    if (place.path.length === 1 || isOfAll || isCheck(place, { isWorkflow, checked, tree: after }))
      yield { where: parent.join(".").replace(/^jobs\./, ""), key: place.key, line: place.line };
  }
}

/** A job or what it hands on may be called like a condition. */
function isGivenName([first, , third, ...rest]: readonly string[]): boolean {
  return first === "jobs" && (third === undefined || (third === "outputs" && rest.length === 1));
}

/** What stands within another condition is judged with it. */
function isInner(path: readonly string[]): boolean {
  return path.slice(0, -1).some((key) => key !== "workflow" && meaningOf(key) !== null && key !== "when");
}

interface About {
  readonly isWorkflow: boolean;
  readonly checked: ReadonlySet<string | undefined>;
  readonly tree: Tree;
}

function isCheck({ path, within }: Place, { isWorkflow, checked, tree }: About): boolean {
  if (isWorkflow && path[0] === "jobs" && path.length === 3) return checked.has(path[1]);
  if (path.includes("steps"))
    return [...scalarsIn(within)].some((each) => textOf(each).split("\n").some(looksLikeCheck));
  const job = path.slice(0, -1).findLast((key) => !/^(?:filters|branches|steps|jobs)$/.test(key)) ?? "";
  const text = [
    ...scalarsIn(within),
    ...scalarsIn(path.includes("workflows") ? at(tree, "jobs", job) : undefined),
  ];
  return looksLikeCheck(job) || text.some((each) => textOf(each).split("\n").some(looksLikeCheck));
}

export const JOB_EXAMPLES: Examples = {
  reports: [
    [
      "lets `changes` check fewer changes, by `if`",
      changed(
        CI,
        "on: pull_request\njobs: {changes: {steps: [{uses: a/test@v1}]}}\n",
        "on: pull_request\njobs: {changes: {if: github.actor == 'ada', steps: [{uses: a/test@v1}]}}\n",
      ),
    ],
    [
      "lets `test` check fewer changes, by `if`",
      changed(
        CI,
        workflow("    steps: [{run: npm test}]\n"),
        workflow("    if: github.actor == 'ada'\n    steps: [{run: npm test}]\n"),
      ),
    ],
    ...[
      ["{name: Test, run: npm test}", "{name: Run tests, run: npm test, if: github.actor == 'ada'}"],
      ["{name: Test, run: npm test}", "{name: Run tests, run: pnpm test, if: github.actor == 'ada'}"],
      [
        "{name: Test, run: npm test}",
        "{name: Test, run: echo}, {name: Check, run: pnpm test, if: github.actor == 'ada'}",
      ],
      [
        "{name: Test, run: npm test}, {name: Lint, run: npm run lint, if: env.A}",
        "{name: Lint, run: npm test, if: env.A}",
      ],
      [
        "{name: A, run: npm test}, {name: B, run: npm test, if: env.A}",
        "{name: C, run: npm test, if: env.A}, {name: D, run: npm test, if: env.A}",
      ],
      ["{run: ./ci.sh}", "{run: pnpm test, if: github.actor == 'ada'}, {run: npm test, if: env.A}"],
      [
        "{name: A, run: npm test}, {name: B, run: echo, if: env.A}",
        "{name: A, run: echo}, {name: B, run: npm test, if: env.A}",
      ],
    ].map(
      ([before, after]): Example => [
        "lets `test.steps` check fewer changes, by `if`",
        changed(
          CI,
          `${workflow(`    steps: [${before}]\n`)}  b: {steps: [{run: npm run lint}]}\n`,
          `${workflow(`    steps: [${after}]\n`)}  b: {steps: [{run: npm run lint}]}\n`,
        ),
      ],
    ),
    ...["[{suite: tests}]", "[{suite: tests}, {suite: none}]", "[{runner: lint}, {suite: tests}]"].map(
      (include): Example => [
        "lets `test.strategy.matrix` check fewer changes, by `include`",
        changed(
          CI,
          workflow(
            "    strategy: {matrix: {include: [{suite: lint}, {suite: tests}]}}\n    steps: [{run: npm test}]\n",
          ),
          workflow(`    strategy: {matrix: {include: ${include}}}\n    steps: [{run: npm test}]\n`),
        ),
      ],
    ),
    [
      "lets `test` check fewer changes, by `rules`",
      changed(
        GITLAB,
        "test:\n  script: [make test]\n",
        "test:\n  script: [make test]\n  rules: [{changes: [src/**]}]\n",
      ),
    ],
  ],
  ignores: [
    [
      "a job that is called like a condition",
      changed(
        CI,
        "on: pull_request\njobs: {changes: {steps: [{uses: a/test@v1}], outputs: {if: a}}}\n",
        "on: pull_request\njobs: {changes: {steps: [{uses: a/test@v2}], outputs: {if: b}}}\n",
      ),
    ],
    ...[
      ["{suite: tests, node: 20}", "{suite: tests, node: 22}"],
      ["{suite: tests, runs_on: ubuntu-latest}", "{suite: tests, runs_on: ubuntu-24.04-arm}"],
      ["{suite: a, python-version: '3.14'}, {suite: b}", "{suite: a}, {suite: b}"],
      ["{suite: {name: a, paths: tests/a tests/c}}", "{suite: {name: a, paths: tests/a tests/b tests/c}}"],
      ["{suite: tests}", "{suite: lint}, {suite: tests}"],
    ].map(
      ([before, after]): Example => [
        "a matrix that includes no less",
        changed(
          CI,
          workflow(`    strategy: {matrix: {include: [${before}]}}\n    steps: [{run: npm test}]\n`),
          workflow(`    strategy: {matrix: {include: [${after}]}}\n    steps: [{run: npm test}]\n`),
        ),
      ],
    ),
    [
      "one more step that checks something",
      changed(
        CI,
        workflow("    steps: [{run: npm test}]\n"),
        workflow("    steps: [{run: npm test}, {run: npm audit, if: github.ref == 'refs/heads/main'}]\n"),
      ),
    ],
    [
      "one more step beside others that run more",
      changed(
        CI,
        workflow("    steps: [{run: npm ci, if: inputs.a}, {run: npm test, if: inputs.a}]\n"),
        workflow(
          "    steps: [{run: npm ci, if: inputs.a || inputs.b}, {run: npm test, if: inputs.a || inputs.b}, {run: npm run lint, if: inputs.b}]\n",
        ),
      ),
    ],
    [
      "a step with the same condition gets another name",
      changed(
        CI,
        workflow("    steps: [{name: Test, run: npm test, if: env.A == '1'}]\n"),
        workflow("    steps: [{name: Run tests, run: npm test, if: env.A == '1'}]\n"),
      ),
    ],
    [
      "another version of an action with the same condition",
      changed(
        CI,
        workflow("    steps: [{uses: a/scan@v2, if: env.A == '1'}, {run: npm test}]\n"),
        workflow("    steps: [{uses: a/scan@v3, if: env.A == '1'}, {run: npm test}]\n"),
      ),
    ],
    [
      "a hook that looks at more, before one that looks at as much",
      changed(
        ".pre-commit-config.yaml",
        "repos:\n  - repo: a\n    hooks:\n      - id: check-json\n        exclude: ^web\n      - id: check-yaml\n        exclude: ^lib\n",
        "repos:\n  - repo: a\n    hooks:\n      - id: check-json\n      - id: check-yaml\n        exclude: ^lib\n",
      ),
    ],
    [
      "a step that checks nothing",
      changed(
        CI,
        workflow("    steps: [{run: npm test}, {run: npm ci}]\n"),
        workflow("    steps: [{run: npm test}, {run: npm ci, if: github.actor == 'ada'}]\n"),
      ),
    ],
  ],
};
