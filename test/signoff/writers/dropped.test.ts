import { describe, expect, test } from "@jest/globals";
import type { Account, CommitRecord, PullRequestFacts, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  commit,
  HEAD,
  humanChange,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  pushed,
  recorded,
  requester,
  snapshot,
  user,
  verdict,
} from "../build.ts";

const stranger = user("stranger", 66);
const MARK = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const USED_UP = recorded({ usedUp: true });

/** A stranger's pull request of two commits: the first is Nils's, the second their own. */
const ofStranger = (more: Partial<Snapshot> = {}, pull: Partial<PullRequestFacts> = {}) =>
  verdict({
    pullRequest: { ...snapshot().pullRequest, author: stranger, outsider: true, fork: true, ...pull },
    commits: [commit(nils, { sha: OLD_HEAD }), commit(stranger)],
    participants: [pushed(nils, OLD_HEAD), pushed(stranger)],
    ...more,
  });

describe("what an account makes is counted by account and day", () => {
  test.each<{ why: string; author: Account | null; keptFor: object | undefined }>([
    { why: "a person", author: stranger, keptFor: { account: stranger.id, day: "2026-11-20" } },
    { why: "no machine", author: kiro, keptFor: undefined },
    { why: "nobody, where the account is gone", author: null, keptFor: undefined },
  ])("$why", ({ author, keptFor }) => {
    expect(ofStranger({}, { author }).toRecord.keptFor).toEqual(keptFor);
  });
});

describe("of an author who has used up what is kept for one account", () => {
  test("only is kept which of their own commits were left out", () => {
    const { toRecord } = ofStranger({ recorded: USED_UP });
    expect(toRecord).toMatchObject({
      evidence: [],
      change: null,
      dropped: { commits: [HEAD], pullRequest: false },
    });
    expect(toRecord.commits.map(({ sha }) => sha)).toEqual([OLD_HEAD]);
  });

  test("and that the pull request told of an agent", () => {
    const { toRecord } = ofStranger({ recorded: USED_UP }, { body: MARK });
    expect(toRecord).toMatchObject({ evidence: [], dropped: { pullRequest: true } });
  });

  test("nor themselves among the people, but the others", () => {
    const participants = [pushed(nils, OLD_HEAD), pushed(stranger), requester(kira)];
    const accounts = (more: Partial<Snapshot>) =>
      new Set(
        ofStranger({ participants, ...more }).toRecord.participants.map(({ account }) => account.login),
      );
    expect(accounts({})).toEqual(new Set(["nils", "stranger", "kira"]));
    expect(accounts({ recorded: USED_UP })).toEqual(new Set(["nils", "kira"]));
  });

  test("nothing is left out before", () => {
    const { toRecord } = ofStranger();
    expect(toRecord.dropped).toBeUndefined();
    expect(toRecord.commits.map(({ sha }) => sha)).toEqual([OLD_HEAD, HEAD]);
  });

  test.each<{ why: string; given: Partial<Snapshot>; own: readonly string[] }>([
    { why: "a commit that they pushed alone is theirs", given: {}, own: [HEAD] },
    {
      why: "one that somebody else pushed too is not",
      given: { participants: [pushed(stranger), pushed(nils)] },
      own: [],
    },
    {
      why: "one of which somebody else was known is not",
      given: {
        recorded: recorded({
          usedUp: true,
          commits: [{ sha: HEAD, evidence: [], participants: [{ ...requester(kira) }] }],
        }),
      },
      own: [],
    },
    {
      why: "one of which nobody else was known is",
      given: {
        recorded: recorded({
          usedUp: true,
          commits: [
            { sha: HEAD, evidence: [], participants: [pushed(stranger)] },
            { sha: OLD_HEAD, evidence: [], participants: [pushed(nils, OLD_HEAD)] },
          ],
        }),
      },
      own: [HEAD],
    },
    {
      why: "one that they neither pushed nor are named on is not",
      given: { commits: [commit(nils)], participants: [] },
      own: [],
    },
  ])("$why", ({ given, own }) => {
    const { toRecord } = ofStranger({ recorded: USED_UP, ...given });
    expect(toRecord.dropped?.commits).toEqual(own);
  });
});

describe("what was seen and is not kept blocks", () => {
  const TOO_MUCH = "an account without write permission made more than is kept for one account.";
  const OF_COMMIT = {
    severity: "error",
    code: "evidence/commit-not-kept",
    message:
      "It is not known who wrote bbbbbbb: an account without write permission made more than is kept for one account, or what was merged into it names more authors than GitHub tells.",
    remedy:
      "Amend each of these commits, so that it has another id, and push again tomorrow. Somebody with write permission can do so at once.",
  };
  const OF_PULL = {
    severity: "error",
    code: "evidence/pull-request-not-kept",
    message: `Not all that this pull request told of its writers is known: ${TOO_MUCH}`,
    remedy:
      "Close it, and open a new pull request tomorrow. Somebody with write permission can do so at once.",
  };
  const without = (sha: string): CommitRecord => ({ sha, evidence: [], participants: [], dropped: true });

  test.each<{ why: string; given: () => ReturnType<typeof verdict>; problems: readonly object[] }>([
    {
      why: "a commit, whoever opens it",
      given: () => verdict(humanChange({ recorded: recorded({ commits: [without(HEAD)] }) })),
      problems: [OF_COMMIT],
    },
    {
      why: "not a commit of another pull request",
      given: () => verdict(humanChange({ recorded: recorded({ commits: [without(OLD_HEAD)] }) })),
      problems: [],
    },
    {
      why: "not a commit of which all is kept",
      given: () =>
        verdict(
          humanChange({
            recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants: [pushed(kira)] }] }),
          }),
        ),
      problems: [],
    },
    {
      why: "what the pull request told before",
      given: () => verdict(humanChange({ recorded: recorded({ dropped: true }) })),
      problems: [OF_PULL],
    },
    {
      why: "a commit left out just now",
      given: () => ofStranger({ recorded: USED_UP }),
      problems: [OF_COMMIT],
    },
    {
      why: "what the pull request tells now",
      given: () =>
        ofStranger({ recorded: USED_UP, commits: [commit(nils)], participants: [] }, { body: MARK }),
      problems: [OF_PULL],
    },
  ])("$why", ({ given, problems }) => {
    const found = given();
    expect(found.problems.filter(({ code }) => code.endsWith("-not-kept"))).toEqual(problems);
    expect(found.conclusion === "failure").toBe(problems.length > 0);
  });
});
