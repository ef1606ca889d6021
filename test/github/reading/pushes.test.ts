import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../src/github/reading/caches.ts";
import { readSnapshot } from "../../../src/github/reading/read-snapshot.ts";
import type { CommitRecord, Participant } from "../../../src/signoff/snapshot.ts";
import { client, type Instead, serve } from "../served.ts";
import {
  bot,
  HEAD,
  person,
  type StubbedGitHub,
  type StubbedMove,
  sha,
  stubbedGitHub,
  user,
} from "../stubbed-github.ts";
import { ALL_HEARD, type Reading, refusalOf, request, snapshotOf } from "./reading.ts";

const ZEROS = "0".repeat(40);
const BASE = sha("ba5e");
const FIRST = sha("f1");
const TOPIC = "refs/heads/topic";
const emil = { id: 5, login: "emil", type: "User" };
const dora = { id: 1, login: "dora", type: "User" };
const kiro = { id: 245_459_735, login: "kiro-agent[bot]", type: "Bot" };
const AT = "2026-11-20T10:00:00Z";

function move(after: string, given: Partial<StubbedMove> = {}): StubbedMove {
  return {
    id: 1,
    before: BASE,
    after,
    ref: TOPIC,
    timestamp: AT,
    activity_type: "push",
    actor: emil,
    ...given,
  };
}

/** Two commits, the moves as given, and emil's approval. */
function story(moves: readonly StubbedMove[]): StubbedGitHub {
  const of = stubbedGitHub();
  of.pull.author = bot("kiro-agent", kiro.id);
  of.pull.commits = [
    { oid: FIRST, message: "m", author: person("dora", 1), parents: [BASE], at: AT },
    { oid: HEAD, message: "m", author: person("dora", 1), parents: [FIRST], at: AT },
  ];
  of.pull.reviews = [{ id: 1, state: "APPROVED", author: user("emil", 5), canPush: true }];
  of.moves = [...moves];
  return of;
}

const pushersIn = (participants: readonly Participant[]) =>
  participants
    .filter(({ role }) => role === "pusher")
    .map(({ account, sha: pushed, forced }) => [
      account.login,
      pushed?.slice(-2),
      ...(forced ? ["forced"] : []),
    ]);

const pushersOf = async (moves: readonly StubbedMove[], given: Reading = {}) =>
  pushersIn((await snapshotOf(story(moves), given)).participants);

/** What a webhook told of one commit. */
const told = (of: string, given: Partial<Participant> = {}): CommitRecord => ({
  sha: of,
  evidence: [],
  participants: [
    {
      account: { id: 5, login: "emil", type: "User" },
      role: "pusher",
      because: "pushed it",
      sha: of,
      ...given,
    },
  ],
});

const recalling = (records: readonly CommitRecord[]) => async (shas: readonly string[]) =>
  records.filter((record) => shas.includes(record.sha));

describe("who pushed what no webhook told of", () => {
  test.each<readonly [string, readonly StubbedMove[], readonly unknown[]]>([
    [
      "all of a push",
      [move(HEAD)],
      [
        ["emil", "a1"],
        ["emil", "f1"],
      ],
    ],
    [
      "each what was new",
      [move(HEAD, { before: FIRST, actor: dora }), move(FIRST)],
      [
        ["dora", "a1"],
        ["emil", "f1"],
      ],
    ],
    [
      "by making the branch",
      [move(HEAD, { before: ZEROS, activity_type: "branch_creation" })],
      [
        ["emil", "a1"],
        ["emil", "f1"],
      ],
    ],
    [
      "by force",
      [move(HEAD, { activity_type: "force_push" })],
      [
        ["emil", "a1", "forced"],
        ["emil", "f1", "forced"],
      ],
    ],
    ["to another branch", [move(FIRST, { ref: "refs/heads/other" })], [["emil", "f1"]]],
    [
      "not by making a branch of what is in the base",
      [move(BASE, { before: ZEROS, activity_type: "branch_creation" })],
      [],
    ],
    ["not by merging", [move(HEAD, { activity_type: "pr_merge" })], []],
    ["not by deleting", [move(ZEROS, { before: HEAD, activity_type: "branch_deletion" })], []],
    ["nobody where the account is gone", [move(HEAD, { actor: null })], []],
    [
      "not to another branch, by somebody whose word decides nothing",
      [move(FIRST, { ref: "refs/heads/other", actor: dora })],
      [],
    ],
    ["not long before the commits were made", [move(HEAD, { timestamp: "2026-11-18T10:00:00Z" })], []],
  ])("%s", async (_, moves, pushers) => {
    expect((await pushersOf(moves)).toSorted()).toEqual(pushers);
  });

  test.each<readonly [string, CommitRecord, readonly unknown[]]>([
    ["whose push was heard is not looked for", told(FIRST, { introduced: true }), [["emil", "a1"]]],
    [
      "is looked for where a branch was only moved to it",
      told(FIRST),
      [
        ["emil", "a1"],
        ["emil", "f1"],
      ],
    ],
  ])("a commit %s", async (_, record, pushers) => {
    const given = { request: { recall: recalling([record]) } };
    expect((await pushersOf([move(HEAD)], given)).toSorted()).toEqual(pushers);
  });

  test.each([
    { committedViaWeb: true, counts: 0, why: "does not count where GitHub says so as well: its author does" },
    { committedViaWeb: false, counts: 1, why: "counts where GitHub does not say so" },
  ])("whoever pushed a commit that says that GitHub made it $why", async ({ committedViaWeb, counts }) => {
    const of = story([]);
    for (const commit of of.pull.commits) commit.committedViaWeb = committedViaWeb;
    const records = [FIRST, HEAD].map((each) => told(each, { introduced: true, web: true }));
    const { recorded } = await snapshotOf(of, { request: { recall: recalling(records) } });
    expect(recorded.commits.map(({ participants }) => participants.length)).toEqual([counts, counts]);
  });

  describe("to a branch that goes on from a commit of the pull request", () => {
    const LATER = sha("1a7e");
    const OTHER = "refs/heads/other";
    /** The pull request's first commit is the last that both have; or what was there before the push holds it too. */
    const shared = (pairs: Readonly<Record<string, string | null>>): Instead => {
      return (asked) => {
        const from = /\/compare\/(\w+)\.\.\./.exec(asked)?.[1];
        if (from === undefined || !(from in pairs)) return undefined;
        const common = pairs[from];
        return common == null
          ? [404, { message: "No common ancestor" }]
          : [200, { merge_base_commit: { sha: common } }];
      };
    };

    test.each<
      readonly [string, readonly StubbedMove[], Readonly<Record<string, string | null>>, readonly unknown[]]
    >([
      ["counts", [move(LATER, { ref: OTHER })], { [LATER]: FIRST, [BASE]: BASE }, [["emil", "f1"]]],
      [
        "counts by an agent too, on the branch itself",
        [move(LATER, { actor: kiro })],
        { [LATER]: FIRST, [BASE]: BASE },
        [["kiro-agent[bot]", "f1"]],
      ],
      [
        "does not where it was there before",
        [move(LATER, { ref: OTHER, before: sha(9) })],
        { [LATER]: FIRST, [sha(9)]: FIRST },
        [],
      ],
      ["does not where they have nothing in common", [move(LATER, { ref: OTHER })], { [LATER]: null }, []],
      ["does not where only the base is common", [move(LATER, { ref: OTHER })], { [LATER]: BASE }, []],
      ["does not on the base", [move(LATER, { ref: "refs/heads/main" })], {}, []],
    ])("%s", async (_, moves, pairs, pushers) => {
      expect(await pushersOf(moves, { instead: shared(pairs) })).toEqual(pushers);
    });

    test("is not compared where the push was heard, and pushes upon one another are compared once", async () => {
      const of = story([
        move(sha(13), { ref: OTHER, before: sha(12) }),
        move(sha(12), { ref: OTHER, before: sha(11) }),
        move(sha(11), { ref: OTHER }),
        move(LATER, { ref: "refs/heads/heard" }),
      ]);
      const asked = serve(of, shared({ [sha(13)]: FIRST, [BASE]: BASE }));
      const recall = recalling([told(LATER, { introduced: true })]);
      const result = await readSnapshot(client(), request({ recall }));
      expect(result.status === "complete" && pushersIn(result.snapshot.participants)).toEqual([
        ["emil", "f1"],
      ]);
      expect(asked.filter((line) => line.includes("/compare/"))).toHaveLength(2);
    });

    test("fails the check where there are too many of them", async () => {
      const moves = Array.from({ length: 31 }, (_, index) =>
        move(sha(`b${index}`), { ref: `refs/heads/${index}` }),
      );
      expect(await refusalOf(story(moves))).toBe("evidence/pushes-unknown");
    });
  });
});

describe("GitHub's record of pushes", () => {
  const old = (index: number) => move(sha(`c${index}`), { actor: dora, activity_type: "pr_merge" });

  test("is read page by page", async () => {
    const of = story([...Array.from({ length: 5 }, (_, index) => old(index)), move(HEAD)]);
    of.pageSize = 2;
    expect(pushersIn((await snapshotOf(of)).participants)).toContainEqual(["emil", "f1"]);
  });

  test("is read no further than to when the commits were made", async () => {
    const before = move(HEAD, { timestamp: "2026-11-18T10:00:00Z" });
    const of = story([move(HEAD, { actor: dora }), ...Array.from({ length: 9 }, () => before)]);
    of.pageSize = 2;
    const asked = serve(of);
    await readSnapshot(client(), request());
    expect(asked.filter((line) => line.includes(`/activity?ref=${TOPIC}`))).toHaveLength(1);
  });

  test("is read to its end where a commit's time lies ahead", async () => {
    const of = story([move(HEAD, { timestamp: "2025-01-01T10:00:00Z" })]);
    for (const commit of of.pull.commits) commit.committedAt = "2030-01-01T10:00:00Z";
    expect(pushersIn((await snapshotOf(of)).participants)).toContainEqual(["emil", "f1"]);
  });

  test.each<readonly [string, (of: StubbedGitHub) => Instead | undefined]>([
    [
      "goes on for too long",
      (of) => {
        of.pageSize = 1;
        of.moves = Array.from({ length: 11 }, () => move(HEAD));
        return undefined;
      },
    ],
    [
      "is not there",
      () => (asked) => (asked.includes("/activity") ? [404, { message: "Not Found" }] : undefined),
    ],
    [
      "goes on without saying where",
      () => (asked) =>
        asked.includes("/activity")
          ? [200, [move(HEAD)], { link: '<https://x.example/y>; rel="next"' }]
          : undefined,
    ],
  ])("fails the check where it %s", async (_, act) => {
    const of = story([move(HEAD)]);
    const instead = act(of);
    expect(await refusalOf(of, { ...(instead && { instead }) })).toBe("evidence/pushes-unknown");
  });

  test.each<readonly [string, (of: StubbedGitHub) => Reading]>([
    ["all pushes were heard", () => ({ request: { recall: ALL_HEARD } })],
    ["no App is at work", () => ({ request: { appId: null } })],
    [
      "the commits come from a fork",
      (of) => {
        of.pull.forkOwner = user("eve", 66);
        return {};
      },
    ],
  ])("is not asked for where %s", async (_, act) => {
    const of = story([move(HEAD)]);
    const given = act(of);
    const asked = serve(of);
    await readSnapshot(client(), request(given.request));
    expect(asked.filter((line) => line.includes("/activity"))).toEqual([]);
  });

  test("of the branch is asked for again where the head is not in it yet", async () => {
    const of = story([move(FIRST)]);
    of.pull.reviews = [];
    const caches = createCaches();
    const asked = serve(of);
    await readSnapshot(client(), request({ caches }));
    of.moves.unshift(move(HEAD, { before: FIRST }));
    const result = await readSnapshot(client(), request({ caches }));
    expect(result.status === "complete" && pushersIn(result.snapshot.participants)).toContainEqual([
      "emil",
      "a1",
    ]);
    await readSnapshot(client(), request({ caches }));
    expect(asked.filter((line) => line.includes("/activity"))).toHaveLength(2);
  });

  test("is another account's where the login passed to somebody else", async () => {
    const of = story([move(FIRST, { ref: "refs/heads/other", actor: { ...emil, id: 55 } })]);
    expect(pushersIn((await snapshotOf(of)).participants)).toEqual([]);
  });
});
