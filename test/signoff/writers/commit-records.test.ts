import { describe, expect, test } from "@jest/globals";
import type { Evidence } from "../../../src/provenance/evidence.ts";
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

  test("and is not told as one's own doing twice where this is the pull request that was opened", () => {
    const openedBy = (number: number): Participant => {
      return { account: kira, role: "opener", because: `opened #${number} with the same commits` };
    };
    const seen = (...participants: readonly Participant[]) =>
      verdict({
        pullRequest: { ...snapshot().pullRequest, author: kira, number: 7 },
        commits: [commit(kira)],
        recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants }] }),
      }).contributors;
    expect(seen(openedBy(7))).toEqual(seen());
    expect(seen(openedBy(7), openedBy(6))).toEqual(seen(openedBy(6)));
    expect(seen(openedBy(6))).not.toEqual(seen());
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
    {
      why: "any commit, where whoever edited the text last is gone",
      given: { participants: [pushed(nils)] },
      pull: { editedBy: null },
      follows: true,
    },
    {
      why: "any commit, where an insider edited the text and its author is gone",
      given: { participants: [pushed(nils)] },
      pull: { editedBy: olga, author: null },
      follows: true,
    },
    {
      why: "a commit that somebody else pushed, where the outsider edited their own text",
      given: { participants: [pushed(nils)] },
      pull: { editedBy: stranger },
      follows: false,
    },
    {
      why: "a commit that somebody else pushed to the repository, and the outsider to the fork",
      given: { participants: [pushed(nils), { ...pushed(stranger), toFork: true }] },
      follows: false,
    },
    {
      why: "a commit of which git names the outsider, besides an address that belongs to no account",
      given: {
        commits: [
          commit(stranger, { author: { name: "Build Box", email: "root@build.local", account: null } }),
        ],
        participants: [pushed(nils)],
      },
      follows: true,
    },
    {
      why: "any commit, where the mark is a label, which only an insider gives",
      given: { participants: [pushed(nils)] },
      pull: { body: "", labels: ["codex"] },
      follows: true,
    },
    {
      why: "any commit, where the mark is the name of a branch of the repository itself",
      given: { participants: [pushed(nils)] },
      pull: { body: "", fork: false, head: { sha: HEAD, ref: "codex/resize" } },
      follows: true,
    },
    {
      why: "a commit that somebody else pushed, where the mark is the name of a fork's branch",
      given: { participants: [pushed(nils)] },
      pull: { body: "", head: { sha: HEAD, ref: "codex/resize" } },
      follows: false,
    },
  ])("$why: $follows", ({ given, pull, follows }) => {
    const [record] = recordsOf(given, pull);
    expect(record?.tools ?? []).toHaveLength(follows ? 1 : 0);
  });

  test("a machine's push follows every commit of which nobody is known to have pushed it", () => {
    const oldest = "1".repeat(40);
    const records = recordsOf(
      {
        commits: [commit(nils, { sha: oldest }), commit(nils, { sha: OLD_HEAD }), commit(nils)],
        participants: [pushed(nils, OLD_HEAD), pushed(kiro)],
      },
      { body: "" },
    );
    expect(records.map(({ tools }) => tools)).toEqual([["Kiro"], [], []]);
  });

  test("an insider's text follows every commit", () => {
    const { toRecord } = verdict({
      pullRequest: { ...snapshot().pullRequest, author: nils, body: MARK },
      commits: [commit(olga, { sha: OLD_HEAD }), commit(olga)],
      participants: [pushed(olga)],
    });
    expect(toRecord.commits.map(tools)).toEqual([["Claude Code"], ["Claude Code"]]);
  });

  test("whoever owns the fork counts as the pusher of what nobody else pushed", () => {
    expect(recordsOf({ participants: [owned] }, { body: "" })).toEqual([
      { tools: [], people: ["pusher stranger", "opener stranger"] },
    ]);
  });

  test("each commit is noted with its own push", () => {
    const { toRecord } = verdict({
      commits: [commit(nils, { sha: OLD_HEAD }), commit(nils)],
      participants: [pushed(nils, OLD_HEAD), pushed(nils)],
    });
    const pushes = toRecord.commits.map(({ sha, participants }) => [
      sha,
      participants.filter(({ role }) => role === "pusher"),
    ]);
    expect(pushes).toEqual([
      [OLD_HEAD, [pushed(nils, OLD_HEAD)]],
      [HEAD, [pushed(nils)]],
    ]);
  });

  describe("a mark that is on record already", () => {
    const mark = (writtenBy?: Evidence["writtenBy"]): Evidence => ({
      tool: "Claude Code",
      kind: "body-line",
      strength: "strong",
      where: { on: "pull-request", field: "body" },
      text: MARK,
      ...(writtenBy && { writtenBy }),
    });
    const outsiders = mark({ id: stranger.id, login: stranger.login, outsider: true });
    const insiders = mark({ id: nils.id, login: nils.login, outsider: false });

    test.each<{ why: string; known: readonly Evidence[]; noted: readonly Evidence[] }>([
      {
        why: "is noted again by an insider where an outsider wrote it",
        known: [outsiders],
        noted: [insiders],
      },
      { why: "is not noted again by an insider where one wrote it", known: [insiders, outsiders], noted: [] },
      { why: "is not noted again by an insider where a machine wrote it", known: [mark()], noted: [] },
    ])("$why", ({ known, noted }) => {
      const { toRecord } = verdict({
        pullRequest: { ...snapshot().pullRequest, author: nils, body: MARK },
        commits: [commit(nils)],
        participants: [pushed(nils)],
        recorded: recorded({ commits: [{ sha: HEAD, evidence: known, participants: [] }] }),
      });
      expect(toRecord.commits.flatMap(({ evidence }) => evidence)).toEqual(noted);
    });

    test("on other commits that make the same change is noted of these too", () => {
      const where = { on: "commit", sha: OLD_HEAD, field: "message" } as const;
      const other: Evidence = { ...mark(), kind: "trailer", where };
      const { toRecord } = verdict({
        pullRequest: { ...snapshot().pullRequest, author: nils },
        commits: [commit(nils)],
        participants: [pushed(nils)],
        recorded: recorded({ commits: [{ sha: OLD_HEAD, evidence: [other], participants: [] }] }),
      });
      expect(toRecord.commits.map(({ sha, evidence }) => ({ sha, evidence }))).toEqual([
        { sha: HEAD, evidence: [other] },
      ]);
    });
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
    {
      why: "one of the two who pushed them opened them",
      given: {
        participants: [pushed(nils, OLD_HEAD), pushed(olga, OLD_HEAD), pushed(kiro), requester(kira)],
      },
    },
    {
      why: "somebody pushed the agent's commits too",
      given: { participants: [pushed(nils, OLD_HEAD), pushed(kiro), pushed(nils), requester(kira)] },
    },
  ])("also where $why", ({ given }) => {
    expect(taints(recordsOf(given))).toBe(false);
  });

  test.each<{ why: string; given: Partial<Snapshot> }>([
    { why: "nobody opened them before", given: { recorded: recorded() } },
    {
      why: "somebody opened others before",
      given: { recorded: recorded({ commits: [{ ...opened(nils), sha: "9".repeat(40) }] }) },
    },
    { why: "nobody is known to have pushed the rest", given: { participants: [pushed(nils, OLD_HEAD)] } },
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
    {
      why: "an outsider's into which an insider wrote a mark that is known of some of the commits",
      more: {
        commits: [commit(nils, { sha: OLD_HEAD }), commit(nils)],
        participants: [pushed(nils, OLD_HEAD), pushed(nils)],
        recorded: recorded({
          commits: [
            {
              sha: OLD_HEAD,
              evidence: [
                {
                  tool: "Claude Code",
                  kind: "body-line",
                  strength: "strong",
                  where: { on: "pull-request", field: "body" },
                  text: MARK,
                },
              ],
              participants: [],
            },
          ],
        }),
      },
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

  test.each<{
    why: string;
    by: readonly (readonly Participant[])[];
    pull?: Partial<PullRequestFacts>;
    is: boolean;
  }>([
    { why: "not where others had made it", by: [[pushed(nils)]], is: false },
    { why: "not where others had made it too", by: [[pushed(stranger)], [pushed(nils)]], is: false },
    {
      why: "not where it is not known who copied it",
      by: [[pushed(nils)]],
      pull: { author: null },
      is: false,
    },
    { why: "where the outsider had made it", by: [[pushed(stranger)]], is: true },
    { why: "where nobody is known to have made it", by: [[]], is: true },
  ])("and what they copied is noted as their change $why", ({ by, pull, is }) => {
    const { toRecord } = verdict({
      pullRequest: {
        ...snapshot().pullRequest,
        ...{ author: stranger, outsider: true, fork: true },
        ...pull,
      },
      commits: [commit(stranger)],
      contentDigest: "same",
      recorded: recorded({
        commits: by.map((participants, place) => ({ sha: `content ${place}`, evidence: [], participants })),
      }),
    });
    expect(toRecord.change?.contentDigest).toBe(is ? "same" : undefined);
  });

  test("an insider's change is noted as theirs too, whoever had made it", () => {
    const { toRecord } = verdict({
      pullRequest: { ...snapshot().pullRequest, author: kira },
      contentDigest: "same",
      recorded: recorded({ commits: [{ sha: "content same", evidence: [], participants: [pushed(nils)] }] }),
    });
    expect(toRecord.change?.contentDigest).toBe("same");
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
