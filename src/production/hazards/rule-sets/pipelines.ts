import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { gained } from "../reading/compare.ts";
import { sidesOf } from "../reading/sides.ts";
import { at, entriesOf, isTrue, oneOrMore, placesIn, type Tree, textOf } from "../reading/tree.ts";
import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import { added, changed, type Example, type Rule, type RuleSet, removed } from "../rule.ts";
import { several, shown } from "../words.ts";
import {
  type CheckCommand,
  checksIn,
  hasJob,
  JENKINSFILE,
  looksLikeCheck,
  PIPELINE_FILE,
} from "./pipelines/checks.ts";

const CI = ".github/workflows/ci.yml";
const GITLAB = ".gitlab-ci.yml";
const workflow = (job: string, on = "pull_request") =>
  `on: [${on}]\njobs:\n  test:\n    runs-on: ubuntu-latest\n${job}`;

/** Where another check can take the place of one: in the same job, or in the same file where there are none. */
const placeOf = ({ file, job = "" }: CheckCommand) => JSON.stringify([file.path, job]);

const STEP_REMOVED: Rule = {
  id: "checks/step-removed",
  kind: "destructive",
  asks: "block",
  when: "a command or a hook that tests, lints or scans goes from a pipeline, and none comes in its place",
  *files(files): Generator<Finding> {
    const kept = files.filter(({ status }) => status !== "removed");
    const was = files.flatMap((file) => checksIn(file, "before"));
    const is = files.flatMap((file) => checksIn(file, "after"));
    const lost = gained(is, was).filter(
      ({ file, job }) => kept.includes(file) && hasJob(sidesOf(file).after, job),
    );
    const come = Map.groupBy(
      gained(was, is).filter(({ isNamed }) => !isNamed),
      placeOf,
    );
    const open = [...Map.groupBy(lost, placeOf)].flatMap(([place, all]) =>
      (come.get(place) ?? []).length >= all.length ? [] : all,
    );
    for (const [file, all] of Map.groupBy(open, (each) => each.file)) {
      const [first] = all;
      if (first === undefined) continue;
      const more = all.length === 1 ? "" : `, and ${several(all.length - 1, "more check")}`;
      const why = `no longer runs ${shown(first.text)} in ${shown(file.path)}${more}`;
      yield { what: shown(first.text), file: file.path, line: first.line, side: "before", why };
    }
  },
  reports: [
    [
      "no longer runs `npm test` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow("    steps:\n      - run: npm ci\n      - run: npm test\n"),
        workflow("    steps:\n      - run: npm ci\n"),
      ),
    ],
    [
      "no longer runs `npm test` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow("    steps:\n      - run: npm test\n"),
        workflow("    steps:\n      - run: echo test\n"),
      ),
    ],
    ...[
      "      - run: echo\n        id: test\n",
      "      - run: true # npm test\n",
      "      - run: |\n          exit 0\n          npm test\n",
      "      - run: true npm test\n  lint:\n    steps:\n      - run: npm run lint\n",
    ].map(
      (steps): Example => [
        "no longer runs `npm test` in `.github/workflows/ci.yml`",
        changed(CI, workflow("    steps:\n      - run: npm test\n"), workflow(`    steps:\n${steps}`)),
      ],
    ),
    [
      "no longer runs `make test` in `.gitlab-ci.yml`",
      changed(GITLAB, "test:\n  script: [make test]\nb:\n  script: [make b]\n", "b:\n  script: [make b]\n"),
    ],
    [
      "no longer runs `gitleaks` in `.pre-commit-config.yaml`",
      changed(
        ".pre-commit-config.yaml",
        "repos:\n  - repo: a\n    hooks:\n      - id: gitleaks\n      - id: black\n",
        "repos:\n  - repo: a\n    hooks:\n      - id: black\n",
      ),
    ],
    [
      "no longer runs `make test` in `Jenkinsfile`",
      changed(
        "Jenkinsfile",
        "stage('Build') { sh 'make' }\nsh 'make test'\n",
        "stage('Build') { sh 'make' }\n",
      ),
    ],
  ],
  ignores: [
    [
      "another one takes its place",
      changed(
        CI,
        workflow("    steps:\n      - run: npm test\n"),
        workflow("    steps:\n      - run: pnpm test\n"),
      ),
    ],
    [
      "another version of the same action",
      changed(
        CI,
        workflow("    steps:\n      - uses: github/codeql-action/analyze@v2\n"),
        workflow("    steps:\n      - uses: github/codeql-action/analyze@v3\n"),
      ),
    ],
  ],
};

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

const CHECK_OFF: Rule = {
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

const IGNORES =
  /;\s*(?:true|:|exit 0)\s*$|(?:^|\s)set \+e\b|--(?:exit-zero|exit-code[= ]0|passWithNoTests|no-fail|soft-fail|force-success|allow-failures?)\b/;
/** How what comes after the failure of a command fails as well. */
const FAILS = /\bexit\s+(?:[1-9]|\$)|\breturn\s+[1-9]|\bfalse\b|\bdie\b/;

function cannotFail(text: string): boolean {
  if (IGNORES.test(text)) return true;
  const at = text.indexOf("||");
  const otherwise = text.slice(at + 2);
  return at !== -1 && !FAILS.test(otherwise) && !looksLikeCheck(otherwise);
}

function* ignoredIn(file: FileChange, side: "before" | "after") {
  for (const { key, text, line } of checksIn(file, side)) if (cannotFail(text)) yield { key, text, line };
}

const FAILURE_LOST: Rule = {
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

function triggersOf(tree: Tree | undefined): ReadonlySet<string> {
  const on = at(tree, "on") ?? at(tree, "true");
  return new Set(on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf));
}

const GATES = ["pull_request", "merge_group", "push", "pull_request_target", "schedule"];

const TRIGGER_REMOVED: Rule = {
  id: "checks/trigger-removed",
  kind: "destructive",
  asks: "block",
  when: "a workflow that checks something no longer runs on pull requests, on pushes or by its schedule",
  *file(file): Generator<Finding> {
    const { before, after } = sidesOf(file);
    if (!WORKFLOW_FILE.test(file.path) || before === undefined || after === undefined) return;
    const [was, is] = [triggersOf(before), triggersOf(after)];
    const lost = GATES.filter((gate) => was.has(gate) && !is.has(gate));
    const isCheck =
      checksIn(file, "before").length > 0 || looksLikeCheck(`${file.path} ${textOf(at(before, "name"))}`);
    const isReplaced = is.has("pull_request") || (is.has("pull_request_target") && was.has("pull_request"));
    if (lost.length === 0 || !isCheck || isReplaced) return;
    const line = (at(after, "on") ?? after).line;
    const why = `no longer runs the checks of ${shown(file.path)} on ${shown(lost.join(", "))}`;
    yield { what: shown(file.path), file: file.path, line, side: "after", why };
  },
  reports: [
    [
      "no longer runs the checks of `.github/workflows/ci.yml` on `pull_request`",
      changed(
        CI,
        workflow("    steps: [{run: npm test}]\n"),
        workflow("    steps: [{run: npm test}]\n", "workflow_dispatch"),
      ),
    ],
  ],
  ignores: [
    [
      "it runs on pull requests still",
      changed(
        CI,
        workflow("    steps: [{run: npm test}]\n", "push, pull_request"),
        workflow("    steps: [{run: npm test}]\n"),
      ),
    ],
    [
      "it checks nothing",
      changed(
        ".github/workflows/a.yml",
        "on: [pull_request]\njobs: {a: {}}\n",
        "on: [workflow_dispatch]\njobs: {a: {}}\n",
      ),
    ],
  ],
};

const DEPLOYS = /deploy|release|publish|promote|rollout|prod|ship|apply|push/i;

function jobsOf(tree: Tree | undefined): Tree | undefined {
  return at(tree, "jobs")?.kind === "map" ? at(tree, "jobs") : tree;
}

/** The jobs that have to end first, and those for which they wait. */
function waitsFor(names: readonly string[], jobs: Tree | undefined, key: string): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found)
    for (const each of oneOrMore(at(jobs, name, key))) found.add(textOf(each) || textOf(at(each, "job")));
  return found;
}

/** The jobs of a workflow, of GitLab or of CircleCI that stay, with what they wait for. */
function* waitsOf(file: FileChange): Generator<{ name: string; before: Tree; after: Tree }> {
  const { before, after } = sidesOf(file);
  for (const { key, value } of entriesOf(jobsOf(after))) {
    const was = at(jobsOf(before), key);
    if (was?.kind === "map" && value.kind === "map") yield { name: key, before: was, after: value };
  }
}

const NEEDS_DROPPED: Rule = {
  id: "checks/needs-dropped",
  kind: "destructive",
  asks: "block",
  when: "a job that deploys or releases no longer waits for another one",
  *file(file): Generator<Finding> {
    const jobs = jobsOf(sidesOf(file).after);
    for (const { name, before, after } of waitsOf(file)) {
      if (!DEPLOYS.test(`${name} ${textOf(at(after, "name"))}`)) continue;
      for (const key of ["needs", "dependsOn", "requires"]) {
        const names = (tree: Tree) =>
          oneOrMore(at(tree, key)).map((each) => textOf(each) || textOf(at(each, "job")));
        const waits = waitsFor(names(after), jobs, key);
        const gone = names(before).filter((each) => each !== "" && !waits.has(each));
        // One that is gone may have another name now.
        const isRenamed = names(after).length >= names(before).length;
        const lost = isRenamed ? gone.filter((each) => at(jobs, each) !== undefined) : gone;
        if (lost.length === 0) continue;
        const why = `lets ${shown(name)} run without waiting for ${shown(lost.join(", "))}`;
        yield {
          what: shown(name),
          file: file.path,
          line: (at(after, key) ?? after).line,
          side: "after",
          why,
        };
      }
    }
  },
  reports: [
    [
      "lets `deploy` run without waiting for `test`",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  deploy:\n    needs: [test]\n    runs-on: a\n",
        "on: push\njobs:\n  test: {}\n  deploy:\n    runs-on: a\n",
      ),
    ],
    [
      "lets `deploy` run without waiting for `test`",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  a: {}\n  deploy:\n    needs: [test]\n",
        "on: push\njobs:\n  test: {}\n  a: {}\n  deploy:\n    needs: [a]\n",
      ),
    ],
  ],
  ignores: [
    [
      "it waits for one that waits for it",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  a:\n    needs: test\n  deploy:\n    needs: [test, a]\n",
        "on: push\njobs:\n  test: {}\n  a:\n    needs: test\n  deploy:\n    needs: a\n",
      ),
    ],
    [
      "it waits for another",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    needs: [test]\n",
        "on: push\njobs:\n  deploy:\n    needs: [tests]\n",
      ),
    ],
  ],
};

const ENVIRONMENT_DROPPED: Rule = {
  id: "workflows/environment-dropped",
  kind: "widening",
  asks: "block",
  when: "a job no longer deploys to an environment, whose reviewers and secrets guarded it",
  *file(file): Generator<Finding> {
    for (const { name, before, after } of waitsOf(file)) {
      const [was, is] = [at(before, "environment"), at(after, "environment")];
      const [which, now] = [was, is].map((each) => textOf(each) || textOf(at(each, "name")));
      if (was === undefined || which === undefined || which === "" || which === now) continue;
      const why = `takes the environment ${shown(which)} from ${shown(name)}: its reviewers are no longer asked`;
      yield { what: shown(name), file: file.path, line: was.line, side: "before", why };
    }
  },
  reports: [
    [
      "takes the environment `production` from `deploy`: its reviewers are no longer asked",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    environment: production\n    runs-on: a\n",
        "on: push\njobs:\n  deploy:\n    runs-on: a\n",
      ),
    ],
    [
      "takes the environment `production` from `deploy`: its reviewers are no longer asked",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    environment: production\n",
        "on: push\njobs:\n  deploy:\n    environment: {name: dev}\n",
      ),
    ],
  ],
  ignores: [
    [
      "the same environment in another form",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    environment: production\n",
        "on: push\njobs:\n  deploy:\n    environment: {name: production}\n",
      ),
    ],
  ],
};

const PIPELINE_REMOVED: Rule = {
  id: "checks/pipeline-removed",
  kind: "destructive",
  asks: "block",
  when: "a pipeline of GitLab, CircleCI, Jenkins, Azure or Buildkite that checks something is deleted",
  *files(files): Generator<Finding> {
    const gone = files.filter(({ path, status }) => status === "removed" && !WORKFLOW_FILE.test(path));
    let come = files
      .filter(({ status }) => status === "added")
      .flatMap((file) => checksIn(file, "after")).length;
    for (const file of gone) {
      const lost = checksIn(file, "before").length;
      if (lost === 0 || /\.pre-commit/.test(file.path)) continue;
      come -= lost;
      if (come >= 0) continue;
      const why = `deletes the pipeline ${shown(file.path)}: what it checked is no longer checked`;
      yield { what: shown(file.path), file: file.path, line: 1, side: "before", why };
    }
  },
  reports: [
    [
      "deletes the pipeline `.gitlab-ci.yml`: what it checked is no longer checked",
      removed(GITLAB, "test:\n  script: [make test]\n"),
    ],
    [
      "deletes the pipeline `.gitlab-ci.yml`: what it checked is no longer checked",
      removed(GITLAB, "test:\n  script: [make test]\n"),
      added(".circleci/config.yml", "jobs: {a: {steps: [{run: echo}]}}\n"),
    ],
  ],
  ignores: [
    [
      "another one checks as much",
      removed(GITLAB, "test:\n  script: [make test]\n"),
      added(CI, "on: push\njobs: {a: {steps: [{run: make test}]}}\n"),
    ],
    ["it checks nothing", removed(GITLAB, "pages:\n  script: [make pages]\n")],
  ],
};

export const PIPELINES: RuleSet = {
  name: "pipelines",
  title: "Checks in pipelines (GitHub, GitLab, CircleCI, Jenkins, Azure, Buildkite, pre-commit)",
  reads: ({ path }) =>
    !/(?:^|\/)(?:vendor|node_modules|third_party)\//.test(path) &&
    (PIPELINE_FILE.test(path) || JENKINSFILE.test(path) || /(?:^|\/)\.github\/dependabot\.ya?ml$/.test(path)),
  rules: [
    STEP_REMOVED,
    CHECK_OFF,
    FAILURE_LOST,
    TRIGGER_REMOVED,
    NEEDS_DROPPED,
    ENVIRONMENT_DROPPED,
    PIPELINE_REMOVED,
  ],
};
