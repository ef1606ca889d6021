import { describe, expect, test } from "@jest/globals";
import { createDetector } from "../../../src/provenance/detector.ts";
import { bot, HEAD, person, sha, stubbedGitHub, user } from "../stubbed-github.ts";
import { snapshotOf } from "./reading.ts";

const stranger = { name: "Nobody", email: "nobody@example.com", user: null };

describe("commits", () => {
  test("B11: all of them, however many pages", async () => {
    const of = stubbedGitHub();
    of.pull.commits = Array.from({ length: 260 }, (_, index) => ({
      oid: sha(index + 1),
      message: `commit ${index}`,
      author: person("dora", 1),
    }));
    const { commits } = await snapshotOf(of);
    expect(commits.map((commit) => commit.sha)).toEqual(of.pull.commits.map(({ oid }) => oid));
  });

  test("authors keep name and address, and no account is made up", async () => {
    const of = stubbedGitHub();
    of.pull.commits = [{ oid: HEAD, message: "m", author: stranger, committer: person("emil", 5) }];
    expect((await snapshotOf(of)).commits).toEqual([
      {
        sha: HEAD,
        message: "m",
        parents: [sha("ba5e")],
        authoredAt: "2026-11-20T07:00:00Z",
        committedAt: "2026-11-20T07:00:00Z",
        author: { name: "Nobody", email: "nobody@example.com", account: null },
        committer: {
          name: "emil",
          email: "emil@example.com",
          account: { id: 5, login: "emil", type: "User" },
        },
        coAuthors: [],
        committedViaWeb: false,
      },
    ]);
  });

  test.each([
    ["before the editor signed unasked", "2026-04-21T23:59:59Z", "strong"],
    ["while it did", "2026-05-01T12:00:00Z", "weak"],
    [
      "by the author's clock, whenever it was committed",
      "2026-05-01T12:00:00Z",
      "weak",
      "2026-06-01T12:00:00Z",
    ],
    ["after it", "2026-05-08T00:00:00Z", "strong"],
  ])(
    "their times tell a mark of the editor's false window: %s",
    async (_, at, strength, committedAt = at) => {
      const of = stubbedGitHub();
      const message = "Fix it\n\nCo-authored-by: Copilot <copilot@github.com>";
      of.pull.commits = [{ oid: HEAD, message, author: person("dora", 1), at, committedAt }];
      const { commits } = await snapshotOf(of);
      expect(commits).toMatchObject([{ authoredAt: at, committedAt }]);
      const detector = createDetector({ tools: [], agents: [], notAi: [] });
      expect(commits.flatMap((commit) => detector.commit(commit).evidence)).toMatchObject([{ strength }]);
    },
  );

  test("co-authors come without the author, whom GitHub lists first", async () => {
    const of = stubbedGitHub();
    of.pull.commits = [
      { oid: HEAD, message: "m", author: person("dora", 1), coAuthors: [person("emil", 5), stranger] },
    ];
    const [commit] = (await snapshotOf(of)).commits;
    expect(commit?.coAuthors.map(({ name }) => name)).toEqual(["emil", "Nobody"]);
  });
});

describe("accounts are told apart by kind and id", () => {
  test("A07: a bot gets back the suffix that GraphQL takes away, a user of that name does not", async () => {
    const of = stubbedGitHub();
    of.pull.author = bot("claude", 209825114);
    of.pull.reviews = [{ id: 1, state: "APPROVED", author: user("claude", 81847) }];
    const { pullRequest, reviews } = await snapshotOf(of);
    expect(pullRequest.author).toEqual({ id: 209825114, login: "claude[bot]", type: "Bot" });
    expect(reviews[0]?.reviewer).toEqual({ id: 81847, login: "claude", type: "User" });
  });

  test("a deleted account is nobody", async () => {
    const of = stubbedGitHub();
    of.pull.author = null;
    of.pull.reviews = [{ id: 1, state: "APPROVED", author: null }];
    const { pullRequest, reviews } = await snapshotOf(of);
    expect([pullRequest.author, reviews[0]?.reviewer]).toEqual([null, null]);
  });
});

describe("reviews", () => {
  test("tell who edited them, even where that account is gone", async () => {
    const of = stubbedGitHub();
    const given = { state: "APPROVED", author: user("emil", 5) };
    of.pull.reviews = [
      { id: 1, ...given },
      { id: 2, ...given, editor: user("fred", 6) },
      { id: 3, ...given, editor: null },
    ];
    const [untouched, edited, gone] = (await snapshotOf(of)).reviews;
    expect(untouched).not.toHaveProperty("editedBy");
    expect(edited).toMatchObject({ editedBy: { login: "fred" } });
    expect(gone).toMatchObject({ editedBy: null });
  });

  test("all pages, oldest first, drafts left out", async () => {
    const of = stubbedGitHub();
    of.pageSize = 2;
    const at = (minute: number) => ({ submittedAt: `2026-11-20T10:0${minute}:00Z`, author: user("emil", 5) });
    of.pull.reviews = [
      { id: 4, state: "COMMENTED", ...at(4) },
      { id: 2, state: "APPROVED", ...at(2) },
      { id: 3, state: "CHANGES_REQUESTED", ...at(3) },
      { id: 9, state: "PENDING", ...at(1) },
      { id: 1, state: "APPROVED", ...at(1) },
    ];
    const { reviews } = await snapshotOf(of);
    expect(reviews.map(({ id, state }) => [id, state])).toEqual([
      [1, "approved"],
      [2, "approved"],
      [3, "changes_requested"],
      [4, "commented"],
    ]);
  });

  const dismissed = { id: 1, state: "DISMISSED", author: user("emil", 5), canPush: true };
  const event = (previousReviewState: string, review = 1) => ({
    __typename: "ReviewDismissedEvent",
    createdAt: "2026-11-20T11:00:00Z",
    actor: user("fred", 6),
    previousReviewState,
    review: { fullDatabaseId: String(review) },
  });
  const by = { id: 6, login: "fred", type: "User" };

  test.each([
    ["APPROVED", "approved"],
    ["CHANGES_REQUESTED", "changes_requested"],
    ["COMMENTED", "commented"],
    ["DISMISSED", "changes_requested"],
  ])("a dismissal of %s is remembered as %s", async (before, previously) => {
    const of = stubbedGitHub();
    of.permissions.fred = { permission: "write", user: { id: 6 } };
    of.pull.reviews = [dismissed];
    of.pull.timeline = [event(before)];
    expect((await snapshotOf(of)).reviews[0]).toMatchObject({
      state: "dismissed",
      dismissal: { previously, by, at: "2026-11-20T11:00:00Z" },
    });
  });

  test.each([
    ["without an event", []],
    ["whose event names another review", [event("APPROVED", 2)]],
    ["whose event names no review", [{ ...event("APPROVED"), review: null }]],
  ])("fails closed: a dismissed review %s counts as a refusal that nobody lifted", async (_, timeline) => {
    const of = stubbedGitHub();
    of.pull.reviews = [dismissed];
    of.pull.timeline = timeline;
    expect((await snapshotOf(of)).reviews[0]?.dismissal).toMatchObject({
      previously: "changes_requested",
      by: null,
    });
  });
});

describe("when the head was rewritten", () => {
  const push = (at: string, from = sha("01d"), to = HEAD) => ({
    __typename: "HeadRefForcePushedEvent",
    createdAt: at,
    actor: user("dora", 1),
    beforeCommit: { oid: from },
    afterCommit: { oid: to },
  });
  const memory = (headSha: string | null) => ({
    approvals: [],
    evidence: [],
    participants: [],
    refusals: [],
    accounts: [],
    headSha,
    headSeenAt: headSha === null ? null : "2026-11-20T10:00:00Z",
  });
  const early = "2026-11-19T00:00:00Z";
  const late = "2026-11-21T00:00:00Z";

  test.each<[string, object[], string | null, string | null]>([
    ["never", [], null, null],
    ["at the newest force-push", [push(late), push(early)], null, late],
    ["never, when the head only grew", [], sha("90d"), null],
    ["never, when the head is the one the app knows", [], HEAD, null],
    ["some time before now, when the head it knew is gone without a word", [], sha("01d"), "now"],
    ["some time before now, when the only word is older", [push(early, sha("x"))], sha("01d"), "now"],
    ["at the force-push that explains it", [push(late)], sha("01d"), late],
    ["at the force-push from the head it knew, whatever the clocks say", [push(early)], sha("01d"), early],
  ])("%s", async (_, timeline, known, expected) => {
    const of = stubbedGitHub();
    of.pull.commits.unshift({ oid: sha("90d"), message: "known before", author: person("dora", 1) });
    of.pull.timeline = timeline;
    const { recorded, now } = await snapshotOf(of, { request: { memory: memory(known) } });
    expect(recorded.headMovedAt).toBe(expected === "now" ? now : expected);
  });
});

describe("what was found of moves before, or was heard of, prevails over a timeline that does not tell of it", () => {
  const seen = "2026-11-20T10:00:00Z";
  const found = "2026-11-20T11:00:00Z";
  const known = {
    ...{ approvals: [], evidence: [], participants: [], refusals: [], accounts: [] },
    ...{ headSha: HEAD, headSeenAt: seen },
  };
  const heard = (headSha: string, at: string) => ({ headSha, at: Date.parse(at) });
  const pushedAt = (createdAt: string, from: string, to = HEAD) => ({
    ...{ __typename: "HeadRefForcePushedEvent", createdAt, actor: user("dora", 1) },
    ...{ beforeCommit: { oid: from }, afterCommit: { oid: to } },
  });
  const late = "2026-11-20T11:30:00Z";

  test.each<[string, object, object[], string | null]>([
    ["an earlier reading found it", { headMovedAt: found }, [], found],
    [
      "an earlier reading found it, and GitHub tells of an older one",
      { headMovedAt: found },
      [pushedAt(seen, sha("01d"))],
      found,
    ],
    ["GitHub tells of a later one", { headMovedAt: found }, [pushedAt(late, sha("01d"))], late],
    [
      "a head that was heard of is gone, and none was judged",
      { headSha: null, headSeenAt: null, heardHeads: [heard(sha("01d"), seen)] },
      [],
      "now",
    ],
    [
      "a head that was heard of after the one that was judged is gone",
      { heardHeads: [heard(sha("01d"), late)] },
      [],
      "now",
    ],
    ["and GitHub tells of it", { heardHeads: [heard(sha("01d"), seen)] }, [pushedAt(late, sha("a"))], late],
    [
      "and GitHub tells only how it became the head, by a clock that is ahead",
      { heardHeads: [heard(sha("01d"), seen)] },
      [pushedAt(late, sha("a"), sha("01d"))],
      "now",
    ],
    [
      "a head that was heard of is there",
      { heardHeads: [heard(HEAD, late), heard(sha("90d"), late)] },
      [],
      null,
    ],
    [
      "a head that is gone was heard of before the one that was judged",
      { heardHeads: [heard(sha("01d"), "2026-11-20T09:00:00Z")] },
      [],
      null,
    ],
    [
      "a reading has found since that one is gone",
      { headMovedAt: late, heardHeads: [heard(sha("01d"), found)] },
      [],
      late,
    ],
  ])("of the head: %s", async (_, given, timeline, expected) => {
    const of = stubbedGitHub();
    of.pull.commits.unshift({ oid: sha("90d"), message: "known before", author: person("dora", 1) });
    of.pull.timeline = timeline;
    const { recorded, now } = await snapshotOf(of, { request: { memory: { ...known, ...given } } });
    expect(recorded.headMovedAt).toBe(expected === "now" ? now : expected);
  });

  const changed = (createdAt: string) => ({ __typename: "BaseRefChangedEvent", createdAt });
  test.each<[string, readonly (readonly [string, string])[], object[], string | null]>([
    ["was rewritten, as a webhook told", [["main", found]], [], found],
    [
      "was rewritten, as a webhook told, and GitHub tells of it later",
      [["main", found]],
      [changed(late)],
      late,
    ],
    ["was rewritten since GitHub told of it, as a webhook told", [["main", late]], [changed(found)], late],
    ["is not the branch that was rewritten", [["release", found]], [], null],
  ])("of the base: it %s", async (_, branches, timeline, expected) => {
    const of = stubbedGitHub();
    of.pull.timeline = timeline;
    const rewritten = branches.map(([branch, at]) => ({ branch, at }));
    const memory = { ...known, base: { ref: "main", changedAt: null }, rewritten };
    expect((await snapshotOf(of, { request: { memory } })).recorded.baseChangedAt).toBe(expected);
  });

  test.each<[string, object | undefined, object[], string | null]>([
    ["nothing is known of it", undefined, [], null],
    ["it is the same", { ref: "main", changedAt: null }, [], null],
    ["it was found to be changed", { ref: "main", changedAt: found }, [], found],
    ["it is another one", { ref: "dev", changedAt: null }, [], "now"],
    [
      "it is another one, and GitHub tells of a change before",
      { ref: "dev", changedAt: found },
      [changed(found)],
      "now",
    ],
    ["it is another one, and GitHub tells of it", { ref: "dev", changedAt: found }, [changed(late)], late],
  ])("of the base: %s", async (_, base, timeline, expected) => {
    const of = stubbedGitHub();
    of.pull.timeline = timeline;
    const memory = { ...known, ...(base && { base: base as never }) };
    const { recorded, now } = await snapshotOf(of, { request: { memory } });
    expect(recorded.baseChangedAt).toBe(expected === "now" ? now : expected);
  });
});

test("E25 who gave more commands than are kept took part, as soon as they may write", async () => {
  const of = stubbedGitHub();
  const fred = { id: 6, login: "fred", type: "User" } as const;
  const gus = { id: 7, login: "gus", type: "User" } as const;
  of.permissions.fred = { permission: "write", user: { id: fred.id } };
  of.permissions.gus = { permission: "read", user: { id: gus.id } };
  of.pull.reviews = [fred, gus].map(({ login, id }) => ({
    ...{ id, state: "APPROVED", author: user(login, id) },
    canPush: login === "fred",
  }));
  const because = "gave agents more commands than are kept";
  const asked = [fred, gus].map((account) => ({ account, role: "requester" as const, because }));
  const memory = {
    ...{ approvals: [], evidence: [], participants: [], refusals: [], accounts: [] },
    ...{ mayHaveAsked: asked, headSha: null, headSeenAt: null },
  };
  const { participants } = await snapshotOf(of, { request: { memory } });
  const named = participants.filter((each) => each.because === because);
  expect(named.map(({ account }) => account.login)).toEqual(["fred"]);
});

test("a head that the base holds already is still the one the app knows", async () => {
  const of = stubbedGitHub();
  of.pull.commits = [];
  const memory = {
    approvals: [],
    evidence: [],
    participants: [],
    refusals: [],
    accounts: [],
    headSha: HEAD,
    headSeenAt: "2026-11-20T10:00:00Z",
  };
  expect((await snapshotOf(of, { request: { memory } })).recorded.headMovedAt).toBeNull();
});

test.each(["BaseRefChangedEvent", "BaseRefForcePushedEvent", "AutomaticBaseChangeSucceededEvent"])(
  "a %s says when the base changed",
  async (__typename) => {
    const of = stubbedGitHub();
    of.pull.timeline = [{ __typename, createdAt: "2026-11-20T11:00:00Z" }];
    expect((await snapshotOf(of)).recorded.baseChangedAt).toBe("2026-11-20T11:00:00Z");
  },
);
