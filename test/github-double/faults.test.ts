import { describe, expect, test } from "@jest/globals";
import { refusal, useOriginStory } from "../story/setup.ts";
import type { Match } from "./faults.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };
const members = { org: "acme", team_slug: "sre" };

const to =
  (operation: string): Match =>
  (request) =>
    request.operation === operation;
const MAKE_RUN = to("POST /repos/{owner}/{repo}/check-runs");
const LIST_MEMBERS = to("GET /orgs/{org}/teams/{team_slug}/members");
const GRAPHQL = to("POST /graphql");

describe("a lost answer", () => {
  test("leaves what was asked for done, and the connection closed", async () => {
    const { octokit, double, story } = bed();
    const { headSha, repo } = story.kiroDeletesProduction();
    double.faults.loseAnswer(MAKE_RUN, { times: 1 });
    const run = { ...shop, name: "countersign", head_sha: headSha };

    await expect(octokit.rest.checks.create(run)).rejects.toThrow();

    expect(repo.runs).toHaveLength(1);
    expect(double.requests.at(-1)).toMatchObject({ status: 0 });
    expect((await octokit.rest.checks.create(run)).status).toBe(201);
  });

  test("may leave the connection open", async () => {
    const { octokit, double, story } = bed();
    const { headSha, repo } = story.kiroDeletesProduction();
    double.faults.loseAnswer(MAKE_RUN, { how: "hang" });
    const patience = new AbortController();
    const lost = octokit.rest.checks.create({
      ...shop,
      name: "countersign",
      head_sha: headSha,
      request: { signal: patience.signal },
    });
    lost.catch(() => {});

    while (repo.runs.length === 0) await new Promise((resolve) => setImmediate(resolve));
    patience.abort();

    await expect(lost).rejects.toThrow();
  });

  test("differs from a connection that was closed before anything was done", async () => {
    const { octokit, double, story } = bed();
    const { headSha, repo } = story.kiroDeletesProduction();
    double.faults.add({ match: MAKE_RUN, respond: "drop" });
    const run = { ...shop, name: "countersign", head_sha: headSha };

    await expect(octokit.rest.checks.create(run)).rejects.toThrow();

    expect(repo.runs).toEqual([]);
  });
});

describe("a held answer", () => {
  test.each([
    { as: "asked", still: ["olga", "sam"] },
    { as: "released", still: ["sam"] },
  ] as const)("tells what was true when it was $as", async ({ as, still }) => {
    const { octokit, double, world, story } = bed();
    const held = double.faults.hold(LIST_MEMBERS, { as });
    const asking = octokit.rest.teams.listMembersInOrg(members);
    await held.asked();

    world.removeFromTeam(story.teams.sre, story.people.olga, story.people.sam);
    held.release();

    expect((await asking).data.map(({ login }) => login)).toEqual(still);
    expect((await octokit.rest.teams.listMembersInOrg(members)).data).toHaveLength(1);
  });

  test("is let go one by one, and never fails the others", async () => {
    const { octokit, double } = bed();
    const held = double.faults.hold(LIST_MEMBERS, { times: 2 });
    const first = octokit.rest.teams.listMembersInOrg(members);
    await held.asked(1);
    const second = octokit.rest.teams.listMembersInOrg({ ...members, team_slug: "data" });
    await held.asked(2);

    held.releaseOne();
    expect((await first).data).toHaveLength(2);
    expect(double.requests.at(-1)).toMatchObject({ status: 0 });
    held.releaseOne();
    expect((await second).data).toHaveLength(1);
    expect((await octokit.rest.teams.listMembersInOrg(members)).data).toHaveLength(2);
  });
});

describe("a token that GitHub refuses", () => {
  test("stays refused until a new one is made", async () => {
    const { octokit, appOctokit, double, installation } = bed();
    double.tokens.refuse(installation);

    expect(await refusal(octokit.rest.repos.get(shop))).toMatchObject({ status: 401 });
    const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
    });

    const headers = { authorization: `token ${data.token}` };
    expect((await fetch(`${double.url}/api/v3/repos/acme/shop`, { headers })).status).toBe(200);
  });
});

describe("a list", () => {
  test.each([403, 404, 502])("is refused once with %i", async (status) => {
    const { octokit, double } = bed();
    double.faults.refuse(LIST_MEMBERS, status, { times: 1 });
    expect(await refusal(octokit.rest.teams.listMembersInOrg(members))).toMatchObject({ status });
    expect((await octokit.rest.teams.listMembersInOrg(members)).data).toHaveLength(2);
  });

  test.each([
    {
      why: "of the body itself",
      operation: "GET /orgs/{org}/teams/{team_slug}/members",
      ask: async () => (await bed().octokit.rest.teams.listMembersInOrg(members)).data,
      empty: [],
    },
    {
      why: "in the body",
      operation: "GET /installation/repositories",
      ask: async () => (await bed().octokit.rest.apps.listReposAccessibleToInstallation()).data,
      empty: { total_count: 0, repositories: [], repository_selection: "all" },
    },
  ])("$why comes back empty once", async ({ operation, ask, empty }) => {
    bed().double.faults.emptyList(to(operation), { times: 1 });
    expect(await ask()).toEqual(empty);
    expect(await ask()).not.toEqual(empty);
  });

  test("of GraphQL is emptied by name, and the rest stays", async () => {
    const { octokit, double } = bed();
    double.faults.emptyList(GRAPHQL, { times: 1, connections: ["members"] });
    const query = `{ organization(login: "acme") { team(slug: "sre") {
      slug members(first: 10) { totalCount nodes { login } pageInfo { hasNextPage } }
    } } }`;
    expect(await octokit.graphql(query)).toEqual({
      organization: {
        team: { slug: "sre", members: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } } },
      },
    });
    expect(await octokit.graphql(query)).toMatchObject({
      organization: { team: { members: { totalCount: 2 } } },
    });
  });
});
