import { expect, test } from "@jest/globals";
import { useOriginStory } from "./setup.ts";
import { PRODUCTION_FILES } from "./story-files.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

test("every owner of the shop exists and may write", async () => {
  const { data } = await bed().octokit.rest.repos.codeownersErrors(shop);
  expect(data.errors).toEqual([]);
});

test("an owner nobody knows is named with line and column", async () => {
  const { octokit, world, story } = bed();
  const owners = "# who\n/infra/ @acme/nobody\n";
  world.setFile(story.shop, "main", ".github/CODEOWNERS", owners, story.people.kira);
  const { data } = await octokit.rest.repos.codeownersErrors(shop);
  expect(data.errors).toMatchObject([
    { kind: "Unknown owner", line: 2, column: 9, source: "/infra/ @acme/nobody" },
  ]);
});

test("Kiro fixes checkout by deleting production, on behalf of Kira", async () => {
  const { octokit, story } = bed();
  const { number } = story.kiroDeletesProduction();
  const { data: files } = await octokit.rest.pulls.listFiles({ ...shop, pull_number: number });
  const removed = files.filter(({ status }) => status === "removed").map(({ filename }) => filename);
  expect(removed).toEqual([...PRODUCTION_FILES]);
  const { data: pull } = await octokit.rest.pulls.get({ ...shop, pull_number: number });
  expect(pull.user).toMatchObject({ login: "kiro-agent[bot]", id: 245459735, type: "Bot" });
  expect(pull.body).toContain("This pull request was created by @kiro-agent on behalf of @kira :ghost:");
  expect(pull.mergeable_state).toBe("blocked");
});
