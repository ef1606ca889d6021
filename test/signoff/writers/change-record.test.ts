import { describe, expect, test } from "@jest/globals";
import type { CommitFacts, Participant, PullRequestFacts, Snapshot } from "../../../src/signoff/snapshot.ts";
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
    .map(({ account, because }) => `${account.login} ${because}`);

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
      why: "nobody whose address belongs to no account",
      of: { author: { name: "Build Box", email: "root@build.local", account: null } },
      are: [],
    },
    {
      why: "not who made a suggestion, but who applied it",
      of: {
        message: "Apply suggestion from @olga",
        author: identity(sven),
        committer: WEB_FLOW,
        committedViaWeb: true,
        coAuthors: [identity(olga)],
      },
      are: ["sven wrote bbbbbbb"],
    },
    {
      why: "the author of a commit with one parent",
      of: { author: identity(olga), parents: [OLD_HEAD] },
      are: ["olga wrote bbbbbbb"],
    },
  ])("$why", ({ of, are }) => {
    expect(writersIn({ commits: [commit(kiro, of)] })).toEqual(are);
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
