import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { distinct } from "../../../../src/github/reading/people/participants.ts";
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
  const at = "2026-11-20T08:00:00Z";
  return { __typename: "IssueComment", createdAt: at, updatedAt: at, body, author, editor };
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

test.each<readonly [why: string, told: readonly (string | undefined)[], at: string | undefined]>([
  ["no moment", [undefined, undefined], undefined],
  ["one moment", [undefined, "2026-11-20T08:00:00Z"], "2026-11-20T08:00:00Z"],
  ["one first", ["2026-11-20T08:00:00Z", undefined], "2026-11-20T08:00:00Z"],
  ["a later one", ["2026-11-20T08:00:00Z", "2026-11-20T08:00:00.500Z"], "2026-11-20T08:00:00.500Z"],
  ["an earlier one", ["2026-11-20T09:00:00+00:00", "2026-11-20T08:30:00Z"], "2026-11-20T09:00:00+00:00"],
])("D09 of one push is told: %s", (_, told, at) => {
  const account = { id: 5, login: "emil", type: "User" } as const;
  const pushes = told.map(
    (moment, place): Participant => ({
      ...{ account, role: "pusher", because: `pushed it (${place})`, sha: HEAD },
      ...(moment !== undefined && { at: moment }),
    }),
  );
  const [one, ...others] = distinct(pushes);
  expect({ because: one?.because, at: one?.at, others }).toEqual({
    because: "pushed it (0)",
    at,
    others: [],
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
    of.pull.comments = [
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

  test.each([
    ["who may write is read to its end", true, "gave "],
    [
      "who may not write counts as holding a command where it is too long to be read",
      false,
      "wrote more review comments",
    ],
  ])("a review by somebody %s", async (_, canPush, because) => {
    const of = stubbedGitHub();
    of.pageSize = 1;
    const remarks = ["a", "b", "c", "d", "e", "f", "g", "@claude fix"].map((body) => ({
      ...comment(body),
      __typename: "PullRequestReviewComment",
    }));
    of.pull.reviews = [{ id: 2, state: "COMMENTED", author: user("emil", 5), comments: remarks, canPush }];
    expect(await participants(of)).toEqual([expect.stringContaining(`emil requester: ${because}`)]);
  });

  test("on a later page of the comments", async () => {
    const of = stubbedGitHub();
    of.pageSize = 2;
    of.pull.comments = [comment("a"), comment("b"), comment("c"), comment("d"), comment("@claude fix")];
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
