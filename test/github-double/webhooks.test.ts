import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { originStory } from "../story/scenario.ts";
import { startDouble } from "./double.ts";

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const SECRET = "a secret only the two of us know";

let server: Server;
let received: Received[];
let answer: number;
let double: Awaited<ReturnType<typeof startDouble>>;
let story: ReturnType<typeof originStory>;

beforeEach(async () => {
  received = [];
  answer = 202;
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  double = await startDouble();
  story = originStory(double, 7);
  const { port } = server.address() as AddressInfo;
  const webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`;
  double.connectApp({ appId: 7, secret: SECRET, webhookUrl, installationAccount: story.acme });
});

afterEach(async () => {
  await double.stop();
  await new Promise((resolve) => server.close(resolve));
});

const events = () =>
  double.webhooks.deliveries.map(({ event, action }) => (action ? `${event}.${action}` : event));

describe("a delivery", () => {
  test("is signed over the bytes that are sent", async () => {
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    const last = received.at(-1);
    const signature = `sha256=${createHmac("sha256", SECRET)
      .update(last?.body ?? "")
      .digest("hex")}`;
    expect(last?.headers).toMatchObject({
      "x-hub-signature-256": signature,
      "x-github-event": "pull_request",
      "x-github-delivery": double.webhooks.deliveries.at(-1)?.guid,
      "content-type": "application/json",
    });
  });

  test("holds who, where and for which installation", async () => {
    const pull = story.kiroDeletesProduction();
    await double.webhooks.settled();
    expect(JSON.parse(received.at(-1)?.body ?? "")).toMatchObject({
      action: "opened",
      number: pull.number,
      pull_request: {
        number: pull.number,
        head: { sha: pull.headSha },
        base: { ref: "main" },
        user: { login: "kiro-agent[bot]" },
      },
      repository: { full_name: "acme/shop", owner: { login: "acme" } },
      organization: { login: "acme" },
      sender: { login: "kiro-agent[bot]", type: "Bot", id: 245459735 },
      installation: { id: expect.any(Number) },
    });
  });

  test("is recorded with the receiver's answer", async () => {
    answer = 500;
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    expect(double.webhooks.deliveries.map(({ status }) => status)).toEqual([500, 500, 500]);
    expect(double.webhooks.deliveries.every(({ durationMs }) => durationMs > 0)).toBe(true);
  });
});

describe("what is announced", () => {
  test.each<{
    readonly why: string;
    readonly act: (pull: ReturnType<typeof story.kiroDeletesProduction>) => void;
    readonly says: readonly string[];
  }>([
    {
      why: "a push to the head",
      act: (pull) =>
        double.world.commit(story.shop, pull.headRef, {
          author: story.people.kira,
          by: story.people.kira,
          message: "m",
          changes: { x: "" },
        }),
      says: ["check_suite.requested", "push", "pull_request.synchronize"],
    },
    {
      why: "a push whose message skips checks asks for no suite",
      act: (pull) =>
        double.world.commit(story.shop, pull.headRef, {
          author: story.people.kira,
          by: story.people.kira,
          message: "m\n\nskip-checks: true",
          changes: { x: "" },
        }),
      says: ["push", "pull_request.synchronize"],
    },
    {
      why: "a review",
      act: (pull) => double.world.review(pull, story.people.olga, "APPROVED"),
      says: ["pull_request_review.submitted"],
    },
    {
      why: "its dismissal",
      act: (pull) =>
        double.world.dismiss(
          pull,
          double.world.review(pull, story.people.olga, "APPROVED"),
          story.people.kira,
          "no",
        ),
      says: ["pull_request_review.submitted", "pull_request_review.dismissed"],
    },
    {
      why: "another base",
      act: (pull) => {
        double.world.branch(story.shop, "next", "main");
        double.world.retarget(pull, "next", story.people.kira);
      },
      says: ["pull_request.edited"],
    },
    {
      why: "a label",
      act: (pull) => double.world.label(pull, "x", story.people.kira),
      says: ["pull_request.labeled"],
    },
    {
      why: "a comment",
      act: (pull) => double.world.comment(pull, story.people.kira, "hi"),
      says: ["issue_comment.created"],
    },
    {
      why: "leaving a team",
      act: () => double.world.removeFromTeam(story.teams.sre, story.people.olga, story.people.sam),
      says: ["membership.removed"],
    },
    {
      why: "a permission",
      act: () => double.world.permission(story.shop, story.people.wes, "admin"),
      says: ["member.added"],
    },
    {
      why: "a team gets into a repository",
      act: () => double.world.permission(story.shop, story.teams.web, "maintain"),
      says: ["team.added_to_repository", "team_add"],
    },
    {
      why: "a label is taken from the repository",
      act: () => double.world.deleteLabel(story.shop, "bug", story.people.kira),
      says: ["label.deleted"],
    },
    {
      why: "Copilot starting to work makes no sound",
      act: (pull) => double.world.copilotWorkStarted(pull, story.people.kira),
      says: [],
    },
  ])("$why", async ({ act, says }) => {
    const pull = story.kiroDeletesProduction();
    const before = events().length;
    act(pull);
    await double.webhooks.settled();
    expect(events().slice(before)).toEqual(says);
    expect(received).toHaveLength(events().length);
  });
});

describe("on the way", () => {
  test("deliveries are held, then sent in either order", async () => {
    double.webhooks.pause();
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    expect(received).toEqual([]);
    double.webhooks.resume({ order: "reversed" });
    await double.webhooks.settled();
    expect(received.map(({ headers }) => headers["x-github-event"])).toEqual([
      "pull_request",
      "push",
      "check_suite",
    ]);
  });

  test("some are lost, and a redelivery carries the same id", async () => {
    const end = double.webhooks.drop(({ event }) => event === "pull_request");
    story.kiroDeletesProduction();
    await double.webhooks.settled();
    const lost = double.webhooks.deliveries.find(({ event }) => event === "pull_request");
    expect(lost?.status).toBe(0);
    end();
    double.webhooks.redeliver(lost?.id ?? 0);
    await double.webhooks.settled();
    expect(received.at(-1)?.headers["x-github-delivery"]).toBe(lost?.guid);
    expect(double.webhooks.deliveries.at(-1)).toMatchObject({ redelivery: true, status: 202 });
  });
});
