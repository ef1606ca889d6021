import { describe, expect, test } from "@jest/globals";
import { type OriginStorySetup, refusal, useOriginStory } from "../story/setup.ts";
import type { Issue, Pull } from "./world/model.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

const open = (body = "It times out.") =>
  bed().world.openIssue(bed().story.shop, { title: "Slow", body, author: bed().story.people.kira });

const inPull = async (selection: string): Promise<unknown> => {
  const { repository } = await bed().octokit.graphql<{
    readonly repository: { readonly pullRequest: unknown };
  }>(`{ repository(owner: "acme", name: "shop") { pullRequest(number: 2) { ${selection} } } }`);
  return repository.pullRequest;
};

test("issues and pull requests are counted together", () => {
  expect([open().number, bed().story.kiroDeletesProduction().number, open().number]).toEqual([1, 2, 3]);
});

describe("by REST", () => {
  const reads: Readonly<
    Record<string, (bed: OriginStorySetup, issue: Issue) => Promise<{ readonly data: unknown }>>
  > = {
    "an issue": ({ octokit: { rest } }, { number }) => rest.issues.get({ ...shop, issue_number: number }),
    "all of them, with pull requests": ({ octokit: { rest } }) => rest.issues.listForRepo(shop),
    comments: ({ octokit: { rest } }, { number }) =>
      rest.issues.listComments({ ...shop, issue_number: number }),
    "the timeline": ({ octokit: { rest } }, { number }) =>
      rest.issues.listEventsForTimeline({ ...shop, issue_number: number }),
  };

  test.each(Object.keys(reads))("%s", async (name) => {
    const { world, story } = bed();
    const issue = open();
    const pull = story.kiroDeletesProduction();
    world.editPull(pull, { body: "Fixes #1" }, story.people.kira);
    world.linkIssue(pull, issue, story.people.kira);
    world.assign(issue, story.bots.kiro, story.people.kira);
    world.comment(issue, story.people.sam, "@kiro-agent fix it");
    expect(await reads[name]?.(bed(), issue)).toMatchObject({ data: expect.anything() });
  });

  test("its timeline tells who assigned whom, and which pull request names it", async () => {
    const { world, story, octokit } = bed();
    const issue = open();
    world.assign(issue, story.bots.kiro, story.people.kira);
    world.editPull(story.kiroDeletesProduction(), { body: "See #1" }, story.people.kira);
    const { data } = await octokit.rest.issues.listEventsForTimeline({ ...shop, issue_number: 1 });
    expect(data).toMatchObject([
      { event: "assigned", actor: { login: "kira" }, assignee: { login: "kiro-agent[bot]" } },
      { event: "cross-referenced", source: { issue: { number: 2 } } },
    ]);
  });

  test("a comment is read, edited and deleted by its id", async () => {
    const { world, story, octokit, octokitOf } = bed();
    const { id } = world.comment(open(), story.people.kira, "@kiro-agent fix it");
    const { rest } = octokitOf(story.people.sam);
    await rest.issues.updateComment({ ...shop, comment_id: id, body: "nothing" });
    expect((await octokit.rest.issues.getComment({ ...shop, comment_id: id })).data).toMatchObject({
      body: "nothing",
      user: { login: "kira" },
    });
    await rest.issues.deleteComment({ ...shop, comment_id: id });
    expect(await refusal(octokit.rest.issues.getComment({ ...shop, comment_id: id }))).toMatchObject({
      status: 404,
    });
  });
});

describe("by GraphQL", () => {
  test("an issue, with its comments, their edits and its assignments", async () => {
    const { world, story, octokit } = bed();
    const issue = open();
    const comment = world.comment(issue, story.people.kira, "@kiro-agent fix it");
    world.editComment(issue, comment, { body: "nothing", by: story.people.sam });
    world.editIssue(issue, { body: "It is fine." }, story.people.sam);
    world.assign(issue, story.people.wes, story.people.kira);
    const answer = await octokit.graphql(`{ repository(owner: "acme", name: "shop") { issue(number: 1) {
      state body lastEditedAt author { login } editor { login } assignees(first: 5) { nodes { login } }
      comments(first: 5) { nodes { body lastEditedAt author { login } editor { login }
        userContentEdits(first: 5) { nodes { diff editor { login } } }
      } }
      timelineItems(first: 5, itemTypes: [ASSIGNED_EVENT]) { nodes {
        ... on AssignedEvent { actor { login } assignee { ... on User { login } } assignable { __typename } }
      } }
    } } }`);
    const at = expect.any(String);
    expect(answer).toMatchObject({
      repository: {
        issue: {
          ...{ state: "OPEN", body: "It is fine.", lastEditedAt: at },
          ...{ author: { login: "kira" }, editor: { login: "sam" } },
          assignees: { nodes: [{ login: "wes" }] },
          comments: {
            nodes: [
              {
                ...{ body: "nothing", lastEditedAt: at },
                ...{ author: { login: "kira" }, editor: { login: "sam" } },
                userContentEdits: {
                  nodes: [
                    { diff: "nothing", editor: { login: "sam" } },
                    { diff: "@kiro-agent fix it", editor: { login: "kira" } },
                  ],
                },
              },
            ],
          },
          timelineItems: {
            nodes: [
              {
                actor: { login: "kira" },
                assignee: { login: "wes" },
                assignable: { __typename: "Issue" },
              },
            ],
          },
        },
      },
    });
  });

  test("issues need their permission", async () => {
    const { world, octokit, installation } = bed();
    open();
    world.withdrawPermission(installation, "issues");
    await expect(
      octokit.graphql(`{ repository(owner: "acme", name: "shop") { issue(number: 1) { id } } }`),
    ).rejects.toMatchObject({ errors: [{ type: "FORBIDDEN" }] });
  });
});

describe("what a pull request closes", () => {
  const closes = async () => inPull("closingIssuesReferences(first: 5) { nodes { number } }");
  const nodes = (...numbers: readonly number[]) => ({
    closingIssuesReferences: { nodes: numbers.map((number) => ({ number })) },
  });

  test.each<{ readonly why: string; readonly body: string; readonly found: readonly number[] }>([
    { why: "a closing word", body: "Fixes #1", found: [1] },
    { why: "with a colon, in capitals", body: "CLOSES: #1", found: [1] },
    { why: "the whole name", body: "resolved acme/shop#1.", found: [1] },
    { why: "another repository's", body: "fixes acme/other#1", found: [] },
    { why: "a mere mention", body: "see #1", found: [] },
    { why: "another number", body: "fixes #11", found: [] },
    { why: "part of a word", body: "prefixes #1", found: [] },
  ])("$why: $body", async ({ body, found }) => {
    const { world, story } = bed();
    open();
    world.editPull(story.kiroDeletesProduction(), { body }, story.people.kira);
    expect(await closes()).toEqual(nodes(...found));
  });

  test("an address", async () => {
    const { world, story, double } = bed();
    open();
    const body = `Fix ${double.url}/acme/shop/issues/1`;
    world.editPull(story.kiroDeletesProduction(), { body }, story.people.kira);
    expect(await closes()).toEqual(nodes(1));
  });

  test("words count into the default branch alone, links by hand always", async () => {
    const { world, story } = bed();
    const issue = open();
    const pull: Pull = story.kiroDeletesProduction();
    world.editPull(pull, { body: "Fixes #1" }, story.people.kira);
    world.branch(story.shop, "next", "main");
    world.retarget(pull, "next", story.people.kira);
    expect(await closes()).toEqual(nodes());
    world.linkIssue(pull, issue, story.people.kira);
    expect(await closes()).toEqual(nodes(1));
    world.unlinkIssue(pull, issue, story.people.kira);
    expect(await closes()).toEqual(nodes());
  });
});
