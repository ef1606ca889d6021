import { describe, expect, test } from "@jest/globals";
import type { Evidence } from "../../../src/provenance/evidence.ts";
import type {
  CommitFacts,
  CommitRecord,
  Participant,
  PullRequestFacts,
  Snapshot,
} from "../../../src/signoff/snapshot.ts";
import type { ChangeRecord } from "../../../src/signoff/verdict.ts";
import {
  bot,
  commit,
  dora,
  HEAD,
  identity,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  pushed,
  recorded,
  requester,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const DIGEST = "the same change";
const MERGE = "d".repeat(40);
const WEB_FLOW = { name: "GitHub", email: "noreply@github.com", account: user("web-flow", 19_864_447) };

const shared = (name: string) => ({ name, email: "root@localhost", account: null });

/** What is noted of Kiro's pull request, for whoever makes the same change in other commits. */
const changeOf = (given: Partial<Snapshot> = {}, pull: Partial<PullRequestFacts> = {}) =>
  verdict({
    pullRequest: { ...snapshot().pullRequest, ...pull },
    contentDigest: DIGEST,
    participants: [pushed(kiro)],
    ...given,
  }).toRecord.change;

const writersIn = (given: Partial<Snapshot>) =>
  (changeOf(given)?.participants ?? [])
    .filter(({ role }) => role === "commit-author")
    .map(({ account, identity: git, because }) => `${git?.email ?? account.login} ${because}`);

describe("A17 whom git names on a commit took part in the change, in whatever commits it is made", () => {
  test.each<{ why: string; of: Partial<CommitFacts>; are: readonly string[] }>([
    { why: "nobody, where a machine wrote it", of: {}, are: [] },
    { why: "its author", of: { author: identity(olga) }, are: ["olga wrote bbbbbbb"] },
    { why: "its committer", of: { committer: identity(olga) }, are: ["olga committed bbbbbbb"] },
    {
      why: "its co-authors, without the machines",
      of: { coAuthors: [identity(olga), identity(bot("dependabot[bot]", 49_699_333)), identity(sven)] },
      are: ["olga co-wrote bbbbbbb", "sven co-wrote bbbbbbb"],
    },
    {
      why: "each once, by the first of what they did",
      of: { author: identity(olga), committer: identity(sven), coAuthors: [identity(sven), identity(dora)] },
      are: ["olga wrote bbbbbbb", "sven committed bbbbbbb", "dora co-wrote bbbbbbb"],
    },
    {
      why: "whoever has an address that belongs to no account, by that",
      of: {
        author: { name: "Night Shift", email: "night@home.example", account: null },
        coAuthors: [
          { name: "Day Shift", email: "day@home.example", account: null },
          { name: "Claude", email: "noreply@anthropic.com", account: null },
        ],
      },
      are: ["night@home.example wrote bbbbbbb", "day@home.example co-wrote bbbbbbb"],
    },
    {
      why: "each of those whose machines have one address",
      of: { author: shared("Night Shift"), coAuthors: [shared("Day Shift")] },
      are: ["root@localhost wrote bbbbbbb", "root@localhost co-wrote bbbbbbb"],
    },
    {
      why: "the author of a commit with one parent",
      of: { author: identity(olga), parents: [OLD_HEAD] },
      are: ["olga wrote bbbbbbb"],
    },
  ])("$why", ({ of, are }) => {
    expect(writersIn({ commits: [commit(kiro, of)] })).toEqual(are);
  });

  test("each of those whose machines have one address, of whatever commits", () => {
    const commits = [
      commit(kiro, { sha: OLD_HEAD, author: shared("Night Shift") }),
      commit(kiro, { author: shared("Day Shift") }),
    ];
    const participants = [pushed(kiro), pushed(kiro, OLD_HEAD)];
    expect(writersIn({ commits, participants })).toEqual([
      "root@localhost wrote aaaaaaa",
      "root@localhost wrote bbbbbbb",
    ]);
  });

  test.each<{ why: string; given: Partial<Snapshot>; are: readonly string[] }>([
    {
      why: "who made a suggestion in an AI's change, and who applied it",
      given: {},
      are: ["sven wrote bbbbbbb", "olga suggested bbbbbbb"],
    },
    {
      why: "only who applied it in a human's change, for which the config decides about suggestions",
      given: { pullRequest: { ...snapshot().pullRequest, author: kira }, participants: [pushed(sven)] },
      are: ["sven wrote bbbbbbb"],
    },
  ])("$why", ({ given, are }) => {
    const suggested = commit(sven, {
      message: "Apply suggestion from @olga",
      committer: WEB_FLOW,
      committedViaWeb: true,
      coAuthors: [identity(olga)],
    });
    expect(writersIn({ commits: [suggested], ...given })).toEqual(are);
  });

  test.each<{ why: string; made: Partial<CommitFacts>; are: readonly string[] }>([
    { why: "not whoever made a merge that changed nothing by itself", made: { mergeChanged: [] }, are: [] },
    {
      why: "whoever made a merge that changed something by itself",
      made: { mergeChanged: ["infra/main.tf"] },
      are: ["olga wrote ddddddd"],
    },
    {
      why: "whoever made a merge of which nobody knows what it changed",
      made: {},
      are: ["olga wrote ddddddd"],
    },
  ])("$why", ({ made, are }) => {
    const merge = commit(olga, { sha: MERGE, parents: [HEAD, OLD_HEAD], ...made });
    const participants = [pushed(kiro), pushed(kiro, MERGE)];
    expect(writersIn({ commits: [commit(kiro), merge], participants })).toEqual(are);
  });
});

describe("A25 git's word of a commit counts where somebody pushed it to the repository itself", () => {
  test.each<{ why: string; by?: readonly Participant[]; onRecord?: readonly Participant[]; is: boolean }>([
    { why: "where it was pushed there", by: [pushed(kiro)], is: true },
    { why: "where that is known from elsewhere", onRecord: [pushed(kiro)], is: true },
    {
      why: "where it was pushed to a fork too",
      by: [{ ...pushed(nils), toFork: true }, pushed(kiro)],
      is: true,
    },
    { why: "not where nobody is known to have pushed it", is: false },
    { why: "not where another commit was", by: [pushed(kiro, OLD_HEAD)], is: false },
    { why: "not where it was pushed to a fork", by: [{ ...pushed(nils), toFork: true }], is: false },
    { why: "not where somebody owns the fork", by: [{ ...pushed(nils), presumed: true }], is: false },
  ])("$why", ({ by = [], onRecord = [], is }) => {
    const given: Partial<Snapshot> = {
      commits: [commit(kiro, { author: identity(olga) })],
      participants: by,
      recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants: onRecord }] }),
    };
    expect(writersIn(given)).toEqual(is ? ["olga wrote bbbbbbb"] : []);
  });
});

describe("A17 what is known of the commits is known of the change", () => {
  const MARK = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
  const mark: Evidence = {
    tool: "Claude Code",
    kind: "body-line",
    strength: "certain",
    where: { on: "pull-request", field: "body" },
    text: MARK,
  };
  const roles = ({ participants }: Pick<ChangeRecord, "participants">) =>
    participants.map(({ role, account }) => `${role} ${account.login}`);

  test("who asked for it, pushed and opened it, each once", () => {
    const commits = [commit(kiro, { sha: OLD_HEAD }), commit(kiro)];
    const participants = [pushed(kiro, OLD_HEAD), pushed(kiro), requester(kira)];
    const change = changeOf({ commits, participants });
    expect(change).toMatchObject({ contentDigest: DIGEST });
    expect(change && roles(change)).toEqual([
      "pusher kiro-agent[bot]",
      "requester kira",
      "opener kiro-agent[bot]",
    ]);
  });

  test.each<{
    why: string;
    given: Partial<Snapshot>;
    pull?: Partial<PullRequestFacts>;
    tools: readonly string[];
  }>([
    {
      why: "what stands in the commits' messages",
      given: { commits: [commit(nils, { message: MARK })] },
      pull: { author: nils },
      tools: ["Claude Code"],
    },
    {
      why: "what stands in its text",
      given: { commits: [commit(nils)] },
      pull: { author: nils, body: MARK },
      tools: ["Claude Code"],
    },
    {
      why: "what is on record of one of its commits",
      given: {
        commits: [commit(nils)],
        recorded: recorded({ commits: [{ sha: HEAD, evidence: [mark], participants: [] }] }),
      },
      pull: { author: nils },
      tools: ["Claude Code"],
    },
    {
      why: "a mark once, on however many commits",
      given: { commits: [commit(nils, { sha: OLD_HEAD, message: MARK }), commit(nils, { message: MARK })] },
      pull: { author: nils },
      tools: ["Claude Code"],
    },
  ])("$why", ({ given, pull = {}, tools }) => {
    expect(
      changeOf({ participants: [pushed(nils)], ...given }, pull)?.evidence.map(({ tool }) => tool),
    ).toEqual(tools);
  });

  test("who is on record of one of its commits", () => {
    const because = "opened #6 with the same commits";
    const participants = [{ account: dora, role: "opener" as const, because }];
    const change = changeOf({ recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants }] }) });
    expect(change && roles(change)).toContain("opener dora");
  });

  test("and nothing more once it is on record with the change", () => {
    const pull = { author: nils, body: MARK };
    const before = changeOf({ commits: [commit(nils)], participants: [pushed(nils)] }, pull);
    const known = {
      ...before,
      sha: `content ${DIGEST}`,
      evidence: before?.evidence ?? [],
      participants: before?.participants ?? [],
    };
    const again = (...commits: readonly CommitRecord[]) =>
      changeOf(
        { commits: [commit(nils)], participants: [pushed(nils)], recorded: recorded({ commits }) },
        pull,
      );
    expect(before).not.toBeNull();
    expect(again(known)).toBeNull();
    expect(again({ ...known, evidence: [] })).toEqual({
      contentDigest: DIGEST,
      evidence: before?.evidence,
      participants: [],
    });
    expect(again({ ...known, participants: [] })).toEqual({
      contentDigest: DIGEST,
      evidence: [],
      participants: before?.participants,
    });
  });

  test("only where the reader knows what makes the same change", () => {
    const { toRecord } = verdict({ participants: [pushed(kiro)] });
    expect(toRecord.change).toBeNull();
  });
});
