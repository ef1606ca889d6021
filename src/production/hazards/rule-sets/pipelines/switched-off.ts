import type { Finding } from "../../hazard.ts";
import { gained } from "../../reading/compare.ts";
import { sidesOf } from "../../reading/sides.ts";
import {
  at,
  entriesOf,
  isFalse,
  isTrue,
  type Place,
  placesIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { looksLikeCheck } from "./checks.ts";
import { CI, GITLAB, workflow } from "./examples.ts";

const OFF = /^\s*(?:\$\{\{\s*)?(?:false|0|never|null|!\s*true|''|1\s*==\s*2)(?:\s*&&.*|\s*\}\}|\s*)$/i;

/** What makes a failure count for nothing, by its key. */
const LENIENT: readonly (readonly [keys: RegExp, value: RegExp])[] = [
  [
    /^(?:continueOnError|soft_fail|ignoreErrors|ignore_failure|ignore_errors|ignore-errors|warn_only|warnOnly|allowFailure)$/,
    /^(?!false$|$).+/i,
  ],
  [
    /^(?:failOnError|fail_on_error|fail-on-error|fail_ci_if_error|failOnStderr|fail-build|failOnSeverity)$/,
    /^(?:false|never|none)$/i,
  ],
  [/^(?:exit-code|exit_code|exitCode)$/, /^0$/],
  [/^failure$/, /^ignore$/],
  [/^stages$/, /^manual$/],
  [/^open-pull-requests-limit$/, /^0$/],
];

/** Whether an entry says that what holds it never runs, or only by hand. */
export function isOff({ key, value }: Pick<Place, "key" | "value">): boolean {
  const text = textOf(value);
  if ((key === "if" || key === "condition") && value.kind === "scalar") return OFF.test(text);
  return key === "when" && /^(?:never|manual|on_failure)$/.test(text);
}

/** What says of a step or job what it is about. */
const ABOUT = ["name", "displayName", "script", "bash", "pwsh", "task", "run", "uses"];

function isLenient({ key, value, path, within }: Place): boolean {
  const text = textOf(value);
  if (key === "allow_failure" || key === "soft_fail")
    return isTrue(value) || (value.kind !== "scalar" && entriesOrItems(value) > 0);
  if (key === "allow_failures") return entriesOrItems(value) > 0;
  if (key === "enabled") {
    const about = [path.slice(0, -1).join("."), ...ABOUT.map((each) => textOf(at(within, each)))];
    return isFalse(value) && about.some((each) => each.split("\n").some(looksLikeCheck));
  }
  const values = value.kind === "list" ? value.items.map(textOf) : [text];
  return LENIENT.some(([keys, harmful]) => keys.test(key) && values.every((each) => harmful.test(each)));
}

function entriesOrItems(tree: Tree): number {
  return tree.kind === "list" ? tree.items.length : entriesOf(tree).length;
}

/** Where a job or a step says that it never runs, or only by hand, or that its failure does not count. */
function* switchedOff(
  tree: Tree | undefined,
): Generator<{ key: string; where: string; what: string; line: number }> {
  for (const place of tree === undefined ? [] : placesIn(tree)) {
    if (!isOff(place) && !isLenient(place)) continue;
    const { key, value, path, line, within } = place;
    const where = path.slice(0, -1).join(".");
    const step = ["name", "uses", "run", "script"].map((each) => textOf(at(within, each))).join(" ");
    const text = value.kind === "scalar" ? textOf(value) : "…";
    yield { key: `${where} ${key} ${step}`, where, what: `${key}: ${text}`, line };
  }
}

export const CHECK_OFF: Rule = {
  id: "checks/switched-off",
  kind: "destructive",
  asks: "block",
  when: "a job or step of a pipeline that ran never runs, only by hand or after a failure, or may fail",
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
    [
      "switches `steps` off (`enabled: false`)",
      changed(
        "azure-pipelines.yml",
        "steps:\n  - script: npm test\n",
        "steps:\n  - script: npm test\n    enabled: false\n",
      ),
    ],
  ],
  ignores: [
    [
      "a step that checks nothing",
      changed(
        "azure-pipelines.yml",
        "steps:\n  - script: ./publish.sh\n",
        "steps:\n  - script: ./publish.sh\n    enabled: false\n",
      ),
    ],
    ["it runs again", changed(CI, workflow("    if: false\n"), workflow("    if: true\n"))],
    [
      "a new job by hand",
      changed(GITLAB, "a:\n  script: [a]\n", "a:\n  script: [a]\nb:\n  script: [b]\n  when: manual\n"),
    ],
  ],
};

const paths = new WeakMap<Tree, ReadonlySet<string>>();

function hasPlace(tree: Tree, path: string): boolean {
  const all = paths.get(tree) ?? new Set([...placesIn(tree)].map((place) => place.path.join(".")));
  paths.set(tree, all);
  return path === "" || all.has(path);
}
