import { describe, expect, test } from "@jest/globals";
import type { Account, CommitFacts, Participant, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  approval,
  bot,
  commit,
  file,
  HEAD,
  identity,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  pushed,
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

describe("who took part in a change", () => {
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

  test("somebody with an account is identified by it", () => {
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

  test("a requester named only by a tool is identified by the account with that login, if there is one", () => {
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
  ])("resolves a login named by a tool to $why", ({ given, account }) => {
    const body = KIROS_LINE.replace("kira", "nils");
    const { contributors } = verdict({ participants: [], ...given, pullRequest: { ...pullRequest, body } });
    expect(contributors).toMatchObject([{ account }]);
    expect(contributors).toHaveLength(1);
  });

  test("records the requester that a tool names next to the pusher", () => {
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
    { why: "a deleted account's", reviews: [approval(null)] },
    { why: "nothing of a refusal", reviews: [refusal(olga)] },
    { why: "nobody's of whom it is not known that they may write", reviews: [approval(user("eve", 66))] },
  ])("$why", ({ reviews }) => {
    expect(verdict({ reviews }).toRecord.approvals).toEqual([]);
  });

  test("no machine's either that may write", () => {
    const helper = bot("helper[bot]", 77);
    const authority = { ...snapshot().authority, permissions: permissions("write", helper, olga) };
    const reviews = [approval(helper), approval(olga)];
    const { approvals } = verdict({ authority, reviews }).toRecord;
    expect(approvals.map(({ reviewerId }) => reviewerId)).toEqual([olga.id]);
  });
});

describe("whoever merged the base into a pull request", () => {
  const MERGE = "d".repeat(40);
  const merge = (more: Partial<CommitFacts> = {}) =>
    commit(olga, {
      sha: MERGE,
      message: "Merge branch 'main' into rebuild",
      parents: [HEAD, "e".repeat(40)],
      committer: WEB_FLOW,
      committedViaWeb: true,
      ...more,
    });
  const files = [file("infra/main.tf"), file("db/schema.sql"), file("web/app.ts")];
  const pushedMerge = pushed(olga, MERGE);
  const elsewhere = { mergeChanged: [], committedViaWeb: false, committer: identity(olga) };
  const withoutParents = { ...elsewhere, parents: [] };
  const harmless = { mergeChanged: [] };

  interface Case {
    readonly why: string;
    readonly made: Partial<CommitFacts>;
    readonly participants?: readonly Participant[];
    readonly signs: boolean;
  }

  test.each<Case>([
    { why: "may sign where the merge changed nothing by itself", made: harmless, signs: true },
    {
      why: "may sign where it changed files outside the area",
      made: { mergeChanged: ["web/app.ts"] },
      signs: true,
    },
    {
      why: "may sign where it changed another area",
      made: { mergeChanged: ["db/schema.sql"] },
      signs: true,
    },
    {
      why: "may not sign where it changed the area",
      made: { mergeChanged: ["web/app.ts", "infra/main.tf"] },
      signs: false,
    },
    { why: "may not sign where that cannot be told", made: {}, signs: false },
    { why: "may sign when seen to push it", made: harmless, participants: [pushedMerge], signs: true },
    {
      why: "may sign when it was made elsewhere, and pushed upon what others pushed",
      made: elsewhere,
      participants: [pushedMerge, pushed(kiro, HEAD)],
      signs: true,
    },
    {
      why: "may not sign when it may have been pushed with more",
      made: elsewhere,
      participants: [pushedMerge],
      signs: false,
    },
    {
      why: "may not sign when it came by a forced push",
      made: harmless,
      participants: [{ ...pushedMerge, forced: true }, pushed(kiro, HEAD)],
      signs: false,
    },
    {
      why: "may not sign when it was pushed upon what nobody is known to have pushed, though the rest was",
      made: elsewhere,
      participants: [pushedMerge, pushed(nils, "e".repeat(40))],
      signs: false,
    },
    {
      why: "may not sign when nobody knows upon what it was pushed",
      made: withoutParents,
      participants: [pushedMerge, pushed(kiro, HEAD)],
      signs: false,
    },
    {
      why: "may not sign when they are only presumed to have pushed it",
      made: harmless,
      participants: [{ ...pushedMerge, presumed: true }],
      signs: false,
    },
    {
      why: "may not sign when they pushed nobody knows what",
      made: harmless,
      participants: [{ account: olga, role: "pusher", because: "force-pushed the branch", forced: true }],
      signs: false,
    },
    {
      why: "may not sign when they also pushed something else",
      made: harmless,
      participants: [pushedMerge, pushed(olga, HEAD)],
      signs: false,
    },
    {
      why: "may not sign when they asked for the change",
      made: harmless,
      participants: [requester(olga)],
      signs: false,
    },
  ])("$why", ({ made, participants = [], signs }) => {
    const { requirements } = verdict({
      commits: [commit(kiro), merge(made)],
      files,
      participants,
      pullRequest: { ...pullRequest, head: { ...pullRequest.head, sha: MERGE } },
      reviews: [approval(olga, { commitSha: MERGE })],
    });
    const infra = requirements.find(({ requirement }) => requirement.area === "infrastructure");
    expect(infra?.status).toBe(signs ? "signed" : "waiting");
    expect(infra?.ignoredReviews.map(({ by }) => by?.login)).toEqual(signs ? [] : ["olga"]);
  });

  const contributorsOf = (made: Partial<CommitFacts>, others: readonly CommitFacts[] = []) =>
    verdict({ commits: [commit(kiro), ...others, merge(made)], files, participants: [] }).contributors;

  test("is no contributor by a merge that changed nothing by itself", () => {
    expect(contributorsOf(harmless)).toEqual([]);
  });

  test("is one for what the merge changed by itself, and for the areas that hold it", () => {
    const because = "made the merge ddddddd, which changes “infra/main.tf” and “web/app.ts”";
    expect(contributorsOf({ mergeChanged: ["infra/main.tf", "web/app.ts"] })).toEqual([
      {
        account: olga,
        roles: [{ role: "commit-author", because }],
        only: { areas: ["infrastructure", "outside production"], paths: ["infra/main.tf", "web/app.ts"] },
      },
    ]);
  });

  test("is one for everything by what they did beside it, of which alone is told", () => {
    const because = "wrote aaaaaaa";
    expect(contributorsOf(harmless, [commit(kiro, { sha: OLD_HEAD, author: identity(olga) })])).toEqual([
      { account: olga, roles: [{ role: "commit-author", because }] },
    ]);
  });

  test.each<{ why: string; changed: readonly string[]; signs: boolean }>([
    { why: "of an area of which the merge changed another file", changed: ["infra/other.tf"], signs: true },
    { why: "where the merge changed another area", changed: ["db/schema.sql"], signs: true },
    { why: "not where the merge changed one of its files", changed: ["infra/b.tf"], signs: false },
  ])("may sign for a hazard $why", ({ changed, signs }) => {
    const gone = (path: string) =>
      file(path, {
        status: "removed",
        contentId: null,
        before: 'resource "aws_db_instance" "main" {}\n',
        after: null,
      });
    const { requirements } = verdict(
      {
        commits: [commit(kiro), merge({ mergeChanged: changed })],
        files: [gone("infra/a.tf"), gone("infra/b.tf")],
        participants: [],
        pullRequest: { ...pullRequest, head: { ...pullRequest.head, sha: MERGE } },
        reviews: [approval(olga, { commitSha: MERGE })],
      },
      { areas: [] },
    );
    expect(requirements.map(({ requirement, status }) => [requirement.area, status])).toEqual([
      ["destructive change", signs ? "signed" : "waiting"],
    ]);
  });

  test.each([
    { why: "where the merge changed another area", changed: "db/schema.sql", status: "answered" },
    { why: "not where it changed that of the hazard", changed: "infra/other.tf", status: "asks" },
  ])("may call a hazard a false alarm $why", ({ changed, status }) => {
    const before = 'resource "aws_db_instance" "main" {}\n';
    const body = "False alarm: terraform/resource-removed: it was moved";
    const { hazards } = verdict({
      commits: [commit(kiro), merge({ mergeChanged: [changed] })],
      files: [file("infra/a.tf", { status: "removed", contentId: null, before, after: null })],
      participants: [],
      pullRequest: { ...pullRequest, head: { ...pullRequest.head, sha: MERGE } },
      reviews: [approval(olga, { commitSha: MERGE, body })],
    });
    expect(hazards.map((hazard) => [hazard.id, hazard.status.kind])).toEqual([
      ["terraform/resource-removed", status],
    ]);
  });

  test("may not sign for an area by a merge that changed a file of it which is changed no more", () => {
    const { requirements } = verdict({
      commits: [commit(kiro), merge({ mergeChanged: ["infra/other.tf"] })],
      participants: [],
      pullRequest: { ...pullRequest, head: { ...pullRequest.head, sha: MERGE } },
      reviews: [approval(olga, { commitSha: MERGE })],
    });
    expect(requirements).toMatchObject([
      {
        status: "waiting",
        ignoredReviews: [
          {
            sentence:
              "@olga approved, but made the merge ddddddd, which changes “infra/other.tf”, and contributors cannot countersign.",
          },
        ],
      },
    ]);
  });
});
