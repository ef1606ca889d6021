/** A variable, and what it holds if the condition is met. */
export interface Condition {
  readonly variable: string;
  readonly holds: RegExp;
}

/**
 * How a CI server names the change that a job runs for. Only variables that its documentation lists; those that begin
 * with `event.` are fields of GitHub's webhook payload, which the runner keeps in a file. A list names one thing in
 * several ways: those that are set have to agree.
 */
export interface CiServer {
  readonly name: string;
  /** That a job of this server runs. */
  readonly mark: Condition;
  /** The branch to merge into. */
  readonly target: readonly string[];
  /** The last commit of the change: what somebody pushed, not what the server merged. */
  readonly head: readonly string[];
  /** Names that commit only under this condition; else it names the commit of a merge. */
  readonly headIf?: { readonly variable: string; readonly condition: Condition };
  /**
   * Names the remote branch under which the change is fetched, where no variable names its last commit. Jenkins does not
   * document that name, so what is not there is no error: what is checked out is judged then, with its merge.
   */
  readonly headBranch?: string;
  /** The branch that the change comes from. */
  readonly source: readonly string[];
  /** Commits that the target held when the job was made. */
  readonly targetHolds: readonly string[];
  /** The jobs that run for no change. Where it is left out, every job that names no target may be one. */
  readonly noChange?: Condition;
  /** How to get a clone with all commits and the target. */
  readonly wholeClone: string;
}

const ANYTHING = /./s;

/*
 * Sources: GitHub, "Variables reference" and "Webhook events and payloads" (pull_request, merge_group); GitLab,
 * "Predefined CI/CD variables reference"; Azure Pipelines, "Use predefined variables"; Jenkins, the variables that core
 * and the plugin branch-api list at /env-vars.html.
 */
export const CI_SERVERS: readonly CiServer[] = [
  {
    name: "GitHub Actions",
    mark: { variable: "GITHUB_ACTIONS", holds: /^true$/ },
    target: ["GITHUB_BASE_REF", "event.pull_request.base.ref", "event.merge_group.base_ref"],
    head: ["event.pull_request.head.sha", "event.merge_group.head_sha"],
    source: ["GITHUB_HEAD_REF", "event.pull_request.head.ref"],
    targetHolds: ["event.pull_request.base.sha"],
    noChange: { variable: "GITHUB_EVENT_NAME", holds: /^push$/ },
    wholeClone: "`fetch-depth: 0` for actions/checkout",
  },
  {
    name: "GitLab CI/CD",
    mark: { variable: "GITLAB_CI", holds: /^true$/ },
    target: ["CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"],
    head: ["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA"],
    headIf: {
      variable: "CI_COMMIT_SHA",
      condition: { variable: "CI_MERGE_REQUEST_EVENT_TYPE", holds: /^detached$/ },
    },
    source: ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME"],
    targetHolds: ["CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"],
    wholeClone:
      "`GIT_DEPTH: 0`, and before the check " +
      '`git fetch origin "+refs/heads/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:' +
      'refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"`',
  },
  {
    name: "Azure Pipelines",
    mark: { variable: "TF_BUILD", holds: /^true$/i },
    target: ["SYSTEM_PULLREQUEST_TARGETBRANCH"],
    head: ["SYSTEM_PULLREQUEST_SOURCECOMMITID"],
    source: ["SYSTEM_PULLREQUEST_SOURCEBRANCH"],
    targetHolds: [],
    wholeClone: "`fetchDepth: 0` for the checkout",
  },
  {
    name: "Jenkins",
    mark: { variable: "JENKINS_URL", holds: ANYTHING },
    target: ["CHANGE_TARGET"],
    head: [],
    headBranch: "BRANCH_NAME",
    source: ["CHANGE_BRANCH"],
    targetHolds: [],
    wholeClone: "no shallow clone, and the target in the refspecs",
  },
];

export const GITHUB_EVENT_FILE = "GITHUB_EVENT_PATH";
/** Where GitHub Actions asks for a summary of the step. */
export const GITHUB_SUMMARY_FILE = "GITHUB_STEP_SUMMARY";

/** Every variable of the environment that is read because of CI. */
export const CI_VARIABLES: readonly string[] = [
  GITHUB_EVENT_FILE,
  GITHUB_SUMMARY_FILE,
  ...CI_SERVERS.flatMap(({ mark, target, head, headIf, headBranch, source, targetHolds, noChange }) => [
    mark.variable,
    ...[...target, ...head, ...source, ...targetHolds].filter((name) => !name.startsWith("event.")),
    ...(headIf === undefined ? [] : [headIf.variable, headIf.condition.variable]),
    ...(headBranch === undefined ? [] : [headBranch]),
    ...(noChange === undefined ? [] : [noChange.variable]),
  ]),
];
