import { describe, expect, test } from "@jest/globals";
import { judge } from "../../../src/signoff/evaluate.ts";
import type {
  Account,
  CommitRecord,
  Participant,
  PullRequestFacts,
  Snapshot,
} from "../../../src/signoff/snapshot.ts";
import {
  approval,
  commit,
  HEAD,
  humanChange,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  policy,
  pushed,
  recorded,
  requester,
  snapshot,
  user,
  verdict,
} from "../build.ts";

const stranger = user("stranger", 66);
const MARK = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const tools = ({ evidence }: CommitRecord) => evidence.map(({ tool }) => tool);
const people = ({ participants }: CommitRecord) =>
  participants.map(({ role, account }) => `${role} ${account.login}`);

describe("A17 what is known of commits comes with them into another pull request", () => {
  /** The agent's pull request, as it was; then Olga opens the same commits again. */
  const agentsCommits = () => verdict({ participants: [requester(kira), pushed(kiro)] }).toRecord.commits;
  const again = (more: Partial<Snapshot> = {}) =>
    verdict({
      ...humanChange({ commits: [commit(olga)], participants: [pushed(olga)] }),
      pullRequest: { ...snapshot().pullRequest, author: olga, number: 8 },
      recorded: recorded({ commits: agentsCommits() }),
      ...more,
    });

  test("the evidence", () => {
    expect(again().provenance.writer).toBe("ai");
    expect(again({ recorded: recorded() }).provenance.writer).toBe("human");
  });

  test("whoever asked, pushed or opened it", () => {
    expect(agentsCommits().map(people)).toEqual([
      ["requester kira", "pusher kiro-agent[bot]", "opener kiro-agent[bot]"],
    ]);
    const { contributors } = again();
    expect(contributors.map(({ account }) => account?.login)).toContain("kira");
  });

  test("so that none of them can sign there", () => {
    const opener: Participant = { account: kira, role: "opener", because: "opened #7 with the same commits" };
    const { ignoredReviews } = again({
      reviews: [approval(kira)],
      codeowners: { path: "CODEOWNERS", text: "* @kira" },
      recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants: [opener] }] }),
      commits: [commit(kiro)],
    });
    expect(ignoredReviews).toMatchObject([
      {
        sentence: "@kira approved, but opened #7 with the same commits, and contributors cannot countersign.",
      },
    ]);
  });

  test("A16 a push by an AI's account, however the pull request was opened", () => {
    const record = { sha: HEAD, evidence: [], participants: [pushed(kiro)] };
    expect(again({ recorded: recorded({ commits: [record] }) }).provenance.writer).toBe("ai");
  });

  test("once: what is on record is not recorded again", () => {
    const { toRecord } = verdict({
      participants: [requester(kira), pushed(kiro)],
      recorded: recorded({ commits: agentsCommits() }),
    });
    expect(toRecord.commits).toEqual([]);
  });

  test("D11 also where the policy cannot be read", () => {
    const { conclusion, toRecord } = judge(
      snapshot({
        participants: [requester(kira), pushed(kiro)],
        policySources: {
          organization: { status: "absent" },
          repository: { status: "found", path: "countersign.yml", text: "mode: [" },
        },
      }),
    );
    expect(conclusion).toBe("failure");
    expect(toRecord.commits).toEqual(agentsCommits());
  });
});

describe("A25 an outsider's text follows only what the outsider pushed", () => {
  const facts: PullRequestFacts = {
    ...snapshot().pullRequest,
    author: stranger,
    outsider: true,
    fork: true,
    body: MARK,
  };
  const owned: Participant = { account: stranger, role: "pusher", because: "owns the fork", presumed: true };
  const recordsOf = (more: Partial<Snapshot>, pull: Partial<PullRequestFacts> = {}) =>
    verdict({
      pullRequest: { ...facts, ...pull },
      commits: [commit(nils)],
      participants: [],
      ...more,
    }).toRecord.commits.map((record) => ({ tools: tools(record), people: people(record) }));

  test.each<{ why: string; given: Partial<Snapshot>; pull?: Partial<PullRequestFacts>; follows: boolean }>([
    {
      why: "a commit that somebody else pushed",
      given: { participants: [pushed(nils), owned] },
      follows: false,
    },
    { why: "a commit that the outsider pushed", given: { participants: [pushed(stranger)] }, follows: true },
    { why: "a commit of the outsider's fork", given: { participants: [owned] }, follows: true },
    {
      why: "a commit that was in another fork before",
      given: {
        participants: [owned],
        recorded: recorded({
          commits: [
            {
              sha: HEAD,
              evidence: [],
              participants: [{ account: nils, role: "pusher", because: "owns the fork", presumed: true }],
            },
          ],
        }),
      },
      follows: false,
    },
    { why: "a commit that nobody is known to have pushed", given: {}, follows: false },
    {
      why: "any commit, where an insider edited the text last",
      given: { participants: [pushed(nils)] },
      pull: { editedBy: olga },
      follows: true,
    },
  ])("$why: $follows", ({ given, pull, follows }) => {
    const [record] = recordsOf(given, pull);
    expect(record?.tools ?? []).toEqual(follows ? ["Claude Code"] : []);
  });

  test("an insider's text follows every commit", () => {
    const { toRecord } = verdict({
      pullRequest: { ...snapshot().pullRequest, author: nils, body: MARK },
      commits: [commit(olga, { sha: OLD_HEAD }), commit(olga)],
      participants: [pushed(olga)],
    });
    expect(toRecord.commits.map(tools)).toEqual([["Claude Code"], ["Claude Code"]]);
  });

  test("and whoever was asked to look there does not follow other people's commits", () => {
    expect(recordsOf({ participants: [pushed(nils), requester(olga)] })).toEqual([
      { tools: [], people: ["pusher nils"] },
    ]);
  });
});

describe("A25 an agent's pull request that builds upon a person's says nothing of the person's commits", () => {
  const opened = (by: Account): CommitRecord => ({
    sha: OLD_HEAD,
    evidence: [],
    participants: [
      pushed(nils, OLD_HEAD),
      { account: by, role: "opener", because: "opened #6 with the same commits" },
    ],
  });
  const recordsOf = (given: Partial<Snapshot>) =>
    verdict({
      commits: [commit(nils, { sha: OLD_HEAD }), commit(kiro)],
      participants: [pushed(nils, OLD_HEAD), pushed(kiro), requester(kira)],
      recorded: recorded({ commits: [opened(nils)] }),
      ...given,
    }).toRecord.commits;
  const taints = (records: readonly CommitRecord[]) =>
    records.some(
      ({ sha, evidence, participants }) =>
        sha === OLD_HEAD && (evidence.length > 0 || participants.some(({ role }) => role !== "pusher")),
    );

  test("which are theirs alone", () => {
    const records = recordsOf({});
    expect(taints(records)).toBe(false);
    expect(records.filter(({ sha }) => sha === HEAD).map(people)).toEqual([
      ["pusher kiro-agent[bot]", "requester kira", "opener kiro-agent[bot]"],
    ]);
  });

  test.each<{ why: string; given: Partial<Snapshot> }>([
    { why: "nobody opened them before", given: { recorded: recorded() } },
    { why: "somebody else opened them", given: { recorded: recorded({ commits: [opened(olga)] }) } },
    { why: "the agent pushed nothing", given: { participants: [pushed(nils, OLD_HEAD), pushed(nils)] } },
    { why: "the agent pushed them too", given: { participants: [pushed(kiro, OLD_HEAD), pushed(kiro)] } },
    {
      why: "a person opened the whole with the agent's mark",
      given: { pullRequest: { ...snapshot().pullRequest, author: olga, body: MARK } },
    },
  ])("but it does where $why", ({ given }) => {
    expect(taints(recordsOf(given))).toBe(true);
  });
});

describe("A25 whose pull request decides nothing beside that of those who pushed its commits", () => {
  const isIdle = (more: Partial<Snapshot>, pull: Partial<PullRequestFacts> = {}) =>
    verdict({
      pullRequest: { ...snapshot().pullRequest, author: stranger, outsider: true, fork: true, ...pull },
      commits: [commit(nils)],
      participants: [pushed(nils)],
      ...more,
    }).ofOutsider === true;

  test.each<{ why: string; more?: Partial<Snapshot>; pull?: Partial<PullRequestFacts>; is: boolean }>([
    { why: "an outsider's", is: true },
    { why: "an outsider's with a mark of their own", pull: { body: MARK }, is: true },
    { why: "an outsider's who pushed them", more: { participants: [pushed(stranger)] }, is: false },
    { why: "an outsider's whom git names", more: { commits: [commit(stranger)] }, is: false },
    {
      why: "an outsider's into which an insider wrote a mark",
      pull: { body: MARK, editedBy: olga },
      is: false,
    },
    { why: "that of an account that is gone", pull: { author: null }, is: false },
    {
      why: "an outsider's with one commit of their own",
      more: { commits: [commit(stranger, { sha: OLD_HEAD }), commit(nils)] },
      is: false,
    },
  ])("$why: $is", ({ more = {}, pull = {}, is }) => {
    expect(isIdle(more, pull)).toBe(is);
  });

  test("and what they copied is not noted as their change", () => {
    const digestOf = (participants: readonly Participant[]) =>
      verdict({
        pullRequest: { ...snapshot().pullRequest, author: stranger, outsider: true, fork: true },
        commits: [commit(stranger)],
        contentDigest: "same",
        recorded: recorded({ commits: [{ sha: "content same", evidence: [], participants }] }),
      }).toRecord.change?.contentDigest;
    expect(digestOf([pushed(nils)])).toBeUndefined();
    expect(digestOf([pushed(stranger)])).toBe("same");
    expect(digestOf([])).toBe("same");
  });
});

describe("A25 being named makes nobody a requester, unless a machine wrote the line", () => {
  const LINE = "This pull request was created by @kiro-agent on behalf of @olga";
  const asked = (more: Partial<Snapshot>, pull: Partial<PullRequestFacts> = {}) =>
    verdict(
      {
        participants: [],
        ...more,
        pullRequest: { ...snapshot().pullRequest, body: LINE, ...pull },
      },
      { mode: policy().mode },
    ).contributors.some(
      ({ login, account, roles }) =>
        (account?.login ?? login) === "olga" && roles.some(({ role }) => role === "requester"),
    );

  test.each<{ why: string; more?: Partial<Snapshot>; pull?: Partial<PullRequestFacts>; is: boolean }>([
    { why: "a machine's text", is: true },
    { why: "a person's text", pull: { author: nils }, is: false },
    {
      why: "a text that an app wrote in a person's name",
      pull: { author: nils, performedVia: { slug: "kiro", id: 9 } },
      is: true,
    },
    { why: "a machine's text that a person edited", pull: { editedBy: nils }, is: false },
    { why: "a person's text that a machine edited", pull: { author: nils, editedBy: kiro }, is: true },
    {
      why: "the message of a commit that a person pushed",
      more: {
        commits: [commit(kiro, { message: LINE })],
        participants: [{ ...pushed(nils), introduced: true as const }],
      },
      pull: { author: nils, body: "" },
      is: false,
    },
    {
      why: "the message of a machine's commit that a person moved a branch to",
      more: { commits: [commit(kiro, { message: LINE })], participants: [pushed(nils)] },
      pull: { author: nils, body: "" },
      is: true,
    },
    {
      why: "the message of a commit that a machine pushed",
      more: { commits: [commit(nils, { message: LINE })], participants: [pushed(kiro)] },
      pull: { author: nils, body: "" },
      is: true,
    },
    {
      why: "the message of a machine's commit in a stranger's fork",
      more: { commits: [commit(kiro, { message: LINE })] },
      pull: { author: stranger, body: "", fork: true },
      is: false,
    },
    {
      why: "the message of a machine's commit in the repository itself",
      more: { commits: [commit(kiro, { message: LINE })] },
      pull: { author: nils, body: "" },
      is: true,
    },
  ])("$why: $is", ({ more = {}, pull, is }) => {
    expect(asked(more, pull)).toBe(is);
  });
});
