import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { responseProblem } from "./contract/contract.ts";
import { operationNamed } from "./contract/openapi.ts";
import { ROUTES } from "./rest/table.ts";
import { jwt, refusal, type Testbed, useTestbed } from "./testbed.ts";
import type { Pull } from "./world/model.ts";

const bed = useTestbed();
const shop = { owner: "acme", repo: "shop" };

describe("the routes", () => {
  test.each(ROUTES.map(({ operation }) => operation))("%s is an operation GitHub has", (operation) => {
    expect(operationNamed(operation)).toBeDefined();
  });
});

/** A pull request with something of everything. */
function busyPull({ world, story }: Testbed): Pull {
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
    Record<string, (octokit: Octokit, pull: Pull, bed: Testbed) => Promise<{ status: number }>>
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
    "the repository": ({ rest }) => rest.repos.get(shop),
    "a branch": ({ rest }) => rest.repos.getBranch({ ...shop, branch: "main" }),
    "the repository's labels": ({ rest }) => rest.issues.listLabelsForRepo(shop),
    rulesets: ({ rest }) => rest.repos.getRepoRulesets(shop),
    "one ruleset": ({ rest }, { repo }) =>
      rest.repos.getRepoRuleset({ ...shop, ruleset_id: repo.rulesets[0]?.id ?? 0 }),
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
    const { octokit, story, double } = bed();
    const pull = story.kiroDeletesProduction();
    pull.updatedAt = "yesterday";
    expect(await refusal(octokit.rest.pulls.get({ ...shop, pull_number: pull.number }))).toMatchObject({
      status: 500,
      message: expect.stringContaining('/updated_at must match format "date-time"'),
    });
    expect(double.violations).toEqual([expect.stringContaining("/updated_at")]);
    pull.updatedAt = pull.createdAt;
    (double.violations as string[]).length = 0;
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

describe("lists", () => {
  test("have pages and links to the others", async () => {
    const { octokit, world, story } = bed();
    const { kira } = story.people;
    world.branch(story.shop, "long", "main");
    world.push(
      story.shop,
      "long",
      Array.from({ length: 251 }, (_, n) => ({ author: kira, message: `${n}`, changes: { n: `${n}\n` } })),
      kira,
    );
    const pull = world.openPull(story.shop, { head: "long", base: "main", title: "Long", author: kira });
    const first = await octokit.rest.pulls.listCommits({ ...shop, pull_number: pull.number, per_page: 100 });
    expect(first.headers.link).toMatch(/<http:[^>]+page=2[^>]*>; rel="next"/);
    const all = await octokit.paginate(octokit.rest.pulls.listCommits, {
      ...shop,
      pull_number: pull.number,
      per_page: 100,
    });
    expect(all.map(({ commit }) => commit.message)).toEqual(Array.from({ length: 250 }, (_, n) => `${n}`));
    expect((await octokit.rest.pulls.get({ ...shop, pull_number: pull.number })).data.commits).toBe(251);
  });

  test("files end silently at 3,000", async () => {
    const { octokit, world, story } = bed();
    const { kira } = story.people;
    world.branch(story.shop, "wide", "main");
    const changes = Object.fromEntries(Array.from({ length: 3001 }, (_, n) => [`many/${n}.txt`, `${n}\n`]));
    world.commit(story.shop, "wide", { author: kira, by: kira, message: "Wide", changes });
    const pull = world.openPull(story.shop, { head: "wide", base: "main", title: "Wide", author: kira });
    const files = await octokit.paginate(octokit.rest.pulls.listFiles, {
      ...shop,
      pull_number: pull.number,
      per_page: 100,
    });
    expect(files).toHaveLength(3000);
    expect((await octokit.rest.pulls.get({ ...shop, pull_number: pull.number })).data.changed_files).toBe(
      3001,
    );
  });

  test("of pull requests are filtered by base and head", async () => {
    const { octokit, world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.branch(story.shop, "other", "main");
    const list = async (filter: object) =>
      (await octokit.rest.pulls.list({ ...shop, ...filter })).data.map(({ number }) => number);
    expect(await list({ base: "main" })).toEqual([pull.number]);
    expect(await list({ base: "other" })).toEqual([]);
    expect(await list({ head: `acme:${pull.headRef}` })).toEqual([pull.number]);
    world.close(pull, story.people.kira);
    expect(await list({})).toEqual([]);
    expect(await list({ state: "closed" })).toEqual([pull.number]);
  });
});

describe("files", () => {
  test("tell where a renamed file came from", async () => {
    const { octokit, world, story } = bed();
    const { kira } = story.people;
    world.branch(story.shop, "move", "main");
    world.commit(story.shop, "move", {
      author: kira,
      by: kira,
      message: "Move",
      renames: { "infra/production/main.tf": "app/main.txt" },
    });
    const pull = world.openPull(story.shop, { head: "move", base: "main", title: "Move", author: kira });
    const { data } = await octokit.rest.pulls.listFiles({ ...shop, pull_number: pull.number });
    expect(data).toMatchObject([
      { filename: "app/main.txt", previous_filename: "infra/production/main.tf", status: "renamed" },
    ]);
  });

  test("a bare ref may be a tag, a full one is not", async () => {
    const { octokit, world, story } = bed();
    const old = world.tip(story.shop, "main");
    world.setFile(story.shop, "main", "README.md", "new\n", story.people.wes);
    world.tag(story.shop, "main", old);
    const read = async (ref: string) => {
      const { data } = await octokit.rest.repos.getContent({ ...shop, path: "README.md", ref });
      return "content" in data ? Buffer.from(data.content, "base64").toString() : "";
    };
    expect(await read("main")).toContain("The storefront");
    expect(await read("refs/heads/main")).toBe("new\n");
  });
});

describe("who may ask", () => {
  test("nobody without credentials, with wrong ones or with somebody else's key", async () => {
    const { double } = bed();
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const ask = async (authorization?: string) =>
      (await fetch(`${double.url}/api/v3/app`, authorization ? { headers: { authorization } } : {})).status;
    expect(await ask()).toBe(401);
    expect(await ask("token ghs_made_up")).toBe(401);
    expect(await ask(`Bearer ${jwt({ key: stranger })}`)).toBe(401);
    expect(await ask(`Bearer ${jwt({ iss: 1 })}`)).toBe(401);
    expect(await ask(`Bearer ${jwt()}`)).toBe(200);
  });

  test("a private repository is not there for strangers", async () => {
    const { world, octokitOf, octokit } = bed();
    const stranger = world.user("stranger");
    world.repository(stranger, "secret", { private: true });
    expect(await refusal(octokitOf(stranger).rest.repos.get(shop))).toMatchObject({ status: 404 });
    expect(await refusal(octokit.rest.repos.get({ owner: "stranger", repo: "secret" }))).toMatchObject({
      status: 404,
    });
  });

  test("a permission that was withdrawn forbids", async () => {
    const { world, installation, octokit } = bed();
    world.withdrawPermission(installation, "contents");
    expect(await refusal(octokit.rest.repos.getContent({ ...shop, path: "README.md" }))).toMatchObject({
      status: 403,
      message: expect.stringContaining("Resource not accessible by integration"),
    });
    expect((await octokit.rest.repos.get(shop)).status).toBe(200);
  });

  test("a suspended installation gets nothing", async () => {
    const { world, installation, octokit, story } = bed();
    world.suspend(installation, story.people.olga);
    expect(await refusal(octokit.rest.repos.get(shop))).toMatchObject({ status: 403 });
  });

  test("an installation token may be narrowed", async () => {
    const { appOctokit, installation, octokit } = bed();
    const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions: { contents: "read" },
    });
    expect(data.token).toMatch(/^ghs_.{400,}$/);
    const status = await fetch(`${octokit.request.endpoint.DEFAULTS.baseUrl}/repos/acme/shop/pulls`, {
      headers: { authorization: `token ${data.token}` },
    });
    expect(status.status).toBe(403);
  });
});

describe("reviews", () => {
  test("an author approves no pull request of their own", async () => {
    const { world, story, octokitOf } = bed();
    const { kira } = story.people;
    world.branch(story.shop, "own", "main");
    world.commit(story.shop, "own", { author: kira, by: kira, message: "m", changes: { x: "1\n" } });
    const pull = world.openPull(story.shop, { head: "own", base: "main", title: "Own", author: kira });
    expect(
      await refusal(
        octokitOf(kira).rest.pulls.createReview({ ...shop, pull_number: pull.number, event: "APPROVE" }),
      ),
    ).toMatchObject({
      status: 422,
      message: expect.stringContaining("Can not approve your own pull request"),
    });
    expect(
      (
        await octokitOf(story.people.olga).rest.pulls.createReview({
          ...shop,
          pull_number: pull.number,
          event: "APPROVE",
        })
      ).data,
    ).toMatchObject({ state: "APPROVED", commit_id: pull.headSha });
  });

  test("are asked of collaborators only, and one bad name fails all", async () => {
    const { story, octokit } = bed();
    const pull = story.kiroDeletesProduction();
    const ask = (reviewers: string[]) =>
      octokit.rest.pulls.requestReviewers({ ...shop, pull_number: pull.number, reviewers });
    expect(await refusal(ask(["olga", "nobody-at-all"]))).toMatchObject({ status: 422 });
    expect(await refusal(ask(["kiro-agent[bot]"]))).toMatchObject({
      status: 422,
      message: expect.stringContaining("pull request author"),
    });
    expect(pull.requested.size).toBe(0);
    expect((await ask(["olga"])).data.requested_reviewers).toMatchObject([{ login: "olga" }]);
  });
});

describe("check runs", () => {
  const create = (octokit: Octokit, sha: string, more: object = {}) =>
    octokit.rest.checks.create({ ...shop, name: "countersign", head_sha: sha, ...more });

  test("are made by apps only", async () => {
    const { story, octokitOf } = bed();
    const { headSha } = story.kiroDeletesProduction();
    expect(await refusal(create(octokitOf(story.people.kira), headSha))).toMatchObject({
      status: 403,
      message: expect.stringContaining("GitHub App"),
    });
  });

  test("are patched by the app that made them", async () => {
    const { world, story, octokit } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const theirs = world.checkRun(story.shop, headSha, { name: "ci", app: world.app("ci") });
    expect(
      await refusal(octokit.rest.checks.update({ ...shop, check_run_id: theirs.id, conclusion: "success" })),
    ).toMatchObject({ status: 403 });
  });

  test.each([
    { why: "a summary that is too long", output: { title: "t", summary: "x".repeat(65_536) } },
    {
      why: "more than 50 annotations",
      output: {
        title: "t",
        summary: "s",
        annotations: Array.from({ length: 51 }, () => ({
          path: "a",
          start_line: 1,
          end_line: 1,
          annotation_level: "notice" as const,
          message: "m",
        })),
      },
    },
  ])("refuse $why", async ({ output }) => {
    const { story, octokit } = bed();
    const { headSha } = story.kiroDeletesProduction();
    expect(await refusal(create(octokit, headSha, { output }))).toMatchObject({ status: 422 });
  });

  test("keep every change they go through", async () => {
    const { story, octokit, double } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const { data } = await create(octokit, headSha, {
      status: "in_progress",
      output: { title: "Reading", summary: "…" },
    });
    await octokit.rest.checks.update({
      ...shop,
      check_run_id: data.id,
      conclusion: "action_required",
      output: { title: "Waiting", summary: "…" },
    });
    expect(
      double.transitions.map(({ sha, status, conclusion, title }) => ({ sha, status, conclusion, title })),
    ).toEqual([
      { sha: headSha, status: "in_progress", conclusion: null, title: "Reading" },
      { sha: headSha, status: "completed", conclusion: "action_required", title: "Waiting" },
    ]);
    const { data: list } = await octokit.rest.checks.listForRef({ ...shop, ref: headSha });
    expect(list.check_runs).toMatchObject([
      { id: data.id, conclusion: "action_required", output: { title: "Waiting" } },
    ]);
  });
});

describe("what a request costs", () => {
  test("an answer the client has already costs nothing", async () => {
    const { octokit, double, installation } = bed();
    const { headers } = await octokit.rest.repos.get(shop);
    const again = await refusal(
      octokit.request("GET /repos/{owner}/{repo}", {
        ...shop,
        headers: { "if-none-match": headers.etag ?? "" },
      }),
    );
    expect(again.status).toBe(304);
    expect(double.requests.slice(-2)).toEqual([
      {
        method: "GET",
        path: "/api/v3/repos/acme/shop",
        operation: "GET /repos/{owner}/{repo}",
        status: 200,
        installationId: installation.id,
        counted: true,
      },
      {
        method: "GET",
        path: "/api/v3/repos/acme/shop",
        operation: "GET /repos/{owner}/{repo}",
        status: 304,
        installationId: installation.id,
        counted: false,
      },
    ]);
    const { data } = await octokit.rest.rateLimit.get();
    expect(data.resources.core.used).toBe(1);
  });

  test("the app's own requests are not the installation's", () => {
    const [token] = bed().double.requests;
    expect(token).toMatchObject({
      operation: "POST /app/installations/{installation_id}/access_tokens",
      status: 201,
      installationId: null,
      counted: false,
    });
  });
});

describe("what goes wrong on the way", () => {
  const files = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";

  test("an answer instead of the real one, for as often as asked", async () => {
    const { octokit, double, story } = bed();
    const { number } = story.kiroDeletesProduction();
    double.faults.add({
      match: ({ operation }) => operation === files,
      times: 1,
      respond: { status: 422, body: { message: "too large" } },
    });
    expect(await refusal(octokit.rest.pulls.listFiles({ ...shop, pull_number: number }))).toMatchObject({
      status: 422,
    });
    expect((await octokit.rest.pulls.listFiles({ ...shop, pull_number: number })).data).toHaveLength(5);
  });

  test("the real one, cut short", async () => {
    const { octokit, double, story } = bed();
    const { number } = story.kiroDeletesProduction();
    double.faults.add({
      match: ({ operation }) => operation === files,
      respond: (real) => ({ ...real, body: (real.body as unknown[]).slice(0, 2) }),
    });
    expect((await octokit.rest.pulls.listFiles({ ...shop, pull_number: number })).data).toHaveLength(2);
  });

  test("none at all", async () => {
    const { octokit, double } = bed();
    double.faults.add({ match: ({ path }) => path.endsWith("/meta"), respond: "hang" });
    const gone = octokit.request("GET /meta", { request: { signal: AbortSignal.timeout(50) } });
    await expect(gone).rejects.toThrow();
    expect(double.requests.at(-1)).toMatchObject({ status: 0, operation: "GET /meta" });
  });
});
