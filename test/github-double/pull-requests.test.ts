import { describe, expect, test } from "@jest/globals";
import { type OriginStorySetup, useOriginStory } from "../story/setup.ts";
import { startDouble } from "./double.ts";
import type { Pull } from "./world/model.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

function fromFork({ world, story }: Pick<OriginStorySetup, "world" | "story">): Pull {
  const { mallory } = story.people;
  const fork = world.fork(story.shop, mallory);
  world.branch(fork, "theirs", "main");
  world.commit(fork, "theirs", { author: mallory, by: mallory, message: "m", changes: { x: "1\n" } });
  return world.openPull(story.shop, {
    ...{ head: "theirs", base: "main", title: "t", author: mallory, headRepo: fork },
  });
}

describe("the pull requests of a commit", () => {
  const named = async (sha: string) => {
    const { octokit } = bed();
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
      ...shop,
      commit_sha: sha,
    });
    const { repository } = await octokit.graphql<{
      readonly repository: {
        readonly object: {
          readonly associatedPullRequests: { readonly nodes: readonly { readonly number: number }[] };
        };
      };
    }>(
      `query ($sha: GitObjectID!) { repository(owner: "acme", name: "shop") { object(oid: $sha) {
        ... on Commit { associatedPullRequests(first: 10) { nodes { number } } }
      } } }`,
      { sha },
    );
    const { nodes } = repository.object.associatedPullRequests;
    return [data.map(({ number }) => number), nodes.map(({ number }) => number)];
  };

  test("leave out one whose head lies in a fork", async () => {
    const { headSha } = fromFork(bed());
    expect(await named(headSha)).toEqual([[], []]);
  });

  test("hold the one of the repository itself that has the fork's commit as its head", async () => {
    const { world, story } = bed();
    const { headSha } = fromFork(bed());
    world.branch(story.shop, "ours", headSha);
    const { sam } = story.people;
    const ours = world.openPull(story.shop, { head: "ours", base: "main", title: "t", author: sam });
    expect(await named(headSha)).toEqual([[ours.number], [ours.number]]);
  });

  test("name a fork's once it is merged", async () => {
    const { world, story } = bed();
    const pull = fromFork(bed());
    const { app } = bed().installation;
    world.checkRun(story.shop, pull.headSha, { app, name: "countersign", conclusion: "success" });
    expect(world.merge(pull, story.people.olga)).toMatchObject({ status: 200 });
    expect(await named(pull.headSha)).toEqual([[pull.number], [pull.number]]);
  });

  test("name forks, too, where the double is told so", async () => {
    const double = await startDouble({ namesForks: true });
    const { world } = double;
    const [kira, mallory] = [world.user("kira"), world.user("mallory")];
    const repo = world.repository(kira, "shop", { private: false });
    const fork = world.fork(repo, mallory);
    world.commit(fork, "main", { author: mallory, by: mallory, message: "m", changes: { x: "1\n" } });
    const { headSha } = world.openPull(repo, {
      ...{ head: "main", base: "main", title: "t", author: mallory, headRepo: fork },
    });
    const headers = { authorization: `token ${world.userToken(kira)}` };
    const answer = await fetch(`${double.url}/api/v3/repos/kira/shop/commits/${headSha}/pulls`, { headers });
    expect(await answer.json()).toMatchObject([{ number: 1 }]);
    await double.stop();
  });
});

describe("opening and reopening", () => {
  test("two from one branch into one base cannot be open at once", () => {
    const { world, story } = bed();
    const { headRef: head, baseRef: base } = story.kiroDeletesProduction();
    const again = () => world.openPull(story.shop, { head, base, title: "t", author: story.people.kira });
    expect(again).toThrow("Validation Failed");
  });

  test.each([
    {
      why: "new commits come along",
      act: (pull: Pull) => {
        const { world, story } = bed();
        const { kira } = story.people;
        world.commit(pull.repo, pull.headRef, { author: kira, by: kira, message: "m", changes: { x: "" } });
      },
      opens: true,
    },
    {
      why: "a branch that was force-pushed does not",
      act: (pull: Pull) => {
        const { world, story } = bed();
        world.forcePush(pull.repo, pull.headRef, world.tip(pull.repo, "main"), story.people.kira);
      },
      opens: false,
    },
    {
      why: "nor one that is gone",
      act: (pull: Pull) => bed().world.deleteBranch(pull.repo, pull.headRef, bed().story.people.kira),
      opens: false,
    },
  ])("$why", ({ act, opens }) => {
    const { world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.close(pull, story.people.kira);
    act(pull);
    const reopen = () => world.reopen(pull, story.people.kira);
    if (opens) {
      reopen();
      expect(pull.headSha).toBe(world.tip(pull.repo, pull.headRef));
    } else expect(reopen).toThrow("Validation Failed");
  });
});

describe("what GitHub gets wrong", () => {
  const counts = async ({ number }: Pull) => {
    const { octokit } = bed();
    const { data } = await octokit.rest.pulls.get({ ...shop, pull_number: number });
    const { data: files } = await octokit.rest.pulls.listFiles({ ...shop, pull_number: number });
    const { repository } = await octokit.graphql<{
      readonly repository: {
        readonly pullRequest: {
          readonly changedFiles: number;
          readonly files: { readonly totalCount: number };
        };
      };
    }>(
      `query ($number: Int!) { repository(owner: "acme", name: "shop") {
        pullRequest(number: $number) { changedFiles files(first: 1) { totalCount } }
      } }`,
      { number },
    );
    const { changedFiles, files: listed } = repository.pullRequest;
    return {
      rest: [data.changed_files, files.length],
      graphql: [changedFiles, listed.totalCount],
    };
  };

  test.each([
    { why: "nothing", wrong: {}, says: { rest: [5, 5], graphql: [5, 5] } },
    { why: "REST counts none", wrong: { restCount: 0 }, says: { rest: [0, 5], graphql: [5, 5] } },
    { why: "GraphQL counts fewer", wrong: { graphqlCount: 2 }, says: { rest: [5, 5], graphql: [2, 5] } },
    {
      why: "both count none and list less",
      wrong: { restCount: 0, graphqlCount: 0, unlisted: new Set(["app/checkout.ts"]) },
      says: { rest: [0, 4], graphql: [0, 4] },
    },
  ])("$why", async ({ wrong, says }) => {
    const pull = bed().story.kiroDeletesProduction();
    bed().world.misreportFiles(pull, wrong);
    expect(await counts(pull)).toEqual(says);
  });

  test("a mode is not told, and the tree still holds the file", async () => {
    const { octokit, world, story } = bed();
    world.hideMode(story.shop, "README.md");
    const query = `{ repository(owner: "acme", name: "shop") { object(expression: "refs/heads/main") {
      ... on Commit { hidden: file(path: "README.md") { mode } shown: file(path: "app/checkout.ts") { mode } }
    } } }`;
    expect(await octokit.graphql(query)).toEqual({
      repository: { object: { hidden: null, shown: { mode: 0o100644 } } },
    });
    const { data } = await octokit.rest.git.getTree({ ...shop, tree_sha: "main", recursive: "1" });
    expect(data.tree).toContainEqual(expect.objectContaining({ path: "README.md", mode: "100644" }));
  });
});

describe("auto-merge", () => {
  const passes = ({ repo, headSha }: Pull) =>
    bed().world.checkRun(repo, headSha, {
      app: bed().installation.app,
      name: "countersign",
      conclusion: "success",
    });

  test("merges in the moment in which everything passes", async () => {
    const { octokit, world, story } = bed();
    const pull = story.kiroDeletesProduction();
    world.enableAutoMerge(pull, story.people.olga, { method: "squash", title: "Together" });
    const { data } = await octokit.rest.pulls.get({ ...shop, pull_number: pull.number });
    expect(data.auto_merge).toMatchObject({ enabled_by: { login: "olga" }, merge_method: "squash" });
    const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
      autoMergeRequest { enabledBy { login } mergeMethod commitHeadline }
    } } }`;
    expect(await octokit.graphql(query)).toEqual({
      repository: {
        pullRequest: {
          autoMergeRequest: {
            enabledBy: { login: "olga" },
            mergeMethod: "SQUASH",
            commitHeadline: "Together",
          },
        },
      },
    });
    expect(pull.mergedAt).toBeNull();

    passes(pull);

    expect(pull.mergedBy).toBe(story.people.olga);
    expect(story.shop.objects.commitAt(world.tip(story.shop, "main")).message).toBe("Together");
  });

  test("is a writer's to enable, and ends when somebody without write access pushes", () => {
    const { world, story } = bed();
    const pull = fromFork(bed());
    world.permission(story.shop, story.people.mallory, "read");
    expect(() => world.enableAutoMerge(pull, story.people.mallory)).toThrow("push access");
    world.enableAutoMerge(pull, story.people.olga);
    const { mallory } = story.people;
    world.commit(pull.headRepo, pull.headRef, {
      ...{ author: mallory, by: mallory, message: "m", changes: { y: "" } },
    });
    expect(pull.autoMerge).toBeNull();
    passes(pull);
    expect(pull.mergedAt).toBeNull();
  });
});
