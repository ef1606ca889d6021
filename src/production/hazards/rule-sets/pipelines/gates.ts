import type { Finding } from "../../hazard.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, oneOrMore, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { CI } from "./examples.ts";

const ALWAYS = /\balways\(\)|!\s*cancelled\(\)|\bfailure\(\)/;

const looksAtResults = (job: Tree) =>
  [...scalarsIn(job)].some((each) => /\bneeds\b.{0,80}\bresult\b|toJSON\(needs\)/i.test(textOf(each)));

/**
 * GitHub skips a job when one that it waits for has failed, and takes a skipped check for a passed one; so both to run
 * all the same without looking and to be skipped may hide a failure.
 */
function lossOf(before: Tree, after: Tree): string | null {
  if (oneOrMore(at(after, "needs")).length === 0) return null;
  const [was, is] = [before, after].map((job) => ALWAYS.test(textOf(at(job, "if"))));
  if (is === true && !looksAtResults(after) && (was === false || looksAtResults(before)))
    return "runs even if what it waits for has failed";
  return was === true && is === false && looksAtResults(before)
    ? "is skipped when what it waits for has failed, which counts as passed"
    : null;
}

export const GATE_OPENED: Rule = {
  id: "checks/gate-opened",
  kind: "destructive",
  asks: "block",
  when: "a job of a workflow no longer fails or stops when a job that it waits for has failed (`if: always()`)",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (!WORKFLOW_FILE.test(file.path) || before === undefined) return;
    for (const { key, value, line } of entriesOf(at(after, "jobs"))) {
      const was = at(before, "jobs", key);
      const loss = was === undefined ? null : lossOf(was, value);
      if (loss === null) continue;
      const why = `changes ${shown(key)} so that it ${loss}`;
      yield { what: shown(key), file: file.path, line, side: "after", why };
    }
  },
  reports: [
    [
      "changes `deploy` so that it runs even if what it waits for has failed",
      changed(
        CI,
        "on: push\njobs: {test: {}, deploy: {needs: test}}\n",
        'on: push\njobs: {test: {}, deploy: {needs: test, if: "always()"}}\n',
      ),
    ],
    [
      "changes `all` so that it is skipped when what it waits for has failed, which counts as passed",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  all:\n    needs: test\n    if: always()\n    steps: [{run: 'test \u0024{{ needs.test.result }} = success'}]\n",
        "on: push\njobs:\n  test: {}\n  all:\n    needs: test\n    steps: [{run: 'test \u0024{{ needs.test.result }} = success'}]\n",
      ),
    ],
  ],
  ignores: [
    [
      "it looks at the results",
      changed(
        CI,
        "on: push\njobs: {test: {}, all: {needs: test}}\n",
        "on: push\njobs:\n  test: {}\n  all:\n    needs: test\n    if: always()\n    steps: [{run: 'test \u0024{{ needs.test.result }} = success'}]\n",
      ),
    ],
  ],
};
