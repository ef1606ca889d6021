import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { withoutComments } from "../../reading/comments.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, type Place, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { JENKINSFILE, looksLikeCheck } from "./checks.ts";
import { GITLAB } from "./examples.ts";

/** Where a pipeline waits for a person: the key, what it says, and the runner. */
const WAITS: readonly (readonly [key: string, says: RegExp, files: RegExp])[] = [
  ["when", /^manual$/, /gitlab/],
  ["type", /^approval$/, /circleci/],
  ["trigger", /^manual$/, /bitbucket/],
  ["block", /./, /buildkite/],
  ["input", /./, /buildkite/],
  ["task", /^Manual(?:Validation|Intervention)@/, /azure/],
  ["environment", /./, /azure/],
];

/** A place that waits, as long as nothing else is told by its name. */
interface Wait {
  /** The job or the branch that it stands in. */
  readonly scope: string;
  readonly what: string;
  readonly line: number;
}

const AZURE_DEPLOYS = "deployment";

function waitIn({ key, value, path, line, within }: Place, file: FileChange): Wait | null {
  const text = textOf(value) || textOf(at(value, "name"));
  const isWait = WAITS.some(
    ([name, says, files]) => name === key && says.test(text) && files.test(file.path),
  );
  if (!isWait || (key === "environment" && at(within, AZURE_DEPLOYS) === undefined)) return null;
  // A check that was run by hand and runs by itself now asks for more.
  if (key === "when" && looksLikeCheck(path[0] ?? "")) return null;
  const job = key === "when" ? path[0] : path.slice(0, -1).join(".");
  return { scope: job ?? "", what: text, line };
}

function waitsIn(tree: Tree | undefined, file: FileChange): readonly Wait[] {
  return tree === undefined ? [] : [...placesIn(tree)].flatMap((place) => waitIn(place, file) ?? []);
}

/** Whether what waited is still there: the job, or anything else where it stood. */
function isThere(tree: Tree, scope: string): boolean {
  const [first = ""] = scope.split(".");
  return entriesOf(tree).length > 0 && (at(tree, first) !== undefined || first === "");
}

const INPUT =
  /^\s*(?:steps\s*\{\s*)?(?:input\b\s*(?:\(|\{|message\b|id\b|["'])|milestone\s*\(|waitForQualityGate\b)/;

function* inJenkinsfile(file: FileChange): Generator<Finding> {
  if (file.after === null) return;
  const [gone, come] = (["before", "after"] as const).map((side) =>
    withoutComments(file, side).filter(
      ({ text }) => INPUT.test(text) || / input\b\s*(?:\(|message)/.test(text),
    ),
  );
  if (gone === undefined || come === undefined) return;
  for (const { line } of gone.slice(come.length)) {
    const why = `takes an approval from ${shown(file.path)}: nobody is asked any more before it goes on`;
    yield { what: shown(file.path), file: file.path, line, side: "before", why };
  }
}

export const APPROVAL_DROPPED: Rule = {
  id: "checks/approval-dropped",
  kind: "widening",
  asks: "block",
  when: "a pipeline of GitLab, CircleCI, Bitbucket, Buildkite, Azure or Jenkins no longer waits for a person",
  *file(file): Generator<Finding> {
    if (JENKINSFILE.test(file.path)) {
      yield* inJenkinsfile(file);
      return;
    }
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
    const left = Map.groupBy(waitsIn(after, file), ({ scope }) => scope);
    for (const [scope, had] of Map.groupBy(waitsIn(before, file), (each) => each.scope)) {
      const now = left.get(scope) ?? [];
      const names = new Set(now.map(({ what }) => what));
      const isFewer = now.length < had.length;
      if (!isFewer || !isThere(after, scope)) continue;
      const lost = had.find(({ what }) => !names.has(what)) ?? had.at(-1);
      if (lost === undefined) continue;
      const of = scope === "" ? file.path : scope;
      const why = `takes the approval ${shown(lost.what)} from ${shown(of)}: nobody is asked any more before it goes on`;
      yield { what: shown(of), file: file.path, line: lost.line, side: "before", why };
    }
  },
  reports: [
    reported("manual", "deploy", [
      GITLAB,
      "deploy:\n  script: [./deploy.sh]\n  when: manual\n",
      "deploy:\n  script: [./deploy.sh]\n",
    ]),
    reported("manual", "deploy", [
      GITLAB,
      "deploy:\n  script: [./deploy.sh]\n  rules: [{if: $A, when: manual}]\n",
      "deploy:\n  script: [./deploy.sh]\n  rules: [{if: $A}]\n",
    ]),
    reported("approval", "workflows.release.jobs.hold", [
      ".circleci/config.yml",
      "workflows: {release: {jobs: [{hold: {type: approval}}, {deploy: {requires: [hold]}}]}}\n",
      "workflows: {release: {jobs: [deploy]}}\n",
    ]),
    reported("manual", "pipelines.branches.main.step", [
      "bitbucket-pipelines.yml",
      "pipelines: {branches: {main: [{step: {deployment: production, trigger: manual, script: [a]}}]}}\n",
      "pipelines: {branches: {main: [{step: {deployment: production, script: [a]}}]}}\n",
    ]),
    reported("Release?", "steps", [
      ".buildkite/pipeline.yml",
      "steps: [{block: Release?}, {command: ./deploy.sh}]\n",
      "steps: [{command: ./deploy.sh}]\n",
    ]),
    reported("production", "jobs", [
      "azure-pipelines.yml",
      "jobs: [{deployment: web, environment: production}]\n",
      "jobs: [{job: web}]\n",
    ]),
    reported("ManualValidation@0", "jobs.steps", [
      "azure-pipelines.yml",
      "jobs: [{job: a, steps: [{task: ManualValidation@0}]}]\n",
      "jobs: [{job: a, steps: [{script: a}]}]\n",
    ]),
    [
      "takes an approval from `Jenkinsfile`: nobody is asked any more before it goes on",
      changed(
        "Jenkinsfile",
        "stage('a') {\n  steps {\n    input message: 'Deploy?'\n    sh './deploy.sh'\n  }\n}\n",
        "stage('a') {\n  steps {\n    sh './deploy.sh'\n  }\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "the job goes with its approval",
      changed(GITLAB, "a: {script: [a]}\ndeploy:\n  script: [b]\n  when: manual\n", "a: {script: [a]}\n"),
    ],
    [
      "another question is asked",
      changed(
        ".buildkite/pipeline.yml",
        "steps: [{block: Release?}, {command: ./deploy.sh}]\n",
        "steps: [{block: Ship it?}, {command: ./deploy.sh}]\n",
      ),
    ],
    [
      "a check that ran only by hand",
      changed(GITLAB, "lint:\n  script: [a]\n  when: manual\n", "lint:\n  script: [a]\n"),
    ],
    [
      "in another form",
      changed(
        GITLAB,
        "deploy:\n  script: [b]\n  when: manual\n",
        "deploy:\n  script: [b]\n  rules: [{when: manual}]\n",
      ),
    ],
  ],
};

function reported(
  what: string,
  scope: string,
  [path, before, after]: readonly [string, string, string],
): Example {
  return [
    `takes the approval \`${what}\` from \`${scope}\`: nobody is asked any more before it goes on`,
    changed(path, before, after),
  ];
}
