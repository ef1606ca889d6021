import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { judge } from "../../../../src/signoff/evaluate.ts";
import { client, type Instead, serve } from "../../served.ts";
import { bot, type StubbedGitHub, stubbedGitHub, user } from "../../stubbed-github.ts";
import { read, refusalOf, request, snapshotOf } from "../reading.ts";

const CURSOR = { id: 1_210_556, slug: "cursor" };
const ISSUE = "GET /repos/acme/shop/issues/7";

const issueAnswered =
  (status: number, message: string): Instead =>
  (line) =>
    line === ISSUE ? [status, { message }] : undefined;

function openedThroughCursor(): StubbedGitHub {
  return { ...stubbedGitHub(), openingApp: CURSOR };
}

async function asked(of: StubbedGitHub): Promise<readonly string[]> {
  const lines = serve(of);
  await readSnapshot(client(), request());
  return lines;
}

describe("the app through which a person opened the pull request", () => {
  test("is in the snapshot, and its mark decides", async () => {
    const snapshot = await snapshotOf(openedThroughCursor());
    expect(snapshot.pullRequest).toMatchObject({ performedVia: CURSOR });
    expect(judge(snapshot).provenance).toMatchObject({
      writer: "ai",
      tools: ["Cursor"],
      evidence: [{ tool: "Cursor", kind: "app", strength: "strong", text: "cursor" }],
    });
  });

  test("is left out where there was none", async () => {
    expect((await snapshotOf(stubbedGitHub())).pullRequest).not.toHaveProperty("performedVia");
  });

  test.each([
    ["a bot opened it, which is an app itself", bot("dependabot", 49_699_333)],
    ["its author decides", user("claude", 81_847)],
  ])("is not asked for: %s", async (_why, author) => {
    const of = openedThroughCursor();
    of.pull.author = author;
    expect(await asked(of)).not.toContain(ISSUE);
  });

  test("is asked for once, and known of the next head too", async () => {
    const of = openedThroughCursor();
    const caches = createCaches();
    const lines = serve(of);
    const first = await readSnapshot(client(), request({ caches }));
    const second = await readSnapshot(client(), request({ caches }));
    expect(lines.filter((line) => line === ISSUE)).toHaveLength(1);
    expect(second).toEqual(first);
  });

  test("is unknown where the repository has no issues", async () => {
    const instead = issueAnswered(410, "Issues are disabled for this repo");
    expect(await read(stubbedGitHub(), { instead })).toMatchObject({ status: "complete" });
  });

  test.each([
    [403, "Resource not accessible by integration"],
    [404, "Not Found"],
  ])("fails closed when it may not be read (%i)", async (status, message) => {
    const instead = issueAnswered(status, message);
    expect(await refusalOf(stubbedGitHub(), { instead })).toBe("github/permission");
  });
});

describe("the start of Copilot", () => {
  const started = (): StubbedGitHub => ({
    ...stubbedGitHub(),
    copilotStarters: [{ id: 5, login: "emil", type: "User" }],
  });

  test("is a hint that alone decides nothing", async () => {
    const snapshot = await snapshotOf(started());
    expect(snapshot.pullRequest).toMatchObject({ events: ["copilot_work_started"] });
    expect(judge(snapshot).provenance).toMatchObject({
      writer: "human",
      evidence: [{ tool: "GitHub Copilot", kind: "event", strength: "weak", text: "copilot_work_started" }],
    });
  });

  test("decides with a hint of another kind, where the config says so", async () => {
    const of = started();
    of.branches.main = { ".github/countersign.yml": "version: 1\ndetect: { weak-pairs: true }\n" };
    of.pull.commits = of.pull.commits.map((commit) => ({ ...commit, message: "Initial plan" }));
    expect(judge(await snapshotOf(of)).provenance).toMatchObject({ writer: "ai", tools: ["GitHub Copilot"] });
  });
});
