import { describe, expect, test } from "@jest/globals";
import { stubbedGitHub, user } from "../stubbed-github.ts";
import { snapshotOf } from "./reading.ts";

const CONFIG = ".github/countersign.yml";
const asked = (reviewer: object, createdAt: string) => {
  return { __typename: "ReviewRequestedEvent", createdAt, requestedReviewer: reviewer };
};
const emil = user("emil", 5);
const GONE = { __typename: "Mannequin", login: "ghost", databaseId: null };
const sre = { __typename: "Team", slug: "sre" };
const said = (author: object | null, createdAt: string) => {
  return { __typename: "IssueComment", body: "Hm.", createdAt, updatedAt: createdAt, author, editor: null };
};

/** Emil and @acme/sre are asked to review. */
function world(time: string, files: Record<string, string> = {}) {
  const of = stubbedGitHub();
  of.branches.main = { [CONFIG]: `version: 1\ntime: { ${time} }\n`, ...files };
  return of;
}

const beside = {
  load: async () => ({ 5: 2 }),
  lines: async () => [{ area: "infrastructure", pull: 3, since: "2026-11-20T00:00:00Z" }],
};

describe("what is known of passkeys", () => {
  const facts = { signAt: null, keys: [], vouches: [], signed: [] };
  const read = (config: string) => {
    const of = stubbedGitHub();
    of.branches.main = { [CONFIG]: `version: 1\n${config}` };
    let asked = 0;
    const passkeys = async () => {
      asked += 1;
      return facts;
    };
    return snapshotOf(of, { request: { passkeys } }).then((snapshot) => ({ told: snapshot.passkeys, asked }));
  };

  test.each([
    ["", undefined, 0],
    ["passkey: off\n", undefined, 0],
    ["passkey: hazards\n", facts, 1],
    ["passkey: [ci]\n", facts, 1],
  ])("%j asks for it as little as it can", async (config, told, asked) => {
    expect(await read(config)).toEqual({ told, asked });
  });
});

describe("what is known of people's time", () => {
  test("nothing is told where the config does not ask for it", async () => {
    expect(await snapshotOf(stubbedGitHub(), { request: { beside } })).not.toHaveProperty("time");
  });

  test("nothing is told that the config does not ask for", async () => {
    const { time } = await snapshotOf(world("max-lines: 5"), { request: { beside } });
    expect(Object.keys(time ?? {})).toEqual(["requests", "firstComments"]);
  });

  test("since when somebody is asked: since the last request, or since the text was written", async () => {
    const of = world("respond-within: 4h");
    of.pull.timeline = [asked(emil, "2026-11-20T08:00:00Z"), asked(emil, "2026-11-20T09:00:00Z")];
    expect((await snapshotOf(of)).time?.requests).toEqual([
      { kind: "user", name: "emil", at: "2026-11-20T09:00:00Z" },
      { kind: "team", name: "sre", at: "2026-11-20T07:00:00Z" },
    ]);
    of.pull.timeline.push(asked(sre, "2026-11-20T10:00:00Z"), asked(GONE, "2026-11-20T11:00:00Z"));
    const { requests, earlierRequests } = (await snapshotOf(of)).time ?? {};
    expect(requests?.at(-1)).toEqual({ kind: "team", name: "sre", at: "2026-11-20T10:00:00Z" });
    expect(earlierRequests).toHaveLength(3);
  });

  test("when people first wrote a comment, among the latest", async () => {
    const of = world("fast-approvals: show");
    of.pull.comments = [
      said(emil, "2026-11-20T12:00:00Z"),
      said(null, "2026-11-20T11:30:00Z"),
      said(emil, "2026-11-20T11:00:00Z"),
    ];
    expect((await snapshotOf(of)).time?.firstComments).toEqual({ 5: "2026-11-20T11:00:00Z" });
  });

  test("what the base says of its files", async () => {
    const of = world("max-lines: 5", { ".gitattributes": "gen/** linguist-generated\n" });
    expect((await snapshotOf(of)).time?.attributes).toBe("gen/** linguist-generated\n");
  });

  test("what waits for people: here as GitHub says, elsewhere as it was heard", async () => {
    const of = world("max-reviews-per-person: 3, max-open-changes: 2");
    of.otherPulls = [
      { number: 8, isDraft: false, reviewRequests: { nodes: [{ requestedReviewer: emil }] } },
      { number: 9, isDraft: true, reviewRequests: { nodes: [{ requestedReviewer: emil }] } },
    ];
    expect((await snapshotOf(of, { request: { beside } })).time).toMatchObject({
      load: { 5: 3 },
      lines: [{ area: "infrastructure", pull: 3 }],
    });
    const alone = (await snapshotOf(of)).time;
    expect([alone?.load, alone?.lines]).toEqual([undefined, undefined]);
  });
});
