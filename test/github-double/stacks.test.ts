import { describe, expect, test } from "@jest/globals";
import { useOriginStory } from "../story/setup.ts";
import { startDouble } from "./double.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

/** Two pull requests, the second on top of the first, which goes into `release`. */
function stacked() {
  const { world, story } = bed();
  const { kira } = story.people;
  world.branch(story.shop, "release", "main");
  const open = (head: string, base: string) => {
    world.branch(story.shop, head, base);
    world.commit(story.shop, head, { author: kira, by: kira, message: "m", changes: { [head]: "1\n" } });
    return world.openPull(story.shop, { head, base, title: head, author: kira });
  };
  const lower = open("lower", "release");
  const upper = open("upper", "lower");
  return { lower, upper, stack: world.stack([lower, upper], kira) };
}

const QUERY = `query ($number: Int!) {
  repository(owner: "acme", name: "shop") { pullRequest(number: $number) { baseRefName stack { size baseRefName } } }
}`;

describe("a stack", () => {
  test("is told by REST and by GraphQL, with the branch below it", async () => {
    const { octokit } = bed();
    const { upper } = stacked();
    const { data } = await octokit.rest.pulls.get({ ...shop, pull_number: upper.number });
    expect(data).toMatchObject({ stack: { size: 2, position: 2, base: { ref: "release" } } });
    expect(await octokit.graphql(QUERY, { number: upper.number })).toEqual({
      repository: { pullRequest: { baseRefName: "lower", stack: { size: 2, baseRefName: "release" } } },
    });
  });

  test("that is dissolved is told no more", async () => {
    const { world, story, octokit } = bed();
    const { upper, stack } = stacked();
    world.unstack(stack, story.people.kira);
    const { data } = await octokit.rest.pulls.get({ ...shop, pull_number: upper.number });
    expect(data).not.toHaveProperty("stack");
  });

  test("is judged by the rules of the branch below it", () => {
    const { world, story } = bed();
    const { upper } = stacked();
    expect(world.whyNotMergeable(upper, story.people.kira)).toBeNull();
    world.ruleset(story.shop, { branches: ["release"], requiredChecks: [{ context: "countersign" }] });
    expect(world.whyNotMergeable(upper, story.people.kira)).toContain("countersign");
  });
});

test("Enterprise Server's GraphQL knows no stacks and refuses the document", async () => {
  const double = await startDouble({ stacks: false });
  const token = double.world.userToken(double.world.user("olga"));
  const response = await fetch(`${double.url}/api/graphql`, {
    method: "POST",
    headers: { authorization: `token ${token}` },
    body: JSON.stringify({ query: QUERY, variables: { number: 1 } }),
  });
  const answer = await response.json();
  await double.stop();
  expect(answer).toMatchObject({
    errors: [
      {
        message: "Field 'stack' doesn't exist on type 'PullRequest'",
        extensions: { code: "undefinedField", typeName: "PullRequest", fieldName: "stack" },
      },
    ],
  });
});
