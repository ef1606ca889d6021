import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly type?: string;
    readonly path?: readonly unknown[];
    readonly message: string;
  }[];
}

/** What stands at a path of names and indexes joined by dots. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((found, name) => Object(found)[name], value);
}

async function ask(query: string, variables: object = {}): Promise<Answer> {
  const { double, world, story } = bed();
  const authorization = `token ${world.userToken(story.people.olga)}`;
  const response = await fetch(`${double.url}/api/graphql`, {
    method: "POST",
    headers: { authorization },
    body: JSON.stringify({ query, variables }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

const inShop = (selection: string) => `{ repository(owner: "acme", name: "shop") { ${selection} } }`;
const inPull = (selection: string) => inShop(`pullRequest(number: 1) { ${selection} }`);

const SHARED = new URL("../../../shared/facts/evaluation-query.graphql", import.meta.url);

(existsSync(SHARED) ? test : test.skip)("one evaluation in one request runs without an error", async () => {
  const { world, story } = bed();
  const pull = story.kiroDeletesProduction();
  world.forcePush(
    story.shop,
    pull.headRef,
    world.commit(story.shop, pull.headRef, {
      author: story.people.kira,
      by: story.people.kira,
      message: "m",
      changes: { x: "" },
    }).sha,
    story.people.kira,
  );
  const review = world.review(pull, story.people.olga, "CHANGES_REQUESTED");
  world.dismiss(pull, review, story.people.kira, "please");
  world.assign(pull, story.bots.kiro, story.people.kira);
  world.requestReviewers(pull, [story.people.sam, story.teams.sre], story.people.kira);
  const variables = { owner: "acme", name: "shop", number: 1, policyRef: "refs/heads/main", appId: 4242 };
  const { data, errors } = await ask(readFileSync(SHARED, "utf8"), variables);
  expect(errors).toBeUndefined();
  expect(at(data, "rateLimit")).toMatchObject({ cost: 1, nodeCount: 1682 });
  expect(at(data, "repository.policy.target.codeowners1.object.text")).toContain("@acme/sre");
  expect(at(data, "repository.policy.target.config")).toBeNull();
});

describe("who is who", () => {
  test("a bot has no [bot] and a user of the same name stays a user", async () => {
    const { world, story } = bed();
    story.kiroDeletesProduction();
    world.user("kiro-agent");
    const { data } = await ask(inPull("author { __typename login ... on Bot { databaseId } }"));
    expect(at(data, "repository.pullRequest.author")).toEqual({
      __typename: "Bot",
      login: "kiro-agent",
      databaseId: 245459735,
    });
  });

  test("Copilot keeps its REST login and shows its app's slug here", async () => {
    const { world, story } = bed();
    const copilot = world.bot("Copilot", { id: 198982749, appSlug: "copilot-swe-agent" });
    world.branch(story.shop, "copilot/x", "main");
    world.commit(story.shop, "copilot/x", { author: copilot, by: copilot, message: "m", changes: { x: "" } });
    world.openPull(story.shop, { head: "copilot/x", base: "main", title: "t", author: copilot });
    const { data } = await ask(inPull("author { login }"));
    expect(at(data, "repository.pullRequest.author.login")).toBe("copilot-swe-agent");
    const { data: pull } = await bed().octokit.rest.pulls.get({
      owner: "acme",
      repo: "shop",
      pull_number: 1,
    });
    expect(pull.user).toMatchObject({ login: "Copilot", type: "Bot" });
  });

  test("a git address leads to users, never to bots, and co-authors are read from the message", async () => {
    const { world, story } = bed();
    const { kira } = story.people;
    const pull = story.kiroDeletesProduction();
    world.commit(story.shop, pull.headRef, {
      author: kira,
      by: kira,
      message: `m\n\nCo-authored-by: kiro-agent[bot] <245459735+kiro-agent[bot]@users.noreply.github.com>\nCo-authored-by: A B <a@b.c>`,
      changes: { x: "" },
    });
    const { data } = await ask(
      inPull(
        "commits(last: 1) { nodes { commit { authors(first: 10) { nodes { name email user { login } } } } } }",
      ),
    );
    expect(at(data, "repository.pullRequest.commits.nodes.0.commit.authors.nodes")).toEqual([
      { name: "Kira Novak", email: `${kira.id}+kira@users.noreply.github.com`, user: { login: "kira" } },
      { name: "kiro-agent[bot]", email: "245459735+kiro-agent[bot]@users.noreply.github.com", user: null },
      { name: "A B", email: "a@b.c", user: null },
    ]);
  });

  test("a deleted account is nobody", async () => {
    const { world, story } = bed();
    story.kiroDeletesProduction();
    world.deleteAccount(story.bots.kiro);
    const { data } = await ask(inPull("author { login }"));
    expect(at(data, "repository.pullRequest.author")).toBeNull();
  });

  test("spreading a bot where only a user can be refuses the whole query", async () => {
    story();
    const { data, errors } = await ask(
      inPull("commits(last: 1) { nodes { commit { author { user { ... on Bot { login } } } } } }"),
    );
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain("Bot");
  });

  const story = () => bed().story.kiroDeletesProduction();
});

describe("reviews", () => {
  test("the newest opinion of each writer, comments aside", async () => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.review(pull, story.people.olga, "APPROVED");
    world.review(pull, story.people.olga, "COMMENTED", "one more thing");
    world.review(pull, world.user("passer-by"), "APPROVED");
    const { data } = await ask(
      inPull(
        "latestOpinionatedReviews(first: 10, writersOnly: true) { nodes { state author { login } authorCanPushToRepository } }",
      ),
    );
    expect(at(data, "repository.pullRequest.latestOpinionatedReviews.nodes")).toEqual([
      { state: "APPROVED", author: { login: "olga" }, authorCanPushToRepository: true },
    ]);
  });
});

describe("teams", () => {
  test("members of child teams are members; several teams in one document", async () => {
    const { world, story } = bed();
    world.team(story.acme, "oncall", { members: [story.people.wes], parent: story.teams.sre });
    const { data } = await ask(`{ organization(login: "acme") {
      a: team(slug: "sre") { members(first: 100, membership: ALL) { totalCount nodes { login } } }
      b: team(slug: "sre") { members(first: 100, membership: IMMEDIATE) { nodes { login } } }
      c: team(slug: "nobody") { id }
    } }`);
    expect(at(data, "organization")).toEqual({
      a: { members: { totalCount: 3, nodes: [{ login: "olga" }, { login: "sam" }, { login: "wes" }] } },
      b: { members: { nodes: [{ login: "olga" }, { login: "sam" }] } },
      c: null,
    });
  });
});

describe("what is not there", () => {
  test("is null with an error that says where, and the rest still comes", async () => {
    const { data, errors } = await ask(
      `{ a: repository(owner: "acme", name: "none") { id } b: repository(owner: "acme", name: "shop") { name } }`,
    );
    expect(data).toEqual({ a: null, b: { name: "shop" } });
    expect(errors).toMatchObject([
      {
        type: "NOT_FOUND",
        path: ["a"],
        message: "Could not resolve to a Repository with the name 'acme/none'.",
      },
    ]);
  });

  test("a file is null without an error", async () => {
    const { data, errors } = await ask(inShop(`object(expression: "refs/heads/main:nowhere") { id }`));
    expect([at(data, "repository.object"), errors]).toEqual([null, undefined]);
  });

  test("a field the double does not hold is an error, not a silent null", async () => {
    bed().provoked.push(/stargazerCount/);
    const { errors } = await ask(inShop("stargazerCount"));
    expect(errors?.[0]?.message).toBe("the double has nothing for Repository.stargazerCount");
  });

  test("what a permission is missing for is forbidden", async () => {
    const { world, installation, octokit, story } = bed();
    story.kiroDeletesProduction();
    world.withdrawPermission(installation, "contents");
    const answer = octokit.graphql(inShop("defaultBranchRef { name }"));
    await expect(answer).rejects.toMatchObject({
      errors: [{ type: "FORBIDDEN", path: ["repository", "defaultBranchRef"] }],
    });
  });
});

describe("pages", () => {
  test.each([
    {
      why: "no size",
      selection: "labels { totalCount }",
      says: "You must provide a `first` or `last` value",
    },
    { why: "too large", selection: "labels(first: 101) { totalCount }", says: "Requesting 101 records" },
  ])("$why is refused", async ({ selection, says }) => {
    expect((await ask(inShop(selection))).errors?.[0]?.message).toContain(says);
  });

  test("go on where the cursor stands", async () => {
    const labels =
      "labels(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { name } }";
    const page = async (after: unknown) => {
      const { data } = await ask(`query ($after: String) ${inShop(labels)}`, { after });
      return at(data, "repository.labels");
    };
    const first = await page(null);
    expect(first).toMatchObject({
      nodes: [{ name: "bug" }, { name: "documentation" }],
      pageInfo: { hasNextPage: true },
    });
    expect(await page(at(first, "pageInfo.endCursor"))).toMatchObject({
      totalCount: 3,
      nodes: [{ name: "enhancement" }],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe("the head commit", () => {
  test("tells who pushed it and which pull requests hold it", async () => {
    const { story } = bed();
    story.kiroDeletesProduction();
    const { data } = await ask(
      inPull(`commits(last: 1) { nodes { commit {
        associatedPullRequests(first: 10) { nodes { number } }
        checkSuites(first: 1, filterBy: { appId: 4242 }) { nodes { push { pusher { login } } } }
      } } }`),
    );
    expect(at(data, "repository.pullRequest.commits.nodes.0.commit")).toEqual({
      associatedPullRequests: { nodes: [{ number: 1 }] },
      checkSuites: { nodes: [{ push: { pusher: { login: "kiro-agent" } } }] },
    });
  });

  test("comments and other events stand in one timeline", async () => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.comment(pull, story.people.kira, "@kiro-agent go on");
    world.copilotWorkStarted(pull, story.people.kira);
    const { data } = await ask(
      inPull(
        "timelineItems(first: 10, itemTypes: [ISSUE_COMMENT]) { totalCount nodes { ... on IssueComment { body author { login } } } }",
      ),
    );
    expect(at(data, "repository.pullRequest.timelineItems")).toEqual({
      totalCount: 1,
      nodes: [{ body: "@kiro-agent go on", author: { login: "kira" } }],
    });
  });
});
