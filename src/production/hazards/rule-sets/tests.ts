import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Example, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const TEST_FILE =
  /(?:[._-](?:test|spec|tests)\.(?:[cm]?[jt]sx?|rb|php|dart|ex|exs|lua|vue|cs|java|kt|swift|go|rs|py|sh|bats)|(?:^|\/)test_[^/]+\.py|_test\.(?:go|py|rb|exs?|dart|cc|cpp)|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|scala|groovy|swift|php)|_spec\.rb|\.feature|\.tftest\.hcl|\.bats)$/;

const NO_TEST = /(?:^|\/)(?:fixtures?|__snapshots__|testdata|node_modules|vendor)\//;

const PROSE = /\.(?:md|mdx|rst|adoc|txt|json|ya?ml|lock|csv|svg|png)$/i;

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
    .replace(/ies$/, "y")
    .replace(/s$/, "");
}

/** More than one word, or a version: no name of a layer, as `models` is. */
function isOwnName(subject: string): boolean {
  return /[a-z\d]_[a-z\d]/.test(subject) || /\d/.test(subject);
}

/** Whether a folder of a test or the test itself is called after one of what goes with it. */
function isAboutOne(path: string, named: ReadonlySet<string>): boolean {
  const folders = path.toLowerCase().split("/").slice(0, -1);
  if (folders.some((folder) => named.has(folder.replace(/s$/, "")))) return true;
  const words = subjectOf(path).split("_");
  return words.some((_, from) => words.some((__, to) => named.has(words.slice(from, to + 1).join("_"))));
}

const firstWord = (name: string) => name.split(/[._-]/)[0] ?? name;

const CASE =
  /\b(?:it|test|describe|specify|scenario)(?:\.\w+)?\s*(?:\(|["'])|\bdef test_|\bfunc Test|@Test\b|#\[(?:\w+::)?test\]|^\s*(?:Scenario|@test|run)\b|\[(?:Fact|Theory|Test)/;

/** What tests something, line by line. */
function casesIn({ lines }: FileChange, side: "before" | "after"): readonly string[] {
  return lines[side]
    .map(({ text }) => text.trim())
    .filter((text) => CASE.test(text) && !/^(?:\/\/|#(?!\[)|\*)/.test(text));
}

/** Whether the cases of a test file stand elsewhere now, or as many of the same subject have come. */
function isReplaced(gone: FileChange, tests: readonly FileChange[]): boolean {
  const lost = casesIn(gone, "before");
  const subject = firstWord(subjectOf(gone.path));
  const same = tests.filter(({ path }) => firstWord(subjectOf(path)) === subject);
  const fresh = same.flatMap((file) => casesIn(file, "after"));
  const moved = new Set(tests.flatMap((file) => casesIn(file, "after")));
  const least = Math.max(1, lost.length / 2);
  return fresh.length >= least || lost.filter((text) => moved.has(text)).length >= least;
}

const TESTS_REMOVED: Rule = {
  id: "checks/test-removed",
  kind: "destructive",
  asks: "block",
  when: "a test file is deleted, what it tests stays, and no other tests come",
  *files(files): Generator<Finding> {
    const tests = files.filter(({ path, status }) => isTest(path) && status !== "removed");
    const gone = files.filter(({ path, status }) => isTest(path) && status === "removed");
    const code = files.filter(
      ({ path, status }) => status === "removed" && !isTest(path) && /\.\w+$/.test(path) && !PROSE.test(path),
    );
    const subjects = new Set(code.map(({ path }) => firstWord(subjectOf(path))));
    const named = new Set(code.map(({ path }) => subjectOf(path)).filter(isOwnName));
    for (const file of gone) {
      const { path } = file;
      if (subjects.has(firstWord(subjectOf(path))) || isReplaced(file, tests)) continue;
      if (isAboutOne(path, named)) continue;
      yield {
        what: shown(path),
        file: path,
        line: 1,
        side: "before",
        why: `deletes the tests in ${shown(path)}, and no others take their place`,
      };
    }
  },
  reports: [
    [
      "deletes the tests in `test/pay.test.ts`, and no others take their place",
      removed("test/pay.test.ts", "test('pays', () => {});\n"),
    ],
    [
      "deletes the tests in `test/pay.test.ts`, and no others take their place",
      removed("test/pay.test.ts", "test('pays', () => {});\n"),
      removed("docs/pay.md", "# Pay\n"),
    ],
    [
      "deletes the tests in `spec/models/edit_funding_spec.rb`, and no others take their place",
      removed("spec/models/edit_funding_spec.rb", "it 'works' do\nend\n"),
      removed("app/models.rb", "a\n"),
      removed("app/funding_rates.rb", "a\n"),
    ],
    [
      "deletes the tests in `test/pay.test.ts`, and no others take their place",
      removed("test/pay.test.ts", "test('pays', () => {});\n"),
      added("test/other.test.ts", "test('a', () => {});\ntest('b', () => {});\n"),
    ],
    [
      "deletes the tests in `test/pay.test.ts`, and no others take their place",
      removed("test/pay.test.ts", "test('a', () => {});\ntest('b', () => {});\ntest('c', () => {});\n"),
      added("test/pay/pay.test.ts", "// test('a')\n\ntest('a', () => {});\n"),
    ],
  ],
  ignores: [
    ["what it tested goes too", removed("test/pay.test.ts", "test();\n"), removed("src/pay.ts", "pay();\n")],
    ...(
      [
        ["spec/requests/v2025_0/trainees/delete_placement_spec.rb", "app/lib/hesa/v2025_0.rb"],
        ["spec/features/edit_funding_eligibility_spec.rb", "app/funding_eligibilities_controller.rb"],
        ["spec/features/duplicate_trainees/viewing_spec.rb", "app/duplicate_trainees_controller.rb"],
      ] as const
    ).map(
      ([test, code]): Example => [
        "what its folder or it is called after goes too",
        removed(test, "it 'works' do\nend\n"),
        removed(code, "a\n"),
      ],
    ),
    [
      "it comes back elsewhere",
      removed("test/pay.test.ts", "test();\n"),
      added("src/pay.test.ts", "test(1);\n"),
    ],
    [
      "they stand in another file now",
      removed("test/pay.test.ts", "test('pays', () => {});\n"),
      changed("test/all.test.ts", "a();\n", "a();\ntest('pays', () => {});\n"),
    ],
    ["a fixture", removed("test/fixtures/pay.test.ts", "test();\n")],
  ],
};

/** What a case is called, with or without what switches it off. */
const NAMED =
  /\bx?(?:it|test|describe|context|suite|specify|scenario)(?:\.\w+)*\s*\(\s*(["'`])(.+?)\1|\bdef (test_\w+)|^func (Test\w+)\(/;

function nameIn(line: string): string | null {
  const [, , title, python, go] = NAMED.exec(line) ?? [];
  return title ?? python ?? go ?? null;
}

function namesIn(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => nameIn(line) ?? []);
}

const newLines = new WeakMap<FileChange, ReadonlyMap<string, boolean>>();

/**
 * Of each line of a file, whether it stands in a case that is new wherever it stands: what is skipped from its first day
 * on checks nothing less. Where a case is gone, the new one may be that one by another name.
 */
function newCasesIn(file: FileChange): ReadonlyMap<string, boolean> {
  const known = newLines.get(file);
  if (known !== undefined) return known;
  const { before, after } = file;
  const isWhole = typeof after === "string" && before !== undefined;
  const found = isWhole ? linesOfNewCases(before ?? "", after) : new Map<string, boolean>();
  newLines.set(file, found);
  return found;
}

function linesOfNewCases(before: string, after: string): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  const [old, now] = [new Set(namesIn(before)), new Set(namesIn(after))];
  if ([...old].some((name) => !now.has(name))) return found;
  let marks: readonly string[] = [];
  let isNew = false;
  for (const text of after.split("\n")) {
    const line = text.trim();
    const name = nameIn(text);
    // What stands outside of every case may switch off the whole file.
    if (name !== null) isNew = !old.has(name);
    else if (/^\S|^\s*(?:async )?(?:def|func)\s/.test(text)) isNew = false;
    if (name !== null) for (const mark of marks) found.set(mark, isNew && (found.get(mark) ?? true));
    if (line.startsWith("@")) marks = [...marks, line];
    else found.set(line, isNew && (found.get(line) ?? true));
    if (name !== null || line === "") marks = [];
  }
  for (const mark of marks) found.set(mark, false);
  return found;
}

/** Left by a generator in a new file, or skipped where it cannot run or is told to be quick. */
function isExpected(line: string, file: FileChange): boolean {
  if (file.status === "added" && /^\s*pending "add some examples to /.test(line)) return true;
  if (newCasesIn(file).get(line.trim()) === true) return true;
  const guarded = guardedIn(file).get(line.trim());
  return guarded !== undefined && (guarded || GUARD.test(line));
}

const guardedLines = new WeakMap<FileChange, ReadonlyMap<string, boolean>>();

/** Of each line of a file, whether a guard stands before it wherever it stands. */
function guardedIn(file: FileChange): ReadonlyMap<string, boolean> {
  const known = guardedLines.get(file);
  if (known !== undefined) return known;
  const guarded = new Map<string, boolean>();
  let former = "";
  for (const line of (file.after ?? "").split("\n")) {
    guarded.set(line.trim(), GUARD.test(former) && (guarded.get(line.trim()) ?? true));
    former = line;
  }
  guardedLines.set(file, guarded);
  return guarded;
}

const GUARD =
  /^\s*if (?:testing\.Short\(\)|runtime\.GOOS == "(?:windows|darwin|plan9|js|wasip1)") \{\s*(?:t\.Skip.*)?$/;

const TEST_SKIPPED: Rule = {
  id: "checks/test-skipped",
  kind: "destructive",
  asks: "block",
  when: "a test is switched off",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:it|test|describe|context|suite)\.(?:skip|todo|failing)\s*\(\s*['"`]|\bx(?:it|describe|test|context)\s*\(\s*['"`]|@(?:pytest\.mark\.(?:skip|xfail)|unittest\.skip|Disabled|Ignore)\b(?!If|Unless|\w)|^\s*#\[ignore\b|\bt\.Skip(?:f|Now)?\(|^\s*(?:skip|pending)\s+["']|\bpytest\.skip\(|\[(?:Fact|Theory)\(Skip\s*=|\bmarkTestSkipped\(/,
      where: (found, file) => !isExpected(found.input, file),
      why: ([what = ""]) => `switches a test off (${shown(what)})`,
    },
  ],
  reports: [
    [
      "switches a test off (`t.Skip(`)",
      changed(
        "pay_test.go",
        "func TestA(t *testing.T) {\n}\nfunc TestB(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip()\n\t}\n}\n",
        "func TestA(t *testing.T) {\n\tt.Skip()\n}\nfunc TestB(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip()\n\t}\n}\n",
      ),
    ],
    [
      "switches a test off (`it.skip('`)",
      changed("test/pay.test.ts", "it('pays', () => {});\n", "it.skip('pays', () => {});\n"),
    ],
    [
      "switches a test off (`@pytest.mark.skip`)",
      changed("tests/test_pay.py", "def test_pay(): pass\n", "@pytest.mark.skip\ndef test_pay(): pass\n"),
    ],
    [
      "switches a test off (`it.skip('`)",
      changed("test/pay.test.ts", "it('pays', () => {});\n", "it.skip('pays all', () => {});\n"),
    ],
    [
      "switches a test off (`pytest.skip(`)",
      changed(
        "tests/test_pay.py",
        "def test_a():\n    pass\n",
        "pytest.skip(allow_module_level=True)\ndef test_a():\n    pass\ndef test_b():\n    pass\n",
      ),
    ],
    [
      "switches a test off (`pytest.skip(`)",
      changed(
        "tests/test_pay.py",
        "class TestPay:\n    def test_a(self):\n        here()\n",
        "class TestPay:\n    def test_b(self):\n        pass\n    def here(self):\n        pytest.skip()\n    def test_a(self):\n        here()\n",
      ),
    ],
    [
      "switches a test off (`t.Skip(`)",
      changed(
        "pay_test.go",
        "func TestA(t *testing.T) {\n\tpay()\n}\n",
        "func TestB(t *testing.T) {\n\tt.Skip(1)\n}\nfunc TestA(t *testing.T) {\n\tt.Skip()\n\tpay()\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "it is switched on",
      changed("test/pay.test.ts", "it.skip('pays', () => {});\n", "it('pays', () => {});\n"),
    ],
    [
      "it is new",
      changed("test/pay.test.ts", "it('a', () => {});\n", "it('a', () => {});\nit.skip('b', () => {});\n"),
    ],
    ["its file is new", added("test/pay.test.ts", "test.todo('pays');\n")],
    [
      "it is new and says where it cannot run",
      changed(
        "tests/test_pay.py",
        "class TestPay:\n    def test_a(self):\n        pass\n",
        "class TestPay:\n    def test_a(self):\n        pass\n\n    @pytest.mark.skip\n    @slow\n    def test_b(self):\n        if not here:\n            pytest.skip('not here')\n        pass\n",
      ),
    ],
    [
      "where it cannot run",
      added("tests/test_pay.py", "@pytest.mark.skipif(sys.platform == 'win32')\ndef test_pay(): pass\n"),
    ],
  ],
};

export const TESTS: RuleSet = {
  name: "checks",
  title: "Tests and checks",
  reads: ({ path, status }) => isTest(path) || status === "removed",
  rules: [TESTS_REMOVED, TEST_SKIPPED],
};
