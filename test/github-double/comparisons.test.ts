import { describe, expect, test } from "@jest/globals";
import { useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();

/** So many commits of one file each upon the default branch. */
function branchWith(commits: number): string {
  const { world, story } = bed();
  const { kira } = story.people;
  world.branch(story.shop, "work", "main");
  const specs = Array.from({ length: commits }, (_, index) => ({
    author: kira,
    message: `${index}`,
    changes: { [`docs/${index}.md`]: `${index}\n` },
  }));
  world.push(story.shop, "work", specs, kira);
  return world.tip(story.shop, "work");
}

async function compare(basehead: string, given: { page?: number; per_page?: number } = {}) {
  const { octokit, story } = bed();
  const place = { owner: story.acme.login, repo: story.shop.name };
  return octokit.rest.repos.compareCommitsWithBasehead({ ...place, basehead, ...given });
}

describe("a comparison", () => {
  test("names the files that changed with their content, and how far apart the two are", async () => {
    const head = branchWith(2);
    const { data } = await compare(`main...${head}`);
    expect(data).toMatchObject({ status: "ahead", ahead_by: 2, behind_by: 0, total_commits: 2 });
    expect(data.files).toMatchObject([
      {
        filename: "docs/0.md",
        status: "added",
        sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        patch: expect.stringContaining("+0"),
      },
      { filename: "docs/1.md", status: "added" },
    ]);
    const back = await compare(`${head}...main`);
    expect(back.data).toMatchObject({ status: "behind", behind_by: 2, commits: [], files: [] });
  });

  test("has pages of commits, and all files on the first one", async () => {
    const head = branchWith(3);
    const first = await compare(`main...${head}`, { per_page: 2, page: 1 });
    expect(first.data.commits).toHaveLength(2);
    expect(first.data.files).toHaveLength(3);
    expect(first.headers.link).toContain('rel="next"');
    const second = await compare(`main...${head}`, { per_page: 2, page: 2 });
    expect(second.data.commits).toHaveLength(1);
    expect(second.data.files).toEqual([]);
    expect(second.headers.link).toBeUndefined();
  });

  test("shows three hundred files at most", async () => {
    const { world, story } = bed();
    const { kira } = story.people;
    const changes = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`many/${index}`, "x\n"]));
    world.branch(story.shop, "many", "main");
    world.push(story.shop, "many", [{ author: kira, message: "many", changes }], kira);
    expect((await compare(`main...${world.tip(story.shop, "many")}`)).data.files).toHaveLength(300);
  });
});

test("the commit that a pull request was merged as names it", async () => {
  const { world, story, octokit } = bed();
  const { kira, olga } = story.people;
  branchWith(1);
  const pull = world.openPull(story.shop, { head: "work", base: "main", title: "Docs", author: kira });
  story.shop.rulesets.length = 0;
  const { sha = "" } = world.merge(pull, olga, { method: "squash" });
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...{ owner: story.acme.login, repo: story.shop.name, commit_sha: sha },
  });
  expect(data).toMatchObject([{ number: pull.number, merge_commit_sha: sha, base: { ref: "main" } }]);
});
