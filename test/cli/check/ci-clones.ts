import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ADA,
  createRepository,
  KIRO,
  type Step,
  type TemporaryRepository,
  temporaryDirectory,
} from "../temporary-repository.ts";

/** A clone as a CI server makes it: remote branches, no local ones, a commit checked out. */
export interface CiClone {
  readonly repository: TemporaryRepository;
  readonly directory: string;
  /** The target, and the last commit of the change. */
  readonly base: string;
  readonly head: string;
  /** The merge of the two that the server made. */
  readonly merge: string;
  readonly checkOut: (commit: string) => void;
}

const MERGED_BY_CI = { name: "CI", email: "ci@example.com" };

/** The branch `topic` by Kiro, to be merged into `main`; what comes after it is the last of the steps. */
export function ciClone(...later: readonly Omit<Step, "branch">[]): CiClone {
  const repository = createRepository(
    {
      branch: "main",
      message: "Start",
      files: { ".github/CODEOWNERS": "/infra/ @mona\n", "infra/main.tf": "one\n", "README.md": "1\n" },
    },
    { branch: "topic", from: "main", author: KIRO, message: "Delete it", removed: ["infra/main.tf"] },
    { branch: "main", author: ADA, message: "Go on", files: { "README.md": "2\n" } },
    ...later.map((step) => ({ branch: "topic", ...step })),
    { branch: "ci", from: "main", author: MERGED_BY_CI, message: "Merge", merged: ["topic"] },
  );
  const [base, head, merge] = ["main", "topic", "ci"].map((name) => repository.git("rev-parse", name));
  const checkOut = (commit: string): void =>
    void repository.git("checkout", "--quiet", "--force", "--detach", commit);
  checkOut(merge ?? "");
  for (const branch of ["main", "topic", "ci"]) repository.git("branch", "--quiet", "-D", branch);
  repository.git("update-ref", "refs/remotes/origin/main", base ?? "");
  return {
    repository,
    directory: repository.directory,
    base: base ?? "",
    head: head ?? "",
    merge: merge ?? "",
    checkOut,
  };
}

type Variables = Readonly<Record<string, string>>;

/** What each server says of the change, by the way in which it checked something out. */
export const JOBS: readonly {
  readonly job: string;
  readonly server: string;
  readonly checkedOut: "merge" | "head" | "base";
  readonly variables: (clone: CiClone) => Variables;
}[] = [
  {
    job: "pull_request on GitHub",
    server: "GitHub Actions",
    checkedOut: "merge",
    variables: (clone) => onGitHub("pull_request", clone),
  },
  {
    job: "pull_request on GitHub, the head checked out",
    server: "GitHub Actions",
    checkedOut: "head",
    variables: (clone) => onGitHub("pull_request", clone),
  },
  {
    job: "pull_request_target on GitHub",
    server: "GitHub Actions",
    checkedOut: "base",
    variables: (clone) => onGitHub("pull_request_target", clone),
  },
  {
    job: "pull_request_review on GitHub",
    server: "GitHub Actions",
    checkedOut: "merge",
    variables: (clone) => ({
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "pull_request_review",
      GITHUB_BASE_REF: "",
      GITHUB_EVENT_PATH: eventFile(pullRequestEvent(clone)),
    }),
  },
  {
    job: "merge_group on GitHub",
    server: "GitHub Actions",
    checkedOut: "head",
    variables: ({ head }) => ({
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "merge_group",
      GITHUB_EVENT_PATH: eventFile({ merge_group: { base_ref: "refs/heads/main", head_sha: head } }),
    }),
  },
  {
    job: "a merge request pipeline of GitLab",
    server: "GitLab CI/CD",
    checkedOut: "head",
    variables: ({ head }) => ({
      GITLAB_CI: "true",
      CI_COMMIT_SHA: head,
      CI_MERGE_REQUEST_EVENT_TYPE: "detached",
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: "topic",
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "",
    }),
  },
  {
    job: "a merged results pipeline of GitLab",
    server: "GitLab CI/CD",
    checkedOut: "merge",
    variables: ({ base, head, merge }) => ({
      GITLAB_CI: "true",
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_EVENT_TYPE: "merged_result",
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: base,
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: "topic",
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
    }),
  },
  {
    job: "an external pull request pipeline of GitLab",
    server: "GitLab CI/CD",
    checkedOut: "head",
    variables: ({ base, head }) => ({
      GITLAB_CI: "true",
      CI_COMMIT_SHA: head,
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: "main",
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA: base,
      CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME: "topic",
      CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA: head,
    }),
  },
  {
    job: "a pull request build of Azure Pipelines",
    server: "Azure Pipelines",
    checkedOut: "merge",
    variables: ({ head }) => ({
      TF_BUILD: "True",
      SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
      SYSTEM_PULLREQUEST_SOURCEBRANCH: "refs/heads/topic",
      SYSTEM_PULLREQUEST_SOURCECOMMITID: head,
    }),
  },
  {
    job: "a pull request build of Jenkins",
    server: "Jenkins",
    checkedOut: "merge",
    variables: (clone) => {
      clone.repository.git("update-ref", "refs/remotes/origin/PR-7", clone.head);
      return ON_JENKINS;
    },
  },
];

export const ON_JENKINS: Variables = {
  JENKINS_URL: "https://ci.example.com/",
  BRANCH_NAME: "PR-7",
  CHANGE_ID: "7",
  CHANGE_TARGET: "main",
  CHANGE_BRANCH: "topic",
};

/** The variables and the event of a workflow run. */
export function onGitHub(event: string, clone: Pick<CiClone, "base" | "head">): Variables {
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: event,
    GITHUB_BASE_REF: "main",
    GITHUB_HEAD_REF: "topic",
    GITHUB_EVENT_PATH: eventFile(pullRequestEvent(clone)),
  };
}

export function pullRequestEvent({ base, head }: Pick<CiClone, "base" | "head">) {
  return {
    action: "synchronize",
    pull_request: { number: 7, base: { ref: "main", sha: base }, head: { ref: "topic", sha: head } },
  };
}

export function eventFile(event: unknown): string {
  const path = join(temporaryDirectory(), "event.json");
  writeFileSync(path, typeof event === "string" ? event : JSON.stringify(event));
  return path;
}
