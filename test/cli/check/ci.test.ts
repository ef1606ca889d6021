import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { inCi } from "../ci-environment.ts";
import { run } from "../run-cli.ts";
import {
  BEN,
  isolatedEnvironment,
  removeTemporaryDirectories,
  temporaryDirectory,
} from "../temporary-repository.ts";
import {
  type CiClone,
  ciClone,
  eventFile,
  JOBS,
  ON_JENKINS,
  onGitHub,
  pullRequestEvent,
} from "./ci-clones.ts";

afterAll(removeTemporaryDirectories);

const check = (clone: Pick<CiClone, "directory">, ...args: readonly string[]) =>
  run(clone.directory, "check", ...args);

describe("in CI, base and head are those of the change that the job runs for", () => {
  test.each(JOBS)("$job", async ({ server, checkedOut, variables }) => {
    const clone = ciClone();
    clone.checkOut(clone[checkedOut]);

    const { code, stdout } = await inCi(variables(clone), () => check(clone, "--json"));

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      range: {
        base: { name: "origin/main", branch: "main", sha: clone.base, chosen: "ci" },
        head: { sha: clone.head },
        ci: { server, merge: checkedOut === "merge" ? clone.merge : null },
      },
      commits: 1,
      verdict: { provenance: { tools: ["Kiro"] } },
    });
  });

  test("the text says where they come from, and what is left out", async () => {
    const clone = ciClone();

    const { stdout } = await inCi(onGitHub("pull_request", clone), () => check(clone, "--format", "text"));

    const text = stdout.replace(/\n +/g, " ");
    expect(text).toMatch(
      /topic at [0-9a-f]{7} into origin\/main at [0-9a-f]{7} \(from GitHub Actions\), 1 commit/,
    );
    expect(text).toContain(
      `${clone.merge.slice(0, 7)} is left out: the merge of the two that GitHub Actions made.`,
    );
  });

  test("what is given goes before what CI says", async () => {
    const clone = ciClone({ author: BEN, files: { "notes.md": "1\n" } });
    const variables = onGitHub("pull_request", clone);

    const head = await inCi(variables, () => check(clone, "--head", `${clone.head}~1`, "--json"));
    const base = await inCi(variables, () =>
      check(clone, "--base", `${clone.head}~1`, "--head", clone.head, "--json"),
    );

    expect(JSON.parse(head.stdout)).toMatchObject({ commits: 1, range: { base: { name: "origin/main" } } });
    expect(JSON.parse(base.stdout)).toMatchObject({ commits: 1, files: 1 });
    expect(JSON.parse(base.stdout).range).not.toHaveProperty("ci");
  });

  test("the branch's name is evidence, as it is on GitHub", async () => {
    const clone = ciClone();
    const event = pullRequestEvent(clone);
    const variables = {
      ...onGitHub("pull_request", clone),
      GITHUB_HEAD_REF: "copilot/fix-7",
      GITHUB_EVENT_PATH: eventFile({
        pull_request: { ...event.pull_request, head: { ref: "copilot/fix-7", sha: clone.head } },
      }),
    };

    const { stdout } = await inCi(variables, () => check(clone, "--json"));

    expect(JSON.parse(stdout).range.head.branch).toBe("copilot/fix-7");
    expect(JSON.parse(stdout).verdict.provenance.tools).toContain("GitHub Copilot");
  });

  test.each([
    { job: "a push on GitHub", variables: { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "push" } },
    { job: "a branch pipeline of GitLab", variables: { GITLAB_CI: "true", CI_COMMIT_SHA: "0" } },
    { job: "another build of Azure Pipelines", variables: { TF_BUILD: "True" } },
    {
      job: "another build of Jenkins",
      variables: { JENKINS_URL: "https://ci.example.com", BRANCH_NAME: "x" },
    },
  ])("$job has no change: the branch is compared as on any machine", async ({ variables }) => {
    const clone = ciClone();
    clone.checkOut(clone.head);

    const { stdout } = await inCi(variables, () => check(clone, "--json"));

    expect(JSON.parse(stdout)).toMatchObject({ commits: 1, range: { base: { chosen: "default" } } });
  });
});

describe("what CI says is not believed where git says otherwise: 2, and what to do", () => {
  const GONE = "0123456789".repeat(4);

  test.each<{
    why: string;
    says: string | RegExp;
    variables: (clone: CiClone) => Readonly<Record<string, string>>;
  }>([
    {
      why: "the target is not in the clone",
      says: "origin/main, which GitHub Actions names as the target, is not in this clone: fetch it (`fetch-depth: 0`",
      variables: (clone) => {
        clone.repository.git("update-ref", "-d", "refs/remotes/origin/main");
        return onGitHub("pull_request", clone);
      },
    },
    {
      why: "the target is older than the one CI saw",
      says: /origin\/main does not hold [0-9a-f]{12}, which GitHub Actions saw in it: fetch it anew/,
      variables: (clone) => {
        clone.repository.git("update-ref", "refs/remotes/origin/main", `${clone.base}~1`);
        return onGitHub("pull_request", clone);
      },
    },
    {
      why: "the last commit is not in the clone",
      says: "012345678901, the last commit of the change by GitHub Actions, is not in this clone: fetch it",
      variables: ({ base }) => onGitHub("pull_request", { base, head: GONE }),
    },
    {
      why: "no event names the last commit",
      says: "GitHub Actions names the target of the change, but not its last commit: give --head",
      variables: (clone) => ({ ...onGitHub("pull_request", clone), GITHUB_EVENT_PATH: "" }),
    },
    {
      why: "the event names another target",
      says: "GitHub Actions contradicts itself in GITHUB_BASE_REF, event.pull_request.base.ref",
      variables: (clone) => ({ ...onGitHub("pull_request", clone), GITHUB_BASE_REF: "old" }),
    },
    {
      why: "two variables name another last commit",
      says: "GitLab CI/CD contradicts itself in CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
      variables: ({ base, head }) => ({
        GITLAB_CI: "true",
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
        CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA: base,
      }),
    },
    {
      why: "the event is no JSON",
      says: /GITHUB_EVENT_PATH names .* which is no event of GitHub's \(it is not valid JSON\): give --base and --head/,
      variables: (clone) => ({ ...onGitHub("pull_request", clone), GITHUB_EVENT_PATH: eventFile("{") }),
    },
    {
      why: "the event is another document",
      says: "which is no event of GitHub's",
      variables: (clone) => ({ ...onGitHub("pull_request", clone), GITHUB_EVENT_PATH: eventFile([]) }),
    },
    {
      why: "the event has no pull request",
      says: "GitHub Actions runs this for the event workflow_run, which names no pull request: give --base and --head",
      variables: () => ({
        GITHUB_ACTIONS: "true",
        GITHUB_EVENT_NAME: "workflow_run",
        GITHUB_EVENT_PATH: eventFile({}),
      }),
    },
    {
      why: "a merged results pipeline names only its merge",
      says: "GitLab CI/CD names the target of the change, but not its last commit: give --head",
      variables: ({ merge }) => ({
        GITLAB_CI: "true",
        CI_COMMIT_SHA: merge,
        CI_MERGE_REQUEST_EVENT_TYPE: "merged_result",
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      }),
    },
    {
      why: "a commit id is none",
      says: "SYSTEM_PULLREQUEST_SOURCECOMMITID of Azure Pipelines is no commit id: give --base and --head",
      variables: () => ({
        TF_BUILD: "True",
        SYSTEM_PULLREQUEST_TARGETBRANCH: "main",
        SYSTEM_PULLREQUEST_SOURCECOMMITID: "--all",
      }),
    },
    {
      why: "two servers name a change",
      says: "GitHub Actions and Jenkins both name a change: give --base and --head",
      variables: (clone) => ({ ...onGitHub("pull_request", clone), ...ON_JENKINS }),
    },
  ])("$why", async ({ says, variables }) => {
    const clone = ciClone();

    const { code, stderr } = await inCi(variables(clone), () => check(clone, "--format", "text"));

    expect(code).toBe(2);
    expect(stderr).toEqual(
      typeof says === "string" ? expect.stringContaining(says) : expect.stringMatching(says),
    );
    expect(stderr.split("\n")).toHaveLength(2);
  });

  test("a shallow clone says how each server clones all of it", async () => {
    const { directory } = ciClone();
    const clone = join(temporaryDirectory(), "clone");
    const options = { env: isolatedEnvironment(directory), stdio: "ignore" } as const;
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${directory}`, clone], options);

    const { code, stderr } = await inCi(ON_JENKINS, () => check({ directory: clone }));

    expect(code).toBe(2);
    for (const remedy of [
      "git fetch --unshallow",
      "`fetch-depth: 0`",
      "`GIT_DEPTH: 0`",
      "`fetchDepth: 0`",
      "Jenkins",
    ])
      expect(stderr).toContain(remedy);
  });
});
