import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { jwt, refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

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
