import { describe, expect, test } from "@jest/globals";
import { type ContentFile, createContentJudge } from "../../../src/production/judged/judge.ts";

const CI = ".github/workflows/ci.yml";
/** No job of it can do more than run what the repository holds. */
const PLAIN = `name: CI
on:
  pull_request:
    branches: [main]
    paths: [src/**]
permissions:
  contents: read
env:
  LEVEL: info
jobs:
  test:
    name: Tests
    runs-on: ubuntu-latest
    strategy:
      matrix:
        node: [20, 22]
        suite:
          - name: units
            paths: tests/a tests/b
    env:
      DATABASE: here
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm ci
      - run: |
          npm ci
          npm test
      - uses: acme/scan@v1
        with:
          level: high
  note:
    runs-on: ubuntu-latest
    steps:
      - run: ./note.sh
`;

function modified(before: string, after: string): ContentFile {
  if (before === after) throw new Error("nothing changes");
  return { path: CI, status: "modified", before, after, additions: 1, deletions: 1, mode: "100644" };
}

function judge(file: ContentFile, others: readonly string[] = []) {
  return createContentJudge([file.path, ...others])(file, true);
}

function edited(from: string, to: string, workflow = PLAIN): ContentFile {
  return modified(
    workflow,
    workflow.replace(from, () => to),
  );
}

const expression = (text: string) => `\${{ ${text} }}`;
const TEST = "      - run: |\n          npm ci\n          npm test\n";
const more = (step: string): readonly [string, string] => [TEST, `${TEST}      - ${step}\n`];
const first = (step: string): readonly [string, string] => [TEST, `      - ${step}\n${TEST}`];

describe("a job without rights asks for nothing", () => {
  test.each<[string, ...(readonly [string, string])]>([
    ["a step that reports", ...more("run: du -sh dist")],
    ["a step that runs a script of the repository", ...more("run: ./scripts/sizes.sh")],
    ["a step that writes a note", ...more('run: echo "all" >> "$GITHUB_STEP_SUMMARY"')],
    ["an action of GitHub's", ...more("uses: actions/upload-artifact@v4")],
    ["an action bound to a commit", ...more(`uses: eve/action@${"a".repeat(40)}`)],
    ["something brought first", ...first("run: sudo apt-get install jq")],
    ["a step that only prepared less", "      - run: npm ci\n      - run: |", "      - run: |"],
    ["one command more that checks", "npm test\n", "npm test\n          npm run lint\n"],
    ["one that prepares beside the check", "npm ci\n          npm test", "npm install\n          npm test"],
    ["other settings of a tool", "node-version: 20", "node-version: 20\n          cache: npm"],
    ["less of the history", "checkout@v4\n", "checkout@v4\n        with: {fetch-depth: 1}\n"],
    ["a longer matrix", "[20, 22]", "[20, 22, 24]"],
    ["more paths in a matrix", "tests/a tests/b", "tests/a tests/b tests/c"],
    [
      "more paths deep in a matrix",
      "          - name: units\n            paths: tests/a tests/b",
      "          - name: units\n            paths: tests/a tests/b tests/c",
    ],
    [
      "one more of a matrix",
      "          - name: units\n",
      "          - name: all\n            paths: tests/d\n          - name: units\n",
    ],
    ["a service", "    steps:\n", "    services:\n      db: {image: postgres}\n    steps:\n"],
    ["a variable", "DATABASE: here", "DATABASE: here\n      LOCALE: de"],
    ["a variable for all", "LEVEL: info", "LEVEL: info\n  LOCALE: de"],
    ["more branches", "[main]", "[main, next]"],
    ["more paths", "[src/**]", "[src/**, lib/**]"],
    ["another event", "on:\n", "on:\n  workflow_dispatch:\n"],
    ["a group of its own", "jobs:\n", `concurrency: "${expression("github.workflow")}-a"\njobs:\n`],
    ["fewer rights", "  contents: read\n", "  contents: none\n"],
  ])("%s", (_what, from, to) => {
    expect(judge(edited(from, to))).toEqual({ kind: "clear" });
  });

  test("another release of what it runs and compares", () => {
    const bound = PLAIN.replace("./note.sh", "test $(acme --version) = 1.2.3");
    expect(judge(edited("1.2.3", "1.2.4", bound))).toEqual({ kind: "clear" });
  });

  test.each([
    ["cargo clippy -- -D a", "cargo clippy --workspace --all-targets -- -D a", "clear"],
    ["cargo clippy --workspace -- -D a", "cargo clippy -- -D a", "asks"],
    ["cargo clippy --workspace -- -D a", "cargo clippy --all-targets -- -D a", "asks"],
    ["cargo clippy -- -D a", "cargo clippy --workspace -- -D b", "asks"],
    ["cargo clippy -- -D a", "cargo clippy --workspace --exclude shop -- -D a", "asks"],
  ])("a check that looks at more: %s, then %s", (from, to, kind) => {
    expect(judge(edited(from, to, PLAIN.replace("./note.sh", from))).kind).toBe(kind);
  });

  test("with what it runs", () => {
    expect(judge(edited(...more("run: make sizes")), ["Makefile"])).toEqual({ kind: "clear" });
  });
});

describe("a job without rights asks where its check may be lost", () => {
  test.each<[string, ...(readonly [string, string])]>([
    ["the check goes", TEST, ""],
    ["the check's command goes", "npm test\n", "npm run build\n"],
    ["it checks less", "npm test\n", "npm test -- units\n"],
    ["it runs elsewhere", "npm test\n", "cd web\n          npm test\n"],
    ["its failure goes into a pipe", "npm test\n", "npm test | tee log\n"],
    ["a text swallows it", "npm ci\n          npm test\n", "echo '\n          npm test\n          echo '\n"],
    ["a command is put before it", "npm test\n", "true npm test\n"],
    ["an unknown step goes", "      - run: ./note.sh\n", "      - run: echo note\n"],
    [
      "an action that is not known goes",
      "      - uses: acme/scan@v1\n        with:\n          level: high\n",
      "",
    ],
    ["its settings change", "level: high", "level: low"],
    ["it is skipped", TEST, TEST.replace("run:", "if: false\n        run:")],
    ["it may fail", TEST, TEST.replace("run:", "continue-on-error: true\n        run:")],
    ["another shell runs it", TEST, TEST.replace("run:", "shell: echo {0}\n        run:")],
    ["it begins elsewhere", TEST, TEST.replace("run:", "working-directory: web\n        run:")],
    ["what steers it comes", TEST, TEST.replace("run:", "env: {NODE_OPTIONS: --require=x.js}\n        run:")],
    ["another order", "      - run: npm ci\n", ""],
    ["other code is looked at", "checkout@v4\n", "checkout@v4\n        with: {ref: main}\n"],
    ["no code is looked at", "      - uses: actions/checkout@v4\n", ""],
    ["later commands are changed", ...first('run: echo "BASH_ENV=x" >> $GITHUB_ENV')],
    ["a program is replaced", ...first("run: echo x > node_modules/.bin/jest")],
    ["a file is edited", ...first("run: sed -i s/a/b/ tests/a.js")],
    ["a file is removed", ...first("run: rm -rf tests")],
    ["other code is fetched", ...first("run: git checkout main")],
    ["its script is set", ...first("run: npm pkg set scripts.test=true")],
    ["a stranger's program", ...first("run: npx evil")],
    ["a program in an argument", ...first("run: node -e 1")],
    ["it ends early", ...first("run: exit 0")],
    ["a stranger's action", ...more("uses: eve/action@v1")],
    ["a stranger's image", ...more("uses: docker://eve/image")],
    ["another name", "name: Tests", "name: Required"],
    ["a job more", "jobs:\n", "jobs:\n  required: {runs-on: ubuntu-latest, steps: [{run: npm test}]}\n"],
    ["a job less", "  note:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./note.sh\n", ""],
    ["a condition", "    env:\n", "    if: false\n    env:\n"],
    ["something to wait for", "    env:\n", "    needs: note\n    env:\n"],
    ["a container", "    env:\n", "    container: eve/image\n    env:\n"],
    ["other defaults", "    env:\n", "    defaults: {run: {shell: 'echo {0}'}}\n    env:\n"],
    ["a shorter matrix", "[20, 22]", "[20]"],
    ["another matrix", "suite:", "kind:"],
    ["what a matrix leaves out", "        node:", "        exclude: [{node: 20}]\n        node:"],
    ["other words in a matrix", "tests/a tests/b", "true tests/a tests/b"],
    ["fewer paths in a matrix", "tests/a tests/b", "tests/b"],
    ["another value", "DATABASE: here", "DATABASE: there"],
    ["a value less", "    env:\n      DATABASE: here\n", ""],
    ["a variable that steers", "DATABASE: here", "DATABASE: here\n      PYTEST_ADDOPTS: --co"],
    ["one that steers all", "LEVEL: info", "LEVEL: info\n  CI: ''"],
    ["fewer branches", "[main]", "[next]"],
    ["branches that are left out", "[main]", "['**', '!main']"],
    ["fewer paths", "[src/**]", "[docs/**]"],
    ["paths that are left out", "    paths: [src/**]\n", "    paths-ignore: [src/**]\n"],
    ["other kinds", "    paths: [src/**]\n", "    paths: [src/**]\n    types: [closed]\n"],
    [
      "a group that others may have",
      "jobs:\n",
      "concurrency: {group: deploy, cancel-in-progress: true}\njobs:\n",
    ],
    ["one of a job", "    env:\n", "    concurrency: deploy\n    env:\n"],
    ["other defaults of all", "jobs:\n", "defaults: {run: {shell: 'echo {0}'}}\njobs:\n"],
  ])("%s", (what, from, to) => {
    const file =
      what === "another order"
        ? modified(PLAIN, PLAIN.replace(from, "").replace(TEST, `${TEST}${from}`))
        : edited(from, to);
    expect(judge(file)).toMatchObject({ kind: "asks", why: expect.any(String) });
  });

  test.each([
    ["of what is tested by a condition", "if: matrix.release == '1.2.3'\n        run: ./note.sh"],
    [
      "of what may fail",
      `continue-on-error: ${expression("matrix.release == '1.2.3'")}\n        run: ./note.sh`,
    ],
    ["that a command works out", `run: ./note.sh ${expression("matrix.release == '1.2.3' && 'all'")}`],
    ["of the code that is looked at", "uses: actions/checkout@v4\n        with: {ref: v1.2.3}"],
  ])("another release %s", (_what, step) => {
    const bound = PLAIN.replace("run: ./note.sh", () => step);
    expect(judge(edited("1.2.3", "9.9.9", bound)).kind).toBe("asks");
  });

  test.each([
    ["an address", "10.0.0.1", "10.0.0.2"],
    ["a limit", "80.5", "20.5"],
    ["a name of a host", "1.2.3.acme.example", "1.2.4.acme.example"],
    ["an edition", "1.2.3-good", "1.2.3-evil"],
  ])("numbers that are no release: %s", (_what, from, to) => {
    const bound = PLAIN.replace("./note.sh", `./note.sh ${from}`);
    expect(judge(edited(from, to, bound)).kind).toBe("asks");
  });

  const MATRIX = "        node: [20, 22]\n";
  const within = (rest: string) => `${MATRIX}${rest}`;
  const included = (...items: readonly string[]) => within(`        include: [${items.join(", ")}]\n`);
  test.each<[string, string, string, "asks" | "clear"]>([
    [
      "a run of its own",
      included("{node: 24, run: a}"),
      included("{node: 24, run: a}, {node: 25, run: b}"),
      "clear",
    ],
    [
      "what goes into runs",
      included("{node: 20, run: a}"),
      included("{node: 20, run: a}, {node: 20, run: b}"),
      "asks",
    ],
    [
      "what goes into some run in other letters",
      included("{node: 24}"),
      included("{node: 24}, {NODE: 20, run: b}"),
      "asks",
    ],
    ["what goes into every run", included("{run: a}"), included("{run: a}, {run: b}"), "asks"],
    [
      "what may go into a run",
      included("{node: 24}"),
      included(`{node: 24}, {node: "${expression("env.A")}", run: b}`),
      "asks",
    ],
    ["another order", included("{run: a}", "{run: b}"), included("{run: b}", "{run: a}"), "asks"],
    [
      "a value that joins two runs",
      included("{node: 24, run: a}", "{node: 24, run: b}"),
      included("{node: 24, run: a}", "{node: 24, run: b}").replace("22]", "22, 24]"),
      "asks",
    ],
    [
      "more paths that lead to fewer",
      within("        skip: [{name: a, ignore: tests/a}]\n"),
      within("        skip: [{name: a, ignore: tests/a tests/b}]\n"),
      "asks",
    ],
    ["an option among paths", "tests/a tests/b", "tests/a tests/b -ktests/b", "asks"],
  ])("of a matrix: %s", (_what, from, to, kind) => {
    expect(judge(edited(from, to, PLAIN.replace(MATRIX, from.startsWith(MATRIX) ? from : MATRIX))).kind).toBe(
      kind,
    );
  });

  test.each<[string, string, string, string, "asks" | "clear"]>([
    ["by what grows", "matrix.node", "[20, 22]", "[20, 22, 24]", "clear"],
    ["by something else", "matrix.suite.name", "[20, 22]", "[20, 22, 24]", "asks"],
    [
      "by what it is called",
      "matrix.suite.name",
      "          - name: units\n",
      "          - name: all\n            paths: a/b\n          - name: units\n",
      "clear",
    ],
    [
      "by what another is called",
      "matrix.suite.name",
      "          - name: units\n",
      "          - name: units\n            paths: none/b\n          - name: units\n",
      "asks",
    ],
  ])("a check that a matrix names %s", (_what, name, from, to, kind) => {
    const named = PLAIN.replace("name: Tests", () => `name: Tests ${expression(name)}`);
    expect(judge(edited(from, to, named)).kind).toBe(kind);
  });

  test.each(["os", "OS"])("a machine that a matrix includes under %s", (key) => {
    const own = (name: string, machine: string) => `{node: ${name}, ${key}: ${machine}}`;
    const known = `        include: [${own("24", "ubuntu-latest")}]\n`;
    const hosted = PLAIN.replace(
      "ubuntu-latest\n    strategy:\n      matrix:\n",
      () => `${expression("matrix.os")}\n    strategy:\n      matrix:\n        os: [ubuntu-latest]\n${known}`,
    );
    const more = (machine: string) => known.replace("]", `, ${own("25", machine)}]`);
    expect(judge(edited(known, more("ubuntu-latest"), hosted)).kind).toBe("clear");
    expect(judge(edited(known, more("own"), hosted)).kind).toBe("asks");
  });

  test("a longer matrix that says whose failure counts", () => {
    const steered = PLAIN.replace(
      "    env:\n",
      `    continue-on-error: ${expression("matrix.node == 24")}\n    env:\n`,
    );
    expect(judge(edited("[20, 22]", "[20, 22, 24]", steered)).kind).toBe("asks");
  });
});

/** A harmless step, in a job that can do more than run what the repository holds. */
describe("a job asks for one more step where it can do more", () => {
  test.each<[string, string, string, RegExp]>([
    ["it may write", "contents: read", "contents: write", /can write/],
    ["nothing limits its token", "permissions:\n  contents: read\n", "", /add `permissions:`/],
    ["it may do everything", "permissions:\n  contents: read\n", "permissions: write-all\n", /can write/],
    [
      "a job of its own may write",
      "    name: Tests\n",
      "    name: Tests\n    permissions: {id-token: write}\n",
      /can write/,
    ],
    ["nobody says what it may", "permissions:\n  contents: read\n", "permissions:\n", /can write/],
    ["it has a secret", "DATABASE: here", `DATABASE: ${expression("secrets.DB")}`, /has secrets/],
    [
      "it has a secret in other letters",
      "DATABASE: here",
      `DATABASE: ${expression("Secrets['DB']")}`,
      /has secrets/,
    ],
    ["it has all secrets", "DATABASE: here", `DATABASE: ${expression("toJSON(secrets)")}`, /has secrets/],
    ["all jobs have a secret", "LEVEL: info", `LEVEL: ${expression("secrets.L")}`, /has secrets/],
    ["it deploys", "    name: Tests\n", "    name: Tests\n    environment: production\n", /environment/],
    ["a machine of one's own", "ubuntu-latest\n    strategy", "self-hosted\n    strategy", /machine/],
    [
      "a machine among labels",
      "ubuntu-latest\n    strategy",
      "[ubuntu-latest, gpu]\n    strategy",
      /machine/,
    ],
    ["a machine of a group", "ubuntu-latest\n    strategy", "{group: large}\n    strategy", /machine/],
    [
      "a machine that is worked out",
      "ubuntu-latest\n    strategy",
      `${expression("vars.RUNNER")}\n    strategy`,
      /machine/,
    ],
    ["strangers start it", "  pull_request:\n", "  pull_request_target:\n", /pull_request_target/],
    [
      "another workflow starts it",
      "  pull_request:\n",
      "  workflow_run:\n    workflows: [a]\n  pull_request:\n",
      /workflow_run/,
    ],
    ["other workflows call it", "  pull_request:\n", "  workflow_call:\n  pull_request:\n", /workflow_call/],
    ["a comment starts it", "  pull_request:\n", "  issue_comment:\n  pull_request:\n", /issue_comment/],
    ["a release starts it", "  pull_request:\n", "  release:\n  pull_request:\n", /release/],
    [
      "one with rights waits for it",
      "    steps:\n      - run: ./note.sh\n",
      "    needs: test\n    environment: p\n    steps: []\n",
      /hands its results/,
    ],
    [
      "others do what it says",
      "    runs-on: ubuntu-latest\n    steps:\n      - run: ./note.sh\n",
      "    needs: [test]\n    runs-on: ubuntu-latest\n",
      /decides/,
    ],
  ])("%s", (what, from, to, why) => {
    const powerful = PLAIN.replace(from, () => to);
    const heard =
      what === "others do what it says"
        ? powerful.replace("    env:\n", "    outputs: {a: b}\n    env:\n")
        : powerful;
    if (heard === PLAIN) throw new Error("nothing gives it power");
    const file = edited(...more("run: ./scripts/sizes.sh"), heard);
    expect(judge(file)).toMatchObject({ kind: "asks", why: expect.stringMatching(why) });
  });

  test("before the change, or after it", () => {
    const step = more("run: ./scripts/sizes.sh");
    const strong = PLAIN.replace("contents: read", "contents: write");
    expect(judge(modified(strong, PLAIN.replace(...step))).kind).toBe("asks");
    expect(judge(modified(PLAIN, strong.replace(...step))).kind).toBe("asks");
  });

  test("a job that calls another workflow", () => {
    const calls = `${PLAIN}  ship:\n    uses: ./.github/workflows/ship.yml\n    with: {a: b}\n`;
    expect(judge(edited("{a: b}", "{a: c}", calls))).toMatchObject({
      kind: "asks",
      why: expect.stringContaining("calls another workflow"),
    });
  });

  test("how long it may take is no more than a time", () => {
    const strong = PLAIN.replace("contents: read", "contents: write");
    const timed = (minutes: string) =>
      edited("    env:\n", `    timeout-minutes: ${minutes}\n    env:\n`, strong);
    expect(judge(timed("20"))).toEqual({ kind: "clear" });
    for (const minutes of ["0", "0.01", expression("inputs.minutes")])
      expect(judge(timed(minutes)).kind).toBe("asks");
  });

  test("rights alone may go", () => {
    const strong = PLAIN.replace("contents: read", "contents: write\n  issues: write");
    expect(judge(edited("contents: write\n  issues: write", "contents: read", strong))).toEqual({
      kind: "clear",
    });
    expect(judge(edited("  issues: write\n", "", strong))).toEqual({ kind: "clear" });
    expect(judge(edited("  issues: write\n", "  packages: write\n", strong)).kind).toBe("asks");
  });
});

/** What the repository's own code can do in a job already, each as one edit of the workflow. */
const AT_HAND = [
  ["may write", "contents: read", "contents: write"],
  ["has a token that nothing limits", "permissions:\n  contents: read\n", ""],
  ["has a secret", "DATABASE: here", `DATABASE: ${expression("secrets.DB")}`],
  ["runs on a machine of one's own", "ubuntu-latest\n    strategy", "self-hosted\n    strategy"],
  ["other workflows call", "  pull_request:\n", "  workflow_call:\n  pull_request:\n"],
  [
    "another one with rights waits for",
    "    steps:\n      - run: ./note.sh\n",
    "    needs: test\n    environment: p\n    steps: []\n",
  ],
] as const;
const DENO =
  "uses: denoland/setup-deno@v2\n        with: {deno-version: v2.1.5}\n        if: matrix.node == 22";
const OWN: readonly (readonly [string, ...(readonly [string, string])])[] = [
  ["a build", ...more("run: npm run build -- --mode test")],
  ["a tool in a version", ...more(DENO)],
  ["a tool less", "      - uses: actions/setup-node@v4\n        with:\n          node-version: 20\n", ""],
  ["what the lists name", ...first("run: npm ci --ignore-scripts")],
  ["a cache", ...first("uses: actions/cache@v5\n        with: {path: .cache, key: a}")],
  ["more tests of a matrix", "tests/a tests/b", "tests/a tests/b tests/c/pay.ts"],
  [
    "one more of a matrix",
    "          - name: units\n",
    "          - name: tests/d\n            paths: tests/d\n          - name: units\n",
  ],
];
const MORE: readonly (readonly [string, ...(readonly [string, string])])[] = [
  ["a script", ...more("run: ./scripts/sizes.sh")],
  ["a push", ...more("run: git push")],
  ["a merge", ...more("run: gh pr merge 1")],
  ["a package by its name", ...first("run: npm ci\n      - run: npm install evil")],
  ["a tool that brings another", ...more("run: uv run --with evil pytest")],
  ["what it publishes", ...more("run: npm publish")],
  ["the token handed on", ...more(`run: npm run build\n        env: {A: "${expression("github.token")}"}`)],
  ["an action by its commit", ...more(`uses: actions/cache@${"a".repeat(40)}`)],
  ["an action by its branch", ...more("uses: actions/cache@main")],
  ["an action that acts", ...more("uses: actions/labeler@v5")],
  ["what later jobs take", ...more("uses: actions/upload-artifact@v4\n        with: {path: dist}")],
  [
    "where packages come from",
    "node-version: 20",
    "node-version: 20\n          registry-url: https://a.example",
  ],
  ["the check", TEST, ""],
  ["a check's failure", "npm test\n", "npm test || true\n"],
  [
    "words of a matrix",
    "          - name: units\n",
    "          - name: evil && x\n          - name: units\n",
  ],
  ["paths of a matrix that are no tests", "tests/a tests/b", "tests/a tests/b keys/prod"],
  ["a service", "    steps:\n", "    services:\n      db: {image: postgres}\n    steps:\n"],
  ["a variable", "DATABASE: ", "LOCALE: de\n      DATABASE: "],
  ["outputs", "    env:\n", "    outputs: {a: b}\n    env:\n"],
];

describe.each(AT_HAND)("a job that %s, as its code may already", (_power, from, to) => {
  const powerful = PLAIN.replace(from, () => to);

  test.each(OWN)("asks for nothing where it runs more of that code: %s", (_what, was, is) => {
    expect(judge(edited(was, is, powerful))).toEqual({ kind: "clear" });
  });

  test.each(MORE)("asks for the rest: %s", (_what, was, is) => {
    expect(judge(edited(was, is, powerful)).kind).toBe("asks");
  });

  test("asks where what it may run changes with it", () => {
    expect(judge(edited(...more("run: npm run build -- --mode test"), powerful), ["package.json"]).kind).toBe(
      "asks",
    );
  });

  test("asks where none of that code ran", () => {
    const bare = powerful.replace("      - run: npm ci\n", "").replace(TEST, "      - run: echo a\n");
    const step = "      - run: echo a\n";
    expect(judge(edited(step, `${step}      - run: npm run build -- --mode test\n`, bare)).kind).toBe("asks");
  });

  test("asks where that code is not brought", () => {
    const bare = powerful.replace("      - uses: actions/checkout@v4\n", "");
    expect(judge(edited(...more("run: npm run build -- --mode test"), bare)).kind).toBe("asks");
  });
});

test.each([
  ["deploys to an environment", "    name: Tests\n", "    name: Tests\n    environment: production\n"],
  ["strangers start", "  pull_request:\n", "  pull_request_target:\n"],
  ["a comment starts", "  pull_request:\n", "  issue_comment:\n  pull_request:\n"],
  [
    "a release starts and others call",
    "  pull_request:\n",
    "  workflow_call:\n  release:\n  pull_request:\n",
  ],
  [
    "others call and deploys",
    "  pull_request:\n    branches: [main]\n    paths: [src/**]\n",
    "  workflow_call:\n",
  ],
])("a job that %s asks for what is not at hand to its code", (what, from, to) => {
  const powerful = PLAIN.replace(from, () => to).replace("    name: Tests\n", (name) =>
    what === "others call and deploys" ? `${name}    environment: production\n` : name,
  );
  for (const [, was, is] of OWN.slice(0, 3)) expect(judge(edited(was, is, powerful)).kind).toBe("asks");
});

test.each([
  ["pip install -e .", "clear"],
  ['timeout 60 python "$ROOT/ci/run.py" -t a', "clear"],
  ["node scripts/build.mjs", "clear"],
  ["pip install acme", "asks"],
  ["python -c 1", "asks"],
  ["bash /opt/run.sh", "asks"],
  ["npm install -g acme", "asks"],
  ["pnpm dlx acme", "asks"],
])("whether %s runs the code of the repository", (command, kind) => {
  const own = PLAIN.replace("contents: read", "contents: write")
    .replace("      - run: npm ci\n", "")
    .replace(TEST, () => `      - run: ${command}\n`);
  const step = `      - run: ${command}\n`;
  expect(judge(edited(step, `${step}      - run: npm run build -- --mode test\n`, own)).kind).toBe(kind);
});

test.each([
  ["clear", "another size", "ubuntu-latest", "ubuntu-24.04-arm"],
  ["clear", "from a machine of somebody else", "acme-2vcpu-ubuntu-2404", "ubuntu-latest"],
  ["asks", "another system", "ubuntu-latest", "windows-latest"],
  ["asks", "to a machine of somebody else", "ubuntu-latest", "acme-2vcpu-ubuntu-2404"],
  ["asks", "from a machine that has no name", "self-hosted", "ubuntu-latest"],
  ["asks", "to what is worked out", "ubuntu-latest", expression("inputs.ubuntu")],
])("a job moves: %s, %s", (kind, _what, from, to) => {
  for (const rights of ["read", "write"]) {
    const on = (machine: string) =>
      PLAIN.replace("contents: read", `contents: ${rights}`).replace(
        "ubuntu-latest\n    str",
        `${machine}\n    str`,
      );
    expect(judge(modified(on(from), on(to)))).toMatchObject({ kind });
  }
});

test.each([
  ["clear", "--timeout 3m --verbose", "--timeout 5m --verbose"],
  ["asks", "--timeout 3m --verbose", "--timeout 5m"],
  ["asks", "--timeout 3m", "--max-issues 3m"],
])("a linter gets longer, or looks for less: %s", (kind, from, to) => {
  const lint = (args: string) => PLAIN.replace("level: high", `level: high\n          args: ${args}`);
  expect(judge(modified(lint(from), lint(to)))).toMatchObject({ kind });
});

test("another release of what a job with rights runs and compares", () => {
  const bound = PLAIN.replace("contents: read", "contents: write").replace(
    "npm test\n",
    "npm test\n          test $(acme --version) = 1.2.3\n",
  );
  expect(judge(edited("= 1.2.3", "= 1.2.4", bound))).toEqual({ kind: "clear" });
});

test.each([
  [
    "in a script",
    "run: ./note.sh",
    "run: |\n          case $a in\n            *) b;; esac\n          !x\n          &y z",
  ],
  ["in a comment", "run: ./note.sh", "run: ./note.sh # - &a b"],
  ["in quotes", "run: ./note.sh", "run: './note.sh [!a] '"],
])("signs of YAML %s are no tag and no anchor", (_where, from, to) => {
  const bound = PLAIN.replace(from, () => to);
  expect(judge(edited(...more("run: npm run build"), bound))).toEqual({ kind: "clear" });
});
