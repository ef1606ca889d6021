import { traitRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { at, isTrue, textOf } from "../reading/tree.ts";
import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import { added, changed, type Rule, removed, type System } from "../rule.ts";
import { several, shown } from "../words.ts";

const TEST_FILE =
  /(?:[._-](?:test|spec|tests)\.(?:[cm]?[jt]sx?|rb|php|dart|ex|exs|lua|vue|cs|java|kt|swift|go|rs|py|sh|bats)|(?:^|\/)test_[^/]+\.py|_test\.(?:go|py|rb|exs?|dart|cc|cpp)|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|scala|groovy|swift|php)|_spec\.rb|\.feature|\.tftest\.hcl|\.bats)$/;
const NO_TEST = /(?:^|\/)(?:fixtures?|__snapshots__|testdata|node_modules|vendor)\//;

function isTest(path: string): boolean {
  return TEST_FILE.test(path) && !NO_TEST.test(path);
}

/** What a file is about, by its name: `pay_controller_spec.rb` and `pay.rb` are both about "pay". */
function subjectOf(path: string): string {
  return path
    .slice(path.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/^test_|\..*$/g, "")
    .replace(/[._-]?(?:tests?|specs?|it)$/, "")
    .replace(/_?(?:controller|helper|job|model|mailer|service)s?$/, "")
    .replace(/s$/, "");
}

const firstWord = (name: string) => name.split(/[._-]/)[0] ?? name;

function lineCount(files: readonly FileChange[], side: "before" | "after"): number {
  return files.reduce((sum, { lines }) => sum + lines[side].length, 0);
}

const TESTS_REMOVED: Rule = {
  id: "checks/test-removed",
  kind: "destructive",
  when: "a test file is deleted, what it tests stays, and no other tests come",
  *files(files): Generator<Finding> {
    const tests = files.filter(({ path, status }) => isTest(path) && status !== "removed");
    const gone = files.filter(({ path, status }) => isTest(path) && status === "removed");
    const isReplaced = lineCount(tests, "after") * 2 >= lineCount(gone, "before");
    const code = files.filter(({ path, status }) => status === "removed" && !isTest(path));
    const subjects = new Set(code.map(({ path }) => firstWord(subjectOf(path))));
    for (const { path } of gone.length === 0 || isReplaced ? [] : gone) {
      if (subjects.has(firstWord(subjectOf(path)))) continue;
      yield {
        what: shown(path),
        file: path,
        line: 1,
        side: "before",
        why: `deletes the tests in ${shown(path)}, and no others take their place`,
      };
    }
  },
  speaks: [
    [
      "deletes the tests in `test/pay.test.ts`, and no others take their place",
      removed("test/pay.test.ts", "test('pays', () => {});\n"),
    ],
  ],
  silent: [
    ["what it tested goes too", removed("test/pay.test.ts", "test();\n"), removed("src/pay.ts", "pay();\n")],
    [
      "it comes back elsewhere",
      removed("test/pay.test.ts", "test();\n"),
      added("src/pay.test.ts", "test(1);\n"),
    ],
    ["a fixture", removed("test/fixtures/pay.test.ts", "test();\n")],
  ],
};

const TEST_SKIPPED: Rule = {
  id: "checks/test-skipped",
  kind: "destructive",
  when: "a test is switched off",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:it|test|describe|context|suite)\.(?:skip|todo|failing)\s*\(\s*['"`]|\bx(?:it|describe|test|context)\s*\(\s*['"`]|@(?:pytest\.mark\.(?:skip|xfail)|unittest\.skip|Disabled|Ignore)\b(?!If|Unless|\w)|^\s*#\[ignore\b|\bt\.Skip(?:f|Now)?\(|^\s*(?:skip|pending)\s+["']|\bpytest\.skip\(|\[(?:Fact|Theory)\(Skip\s*=|\bmarkTestSkipped\(/,
      unless: /add some examples|skipif|skipIf|testing\.Short|short mode|runtime\.GOOS|process\.platform/i,
      why: ([what = ""]) => `switches a test off (${shown(what)})`,
    },
  ],
  speaks: [
    [
      "switches a test off (`it.skip('`)",
      changed("test/pay.test.ts", "it('pays', () => {});\n", "it.skip('pays', () => {});\n"),
    ],
    [
      "switches a test off (`@pytest.mark.skip`)",
      changed("tests/test_pay.py", "def test_pay(): pass\n", "@pytest.mark.skip\ndef test_pay(): pass\n"),
    ],
  ],
  silent: [
    [
      "it is switched on",
      changed("test/pay.test.ts", "it.skip('pays', () => {});\n", "it('pays', () => {});\n"),
    ],
    [
      "where it cannot run",
      added("tests/test_pay.py", "@pytest.mark.skipif(sys.platform == 'win32')\ndef test_pay(): pass\n"),
    ],
  ],
};

export const TESTS: System = {
  name: "checks",
  title: "Tests and checks",
  reads: ({ path, status }) => isTest(path) || status === "removed",
  rules: [TESTS_REMOVED, TEST_SKIPPED],
};

const JOB_REMOVED: Rule = {
  id: "checks/job-removed",
  kind: "destructive",
  when: "a job that tests or checks goes from a workflow that stays",
  parts: {
    of: ["workflow"],
    *find({ type, name, file, before, after }, { changed: parts }) {
      if (type !== "job" || before === undefined || after !== undefined) return;
      const whole = parts.find((part) => part.type === "file" && part.file === file);
      const isCheck = /test|lint|check|scan|audit|security|codeql|verify|validate|e2e|type/i.test(
        `${name} ${textOf(at(before, "name"))}`,
      );
      const isRenamed = parts.some(
        (part) => part.type === "job" && part.file === file && part.before === undefined,
      );
      if (whole?.after === undefined || !isCheck || isRenamed) return;
      yield {
        what: shown(name),
        file,
        line: before.line,
        side: "before",
        why: `removes the job ${shown(name)}: what it checked is no longer checked`,
      };
    },
  },
  speaks: [
    [
      "removes the job `test`: what it checked is no longer checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n  build:\n    runs-on: a\n",
        "on: push\njobs:\n  build:\n    runs-on: a\n",
      ),
    ],
  ],
  silent: [
    [
      "it gets another name",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n",
        "on: push\njobs:\n  unit-tests:\n    runs-on: a\n",
      ),
    ],
  ],
};

const WORKFLOW_REMOVED: Rule = {
  id: "checks/workflow-removed",
  kind: "destructive",
  when: "a workflow that runs on pull requests or pushes is deleted, and none comes",
  *files(files): Generator<Finding> {
    const isNew = files.some(({ path, status }) => status === "added" && WORKFLOW_FILE.test(path));
    for (const { path, status, before } of isNew ? [] : files) {
      if (
        status !== "removed" ||
        !WORKFLOW_FILE.test(path) ||
        !/\b(?:pull_request|push|merge_group|schedule)\b/.test(before ?? "push")
      )
        continue;
      yield {
        what: shown(path),
        file: path,
        line: 1,
        side: "before",
        why: `deletes the workflow ${shown(path)}: what it did on every change is no longer done`,
      };
    }
  },
  speaks: [
    [
      "deletes the workflow `.github/workflows/codeql.yml`: what it did on every change is no longer done",
      removed(".github/workflows/codeql.yml", "on: pull_request\njobs: {}\n"),
    ],
  ],
  silent: [
    [
      "one that somebody starts by hand",
      removed(".github/workflows/tidy.yml", "on: workflow_dispatch\njobs: {}\n"),
    ],
  ],
};

const FAILURE_IGNORED: Rule = traitRule({
  id: "checks/failure-ignored",
  kind: "destructive",
  when: "a job or step may fail and the workflow passes all the same (`continue-on-error`)",
  of: ["workflow"],
  traits: (tree, { type, name }) => {
    if (type !== "job") return [];
    const steps = at(tree, "steps");
    const parts = [tree, ...(steps?.kind === "list" ? steps.items : [])];
    return parts.flatMap((part) => {
      const value = at(part, "continue-on-error");
      if (value === undefined || !isTrue(value)) return [];
      return [
        {
          key: "ignored",
          line: value.line,
          what: shown(name),
          why: `lets ${shown(name)} pass although something in it fails`,
        },
      ];
    });
  },
  speaks: [
    [
      "lets `test` pass although something in it fails",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    steps:\n      - run: npm test\n",
        "on: push\njobs:\n  test:\n    steps:\n      - run: npm test\n        continue-on-error: true\n",
      ),
    ],
  ],
  silent: [
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

export const WORKFLOW_CHECKS: System = {
  name: "workflow-checks",
  title: "Checks in workflows",
  reads: ({ path }) => WORKFLOW_FILE.test(path),
  rules: [JOB_REMOVED, WORKFLOW_REMOVED, FAILURE_IGNORED],
};

const HOOK_REMOVED: Rule = {
  id: "checks/guard-config-removed",
  kind: "destructive",
  when: "the settings of a scanner, a linter or a hook are deleted",
  *file({ path, status }): Generator<Finding> {
    if (status !== "removed") return;
    yield {
      what: shown(path),
      file: path,
      line: 1,
      side: "before",
      why: `deletes ${shown(path)}: what it checked is no longer checked`,
    };
  },
  speaks: [
    [
      "deletes `.gitleaks.toml`: what it checked is no longer checked",
      removed(".gitleaks.toml", "[allowlist]\n"),
    ],
  ],
  silent: [["it changes", changed(".gitleaks.toml", "[allowlist]\n", "[allowlist]\npaths = []\n")]],
};

export const GUARDS: System = {
  name: "guards",
  title: "Scanners and hooks",
  reads: ({ path }) =>
    /(?:^|\/)(?:\.pre-commit-config\.ya?ml|\.gitleaks\.toml|\.tflint\.hcl|\.checkov\.ya?ml|\.trivyignore|trivy\.ya?ml|\.semgrep(?:\.yml|ignore)?|\.husky\/[^/_]+|sonar-project\.properties|\.snyk|codecov\.yml|\.github\/dependabot\.ya?ml|\.bandit|\.hadolint\.ya?ml)$/.test(
      path,
    ),
  rules: [HOOK_REMOVED],
};

const MANY = 50;
const FOLDER_FILES = 10;
const MADE =
  /(?:^|\/)(?:node_modules|vendor|dist|build|__snapshots__|\.next|target|coverage|third_party|generated|gen|\.yarn|public\/assets|__generated__|snapshots?|\.?archived?)\/|\.(?:snap|png|jpe?g|svg|gif|webp|map|min\.js|lock|md|mdx|html?|po|pot|woff2?)$/;

function removedFiles(files: readonly FileChange[]): readonly FileChange[] {
  return files.filter(({ path, status }) => status === "removed" && !MADE.test(path));
}

/** The shallowest folders below which every changed file is gone. */
function emptied(files: readonly FileChange[]): ReadonlyMap<string, number> {
  const all = new Map<string, { gone: number; stay: number }>();
  const count = (path: string, isGone: boolean) => {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const folder = path.slice(0, end + 1);
      const counts = all.get(folder) ?? { gone: 0, stay: 0 };
      counts[isGone ? "gone" : "stay"] += 1;
      all.set(folder, counts);
    }
  };
  const gone = new Set(removedFiles(files));
  for (const file of files) if (!MADE.test(file.path)) count(file.path, gone.has(file));
  const folders = [...all]
    .filter(([, counts]) => counts.stay === 0 && counts.gone >= FOLDER_FILES)
    .map(([folder]) => folder);
  const shallowest = folders.filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(other)),
  );
  return new Map(shallowest.map((folder) => [folder, all.get(folder)?.gone ?? 0]));
}

/** Of two paths, and of all that sort between them. */
function commonFolder(one: string, other: string): string {
  let end = 0;
  while (end < one.length && one[end] === other[end]) end += 1;
  return one.slice(0, one.lastIndexOf("/", end - 1) + 1);
}

const FOLDER_REMOVED: Rule = {
  id: "files/folder-removed",
  kind: "destructive",
  when: `everything the change touches below a folder is deleted, ${FOLDER_FILES} files or more`,
  *files(files): Generator<Finding> {
    for (const [top, count] of emptied(files)) {
      const paths = removedFiles(files)
        .map(({ path }) => path)
        .filter((path) => path.startsWith(top))
        .toSorted();
      const [first] = paths;
      const last = paths.at(-1);
      if (first === undefined || last === undefined) continue;
      const folder = commonFolder(first, last);
      const why = `deletes all ${several(count, "file")} that it touches below ${shown(folder)}`;
      yield { what: shown(folder), file: first, line: 1, side: "before", why };
    }
  },
  speaks: [
    [
      "deletes all 10 files that it touches below `services/billing/`",
      ...Array.from({ length: 10 }, (_, index) => removed(`services/billing/part-${index}.ts`, "x\n")),
    ],
  ],
  silent: [
    [
      "made by a tool",
      ...Array.from({ length: 10 }, (_, index) => removed(`app/dist/part-${index}.js`, "x\n")),
    ],
    [
      "a few",
      ...Array.from({ length: 9 }, (_, index) => removed(`services/billing/part-${index}.ts`, "x\n")),
    ],
  ],
};

const MANY_REMOVED: Rule = {
  id: "files/many-removed",
  kind: "destructive",
  when: `${MANY} files or more are deleted, in whatever folders`,
  *files(files): Generator<Finding> {
    const gone = removedFiles(files);
    const [first] = gone.map(({ path }) => path).toSorted();
    if (gone.length < MANY || first === undefined || emptied(files).size > 0) return;
    yield {
      what: several(gone.length, "file"),
      file: first,
      line: 1,
      side: "before",
      why: `deletes ${several(gone.length, "file")}`,
    };
  },
  speaks: [
    [
      "deletes 50 files",
      ...Array.from({ length: 50 }, (_, index) => removed(`part-${index}/main.ts`, "x\n")),
    ],
  ],
  silent: [["a few", ...Array.from({ length: 49 }, (_, index) => removed(`part-${index}/main.ts`, "x\n"))]],
};

export const FILES: System = {
  name: "files",
  title: "Many files at once",
  reads: () => true,
  rules: [FOLDER_REMOVED, MANY_REMOVED],
};
