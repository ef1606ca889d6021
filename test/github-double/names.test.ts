import { describe, expect, test } from "@jest/globals";
import { refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

const inGraphql = (owner: string, name: string, followRenames: boolean) =>
  bed().octokit.graphql<{ readonly repository: { readonly databaseId: number; readonly id: string } }>(
    `query ($owner: String!, $name: String!, $followRenames: Boolean) {
      repository(owner: $owner, name: $name, followRenames: $followRenames) { databaseId id nameWithOwner }
    }`,
    { owner, name, followRenames },
  );

describe("a repository with another name", () => {
  test.each([
    {
      why: "renamed",
      act: () => bed().world.renameRepository(bed().story.shop, "store", bed().story.people.olga),
      now: "acme/store",
    },
    {
      why: "its organization renamed",
      act: () => bed().world.renameAccount(bed().story.acme, "acme-corp"),
      now: "acme-corp/shop",
    },
  ])("$why: the old one leads to it", async ({ act, now }) => {
    const { octokit, story, double, octokitOf } = bed();
    act();
    const { data } = await octokit.rest.repos.get(shop);
    expect(data).toMatchObject({ id: story.shop.id, full_name: now });
    const redirect = await fetch(`${double.url}/api/v3/repos/acme/shop/pulls?state=all`, {
      redirect: "manual",
      headers: { authorization: `token ${bed().world.userToken(story.people.olga)}` },
    });
    expect(redirect.status).toBe(301);
    expect(redirect.headers.get("location")).toBe(
      `${double.url}/api/v3/repositories/${story.shop.id}/pulls?state=all`,
    );
    expect((await octokitOf(story.people.olga).rest.pulls.list(shop)).data).toEqual([]);
    expect(await inGraphql("acme", "shop", true)).toMatchObject({
      repository: { databaseId: story.shop.id, nameWithOwner: now },
    });
    await expect(inGraphql("acme", "shop", false)).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
  });

  test("what writes is sent on with 307, and reaches it", async () => {
    const { octokit, world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.renameRepository(story.shop, "store", story.people.olga);
    await octokit.rest.issues.createComment({ ...shop, issue_number: pull.number, body: "still here" });
    expect(pull.comments).toHaveLength(1);
  });

  test("something new of the old name takes it", async () => {
    const { octokit, world, story } = bed();
    world.renameRepository(story.shop, "store", story.people.olga);
    const fresh = world.repository(story.acme, "shop");
    expect((await octokit.rest.repos.get(shop)).data.id).toBe(fresh.id);
  });

  test("one who may not see it is not told where it went", async () => {
    const { world, story, octokitOf } = bed();
    world.renameRepository(story.shop, "store", story.people.olga);
    const stranger = world.user("stranger");
    expect(await refusal(octokitOf(stranger).rest.repos.get(shop))).toMatchObject({ status: 404 });
  });

  test("transferred: its new owner's rules hold", async () => {
    const { octokit, world, story } = bed();
    world.transferRepository(story.shop, world.org("globex"), story.people.olga);
    expect(await refusal(octokit.rest.repos.get(shop))).toMatchObject({ status: 404 });
    expect(world.permissionOf(story.shop, story.people.wes)).toBe("none");
  });
});

describe("a repository deleted and made again under its name", () => {
  test("has other ids and nothing of the old one", async () => {
    const { octokit, world, story } = bed();
    const pull = story.kiroDeletesProduction();
    const before = await inGraphql("acme", "shop", false);
    world.deleteRepository(story.shop, story.people.olga);
    expect(await refusal(octokit.rest.repos.get(shop))).toMatchObject({ status: 404 });

    const fresh = world.repository(story.acme, "shop");

    const after = await inGraphql("acme", "shop", false);
    expect(after.repository.databaseId).toBe(fresh.id);
    expect(after.repository.id).not.toBe(before.repository.id);
    expect(await refusal(octokit.rest.pulls.get({ ...shop, pull_number: pull.number }))).toMatchObject({
      status: 404,
    });
  });

  test("a pull request from a fork that is gone has no head repository", async () => {
    const { octokit, world, story, provoked } = bed();
    const fork = world.fork(story.shop, story.people.mallory);
    const { mallory } = story.people;
    world.commit(fork, "main", { author: mallory, by: mallory, message: "m", changes: { x: "" } });
    const given = { head: "main", base: "main", title: "t", author: mallory, headRepo: fork };
    world.openPull(story.shop, given);
    world.deleteRepository(fork, mallory);
    const { repository } = await octokit.graphql<{
      readonly repository: { readonly pullRequest: { readonly headRepository: unknown } };
    }>(`{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { headRepository { id } } } }`);
    expect(repository.pullRequest.headRepository).toBeNull();
    // GitHub's description says that there is always one.
    provoked.push(/head\/repo must be object/);
    await refusal(octokit.rest.pulls.get({ ...shop, pull_number: 1 }));
  });
});

describe("what is asked for by its id", () => {
  test("is found whatever it is called", async () => {
    const { octokit, world, story } = bed();
    const pull = story.kiroDeletesProduction();
    const { repository } = await octokit.graphql<{
      readonly repository: { readonly id: string; readonly pullRequest: { readonly id: string } };
    }>(`{ repository(owner: "acme", name: "shop") { id pullRequest(number: 1) { id } } }`);
    world.renameAccount(story.acme, "acme-corp");
    world.renameAccount(story.people.kira, "kira-n");
    const query = `query ($repository: ID!, $pull: ID!) {
      repository: node(id: $repository) { ... on Repository { nameWithOwner } }
      pull: node(id: $pull) { ... on PullRequest { number } }
    }`;
    expect(
      await octokit.graphql(query, { repository: repository.id, pull: repository.pullRequest.id }),
    ).toEqual({ repository: { nameWithOwner: "acme-corp/shop" }, pull: { number: pull.number } });
    const { data } = await octokit.request("GET /user/{account_id}", { account_id: story.people.kira.id });
    expect(data.login).toBe("kira-n");
    const { data: byId } = await octokit.request("GET /repositories/{id}", { id: story.shop.id });
    expect(byId).toMatchObject({ full_name: "acme-corp/shop" });
  });
});

describe("an account with another name", () => {
  test("keeps its id, and the old name is nobody's until somebody takes it", async () => {
    const { octokit, world, story } = bed();
    const { kira } = story.people;
    world.renameAccount(kira, "kira-n");
    expect((await octokit.rest.users.getByUsername({ username: "kira-n" })).data.id).toBe(kira.id);
    expect(await refusal(octokit.rest.users.getByUsername({ username: "kira" }))).toMatchObject({
      status: 404,
    });
    const other = world.user("kira");
    expect((await octokit.rest.users.getByUsername({ username: "kira" })).data.id).toBe(other.id);
  });

  test("an app's account goes with its app", async () => {
    const { octokit, world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.renameAccount(story.bots.kiro, "kiro-next");
    const { data } = await octokit.rest.pulls.get({ ...shop, pull_number: pull.number });
    expect(data.user).toMatchObject({ login: "kiro-next[bot]", id: story.bots.kiro.id });
  });

  test("an organization is found under its new name alone, with its teams", async () => {
    const { octokit, world, story } = bed();
    world.renameAccount(story.acme, "acme-corp");
    const ask = (org: string) => octokit.rest.teams.listMembersInOrg({ org, team_slug: "sre" });
    expect((await ask("acme-corp")).data).toHaveLength(2);
    expect(await refusal(ask("acme"))).toMatchObject({ status: 404 });
  });
});
