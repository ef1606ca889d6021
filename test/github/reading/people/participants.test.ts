import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import type { Participant } from "../../../../src/signoff/snapshot.ts";
import { client, serve } from "../../served.ts";
import { bot, HEAD, type StubbedGitHub, sha, stubbedGitHub, user } from "../../stubbed-github.ts";
import { request, snapshotOf } from "../reading.ts";

const COPILOT = bot("copilot-swe-agent", 198982749);

async function participants(of: StubbedGitHub): Promise<readonly string[]> {
  return (await snapshotOf(of)).participants.map(
    ({ account, role, because }: Participant) => `${account.login} ${role}: ${because}`,
  );
}

function assigned(by: ReturnType<typeof user>, assignee: ReturnType<typeof user>) {
  return { __typename: "AssignedEvent", createdAt: "2026-11-20T08:00:00Z", actor: by, assignee };
}

function comment(body: string, author = user("emil", 5), editor: ReturnType<typeof user> | null = null) {
  return { __typename: "IssueComment", createdAt: "2026-11-20T08:00:00Z", body, author, editor };
}

describe("who pushed", () => {
  test("the actor of a force-push", async () => {
    const of = stubbedGitHub();
    of.pull.timeline = [
      {
        __typename: "HeadRefForcePushedEvent",
        createdAt: "2026-11-20T08:00:00Z",
        actor: user("emil", 5),
        beforeCommit: null,
        afterCommit: { oid: sha("abc1234").slice(-7).padEnd(40, "0") },
      },
    ];
    expect(await participants(of)).toEqual(["emil pusher: force-pushed abc1234"]);
  });

  test("whoever made the push that our check suite is for", async () => {
    const of = stubbedGitHub();
    of.pusher = user("fred", 6);
    expect(await participants(of)).toEqual(["fred pusher: pushed the head commit"]);
  });
});

describe("A04: who asked the agent", () => {
  test("by assigning it", async () => {
    const of = stubbedGitHub();
    of.pull.timeline = [assigned(user("emil", 5), COPILOT), assigned(user("fred", 6), user("gina", 7))];
    expect(await participants(of)).toEqual(["emil requester: assigned copilot-swe-agent[bot] (2026-11-20)"]);
  });

  test("by assigning a bot that nobody knows yet", async () => {
    const of = stubbedGitHub();
    of.pull.timeline = [assigned(user("emil", 5), bot("brand-new-agent", 424242))];
    expect(await participants(of)).toEqual(["emil requester: assigned brand-new-agent[bot] (2026-11-20)"]);
  });

  test("by assigning a machine account of type User that the policy lists", async () => {
    const of = stubbedGitHub();
    of.branches.main = { ".github/countersign.yml": "version: 1\ndetect: { agents: [acme-build] }\n" };
    of.pull.timeline = [assigned(user("emil", 5), user("acme-build", 77))];
    expect(await participants(of)).toEqual(["emil requester: assigned acme-build (2026-11-20)"]);
  });

  test("by a command in a comment, and whoever edited it", async () => {
    const of = stubbedGitHub();
    of.pull.timeline = [
      comment("@claude please mend this", user("emil", 5), user("fred", 6)),
      comment("> @claude please mend this", user("gina", 7)),
      comment("thanks", user("gina", 7)),
    ];
    expect(await participants(of)).toEqual([
      expect.stringMatching(/^emil requester: gave .*Claude.* a command \(2026-11-20\)$/),
      expect.stringMatching(/^fred requester: gave /),
    ]);
  });

  test("by a command in a review or in one of its comments, on whichever page", async () => {
    const of = stubbedGitHub();
    of.pageSize = 1;
    const remark = (body: string) => ({ ...comment(body), __typename: "PullRequestReviewComment" });
    of.pull.reviews = [
      { id: 1, state: "COMMENTED", author: user("fred", 6), body: "@claude fix it" },
      { id: 2, state: "COMMENTED", author: user("emil", 5), comments: [remark("hm"), remark("@claude fix")] },
    ];
    expect(await participants(of)).toEqual([
      expect.stringMatching(/^fred requester: gave /),
      expect.stringMatching(/^emil requester: gave /),
    ]);
  });

  test("on a later page of the timeline", async () => {
    const of = stubbedGitHub();
    of.pageSize = 2;
    of.pull.timeline = [comment("a"), comment("b"), comment("c"), comment("d"), comment("@claude fix")];
    expect(await participants(of)).toHaveLength(1);
  });

  test("by starting Copilot, which is asked about once a head, and not where another tool wrote it", async () => {
    const of = stubbedGitHub();
    of.copilotStarters = [
      { id: 5, login: "emil", type: "User" },
      { id: 198982749, login: "Copilot", type: "Bot" },
    ];
    const caches = createCaches();
    const asked = serve(of);
    const timelines = () => asked.filter((line) => line.includes("/timeline")).length;

    of.pull.author = bot("kiro-agent", 245_459_735);
    await readSnapshot(client(), request({ caches }));
    expect(timelines()).toBe(0);

    of.pull.author = COPILOT;
    const first = await readSnapshot(client(), request({ caches }));
    const second = await readSnapshot(client(), request({ caches }));
    expect(timelines()).toBe(1);
    expect(first).toEqual(second);
    expect(first).toMatchObject({
      snapshot: {
        participants: [
          { account: { id: 5 }, role: "requester", because: "asked Copilot to start (2026-11-20)" },
        ],
      },
    });
  });

  test("by starting Copilot for a commit in somebody else's pull request", async () => {
    const of = stubbedGitHub();
    of.copilotStarters = [{ id: 5, login: "emil", type: "User" }];
    const author = { name: "Copilot", email: "198982749+Copilot@users.noreply.github.com", user: null };
    of.pull.commits.push({ oid: sha(2), message: "Mend it", author });
    expect(await participants(of)).toEqual(["emil requester: asked Copilot to start (2026-11-20)"]);
  });

  test("nobody, if nobody did", async () => {
    expect(await participants(stubbedGitHub())).toEqual([]);
    expect(HEAD).toHaveLength(40);
  });
});
