import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { withoutComments } from "../../reading/comments.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { PIPELINE_FILE } from "./checks.ts";

/** A number below or above which a check fails. */
interface Threshold {
  readonly files: RegExp;
  /** The first group is its name, the second the number. */
  readonly pattern: RegExp;
  readonly weaker: "less" | "more";
}

const SETTINGS = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|\.coveragerc|pytest\.ini|\.pylintrc)$/;
const JAVASCRIPT =
  /(?:^|\/)(?:package\.json|\.(?:nyc|c8)rc(?:\.json)?|(?:jest|vitest|vite|karma)\.config\.[cm]?[jt]s)$/;
const COMMANDS = new RegExp(
  `${PIPELINE_FILE.source}|(?:^|/)(?:GNU)?[Mm]akefile$|(?:^|/)package\\.json$|\\.sh$`,
);

/** By the manuals of pytest-cov, coverage, Jest, nyc, SimpleCov, JaCoCo, ESLint, pylint and Codecov. */
const THRESHOLDS: readonly Threshold[] = [
  { files: COMMANDS, pattern: /(--(?:cov-)?fail[-_]under)[= ](\d+(?:\.\d+)?)/, weaker: "less" },
  { files: COMMANDS, pattern: /(--max-warnings)[= ](\d+)/, weaker: "more" },
  {
    files: COMMANDS,
    pattern: /(--(?:branches|lines|functions|statements|min-coverage))[= ](\d+)/,
    weaker: "less",
  },
  { files: SETTINGS, pattern: /^\s*(?:--cov-)?(fail[-_]under)\s*=\s*(\d+(?:\.\d+)?)/, weaker: "less" },
  { files: SETTINGS, pattern: /(--cov-fail-under)[= ](\d+(?:\.\d+)?)/, weaker: "less" },
  {
    files: JAVASCRIPT,
    pattern: /["']?\b(branches|lines|functions|statements)["']?\s*:\s*(\d+(?:\.\d+)?)/,
    weaker: "less",
  },
  {
    files: /(?:^|\/)\.?(?:simplecov|spec_helper|test_helper|rails_helper)(?:\.rb)?$/,
    pattern: /\b(minimum_coverage(?:_by_file)?)[ (]\s*(\d+)/,
    weaker: "less",
  },
  { files: /(?:^|\/)pom\.xml$/, pattern: /<(minimum)>(0?\.\d+|1(?:\.0+)?)<\/minimum>/, weaker: "less" },
  {
    files: /\.gradle(?:\.kts)?$/,
    pattern: /\b(minimum)\s*=\s*["']?(?:BigDecimal\.valueOf\()?["']?(0?\.\d+|1(?:\.0+)?)/,
    weaker: "less",
  },
  { files: /(?:^|\/)\.?codecov\.ya?ml$/, pattern: /^\s*(target)\s*:\s*["']?(\d+(?:\.\d+)?)/, weaker: "less" },
  {
    files: /(?:^|\/)\.?codecov\.ya?ml$/,
    pattern: /^\s*(threshold)\s*:\s*["']?(\d+(?:\.\d+)?)/,
    weaker: "more",
  },
];

/** Words by which a check waits for, or fails by, less. */
const WEAKER_WORDS: readonly (readonly [was: RegExp, is: RegExp])[] = [
  [/sonar\.qualitygate\.wait\s*[=:]\s*true\b/, /sonar\.qualitygate\.wait\s*[=:]\s*false\b/],
  [/--audit-level[= ](?:low|moderate|high)\b/, /--audit-level[= ](?:critical|none)\b/],
  [/\bseverity:\s*["']?[A-Z,]*(?:HIGH|MEDIUM)\b/, /\bseverity:\s*["']?CRITICAL["']?\s*$/],
  [/--severity[= ][A-Z,]*(?:HIGH|MEDIUM)\b/, /--severity[= ]CRITICAL(?![,\w])/],
  [/\bfail_ci_if_error:\s*true\b/, /\bfail_ci_if_error:\s*false\b/],
  [/\bstrict\s*[=:]\s*[Tt]rue\b/, /\bstrict\s*[=:]\s*[Ff]alse\b/],
];

/** The numbers of each name in lines, the weakest of each. */
function numbersIn(lines: readonly string[], { pattern, weaker }: Threshold): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) {
    const [, name = "", digits = ""] = (line.length > LONGEST ? null : pattern.exec(line)) ?? [];
    if (name === "") continue;
    const [number, known] = [Number(digits), found.get(name) ?? Number(digits)];
    found.set(name, weaker === "less" ? Math.min(number, known) : Math.max(number, known));
  }
  return found;
}

const LONGEST = 1_000;

function* weakenedIn(file: FileChange): Generator<Finding> {
  const { path, after } = file;
  if (typeof after !== "string") return;
  const [was, is] = [withoutComments(file, "before"), withoutComments(file, "after")];
  const texts = (lines: typeof was) => lines.map(({ text }) => text);
  for (const threshold of THRESHOLDS.filter(({ files }) => files.test(path))) {
    const [old, now] = [numbersIn(texts(was), threshold), numbersIn(texts(is), threshold)];
    const left = old.size === 0 ? old : numbersIn(after.split("\n"), threshold);
    for (const [name, number] of old) {
      const other = now.get(name);
      const isWeaker = other !== undefined && (threshold.weaker === "less" ? other < number : other > number);
      if (isWeaker) {
        const line = is.find(({ text }) => threshold.pattern.exec(text)?.[1] === name)?.line ?? 1;
        const why = `sets ${shown(name)} of ${shown(path)} to ${shown(String(other))}, where it was ${shown(String(number))}: the check fails by less`;
        yield { what: shown(name), file: path, line, side: "after", why };
      } else if (other === undefined && !left.has(name)) {
        const line = was.find(({ text }) => threshold.pattern.exec(text)?.[1] === name)?.line ?? 1;
        const why = `drops ${shown(name)} ${shown(String(number))} from ${shown(path)}: the check no longer fails by it`;
        yield { what: shown(name), file: path, line, side: "before", why };
      }
    }
  }
  if (!COMMANDS.test(path) && !SETTINGS.test(path)) return;
  for (const [strong, weak] of WEAKER_WORDS) {
    const come = is.find(({ text }) => weak.test(text));
    if (come === undefined || !was.some(({ text }) => strong.test(text))) continue;
    const what = shown(weak.exec(come.text)?.[0] ?? "");
    const why = `sets ${what} in ${shown(path)}: the check fails by less`;
    yield { what, file: path, line: come.line, side: "after", why };
  }
}

/** Whether a file may hold such a number. */
export function hasThresholds(path: string): boolean {
  return THRESHOLDS.some(({ files }) => files.test(path));
}

const ci = (command: string) => `on: push\njobs:\n  a:\n    steps:\n      - run: ${command}\n`;
const jest = (lines: string) => `module.exports = {\n  testEnvironment: "node",\n${lines}};\n`;
const CI = ".github/workflows/ci.yml";

export const THRESHOLD_LOWERED: Rule = {
  id: "checks/threshold-lowered",
  kind: "destructive",
  asks: "block",
  when: "a number by which a check fails (coverage, warnings, severity) is lowered or dropped",
  *file(file) {
    if (file.isLive || PIPELINE_FILE.test(file.path)) yield* weakenedIn(file);
  },
  reports: [
    [
      "sets `--cov-fail-under` of `.github/workflows/ci.yml` to `10`, where it was `85`: the check fails by less",
      changed(CI, ci("pytest --cov-fail-under=85"), ci("pytest --cov-fail-under=10")),
    ],
    [
      "drops `branches` `80` from `jest.config.js`: the check no longer fails by it",
      changed("jest.config.js", jest("  coverageThreshold: { global: { branches: 80 } },\n"), jest("")),
    ],
    [
      "sets `sonar.qualitygate.wait=false` in `.github/workflows/ci.yml`: the check fails by less",
      changed(CI, ci("mvn -Dsonar.qualitygate.wait=true"), ci("mvn -Dsonar.qualitygate.wait=false")),
    ],
  ],
  ignores: [
    ["it fails by more", changed(CI, ci("pytest --cov-fail-under=80"), ci("pytest --cov-fail-under=85"))],
    [
      "it moves to another step",
      changed(CI, ci("pytest -x --cov-fail-under=80"), ci("pytest --cov-fail-under=80")),
    ],
    [
      "there was none",
      changed("jest.config.js", jest(""), jest("  coverageThreshold: { global: { branches: 10 } },\n")),
    ],
  ],
};
