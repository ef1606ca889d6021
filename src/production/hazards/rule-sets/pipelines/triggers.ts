import type { Finding } from "../../hazard.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { checksIn, looksLikeCheck } from "./checks.ts";
import { CI, workflow } from "./examples.ts";

function triggersOf(tree: Tree | undefined): ReadonlySet<string> {
  const on = at(tree, "on") ?? at(tree, "true");
  return new Set(on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf));
}

const GATES = ["pull_request", "merge_group", "push", "pull_request_target", "schedule"];

export const TRIGGER_REMOVED: Rule = {
  id: "checks/trigger-removed",
  kind: "destructive",
  asks: "block",
  when: "a workflow that checks something no longer runs on pull requests, on pushes or by its schedule",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (!WORKFLOW_FILE.test(file.path) || before === undefined || after === undefined) return;
    const [was, is] = [triggersOf(before), triggersOf(after)];
    const lost = GATES.filter((gate) => was.has(gate) && !is.has(gate));
    const isCheck =
      checksIn(file, "before").length > 0 || looksLikeCheck(`${file.path} ${textOf(at(before, "name"))}`);
    const isReplaced = is.has("pull_request") || (is.has("pull_request_target") && was.has("pull_request"));
    if (lost.length === 0 || !isCheck || isReplaced) return;
    const line = (at(after, "on") ?? after).line;
    const why = `no longer runs the checks of ${shown(file.path)} on ${shown(lost.join(", "))}`;
    yield { what: shown(file.path), file: file.path, line, side: "after", why };
  },
  reports: [
    [
      "no longer runs the checks of `.github/workflows/ci.yml` on `pull_request`",
      changed(
        CI,
        workflow("    steps: [{run: npm test}]\n"),
        workflow("    steps: [{run: npm test}]\n", "workflow_dispatch"),
      ),
    ],
  ],
  ignores: [
    [
      "it runs on pull requests still",
      changed(
        CI,
        workflow("    steps: [{run: npm test}]\n", "push, pull_request"),
        workflow("    steps: [{run: npm test}]\n"),
      ),
    ],
    [
      "it checks nothing",
      changed(
        ".github/workflows/a.yml",
        "on: [pull_request]\njobs: {a: {}}\n",
        "on: [workflow_dispatch]\njobs: {a: {}}\n",
      ),
    ],
  ],
};
