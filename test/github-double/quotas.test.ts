import { describe, expect, test } from "@jest/globals";
import { refusal, useOriginStory } from "../story/setup.ts";
import type { Resource } from "./rest/limits.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

const byRest = () => bed().octokit.rest.repos.get(shop);
const byGraphql = () => bed().octokit.graphql(`{ repository(owner: "acme", name: "shop") { id } }`);
const asking: Readonly<Record<Resource, () => Promise<unknown>>> = { core: byRest, graphql: byGraphql };

describe("REST and GraphQL have a budget each", () => {
  test.each([
    { used: "core", left: "graphql" },
    { used: "graphql", left: "core" },
  ] as const)("$used is used up while $left goes on", async ({ used, left }) => {
    const { double, installation } = bed();
    double.limits.exhaust(installation, used);

    await expect(asking[used]()).rejects.toMatchObject({
      message: expect.stringContaining("API rate limit exceeded for installation ID"),
    });
    await expect(asking[left]()).resolves.toBeDefined();

    double.limits.refill(installation, used);
    await expect(asking[used]()).resolves.toBeDefined();
  });

  test("what is left counts down to nothing, and is always told", async () => {
    const { octokit, double, installation } = bed();
    double.limits.exhaust(installation, "core", 1);

    expect((await byRest()).headers).toMatchObject({
      "x-ratelimit-resource": "core",
      "x-ratelimit-remaining": "0",
    });
    expect(await refusal(byRest())).toMatchObject({ status: 403 });
    const { data } = await octokit.rest.rateLimit.get();
    expect([data.resources.core.remaining, data.resources.graphql?.remaining]).toEqual([0, 5000]);
  });

  test("GraphQL says so in an answer of 200", async () => {
    const { double, octokit, installation } = bed();
    double.limits.exhaust(installation, "graphql");
    await expect(octokit.graphql("{ rateLimit { cost } }")).rejects.toMatchObject({
      errors: [{ type: "RATE_LIMITED" }],
      headers: { "x-ratelimit-resource": "graphql", "x-ratelimit-remaining": "0" },
    });
  });

  test("one installation's budget is not another's", async () => {
    const { double, world, installation } = bed();
    const other = world.install(installation.app, world.org("globex"));
    double.limits.exhaust(other, "core");
    await expect(byRest()).resolves.toBeDefined();
  });
});

describe("content", () => {
  const comment = (body: string) =>
    bed().octokit.rest.issues.createComment({ ...shop, issue_number: 1, body });

  test("is limited in a minute, and reading is not", async () => {
    const { double, story } = bed();
    story.kiroDeletesProduction();
    double.limits.limitContent({ perMinute: 2 });
    await comment("one");
    await comment("two");

    expect(await refusal(comment("three"))).toMatchObject({
      status: 403,
      message: expect.stringContaining("secondary rate limit"),
    });
    await expect(byRest()).resolves.toBeDefined();

    double.limits.limitContent(null);
    await comment("four");
  });

  test.each([
    { checks: true, second: false },
    { checks: false, second: true },
  ])("counts checks, by REST and GraphQL together: $checks", async ({ checks, second }) => {
    const { octokit, double, story } = bed();
    const { headSha } = story.kiroDeletesProduction();
    double.limits.limitContent({ perHour: 1, checks });
    await octokit.rest.checks.create({ ...shop, name: "countersign", head_sha: headSha });
    const { repository } = await octokit.graphql<{ readonly repository: { readonly id: string } }>(
      `{ repository(owner: "acme", name: "shop") { id } }`,
    );

    const made = octokit.graphql(
      `mutation ($input: CreateCheckRunInput!) { createCheckRun(input: $input) { checkRun { id } } }`,
      { input: { repositoryId: repository.id, headSha, name: "countersign" } },
    );

    expect(await made.then(Boolean, () => false)).toBe(second);
  });

  test("a secondary limit of any other kind is a fault", async () => {
    const { double } = bed();
    double.faults.secondaryLimit(() => true, { times: 1, retryAfter: 7 });
    await expect(byRest()).rejects.toMatchObject({
      status: 403,
      response: { headers: { "retry-after": "7" } },
    });
    await expect(byRest()).resolves.toBeDefined();
  });
});
