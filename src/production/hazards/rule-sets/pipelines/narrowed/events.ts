import type { HazardInput } from "../../../hazard.ts";
import { at, entriesOf, oneOrMore, type Tree, textOf } from "../../../reading/tree.ts";
import { changed, type Example, removed } from "../../../rule.ts";
import { isNarrower } from "../conditions.ts";
import { CI } from "../examples.ts";
import { type Gone, without } from "../gone-paths.ts";
import type { Examples, Narrowed, Sides } from "./narrowing.ts";

const EVENTS = ["pull_request", "pull_request_target", "merge_group", "push", "schedule"];

const onOf = (tree: Tree) => at(tree, "on") ?? at(tree, "true");

/** Events of a workflow; where pull requests are checked, a push need not be. */
export function* ofEvents({ before, after }: Sides, gone: Gone): Generator<Narrowed> {
  const [was, is] = [onOf(before), onOf(after)];
  const names = (on: Tree | undefined) =>
    new Set(on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf));
  const [had, has] = [names(was), names(is)];
  const isChecked = had.has("pull_request") && has.has("pull_request");
  for (const event of EVENTS) {
    if (!had.has(event) || !has.has(event) || (event === "push" && isChecked)) continue;
    for (const { key, value, line } of entriesOf(at(is, event)))
      if (isNarrower(key, { before: without(at(was, event, key), gone), after: value }, event))
        yield { where: event, key, line };
  }
}

/** A workflow that only gets another name. */
const MOVED: HazardInput = {
  path: ".github/workflows/b.yml",
  previousPath: ".github/workflows/a.yml",
  status: "renamed",
  before: "on: workflow_dispatch\njobs: {}\n",
  after: "on: workflow_dispatch\njobs: {}\n",
};

export const EVENT_EXAMPLES: Examples = {
  reports: [
    ...(["branches: [main]", "paths: [src/**]", "paths-ignore: [docs/**]", "types: [opened]"] as const).map(
      (line): Example => [
        `lets \`pull_request\` check fewer changes, by \`${line.replace(/:.*/, "")}\``,
        changed(
          CI,
          "on:\n  pull_request:\njobs:\n  test:\n    steps: [{run: npm test}]\n",
          `on:\n  pull_request:\n    ${line}\njobs:\n  test:\n    steps: [{run: npm test}]\n`,
        ),
      ],
    ),
    [
      "lets `pull_request` check fewer changes, by `paths`",
      MOVED,
      changed(
        CI,
        "on: {pull_request: {paths: [.github/workflows/a.yml, lib/**]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {pull_request: {paths: [lib/**]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
    ],
    [
      "lets `pull_request` check fewer changes, by `paths`",
      changed(
        CI,
        "on: {pull_request: {paths: [src/**, lib/**]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {pull_request: {paths: [src/**]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
      removed(".github/workflows/old.yml", "on: workflow_dispatch\njobs: {}\n"),
    ],
  ],
  ignores: [
    [
      "pull requests are still checked",
      changed(
        CI,
        "on: {push: , pull_request: }\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {push: {branches: [main]}, pull_request: }\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
    ],
    [
      "more branches",
      changed(
        CI,
        "on: {pull_request: {branches: [main]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {pull_request: {branches: [main, 'release/*']}}\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
    ],
    [
      "all below a path",
      changed(
        CI,
        "on: {pull_request: {paths: [src/web]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {pull_request: {paths: [src/web/**]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
    ],
    [
      "the path of a workflow that goes",
      changed(
        CI,
        "on: {pull_request: {paths: [src/**, .github/workflows/old.yml]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {pull_request: {paths: [src/**]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
      removed(".github/workflows/old.yml", "on: workflow_dispatch\njobs: {}\n"),
    ],
    [
      "the path of a file that moves",
      MOVED,
      changed(
        CI,
        "on: {pull_request: {paths: [.github/workflows/a.yml]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
        "on: {pull_request: {paths: [.github/workflows/b.yml]}}\njobs: {test: {steps: [{run: npm test}]}}\n",
      ),
    ],
  ],
};
