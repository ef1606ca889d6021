import type { Finding } from "../../hazard.ts";
import { gained } from "../../reading/compare.ts";
import { sidesOf } from "../../reading/sides.ts";
import { changed, type Example, type Rule } from "../../rule.ts";
import { several, shown } from "../../words.ts";
import { type CheckCommand, checksIn, hasJob } from "./checks.ts";
import { CI, GITLAB, workflow } from "./examples.ts";

/** Where another check can take the place of one: in the same job, or in the same file where there are none. */
const placeOf = ({ file, job = "" }: CheckCommand) => JSON.stringify([file.path, job]);

const CIRCLECI =
  "jobs:\n  test:\n    steps: [checkout, {run: npm test}]\n  build:\n    steps: [checkout, {run: make a}]\n";

export const STEP_REMOVED: Rule = {
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
      const more = all.length === 1 ? "" : `, and ${several(all.length - 1, "more check")}`;
      const why = `no longer runs ${shown(first.text)} in ${shown(file.path)}${more}`;
      yield { what: shown(first.text), file: file.path, line: first.line, side: "before", why };
    }
  },
  reports: [
    [
      "no longer runs `V=$(curl -s https://x.example/test.sh | sh)` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow("    steps:\n      - run: V=$(curl -s https://x.example/test.sh | sh)\n"),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "no longer runs `aws s3 cp s3://a/test.sh - | sh` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow("    steps:\n      - run: aws s3 cp s3://a/test.sh - | sh\n"),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
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
      "no longer runs `aws ssm get-parameter --name /ci/test | sh` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow("    steps:\n      - run: aws ssm get-parameter --name /ci/test | sh\n"),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "no longer runs `docker compose exec -T web sh -c 'npm test --ci'` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow("    steps:\n      - run: docker compose exec -T web sh -c 'npm test --ci'\n"),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "no longer runs `npm test -- --ci` in `.github/workflows/ci.yml`",
      changed(
        CI,
        workflow(
          "    steps:\n      - run: |\n          npm test -- \\\n            --ci\n      - run: make a\n",
        ),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "no longer runs `npm test` in `.circleci/config.yml`",
      changed(
        ".circleci/config.yml",
        `${CIRCLECI}workflows: {a: {jobs: [test, {build: {requires: [test]}}]}}\n`,
        `${CIRCLECI}workflows: {a: {jobs: [build]}}\n`,
      ),
    ],
    [
      "no longer runs `make test` in `.gitlab-ci.yml`",
      changed(GITLAB, "test:\n  script: [make test]\n", ".test:\n  script: [make test]\n"),
    ],
    [
      "no longer runs `make test` in `.gitlab-ci.yml`",
      changed(GITLAB, "test:\n  script: [make test]\nb:\n  script: [make b]\n", "b:\n  script: [make b]\n"),
    ],
    [
      "no longer runs `Security/SAST.gitlab-ci.yml` in `.gitlab-ci.yml`",
      changed(
        GITLAB,
        "include:\n  - template: Jobs/Build.gitlab-ci.yml\n  - template: Security/SAST.gitlab-ci.yml\n",
        "include:\n  - template: Jobs/Build.gitlab-ci.yml\n",
      ),
    ],
    ["no longer runs `npm test` in `.husky/pre-push`", changed(".husky/pre-push", "npm test\n", "exit 0\n")],
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
      "a workflow calls the job otherwise",
      changed(
        ".circleci/config.yml",
        `${CIRCLECI}workflows: {a: {jobs: [test, build]}}\n`,
        `${CIRCLECI}workflows: {b: {jobs: [build, {test: {name: unit}}]}}\n`,
      ),
    ],
    [
      "words that are only said",
      changed(
        CI,
        workflow('    steps:\n      - run: echo "No change; the scan will run."\n      - run: make a\n'),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "what is only noted under a name",
      changed(
        CI,
        workflow(
          "    steps:\n      - run: aws ssm put-parameter --name last-check --value a\n      - run: make a\n",
        ),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "another job extends what is hidden",
      changed(
        GITLAB,
        "test:\n  script: [make test]\n",
        ".test:\n  script: [make test]\nunit:\n  extends: .test\n",
      ),
    ],
    ...[
      "aws s3 cp $f \\\n            s3://$B/in/test/$f",
      'echo \\\n            "Waiting 15 seconds before checking again"',
      'docker compose exec -T web /bin/sh -c "yarn add jest@30.0.0"',
      "uv pip install a \\\n            pytest-mypy-plugins",
    ].map(
      (run): Example => [
        "a word of a command that checks nothing",
        changed(
          CI,
          workflow(`    steps:\n      - run: |\n          ${run}\n      - run: make a\n`),
          workflow("    steps:\n      - run: make a\n"),
        ),
      ],
    ),
    [
      "what is only asked for",
      changed(
        CI,
        workflow(
          "    steps:\n      - run: H=$(aws rds describe-db-instances --id shop-test | jq -r .Host)\n      - run: git diff --quiet HEAD -- cypress\n",
        ),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
    [
      "what is only fetched",
      changed(
        CI,
        workflow(
          "    steps:\n      - run: V=$(curl -s https://x.example/gitleaks | grep '\"tag\"' | cut -d: -f2)\n",
        ),
        workflow("    steps:\n      - run: make a\n"),
      ),
    ],
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
