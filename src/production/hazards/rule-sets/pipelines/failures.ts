import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { type CheckCommand, checksIn, looksLikeCheck } from "./checks.ts";
import { CI, workflow } from "./examples.ts";

const IGNORES =
  /;\s*(?:true|:|exit 0)\s*;?\s*\}?\s*$|(?:^|\s)set \+\w*e|(?:^|\s)set \+o\s+errexit|--(?:exit-zero|exit-code[= ]0|passWithNoTests|no-fail|nofail|soft-fail|force-success|allow-failures?|ignore-failures?|ignore-errors|no-error|no-exit-code|keep-going|continue-on-error|warn-only)\b|(?:^|\s)-k(?=\s|$)|\bmake\b[^;&|]*\s-\w*i\w*(?=\s|$)|-Dmaven\.test\.failure\.ignore\b(?!=false)|-D(?:skipTests|maven\.test\.skip)\b(?!=false)|\s-x\s+(?:test|check)\b|-ErrorAction\s+(?:Silently)?Continue|^\s*!\s+\S|(?<!&)&\s*$/i;
/** How what comes after the failure of a command fails as well. */
const FAILS = /\bexit\s+(?:[1-9]|\$)|\breturn\s+[1-9]|\bfalse\b|\bdie\b/;
/** Of what is piped, only the last command counts. */
const PIPED = /(?<!\|)\|(?!\|)/;

function cannotFail({ text, hasPipefail, isUnchecked }: CheckCommand): boolean {
  if (isUnchecked || IGNORES.test(text)) return true;
  // What GitHub works out before the command runs is no part of it.
  const command = text.replaceAll(/\$\{\{.*?\}\}/g, "");
  if (!hasPipefail && PIPED.test(withoutQuotes(command)) && !looksLikeCheck(lastOf(command))) return true;
  const at = command.indexOf("||");
  const otherwise = command.slice(at + 2);
  return at !== -1 && !FAILS.test(otherwise) && !looksLikeCheck(otherwise);
}

const withoutQuotes = (text: string) => text.replaceAll(/"[^"]*"|'[^']*'/g, "''");

function lastOf(text: string): string {
  return withoutQuotes(text).split("|").at(-1) ?? "";
}

function* ignoredIn(file: FileChange, side: "before" | "after") {
  for (const command of checksIn(file, side)) {
    const { key, text, line } = command;
    if (cannotFail(command)) yield { key, text, line };
  }
}

export const FAILURE_LOST: Rule = {
  id: "checks/failure-lost",
  kind: "destructive",
  asks: "block",
  when: "a command that checks something can no longer fail (`|| true`, `--exit-zero`, `set +e`, `| tee` without `pipefail`)",
  *file(file): Generator<Finding> {
    const [was, is] = [checksIn(file, "before"), checksIn(file, "after")];
    const had = new Set(was.map(({ key }) => key));
    // Where no check went, what comes beside those that were there weakens none.
    let lost = gained(
      is,
      was.filter((command) => !cannotFail(command)),
    ).length;
    for (const { key, text, line } of gained([...ignoredIn(file, "before")], [...ignoredIn(file, "after")])) {
      if (!had.has(key) && lost === 0) continue;
      if (!had.has(key)) lost -= 1;
      yield {
        what: shown(text),
        file: file.path,
        line,
        side: "after",
        why: `runs ${shown(text)}, which cannot fail`,
      };
    }
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
    ...["set +e\n          make test\n          echo done", "if make test; then echo ok; fi"].map(
      (run): Example => [
        `runs \`${run.startsWith("if") ? run : "make test"}\`, which cannot fail`,
        changed(
          CI,
          workflow("    steps:\n      - run: make test\n"),
          workflow(`    steps:\n      - run: |\n          ${run}\n`),
        ),
      ],
    ),
    [
      "runs `make test | tee log`, which cannot fail",
      changed(
        CI,
        workflow("    steps:\n      - run: make test\n"),
        workflow("    steps:\n      - run: make test | tee log\n"),
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
      "what is piped fails all the same",
      changed(
        CI,
        workflow("    steps:\n      - run: make test\n"),
        workflow("    steps:\n      - run: make test | tee log\n        shell: bash\n"),
      ),
    ],
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
      "it could not fail before, said otherwise",
      changed(
        CI,
        workflow("    steps:\n      - run: mvn sonar:sonar -DskipTests\n"),
        workflow("    steps:\n      - run: mvn -X sonar:sonar -DskipTests\n"),
      ),
    ],
    [
      "one more check beside those that were there",
      changed(
        CI,
        workflow("    steps:\n      - run: make test\n"),
        workflow("    steps:\n      - run: make test\n      - run: npm run lint || true\n"),
      ),
    ],
    [
      "it is new, and waits in the background",
      added(CI, workflow("    steps:\n      - run: npm run cypress:server > /dev/null 2>&1 &\n")),
    ],
    [
      "an expression that chooses words",
      added(
        CI,
        workflow(`    steps:\n      - run: npm test -- \${{ inputs.dev != '1' && '--fast' || '' }}\n`),
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
