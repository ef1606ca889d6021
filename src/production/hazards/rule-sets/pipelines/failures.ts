import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { checksIn, looksLikeCheck } from "./checks.ts";
import { CI, workflow } from "./examples.ts";

const IGNORES =
  /;\s*(?:true|:|exit 0)\s*$|(?:^|\s)set \+e\b|--(?:exit-zero|exit-code[= ]0|passWithNoTests|no-fail|soft-fail|force-success|allow-failures?)\b/;
/** How what comes after the failure of a command fails as well. */
const FAILS = /\bexit\s+(?:[1-9]|\$)|\breturn\s+[1-9]|\bfalse\b|\bdie\b/;

function cannotFail(text: string): boolean {
  if (IGNORES.test(text)) return true;
  // What GitHub works out before the command runs is no part of it.
  const command = text.replaceAll(/\$\{\{.*?\}\}/g, "");
  const at = command.indexOf("||");
  const otherwise = command.slice(at + 2);
  return at !== -1 && !FAILS.test(otherwise) && !looksLikeCheck(otherwise);
}

function* ignoredIn(file: FileChange, side: "before" | "after") {
  for (const { key, text, line } of checksIn(file, side)) if (cannotFail(text)) yield { key, text, line };
}

export const FAILURE_LOST: Rule = {
  id: "checks/failure-lost",
  kind: "destructive",
  asks: "block",
  when: "a command that checks something can no longer fail (`|| true`, `--exit-zero`)",
  *file(file): Generator<Finding> {
    for (const { text, line } of gained([...ignoredIn(file, "before")], [...ignoredIn(file, "after")]))
      yield {
        what: shown(text),
        file: file.path,
        line,
        side: "after",
        why: `runs ${shown(text)}, which cannot fail`,
      };
  },
  reports: [
    [
      "runs `make test || true`, which cannot fail",
      changed(
        CI,
        workflow("    steps:\n      - run: make test\n"),
        workflow("    steps:\n      - run: make test || true\n"),
      ),
    ],
    [
      "runs `make test || echo failed`, which cannot fail",
      changed(
        CI,
        workflow("    steps:\n      - run: make test\n"),
        workflow("    steps:\n      - run: make test || echo failed\n"),
      ),
    ],
  ],
  ignores: [
    [
      "it runs again, or fails all the same",
      changed(
        CI,
        workflow("    steps:\n      - run: npm test\n      - run: make lint\n"),
        workflow(
          "    steps:\n      - run: npm test || npm test\n      - run: make lint || { echo no; exit 1; }\n",
        ),
      ),
    ],
    [
      "an expression that chooses words",
      added(
        CI,
        workflow("    steps:\n      - run: npm test -- ${{ inputs.dev != '1' && '--fast' || '' }}\n"),
      ),
    ],
    ["something else may fail", added(CI, workflow("    steps:\n      - run: docker rm old || true\n"))],
    [
      "it may fail again",
      changed(
        CI,
        workflow("    steps:\n      - run: make test || true\n"),
        workflow("    steps:\n      - run: make test\n"),
      ),
    ],
  ],
};
