import { describe, expect, test } from "@jest/globals";
import { useOriginStory } from "../story/setup.ts";
import type { Pull } from "./world/model.ts";

const bed = useOriginStory({ events: ["merge_group", "pull_request"] });

/** A pull request that changes one file of its own. */
function change(name: string): Pull {
  const { world, story } = bed();
  const { kira } = story.people;
  world.branch(story.shop, name, "main");
  world.commit(story.shop, name, { author: kira, by: kira, message: name, changes: { [name]: "" } });
  return world.openPull(story.shop, { head: name, base: "main", title: name, author: kira });
}

/** The queue as GraphQL shows it: number, state and the commit made for each. */
async function queue(): Promise<readonly (readonly [number, string, string | null])[]> {
  interface Entry {
    readonly state: string;
    readonly pullRequest: { readonly number: number };
    readonly headCommit: { readonly oid: string } | null;
  }
  const { repository } = await bed().octokit.graphql<{
    readonly repository: { readonly mergeQueue: { readonly entries: { readonly nodes: readonly Entry[] } } };
  }>(`{ repository(owner: "acme", name: "shop") { mergeQueue(branch: "main") {
    entries(first: 10) { nodes {
      state position enqueuedAt enqueuer { login } headCommit { oid } pullRequest { number }
    } }
  } } }`);
  const { nodes } = repository.mergeQueue.entries;
  return nodes.map(({ state, pullRequest, headCommit }) => [
    pullRequest.number,
    state,
    headCommit?.oid ?? null,
  ]);
}

const groups = () =>
  bed()
    .double.webhooks.deliveries.filter(({ event }) => event === "merge_group")
    .map(({ action, payload }) => [action, payload.reason ?? null]);

function pass(sha: string): void {
  const { world, story, installation } = bed();
  world.checkRun(story.shop, sha, { app: installation.app, name: "countersign", conclusion: "success" });
}

test("entries wait until a group is made of them", async () => {
  const { world, story } = bed();
  const [one, two, three] = [change("one"), change("two"), change("three")];
  for (const pull of [one, two, three]) world.addToQueue(pull, story.people.kira);
  expect(await queue()).toEqual([
    [1, "QUEUED", null],
    [2, "QUEUED", null],
    [3, "QUEUED", null],
  ]);

  const group = world.makeGroup(story.shop, "main", 2);

  expect(await queue()).toEqual([
    [1, "AWAITING_CHECKS", expect.any(String)],
    [2, "AWAITING_CHECKS", group.headSha],
    [3, "QUEUED", null],
  ]);
  pass(group.headSha);
  expect((await queue()).map(([, state]) => state)).toEqual(["MERGEABLE", "MERGEABLE", "QUEUED"]);
  expect(group.baseSha).toBe(world.tip(story.shop, "main"));
  expect([...story.shop.objects.filesAt(group.headSha).keys()]).toEqual(
    expect.arrayContaining(["one", "two"]),
  );
});

test("a pull request tells of its entry", async () => {
  const { world, story, octokit } = bed();
  world.enqueue([change("one")], story.people.kira);
  const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
    isInMergeQueue mergeQueueEntry { position state enqueuer { login } }
  } } }`;
  expect(await octokit.graphql(query)).toEqual({
    repository: {
      pullRequest: {
        isInMergeQueue: true,
        mergeQueueEntry: { position: 1, state: "AWAITING_CHECKS", enqueuer: { login: "kira" } },
      },
    },
  });
});

describe("a pull request that leaves the queue", () => {
  test("takes its group along, and those behind it, whose entries wait for new ones", async () => {
    const { world, story } = bed();
    const { kira } = story.people;
    const [one, two, three] = [change("one"), change("two"), change("three")];
    const ahead = world.enqueue([one], kira);
    const own = world.enqueue([two], kira);
    const behind = world.enqueue([three], kira);

    world.dequeue(two, story.people.olga);

    expect(await queue()).toEqual([
      [1, "AWAITING_CHECKS", ahead.headSha],
      [3, "QUEUED", null],
    ]);
    expect(groups().slice(3)).toEqual([
      ["destroyed", "dequeued"],
      ["destroyed", "invalidated"],
    ]);
    for (const { branch } of [own, behind]) expect(story.shop.refs.has(`refs/heads/${branch}`)).toBe(false);
    pass(behind.headSha);
    expect(world.land(behind, kira).status).toBe(405);

    const again = world.makeGroup(story.shop, "main");
    expect(again.baseSha).toBe(ahead.headSha);
    expect([...story.shop.objects.filesAt(again.headSha).keys()]).not.toContain("two");
  });
});

test("a group lands with all ahead of it, once its checks pass", async () => {
  const { world, story } = bed();
  const [one, two] = [change("one"), change("two")];
  const group = world.enqueue([one, two], story.people.kira);
  expect(world.land(group, story.people.kira)).toMatchObject({ status: 405 });
  pass(group.headSha);

  expect(world.land(group, story.people.kira)).toMatchObject({ status: 200 });

  expect([one.mergedAt, two.mergedAt]).not.toContain(null);
  expect(world.tip(story.shop, "main")).toBe(group.headSha);
  expect(groups().at(-1)).toEqual(["destroyed", "merged"]);
  expect(story.shop.pushes.find(({ after }) => after === group.headSha && after)?.pusher.login).toBe(
    "github-merge-queue",
  );
  expect(await queue()).toEqual([]);
});
