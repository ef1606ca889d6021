import { describe, expect, test } from "@jest/globals";
import { refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };
const sre = { org: "acme", team_slug: "sre" };

describe("a team's repositories", () => {
  test("come in pages, each with what the team may do", async () => {
    const { octokit, world, story } = bed();
    for (let count = 0; count < 120; count += 1) world.repository(story.acme, `shop-${count}`);
    const first = await octokit.rest.teams.listReposInOrg({ ...sre, per_page: 100 });
    expect(first.data).toHaveLength(100);
    expect(first.headers.link).toContain('rel="next"');
    const all = await octokit.paginate(octokit.rest.teams.listReposInOrg, { ...sre, per_page: 100 });
    expect(all).toHaveLength(121);
    expect(all[0]).toMatchObject({
      name: "shop",
      role_name: "write",
      permissions: { push: true, admin: false },
    });
  });

  test("are found in GraphQL by any part of a name, in pages", async () => {
    const { octokit, world, story } = bed();
    for (let count = 0; count < 120; count += 1) world.repository(story.acme, `shop-${count}`);
    world.repository(story.acme, "elsewhere");
    const query = `query ($after: String) { organization(login: "acme") { team(slug: "sre") {
      repositories(query: "shop", first: 100, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { permission node { name } }
      }
    } } }`;
    const page = async (after: string | null) => {
      const answer = await octokit.graphql<{
        readonly organization: {
          readonly team: {
            readonly repositories: {
              readonly totalCount: number;
              readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
              readonly edges: readonly unknown[];
            };
          };
        };
      }>(query, { after });
      return answer.organization.team.repositories;
    };
    const first = await page(null);
    expect([first.totalCount, first.edges.length, first.pageInfo.hasNextPage]).toEqual([121, 100, true]);
    const second = await page(first.pageInfo.endCursor);
    expect([second.edges.length, second.pageInfo.hasNextPage]).toEqual([21, false]);
  });

  test("one is asked for exactly", async () => {
    const { octokit, world, story } = bed();
    const ask = (accept: string) =>
      octokit.rest.teams.checkPermissionsForRepoInOrg({ ...sre, ...shop, headers: { accept } });
    expect((await ask("application/vnd.github+json")).status).toBe(204);
    expect((await ask("application/vnd.github.v3.repository+json")).data).toMatchObject({
      role_name: "write",
    });
    world.permission(story.shop, story.teams.sre, "none");
    expect(await refusal(ask("application/vnd.github+json"))).toMatchObject({ status: 404 });
  });

  test("its members come in pages", async () => {
    const { octokit, world, story } = bed();
    for (let count = 0; count < 100; count += 1)
      world.addToTeam(story.teams.sre, world.user(`person-${count}`), story.people.olga);
    const all = await octokit.paginate(octokit.rest.teams.listMembersInOrg, { ...sre, per_page: 100 });
    expect(all).toHaveLength(102);
  });

  test("teams of the organization are listed", async () => {
    const { data } = await bed().octokit.rest.teams.list({ org: "acme" });
    expect(data.map(({ slug }) => slug)).toEqual(["sre", "data", "web"]);
  });
});

describe("a branch's activity", () => {
  const activity = async (query: object = {}) => {
    const { data } = await bed().octokit.rest.repos.listActivities({ ...shop, ref: "work", ...query });
    return data.map(({ activity_type, actor }) => [activity_type, actor?.login]);
  };

  function busy(): void {
    const { world, story, installation } = bed();
    const { kira, sam, olga, mallory } = story.people;
    world.createBranch(story.shop, "work", "main", kira);
    world.commit(story.shop, "work", { author: sam, by: sam, message: "m", changes: { x: "1" } });
    world.forcePush(story.shop, "work", world.tip(story.shop, "main"), mallory);
    world.commit(story.shop, "work", { author: kira, by: kira, message: "m", changes: { y: "1" } });
    const pull = world.openPull(story.shop, { head: "work", base: "main", title: "t", author: kira });
    const { app } = installation;
    world.checkRun(story.shop, pull.headSha, { app, name: "countersign", conclusion: "success" });
    world.merge(pull, olga);
    world.deleteBranch(story.shop, "work", olga);
  }

  test("tells who did what, newest first", async () => {
    busy();
    expect(await activity()).toEqual([
      ["branch_deletion", "olga"],
      ["push", "kira"],
      ["force_push", "mallory"],
      ["push", "sam"],
      ["branch_creation", "kira"],
    ]);
    expect(await activity({ ref: "main" })).toEqual([["pr_merge", "olga"]]);
  });

  test("is filtered by actor, kind and time, and turned round", async () => {
    busy();
    expect(await activity({ actor: "kira", direction: "asc" })).toEqual([
      ["branch_creation", "kira"],
      ["push", "kira"],
    ]);
    expect(await activity({ activity_type: "force_push" })).toEqual([["force_push", "mallory"]]);
    expect(await activity({ time_period: "day" })).toHaveLength(5);
  });

  test("goes on after a cursor", async () => {
    busy();
    const { octokit } = bed();
    const { headers, data } = await octokit.rest.repos.listActivities({ ...shop, ref: "work", per_page: 2 });
    expect([data.length, headers.link]).toEqual([2, expect.stringMatching(/after=\d+>; rel="next"/)]);
    const all = await octokit.paginate(octokit.rest.repos.listActivities, {
      ...{ ...shop, ref: "work", per_page: 2 },
    });
    expect(all).toHaveLength(5);
  });
});

describe("check suites of a commit", () => {
  test("tell the branch and the push they were made for", async () => {
    const { octokit, story, world } = bed();
    const { headSha, headRef } = story.kiroDeletesProduction();
    world.branch(story.shop, "another", headSha);
    const { data } = await octokit.rest.checks.listSuitesForRef({ ...shop, ref: headSha });
    expect(data).toMatchObject({
      total_count: 1,
      check_suites: [{ head_branch: headRef, head_sha: headSha, after: headSha }],
    });
    const { data: none } = await octokit.rest.checks.listSuitesForRef({ ...shop, ref: headSha, app_id: 1 });
    expect(none.total_count).toBe(0);
    const query = `query ($sha: GitObjectID!) { repository(owner: "acme", name: "shop") { object(oid: $sha) {
      ... on Commit { checkSuites(first: 5) { nodes { branch { name } push { pusher { login } } } } }
    } } }`;
    expect(await octokit.graphql(query, { sha: headSha })).toEqual({
      repository: {
        object: {
          checkSuites: { nodes: [{ branch: { name: headRef }, push: { pusher: { login: "kiro-agent" } } }] },
        },
      },
    });
  });
});

describe("a repository's pull requests in GraphQL", () => {
  test("come in the order that is asked for", async () => {
    const { octokit, world, story } = bed();
    const numbers = ["a", "b", "c"].map((head) => {
      world.branch(story.shop, head, "main");
      const { kira } = story.people;
      const changes = { [head]: head };
      world.commit(story.shop, head, { author: kira, by: kira, message: head, changes });
      return world.openPull(story.shop, { head, base: "main", title: head, author: kira });
    });
    const [first, , last] = numbers;
    if (first === undefined || last === undefined) throw new Error("three were opened");
    first.updatedAt = "2031-01-01T00:00:00Z";
    const inOrder = async (field: string, direction: string) => {
      const query = `{ repository(owner: "acme", name: "shop") {
        pullRequests(first: 10, orderBy: { field: ${field}, direction: ${direction} }) { nodes { number } }
      } }`;
      const { repository } = await octokit.graphql<{
        readonly repository: {
          readonly pullRequests: { readonly nodes: readonly { readonly number: number }[] };
        };
      }>(query);
      return repository.pullRequests.nodes.map(({ number }) => number);
    };
    const opened = numbers.map(({ number }) => number);
    expect(await inOrder("CREATED_AT", "ASC")).toEqual(opened);
    expect(await inOrder("CREATED_AT", "DESC")).toEqual(opened.toReversed());
    expect((await inOrder("UPDATED_AT", "DESC"))[0]).toBe(first.number);
    expect((await inOrder("UPDATED_AT", "ASC")).at(-1)).toBe(first.number);
  });
});
