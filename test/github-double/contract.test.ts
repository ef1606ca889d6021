import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type OriginStorySetup, refusal, useOriginStory } from "../story/setup.ts";
import { payloadProblem, responseProblem } from "./contract/contract.ts";
import { isInContract, operationNamed } from "./contract/openapi.ts";
import { EVENTS, OPERATIONS } from "./contract/used.ts";
import { ROUTES } from "./rest/table.ts";
import type { Pull } from "./world/model.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

describe("the routes", () => {
  test.each(ROUTES.map(({ operation }) => operation))("%s is an operation GitHub has", (operation) => {
    expect(operationNamed(operation)).toBeDefined();
  });

  test("are listed in the README", () => {
    const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
    const listed = [...readme.matchAll(/^- `([A-Z]+ \/.+)`$/gm)].map(([, operation]) => operation);
    expect(listed.toSorted()).toEqual(ROUTES.map(({ operation }) => operation).toSorted());
  });
});

describe("the contract", () => {
  test("holds every operation that the sources ask for", () => {
    const unnamed = (operation: string) => operation.replace(/\{\w+\}/g, "{}");
    const held = new Set(OPERATIONS.filter((each) => operationNamed(each) !== undefined).map(unnamed));
    const root = new URL("../../src/", import.meta.url);
    const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    );
    const asked = sources.flatMap((path) =>
      [
        ...readFileSync(new URL(path, root), "utf8").matchAll(/"((?:GET|POST|PUT|PATCH|DELETE) \/[^"]+)"/g),
      ].map(([, operation = ""]) => operation),
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((operation) => !held.has(unnamed(operation)))).toEqual([]);
  });

  test.each(EVENTS)("holds the payloads of %s", (event) => {
    expect(isInContract(event)).toBe(true);
  });

  test("says so of an event that it leaves out", () => {
    expect(payloadProblem("star", "created", {})).toBe("star: the contract leaves it out");
  });

  test("has its events listed in the README", () => {
    const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
    const [listed = ""] = readme.split("## Webhooks\n\n")[1]?.split(".\n") ?? [];
    expect([...listed.matchAll(/`(\w+)`/g)].map(([, event]) => event).toSorted()).toEqual(EVENTS.toSorted());
  });
});

/** A pull request with something of everything. */
function busyPull({ world, story }: OriginStorySetup): Pull {
  const { people, teams, bots, shop: repo } = story;
  const pull = story.kiroDeletesProduction();
  world.label(pull, "ai-authored", people.kira);
  world.assign(pull, people.kira, people.kira);
  world.copilotWorkStarted(pull, people.kira);
  world.requestReviewers(pull, [people.olga, teams.data], people.kira);
  const review = world.review(pull, people.olga, "APPROVED", "fine");
  world.dismiss(pull, review, people.kira, "not yet");
  world.review(pull, bots.coderabbit, "COMMENTED", "a poem");
  world.comment(pull, people.kira, "@kiro-agent go on");
  world.editPull(pull, { title: "Another title", body: "Another body" }, people.kira);
  world.branch(repo, "elsewhere", "main");
  world.retarget(pull, "elsewhere", people.kira);
  world.retarget(pull, "main", people.kira);
  world.convertToDraft(pull, people.kira);
  world.readyForReview(pull, people.kira);
  world.forcePush(
    repo,
    pull.headRef,
    world.commit(repo, "elsewhere", {
      author: people.kira,
      by: people.kira,
      message: "m",
      changes: { new: "1\n" },
    }).sha,
    people.kira,
  );
  return pull;
}

describe("every body is one the published description allows", () => {
  const reads: Readonly<
    Record<string, (octokit: Octokit, pull: Pull, bed: OriginStorySetup) => Promise<{ status: number }>>
  > = {
    "the pull request": ({ rest }, { number }) => rest.pulls.get({ ...shop, pull_number: number }),
    "its issue": ({ rest }, { number }) => rest.issues.get({ ...shop, issue_number: number }),
    "its files": ({ rest }, { number }) => rest.pulls.listFiles({ ...shop, pull_number: number }),
    "its commits": ({ rest }, { number }) => rest.pulls.listCommits({ ...shop, pull_number: number }),
    "its reviews": ({ rest }, { number }) => rest.pulls.listReviews({ ...shop, pull_number: number }),
    "its timeline": ({ rest }, { number }) =>
      rest.issues.listEventsForTimeline({ ...shop, issue_number: number }),
    "its comments": ({ rest }, { number }) => rest.issues.listComments({ ...shop, issue_number: number }),
    "its labels": ({ rest }, { number }) => rest.issues.listLabelsOnIssue({ ...shop, issue_number: number }),
    "its reviewers": ({ rest }, { number }) =>
      rest.pulls.listRequestedReviewers({ ...shop, pull_number: number }),
    "all pull requests": ({ rest }) => rest.pulls.list({ ...shop, state: "all" }),
    "pull requests of a commit": ({ rest }, { headSha }) =>
      rest.repos.listPullRequestsAssociatedWithCommit({ ...shop, commit_sha: headSha }),
    "a commit": ({ rest }, { headSha }) => rest.repos.getCommit({ ...shop, ref: headSha }),
    "check runs": ({ rest }, { headSha }) => rest.checks.listForRef({ ...shop, ref: headSha }),
    "a combined status": ({ rest }) => rest.repos.getCombinedStatusForRef({ ...shop, ref: "main" }),
    "statuses of a commit": ({ rest }, { headSha }) =>
      rest.repos.listCommitStatusesForRef({ ...shop, ref: headSha }),
    "the repository": ({ rest }) => rest.repos.get(shop),
    "a branch": ({ rest }) => rest.repos.getBranch({ ...shop, branch: "main" }),
    "the repository's labels": ({ rest }) => rest.issues.listLabelsForRepo(shop),
    rulesets: ({ rest }) => rest.repos.getRepoRulesets(shop),
    "one ruleset": ({ rest }, { repo }) =>
      rest.repos.getRepoRuleset({ ...shop, ruleset_id: repo.rulesets[0]?.id ?? 0 }),
    branches: ({ rest }) => rest.repos.listBranches(shop),
    "rules of a branch": ({ rest }) => rest.repos.getBranchRules({ ...shop, branch: "main" }),
    "a file": ({ rest }) => rest.repos.getContent({ ...shop, path: ".github/CODEOWNERS" }),
    "a folder": ({ rest }) => rest.repos.getContent({ ...shop, path: "infra/production" }),
    "a tree": ({ rest }) => rest.git.getTree({ ...shop, tree_sha: "main", recursive: "1" }),
    "a ref": ({ rest }) => rest.git.getRef({ ...shop, ref: "heads/main" }),
    activity: ({ rest }) => rest.repos.listActivities(shop),
    "CODEOWNERS errors": ({ rest }) => rest.repos.codeownersErrors(shop),
    "a permission": ({ rest }) => rest.repos.getCollaboratorPermissionLevel({ ...shop, username: "olga" }),
    "a team": ({ rest }) => rest.teams.getByName({ org: "acme", team_slug: "sre" }),
    "its members": ({ rest }) => rest.teams.listMembersInOrg({ org: "acme", team_slug: "sre" }),
    "one membership": ({ rest }) =>
      rest.teams.getMembershipForUserInOrg({ org: "acme", team_slug: "sre", username: "olga" }),
    "the installation's repositories": ({ rest }) => rest.apps.listReposAccessibleToInstallation(),
    "the rate limit": ({ rest }) => rest.rateLimit.get(),
    meta: ({ rest }) => rest.meta.get(),
    "a user": ({ rest }) => rest.users.getByUsername({ username: "olga" }),
    "the app": (_, __, { appOctokit }) => appOctokit.rest.apps.getAuthenticated(),
    "its installations": (_, __, { appOctokit }) => appOctokit.rest.apps.listInstallations(),
    "its installation here": (_, __, { appOctokit }) => appOctokit.rest.apps.getRepoInstallation(shop),
    "its deliveries": (_, __, { appOctokit }) => appOctokit.rest.apps.listWebhookDeliveries(),
  };

  test.each(Object.keys(reads))("%s", async (name) => {
    const pull = busyPull(bed());
    const read = reads[name];
    expect(await read?.(bed().octokit, pull, bed())).toMatchObject({ status: 200 });
  });

  test("an answer that breaks it becomes a 500 and is recorded", async () => {
    const { octokit, story, double, provoked } = bed();
    const pull = story.kiroDeletesProduction();
    provoked.push(/updated_at/);
    pull.updatedAt = "yesterday";
    expect(await refusal(octokit.rest.pulls.get({ ...shop, pull_number: pull.number }))).toMatchObject({
      status: 500,
      message: expect.stringContaining('/updated_at must match format "date-time"'),
    });
    expect(double.violations).toEqual([expect.stringContaining("/updated_at")]);
  });

  test("missing and null fields are told apart", () => {
    const problem = (body: unknown) => responseProblem("GET /repos/{owner}/{repo}/labels", 200, body);
    const label = {
      id: 1,
      node_id: "x",
      url: "https://example.com/l",
      name: "n",
      description: null,
      color: "fff",
      default: false,
    };
    const { name: _, ...nameless } = label;
    expect(problem([label])).toBeNull();
    expect(problem([nameless])).toContain("must have required property 'name'");
    expect(problem([{ ...label, name: null }])).toContain("/0/name must be string");
  });
});
