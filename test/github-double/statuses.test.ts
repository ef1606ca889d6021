import { describe, expect, test } from "@jest/globals";
import { refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

const STATUS = `query ($oid: GitObjectID!) { repository(owner: "acme", name: "shop") { object(oid: $oid) {
  ... on Commit { status {
    contexts { context state description }
    context(name: "ci") { state creator { login } }
  } }
} } }`;

describe("statuses of a commit", () => {
  test("in GraphQL: the latest of each context, or none at all", async () => {
    const { octokit, world, story } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const ask = () => octokit.graphql(STATUS, { oid: headSha });
    expect(await ask()).toEqual({ repository: { object: { status: null } } });

    const { kira } = story.people;
    world.status(story.shop, headSha, { context: "ci", state: "pending", by: kira });
    world.status(story.shop, headSha, { context: "ci", state: "failure", description: "Red", by: kira });
    expect(await ask()).toEqual({
      repository: {
        object: {
          status: {
            contexts: [{ context: "ci", state: "FAILURE", description: "Red" }],
            context: { state: "FAILURE", creator: { login: "kira" } },
          },
        },
      },
    });
  });

  test("in REST: all of them, newest first, in pages", async () => {
    const { octokit, world, story } = bed();
    const { headSha } = story.kiroDeletesProduction();
    for (const state of ["pending", "failure", "success"] as const)
      world.status(story.shop, headSha, { context: "ci", state, by: story.people.kira });
    const list = { ...shop, ref: headSha, per_page: 1 };
    const { data, headers } = await octokit.rest.repos.listCommitStatusesForRef(list);
    expect(data.map(({ state }) => state)).toEqual(["success"]);
    expect(headers.link).toMatch(/[?&]page=3>; rel="last"/);
  });

  test("are a thousand of a context, and no more", async () => {
    const { octokit, world, story } = bed();
    const { headSha: sha } = story.kiroDeletesProduction();
    const { kira } = story.people;
    for (let count = 0; count < 1000; count += 1)
      world.status(story.shop, sha, { context: "ci", state: "failure", by: kira });
    const set = (context: string) =>
      octokit.rest.repos.createCommitStatus({ ...shop, sha, context, state: "success" });
    expect(await refusal(set("ci"))).toMatchObject({ status: 422 });
    expect((await set("lint")).status).toBe(201);
  });
});
