import type { Finding } from "../../hazard.ts";
import { gained } from "../../reading/compare.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, isTrue, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { looksLikeCheck } from "./checks.ts";
import { CI, GITLAB, workflow } from "./examples.ts";

const OFF = /^\s*(?:\$\{\{\s*)?(?:false|0|never|null|!\s*true|''|1\s*==\s*2)(?:\s*&&.*|\s*\}\}|\s*)$/i;

/** Where a job or a step says that it never runs, or only by hand, or that its failure does not count. */
function* switchedOff(
  tree: Tree | undefined,
): Generator<{ key: string; where: string; what: string; line: number }> {
  for (const { key, value, path, line, within } of tree === undefined ? [] : placesIn(tree)) {
    const where = path.slice(0, -1).join(".");
    const step = ["name", "uses", "run", "script"].map((each) => textOf(at(within, each))).join(" ");
    const text = textOf(value);
    if (key === "if" && value.kind === "scalar" && OFF.test(text))
      yield { key: `${where} ${step}`, where, what: `if: ${text}`, line };
    if (key === "when" && /^(?:never|manual)$/.test(text))
      yield { key: `${where} ${step}`, where, what: `when: ${text}`, line };
    if (key === "allow_failure" && isTrue(value))
      yield { key: `${where} ${step}`, where, what: "allow_failure: true", line };
    if (
      /^(?:continueOnError|soft_fail|ignoreErrors|failOnError)$/.test(key) &&
      text === String(key !== "failOnError")
    )
      yield { key: `${where} ${step}`, where, what: `${key}: ${text}`, line };
    if (key === "enabled" && text.toLowerCase() === "false" && looksLikeCheck(where))
      yield { key: `${where} ${step}`, where, what: "enabled: false", line };
    if (key === "open-pull-requests-limit" && text === "0")
      yield { key: `${where} ${step}`, where, what: `${key}: 0`, line };
  }
}

export const CHECK_OFF: Rule = {
  id: "checks/switched-off",
  kind: "destructive",
  asks: "block",
  when: "a job or step of a pipeline that ran never runs, only by hand, or may fail",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (before === undefined) return;
    for (const { where: place, what, line } of gained([...switchedOff(before)], [...switchedOff(after)])) {
      if (!hasPlace(before, place)) continue;
      const where = shown(place.replace(/^jobs\./, "") || file.path);
      yield {
        what: where,
        file: file.path,
        line,
        side: "after",
        why: `switches ${where} off (${shown(what)})`,
      };
    }
  },
  reports: [
    [
      "switches `test` off (`if: false`)",
      changed(CI, workflow("    steps: []\n"), workflow("    if: false\n    steps: []\n")),
    ],
    [
      "switches `test.steps` off (`if: false`)",
      changed(
        CI,
        workflow("    steps:\n      - run: a\n        if: false\n      - run: npm test\n"),
        workflow("    steps:\n      - run: a\n      - run: npm test\n        if: false\n"),
      ),
    ],
    [
      "switches `test` off (`allow_failure: true`)",
      changed(
        GITLAB,
        "test:\n  script: [make test]\n",
        "test:\n  script: [make test]\n  allow_failure: true\n",
      ),
    ],
  ],
  ignores: [
    ["it runs again", changed(CI, workflow("    if: false\n"), workflow("    if: true\n"))],
    [
      "a new job by hand",
      changed(GITLAB, "a:\n  script: [a]\n", "a:\n  script: [a]\nb:\n  script: [b]\n  when: manual\n"),
    ],
  ],
};

function hasPlace(tree: Tree, path: string): boolean {
  return path === "" || [...placesIn(tree)].some((place) => place.path.join(".") === path);
}
