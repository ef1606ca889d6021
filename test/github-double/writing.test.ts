import { describe, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

describe("reviews", () => {
  test("an author approves no pull request of their own", async () => {
    const { world, story, octokitOf } = bed();
    const { kira } = story.people;
    world.branch(story.shop, "own", "main");
    world.commit(story.shop, "own", { author: kira, by: kira, message: "m", changes: { x: "1\n" } });
    const pull = world.openPull(story.shop, { head: "own", base: "main", title: "Own", author: kira });
    expect(
      await refusal(
        octokitOf(kira).rest.pulls.createReview({ ...shop, pull_number: pull.number, event: "APPROVE" }),
      ),
    ).toMatchObject({
      status: 422,
      message: expect.stringContaining("Can not approve your own pull request"),
    });
    expect(
      (
        await octokitOf(story.people.olga).rest.pulls.createReview({
          ...shop,
          pull_number: pull.number,
          event: "APPROVE",
        })
      ).data,
    ).toMatchObject({ state: "APPROVED", commit_id: pull.headSha });
  });

  test("are asked of collaborators only, and one bad name fails all", async () => {
    const { story, octokit } = bed();
    const pull = story.kiroDeletesProduction();
    const ask = (reviewers: string[]) =>
      octokit.rest.pulls.requestReviewers({ ...shop, pull_number: pull.number, reviewers });
    expect(await refusal(ask(["olga", "nobody-at-all"]))).toMatchObject({ status: 422 });
    expect(await refusal(ask(["kiro-agent[bot]"]))).toMatchObject({
      status: 422,
      message: expect.stringContaining("pull request author"),
    });
    expect(pull.requested.size).toBe(0);
    expect((await ask(["olga"])).data.requested_reviewers).toMatchObject([{ login: "olga" }]);
  });
});

describe("check runs", () => {
  const create = (octokit: Octokit, sha: string, more: object = {}) =>
    octokit.rest.checks.create({ ...shop, name: "countersign", head_sha: sha, ...more });

  test("are made by apps only", async () => {
    const { story, octokitOf } = bed();
    const { headSha } = story.kiroDeletesProduction();
    expect(await refusal(create(octokitOf(story.people.kira), headSha))).toMatchObject({
      status: 403,
      message: expect.stringContaining("GitHub App"),
    });
  });

  test("are patched by the app that made them", async () => {
    const { world, story, octokit } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const theirs = world.checkRun(story.shop, headSha, { name: "ci", app: world.app("ci") });
    expect(
      await refusal(octokit.rest.checks.update({ ...shop, check_run_id: theirs.id, conclusion: "success" })),
    ).toMatchObject({ status: 403 });
  });

  test.each([
    { why: "a summary that is too long", output: { title: "t", summary: "x".repeat(65_536) } },
    {
      why: "more than 50 annotations",
      output: {
        title: "t",
        summary: "s",
        annotations: Array.from({ length: 51 }, () => ({
          path: "a",
          start_line: 1,
          end_line: 1,
          annotation_level: "notice" as const,
          message: "m",
        })),
      },
    },
  ])("refuse $why", async ({ output }) => {
    const { story, octokit } = bed();
    const { headSha } = story.kiroDeletesProduction();
    expect(await refusal(create(octokit, headSha, { output }))).toMatchObject({ status: 422 });
  });

  test("keep every change they go through", async () => {
    const { story, octokit, double } = bed();
    const { headSha } = story.kiroDeletesProduction();
    const { data } = await create(octokit, headSha, {
      status: "in_progress",
      output: { title: "Reading", summary: "…" },
    });
    await octokit.rest.checks.update({
      ...shop,
      check_run_id: data.id,
      conclusion: "action_required",
      output: { title: "Waiting", summary: "…" },
    });
    expect(
      double.transitions.map(({ sha, status, conclusion, title }) => ({ sha, status, conclusion, title })),
    ).toEqual([
      { sha: headSha, status: "in_progress", conclusion: null, title: "Reading" },
      { sha: headSha, status: "completed", conclusion: "action_required", title: "Waiting" },
    ]);
    const { data: list } = await octokit.rest.checks.listForRef({ ...shop, ref: headSha });
    expect(list.check_runs).toMatchObject([
      { id: data.id, conclusion: "action_required", output: { title: "Waiting" } },
    ]);
  });
});
