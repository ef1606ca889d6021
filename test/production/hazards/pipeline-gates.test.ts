import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";

const idsOf = (path: string, before: string, after: string) =>
  findHazards([{ path, status: "modified", before, after }]).map(({ id }) => id);

const CI = ".github/workflows/ci.yml";
const GITLAB = ".gitlab-ci.yml";
const CIRCLE = ".circleci/config.yml";
const AZURE = "azure-pipelines.yml";
const JENKINS = "Jenkinsfile";

const on = (events: string) => `on:\n${events}\njobs:\n  test:\n    steps:\n      - run: npm test\n`;
const job = (body: string) => `on: [pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n${body}`;
const PLAIN = job("    steps:\n      - run: npm test\n");
const circle = (test: string) =>
  `jobs:\n  test:\n    steps: [{run: npm test}]\nworkflows:\n  main:\n    jobs:\n      - ${test}\n`;
const azure = (trigger: string) => `${trigger}steps:\n  - script: npm test\n`;
const jenkins = (body: string) => `pipeline {\n  stage('Test') {\n${body}    sh 'make test'\n  }\n}\n`;

describe("what checks something is narrowed", () => {
  test.each([
    ["types", CI, on("  pull_request:"), on("  pull_request: {types: [opened]}")],
    [
      "types that are fewer",
      CI,
      on("  pull_request: {types: [opened, synchronize]}"),
      on("  pull_request: {types: [opened]}"),
    ],
    ["branches", CI, on("  pull_request:"), on("  pull_request: {branches: [main]}")],
    [
      "branches that are fewer",
      CI,
      on("  pull_request: {branches: [main, a]}"),
      on("  pull_request: {branches: [main]}"),
    ],
    [
      "a branch that is kept out",
      CI,
      on("  pull_request: {branches: ['**']}"),
      on("  pull_request: {branches: ['**', '!release/**']}"),
    ],
    ["branches-ignore", CI, on("  pull_request:"), on("  pull_request: {branches-ignore: [release/*]}")],
    ["paths", CI, on("  pull_request:"), on("  pull_request: {paths: [src/**]}")],
    [
      "paths that are fewer",
      CI,
      on("  pull_request: {paths: [src/**, infra/**]}"),
      on("  pull_request: {paths: [src/**]}"),
    ],
    [
      "paths-ignore",
      CI,
      on("  pull_request: {paths-ignore: [a]}"),
      on("  pull_request: {paths-ignore: [a, infra/**]}"),
    ],
    ["tags of a push", CI, on("  push:"), on("  push: {tags: ['v*']}")],
    ["a push, where no pull request is checked", CI, on("  push:"), on("  push: {branches: [main]}")],
    [
      "pull requests beside a push",
      CI,
      on("  push:\n  pull_request:"),
      on("  push:\n  pull_request: {paths: [a]}"),
    ],
    ["a queue", CI, on("  merge_group:"), on("  merge_group: {branches: [a]}")],
    [
      "a condition of a job",
      CI,
      PLAIN,
      job("    if: github.event_name == 'push'\n    steps:\n      - run: npm test\n"),
    ],
    [
      "a condition of a step",
      CI,
      PLAIN,
      job("    steps:\n      - run: npm test\n        if: github.actor == 'ada'\n"),
    ],
    [
      "a condition that is stricter",
      CI,
      job("    if: a\n    steps: [{run: npm test}]\n"),
      job("    if: a && b\n    steps: [{run: npm test}]\n"),
    ],
    [
      "a condition that lets less through",
      CI,
      job("    if: a || b\n    steps: [{run: npm test}]\n"),
      job("    if: a\n    steps: [{run: npm test}]\n"),
    ],
    [
      "rules",
      GITLAB,
      "test:\n  script: [make test]\n",
      "test:\n  script: [make test]\n  rules:\n    - changes: [src/**]\n",
    ],
    [
      "a rule that goes",
      GITLAB,
      "test:\n  script: [make test]\n  rules:\n    - if: a\n    - if: b\n",
      "test:\n  script: [make test]\n  rules:\n    - if: a\n",
    ],
    [
      "a rule for never",
      GITLAB,
      "test:\n  script: [make test]\n  rules:\n    - if: a\n",
      "test:\n  script: [make test]\n  rules:\n    - if: b\n      when: never\n    - if: a\n",
    ],
    ["only", GITLAB, "test:\n  script: [make test]\n", "test:\n  script: [make test]\n  only: [main]\n"],
    [
      "only, by changes",
      GITLAB,
      "test:\n  script: [make test]\n  only: {refs: [main]}\n",
      "test:\n  script: [make test]\n  only: {refs: [main], changes: [a]}\n",
    ],
    [
      "except",
      GITLAB,
      "test:\n  script: [make test]\n",
      "test:\n  script: [make test]\n  except: [merge_requests]\n",
    ],
    [
      "rules of the whole pipeline",
      GITLAB,
      "test:\n  script: [make test]\n",
      "workflow:\n  rules:\n    - if: a\ntest:\n  script: [make test]\n",
    ],
    ["filters", CIRCLE, circle("test"), circle("test: {filters: {branches: {only: main}}}")],
    [
      "a filter that ignores",
      CIRCLE,
      circle("test"),
      circle("test: {filters: {branches: {ignore: [/release.*/]}}}"),
    ],
    ["the trigger of Azure", AZURE, azure("trigger: [main, a]\n"), azure("trigger: [main]\n")],
    ["no pull requests in Azure", AZURE, azure(""), azure("pr: none\n")],
    [
      "paths of Azure",
      AZURE,
      azure("pr: {branches: {include: [main]}}\n"),
      azure("pr: {branches: {include: [main]}, paths: {exclude: [infra]}}\n"),
    ],
    [
      "a condition of Azure",
      AZURE,
      azure(""),
      "steps:\n  - script: npm test\n    condition: eq(variables['a'], 'b')\n",
    ],
    ["when of Jenkins", JENKINS, jenkins(""), jenkins("    when { branch 'main' }\n")],
    [
      "an expression of Jenkins",
      JENKINS,
      jenkins(""),
      jenkins("    when {\n      expression { params.TEST }\n    }\n"),
    ],
  ])("%s", (_, path, before, after) => {
    expect(idsOf(path, before, after)).toContain("checks/narrowed");
  });

  test.each([
    [
      "more types",
      CI,
      on("  pull_request: {types: [opened]}"),
      on("  pull_request: {types: [opened, synchronize]}"),
    ],
    [
      "the usual types",
      CI,
      on("  pull_request:"),
      on("  pull_request: {types: [opened, synchronize, reopened, labeled]}"),
    ],
    ["all branches", CI, on("  pull_request: {branches: [main]}"), on("  pull_request: {branches: ['**']}")],
    ["no more paths", CI, on("  pull_request: {paths: [a]}"), on("  pull_request:")],
    [
      "a path less that is ignored",
      CI,
      on("  pull_request: {paths-ignore: [a, b]}"),
      on("  pull_request: {paths-ignore: [a]}"),
    ],
    [
      "a push beside pull requests",
      CI,
      on("  push:\n  pull_request:"),
      on("  push: {branches: [main]}\n  pull_request:"),
    ],
    ["always", CI, PLAIN, job("    if: always()\n    steps:\n      - run: npm test\n")],
    [
      "a condition that lets more through",
      CI,
      job("    if: a\n    steps: [{run: npm test}]\n"),
      job("    if: a || b\n    steps: [{run: npm test}]\n"),
    ],
    [
      "the same condition in another form",
      CI,
      job("    if: a\n    steps: [{run: npm test}]\n"),
      job("    if: \u0024{{ a }}\n    steps: [{run: npm test}]\n"),
    ],
    [
      "a step that checks nothing",
      CI,
      PLAIN,
      job("    steps:\n      - run: npm test\n      - run: echo done\n        if: a\n"),
    ],
    [
      "a job that checks nothing",
      CI,
      `${PLAIN}  deploy:\n    steps: [{run: ./deploy.sh}]\n`,
      `${PLAIN}  deploy:\n    if: a\n    steps: [{run: ./deploy.sh}]\n`,
    ],
    ["a new job", CI, PLAIN, `${PLAIN}  lint:\n    if: a\n    steps: [{run: npm run lint}]\n`],
    [
      "one more rule",
      GITLAB,
      "test:\n  script: [make test]\n  rules:\n    - if: a\n",
      "test:\n  script: [make test]\n  rules:\n    - if: a\n    - if: b\n",
    ],
    [
      "a job of GitLab that checks nothing",
      GITLAB,
      "test:\n  script: [make test]\npages:\n  script: [make pages]\n",
      "test:\n  script: [make test]\npages:\n  script: [make pages]\n  only: [main]\n",
    ],
    [
      "more filters",
      CIRCLE,
      circle("test: {filters: {branches: {only: main}}}"),
      circle("test: {filters: {branches: {only: [main, a]}}}"),
    ],
    [
      "a deployment of Jenkins",
      JENKINS,
      "stage('Deploy') { sh './deploy' }\n",
      "stage('Deploy') { when { branch 'main' }\n sh './deploy' }\n",
    ],
  ])("what lets no less through stays silent: %s", (_, path, before, after) => {
    expect(idsOf(path, before, after)).not.toContain("checks/narrowed");
  });

  test.each(["workflow_call", "workflow_dispatch", "issue_comment"])(
    "%s in place of pull requests",
    (event) => {
      expect(idsOf(CI, on("  pull_request:"), on(`  ${event}:`))).toContain("checks/trigger-removed");
    },
  );
});

const step = (run: string, rest = "") => job(`    steps:\n      - run: ${run}\n${rest}`);
const lines = (...all: readonly string[]) => step(`|\n${all.map((line) => `          ${line}\n`).join("")}`);

describe("a failure that no longer counts", () => {
  test.each([
    ["|| true", step("npm test || true")],
    ["|| :", step("'npm test || :'")],
    ["; exit 0", step("npm test; exit 0")],
    ["; true", step("npm test; true")],
    ["a pipe", step("npm test | tee log")],
    ["a pipe with both outputs", step("npm test 2>&1 | tee -a log")],
    ["a pipe with sh", step("npm test | tee log", "        shell: sh\n")],
    ["set +e before it", lines("set +e", "npm test", "echo done")],
    ["set +ex before it", lines("set +ex", "npm test", "echo done")],
    ["a condition", lines("if npm test; then", "  echo ok", "fi")],
    ["a trap", lines("trap 'exit 0' EXIT", "npm test")],
    ["the background", step("npm test &")],
    ["turned round", step("'! npm test'")],
    ["--exit-zero", step("npx eslint . --exit-zero")],
    ["--no-fail", step("npm test -- --no-fail")],
    ["-k", step("make test -k")],
    ["tests that Maven skips", step("mvn verify -DskipTests")],
    ["tests that Gradle leaves out", step("gradle check -x test")],
  ])("%s", (_, after) => {
    expect(idsOf(CI, PLAIN, after)).toContain("checks/failure-lost");
  });

  test.each([
    [
      "continue-on-error of a step",
      CI,
      PLAIN,
      step("npm test", "        continue-on-error: true\n"),
      "checks/failure-ignored",
    ],
    [
      "continue-on-error of a job",
      CI,
      PLAIN,
      job("    continue-on-error: true\n    steps:\n      - run: npm test\n"),
      "checks/failure-ignored",
    ],
    [
      "allow_failure",
      GITLAB,
      "test:\n  script: [make test]\n",
      "test:\n  script: [make test]\n  allow_failure: true\n",
      "checks/switched-off",
    ],
    [
      "allow_failure by codes",
      GITLAB,
      "test:\n  script: [make test]\n",
      "test:\n  script: [make test]\n  allow_failure: {exit_codes: [1]}\n",
      "checks/switched-off",
    ],
    [
      "only after a failure",
      GITLAB,
      "test:\n  script: [make test]\n",
      "test:\n  script: [make test]\n  when: on_failure\n",
      "checks/switched-off",
    ],
    [
      "continueOnError",
      AZURE,
      azure(""),
      "steps:\n  - script: npm test\n    continueOnError: true\n",
      "checks/switched-off",
    ],
    [
      "condition: false",
      AZURE,
      azure(""),
      "steps:\n  - script: npm test\n    condition: false\n",
      "checks/switched-off",
    ],
    [
      "failure: ignore",
      ".woodpecker/a.yml",
      "steps:\n  test:\n    commands: [make test]\n",
      "steps:\n  test:\n    commands: [make test]\n    failure: ignore\n",
      "checks/switched-off",
    ],
    [
      "soft_fail by codes",
      ".buildkite/pipeline.yml",
      "steps:\n  - command: make test\n",
      "steps:\n  - command: make test\n    soft_fail: [{exit_status: 1}]\n",
      "checks/switched-off",
    ],
    [
      "exit-code of a scanner",
      CI,
      step("npm test", "      - uses: aquasecurity/trivy-action@v1\n        with: {exit-code: 1}\n"),
      step("npm test", "      - uses: aquasecurity/trivy-action@v1\n        with: {exit-code: 0}\n"),
      "checks/switched-off",
    ],
    [
      "fail_ci_if_error",
      CI,
      step("npm test", "      - uses: codecov/codecov-action@v5\n        with: {fail_ci_if_error: true}\n"),
      step("npm test", "      - uses: codecov/codecov-action@v5\n        with: {fail_ci_if_error: false}\n"),
      "checks/switched-off",
    ],
    ["catchError", JENKINS, jenkins(""), jenkins("    catchError {\n"), "checks/failure-lost"],
    [
      "returnStatus",
      JENKINS,
      jenkins(""),
      "stage('Test') {\n  sh(script: 'make test', returnStatus: true)\n}\n",
      "checks/failure-lost",
    ],
    [
      "a pipe of Jenkins",
      JENKINS,
      jenkins(""),
      "stage('Test') {\n  sh 'make test | tee log'\n}\n",
      "checks/failure-lost",
    ],
    [
      "a deployment that waits for nothing",
      CI,
      `${PLAIN}  deploy:\n    needs: test\n`,
      `${PLAIN}  deploy:\n    needs: test\n    if: always()\n`,
      "checks/gate-opened",
    ],
    [
      "a deployment that waits for nothing but its end",
      CI,
      `${PLAIN}  deploy:\n    needs: test\n`,
      `${PLAIN}  deploy:\n    needs: test\n    if: \${{ !cancelled() }}\n`,
      "checks/gate-opened",
    ],
  ])("%s", (_, path, before, after, id) => {
    expect(idsOf(path, before, after)).toContain(id);
  });

  test.each([
    ["a pipe of bash with its options", step("npm test | tee log", "        shell: bash\n")],
    ["a pipe after pipefail", lines("set -o pipefail", "npm test | tee log")],
    ["a bar between quotes", step("'npm test -- \"a|b\"'")],
    ["what fails otherwise", step("npm test || { echo no; exit 1; }")],
    ["set +e that is taken back", lines("set +e", "echo a", "set -e", "npm test")],
    ["set +e before the last command", lines("set +e", "npm test")],
    ["a status that is handed on", lines("set +e", "npm test", "status=$?", "exit $status")],
    ["a condition that fails", lines("if ! npm test; then", "  exit 1", "fi")],
    ["two commands", step("npm test && npm run lint")],
  ])("what fails all the same stays silent: %s", (_, after) => {
    expect(idsOf(CI, PLAIN, after)).not.toContain("checks/failure-lost");
  });

  test("pipes of GitLab and CircleCI fail by themselves", () => {
    const [before, after] = ["test:\n  script: [make test]\n", 'test:\n  script: ["make test | tee log"]\n'];
    expect(idsOf(GITLAB, before, after)).not.toContain("checks/failure-lost");
  });
});
