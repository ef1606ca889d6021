import { describe, expect, test } from "@jest/globals";
import type { Account, CommitFacts, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  approval,
  bot,
  commit,
  identity,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  refusal,
  requester,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const { pullRequest } = snapshot();
const WEB_FLOW = { name: "GitHub", email: "noreply@github.com", account: user("web-flow", 19_864_447) };
const KIROS_LINE = "This pull request was created by @kiro-agent on behalf of @kira";
const stranger = (email: string) => ({ name: "Build Box", email, account: null });
const head = (more: Partial<CommitFacts>) => [commit(kiro, more)];

/** Each contributor as `name: role because; …`, nobody having asked by themselves. */
function hands(given: Partial<Snapshot>): readonly string[] {
  const { contributors } = verdict({ participants: [], ...given });
  return contributors.map(({ account, login, identity: git, roles }) => {
    const name = account?.login ?? login ?? git?.email;
    return `${name}: ${roles.map(({ role, because }) => `${role} ${because}`).join("; ")}`;
  });
}

describe("whose hands are in a change", () => {
  test.each<{ why: string; given: Partial<Snapshot>; are: readonly string[] }>([
    { why: "nobody's, where a machine opened it and wrote all", given: {}, are: [] },
    {
      why: "nobody's, where its author is gone",
      given: { pullRequest: { ...pullRequest, author: null } },
      are: [],
    },
    {
      why: "whoever made the one suggestion that was applied",
      given: {
        commits: head({
          message: "Apply suggestion from @olga",
          committer: WEB_FLOW,
          committedViaWeb: true,
          coAuthors: [identity(olga)],
        }),
      },
      are: ["olga: suggester suggested bbbbbbb"],
    },
    {
      why: "whoever wrote a message that speaks of a merge further down",
      given: {
        commits: [
          commit(olga, { message: "Mend\n\nMerge branch 'x'", committer: WEB_FLOW, committedViaWeb: true }),
        ],
      },
      are: ["olga: commit-author wrote bbbbbbb"],
    },
    {
      why: "a person whom the web names as the committer",
      given: { commits: head({ committer: identity(olga), committedViaWeb: true }) },
      are: ["olga: committer committed bbbbbbb"],
    },
    {
      why: "a committer without account, elsewhere than on the web",
      given: { commits: head({ committer: stranger("a@build.local") }) },
      are: ["a@build.local: committer committed bbbbbbb"],
    },
    {
      why: "one without account once, however the address is cased",
      given: { commits: head({ author: stranger("A@build.local"), committer: stranger("a@Build.local") }) },
      are: ["A@build.local: commit-author wrote bbbbbbb; committer committed bbbbbbb"],
    },
    {
      why: "two without account, each by the address",
      given: { commits: head({ author: stranger("a@build.local"), committer: stranger("b@build.local") }) },
      are: ["a@build.local: commit-author wrote bbbbbbb", "b@build.local: committer committed bbbbbbb"],
    },
    {
      why: "whom a commit's own line names as who asked for it",
      given: { commits: head({ message: `Rebuild\n\n${KIROS_LINE}` }), participants: [requester(olga)] },
      are: ["olga: requester asked Kiro to start (2026-11-20)", "kira: requester asked Kiro for bbbbbbb"],
    },
    {
      why: "two who are known by login alone, each once",
      given: {
        pullRequest: { ...pullRequest, body: KIROS_LINE.replace("kira", "Zoe") },
        commits: [
          commit(kiro, { message: `Rebuild\n\n${KIROS_LINE.replace("kira", "zoe")}` }),
          commit(kiro, { sha: OLD_HEAD, message: `Rebuild\n\n${KIROS_LINE.replace("kira", "yan")}` }),
        ],
      },
      are: [
        "Zoe: requester asked Kiro for this change and asked Kiro for bbbbbbb",
        "yan: requester asked Kiro for aaaaaaa",
      ],
    },
  ])("$why", ({ given, are }) => {
    expect(hands(given)).toEqual(are);
  });

  test("an account says enough of somebody who has one", () => {
    const { contributors } = verdict({
      pullRequest: { ...pullRequest, body: KIROS_LINE },
      commits: head({ coAuthors: [identity(nils)] }),
      participants: [{ account: kira, role: "pusher", because: "pushed bbbbbbb" }],
    });
    expect(contributors.map(({ account, login, identity: git }) => ({ account, login, git }))).toEqual([
      { account: nils, login: undefined, git: undefined },
      { account: kira, login: undefined, git: undefined },
    ]);
  });

  test("whom a tool's words alone name is told by the account, where one bears the login", () => {
    const because = "asked Kiro for this change";
    const body = KIROS_LINE.replace("kira", "OLGA");
    const { contributors } = verdict({ pullRequest: { ...pullRequest, body }, participants: [] });
    expect(contributors).toEqual([{ account: olga, roles: [{ role: "requester", because }] }]);
  });

  test.each<{ why: string; given: Partial<Snapshot>; account: Account | null }>([
    {
      why: "a person whom only a commit tells of",
      given: { commits: head({ coAuthors: [identity(nils)] }) },
      account: nils,
    },
    {
      why: "nobody's account where a machine shows that login",
      given: { reviews: [approval(bot("nils", 77))] },
      account: null,
    },
    {
      why: "the person's where a machine shows that login too",
      given: {
        commits: head({ coAuthors: [identity(nils)] }),
        participants: [{ account: bot("Nils", 77), role: "pusher", because: "pushed" }],
      },
      account: nils,
    },
  ])("a login in a tool's words is taken for $why", ({ given, account }) => {
    const body = KIROS_LINE.replace("kira", "nils");
    const { contributors } = verdict({ participants: [], ...given, pullRequest: { ...pullRequest, body } });
    expect(contributors).toMatchObject([{ account }]);
    expect(contributors).toHaveLength(1);
  });

  test("whom a tool's words name is remembered beside whoever was seen to push", () => {
    const pusher = { account: sven, role: "pusher", because: "pushed bbbbbbb" } as const;
    const asked = { account: sven, role: "requester", because: "asked Kiro for this change" };
    const body = KIROS_LINE.replace("kira", "sven");
    const { toRecord } = verdict({ pullRequest: { ...pullRequest, body }, participants: [pusher] });
    expect(toRecord.participants).toEqual([pusher, asked]);
  });
});

describe("what the app records of approvals", () => {
  test.each([
    { why: "no machine's", reviews: [approval(bot("helper[bot]", 77))] },
    { why: "nobody's", reviews: [approval(null)] },
    { why: "nothing of a no", reviews: [refusal(olga)] },
  ])("$why", ({ reviews }) => {
    expect(verdict({ reviews }).toRecord.approvals).toEqual([]);
  });
});
