import { describe, expect, test } from "@jest/globals";
import { createCaches, dropPull } from "../../src/github/caches.ts";
import { readSnapshot } from "../../src/github/read-snapshot.ts";
import { NOW, REPOSITORY, request } from "./reading.ts";
import { client, serve } from "./served.ts";
import { bot, file, HEAD, person, sha, user, type World, world } from "./world.ts";

function story(): World {
  const of = world();
  of.teams = { sre: { members: [] }, web: { members: [] } };
  of.branches.main = { CODEOWNERS: "/infra/ @acme/sre\n/web/ @acme/web\n" };
  of.pull.files = Array.from({ length: 40 }, (_, index) =>
    file(`${index % 2 === 0 ? "infra" : "web"}/${index}`),
  );
  of.pull.commits = Array.from({ length: 6 }, (_, index) => ({
    oid: index === 5 ? HEAD : sha(index + 1),
    message: "m",
    author: person("dora", 1),
  }));
  return of;
}

describe("what a reading costs (40 files, 6 commits, 2 teams)", () => {
  const OPENED = [
    "GET /repos/acme/shop/pulls/7",
    "GET /repos/acme/shop/pulls/7/files?per_page=100&page=1",
    "POST /graphql CountersignEvaluation",
    "POST /graphql CountersignTeams",
  ];

  test("opened 4, a review 1, another review 1, a push 3", async () => {
    const of = story();
    const caches = createCaches();
    const asked = serve(of);
    const step = async (headSha: string) => {
      const { status } = await readSnapshot(client(), request({ caches, headSha }));
      expect(status).toBe("complete");
      return asked.splice(0);
    };

    expect(await step(HEAD)).toEqual(OPENED);
    of.pull.reviews.push({ id: 1, state: "APPROVED", author: user("emil", 5) });
    expect(await step(HEAD)).toEqual(["POST /graphql CountersignEvaluation"]);
    of.pull.reviews.push({ id: 2, state: "APPROVED", author: user("fred", 6) });
    expect(await step(HEAD)).toEqual(["POST /graphql CountersignEvaluation"]);
    of.pull.headSha = sha("f00d");
    of.pull.commits.push({ oid: sha("f00d"), message: "m", author: person("dora", 1) });
    expect(await step(sha("f00d"))).toEqual(OPENED.slice(0, 3));
  });

  test("an event of the pull request makes it read anew: the stack is known to REST alone", async () => {
    const of = story();
    of.branches.release = {};
    const caches = createCaches();
    const asked = serve(of);
    await readSnapshot(client(), request({ caches }));
    of.pull.stackBase = "release";
    dropPull(caches, REPOSITORY, 7);
    const result = await readSnapshot(client(), request({ caches }));
    expect(result).toMatchObject({ snapshot: { pullRequest: { governedBy: { ref: "release" } } } });
    expect(asked.filter((line) => line.startsWith("GET /repos/acme/shop/pulls/7"))).toHaveLength(4);
  });

  test("a retarget is noticed even when its event was lost", async () => {
    const of = story();
    of.branches.lax = {};
    const caches = createCaches();
    serve(of);
    await readSnapshot(client(), request({ caches }));
    of.pull.baseRef = "lax";
    expect(await readSnapshot(client(), request({ caches }))).toMatchObject({
      snapshot: { pullRequest: { base: { ref: "lax" }, governedBy: { ref: "lax" } } },
    });
  });

  test("pull requests with the same beginning of their number keep apart", async () => {
    const caches = createCaches();
    const of = story();
    of.pull.number = 71;
    const asked = serve(of);
    await readSnapshot(client(), request({ caches, pull: 71 }));
    dropPull(caches, REPOSITORY, 7);
    asked.splice(0);
    await readSnapshot(client(), request({ caches, pull: 71 }));
    expect(asked).toEqual(["POST /graphql CountersignEvaluation"]);
  });

  test("what machines remark at length is not read on: they command nobody", async () => {
    const of = story();
    of.pageSize = 50;
    const remark = { __typename: "PullRequestReviewComment", body: "b", createdAt: "2026-11-20T08:00:00Z" };
    const comments = Array.from({ length: 60 }, () => ({ ...remark, author: null, editor: null }));
    of.pull.reviews = [
      { id: 1, state: "COMMENTED", author: bot("coderabbitai", 136622811), comments },
      { id: 2, state: "COMMENTED", author: user("emil", 5), comments },
    ];
    const asked = serve(of);
    await readSnapshot(client(), request());
    expect(asked.filter((line) => line.endsWith("CountersignComments"))).toHaveLength(1);
  });

  test("outside the App neither pusher nor check run is asked for", async () => {
    const of = story();
    of.pusher = user("dora", 1);
    serve(of);
    const result = await readSnapshot(client(), request({ appId: null, now: NOW }));
    expect(result).toMatchObject({ checkRun: null, snapshot: { participants: [] } });
  });
});
