import { describe, expect, test } from "@jest/globals";
import { evaluate, judge } from "../../../src/signoff/evaluate.ts";
import {
  type Account,
  type CommitFacts,
  type GitIdentity,
  type Snapshot,
  UNLINKED,
} from "../../../src/signoff/snapshot.ts";
import {
  approval,
  bot,
  commit,
  HEAD,
  humanChange,
  INFRASTRUCTURE,
  identity,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  policy,
  recorded,
  requester,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const GITHUB = { name: "GitHub", email: "noreply@github.com", account: user("web-flow", 19_864_447) };
const pullRequest = snapshot().pullRequest;

interface Row {
  readonly why: string;
  readonly given: Partial<Snapshot>;
  readonly code: string;
  readonly says: string;
}

describe("contributors cannot countersign", () => {
  test.each<Row>([
    {
      why: "A01 the author of the pull request",
      given: { pullRequest: { ...pullRequest, author: olga } },
      code: "author",
      says: "@olga approved, but opened the pull request, and contributors cannot countersign.",
    },
    {
      why: "A02 the author of a commit",
      given: { commits: [commit(kiro), commit(olga, { sha: OLD_HEAD })] },
      code: "contributor",
      says: "@olga approved, but wrote aaaaaaa and committed aaaaaaa, and contributors cannot countersign.",
    },
    {
      why: "A02 the author of a commit, whose address belongs to another account by now",
      given: {
        commits: [commit(kiro, { author: identity(nils) })],
        recorded: {
          ...snapshot().recorded,
          commits: [
            {
              ...{ sha: "content 1", evidence: [] },
              participants: [{ account: olga, role: "commit-author", because: "wrote bbbbbbb", sha: HEAD }],
            },
          ],
        },
      },
      code: "contributor",
      says: "@olga approved, but wrote bbbbbbb, and contributors cannot countersign.",
    },
    {
      why: "A02 the author of a commit that was made anew under another name",
      given: {
        recorded: {
          ...snapshot().recorded,
          commits: [
            {
              ...{ sha: "content 1", evidence: [] },
              participants: [
                { account: olga, role: "commit-author", because: "wrote aaaaaaa", sha: OLD_HEAD },
              ],
            },
          ],
        },
      },
      code: "contributor",
      says: "@olga approved, but wrote aaaaaaa, and contributors cannot countersign.",
    },
    {
      why: "A02 the committer of a commit",
      given: { commits: [commit(kiro, { committer: identity(olga) })] },
      code: "contributor",
      says: "@olga approved, but committed bbbbbbb, and contributors cannot countersign.",
    },
    {
      why: "A02 a co-author",
      given: { commits: [commit(kiro, { coAuthors: [identity(olga)] })] },
      code: "contributor",
      says: "@olga approved, but co-wrote bbbbbbb, and contributors cannot countersign.",
    },
    {
      why: "A03 who pushed to the agent's branch",
      given: { participants: [{ account: olga, role: "pusher", because: "pushed bbbbbbb" }] },
      code: "contributor",
      says: "@olga approved, but pushed bbbbbbb, and contributors cannot countersign.",
    },
    {
      why: "A04 who asked the agent",
      given: { participants: [requester(olga)] },
      code: "requester",
      says: "@olga approved, but asked Kiro to start (2026-11-20), and contributors cannot countersign.",
    },
    {
      why: "A04 whom the tool's own line names as who asked",
      given: {
        pullRequest: {
          ...pullRequest,
          body: "This pull request was created by @kiro-agent on behalf of @Olga :ghost:",
        },
      },
      code: "requester",
      says: "@olga approved, but asked Kiro for this change, and contributors cannot countersign.",
    },
    {
      why: "A04 whom such a line named before the body was edited",
      given: {
        recorded: {
          ...snapshot().recorded,
          evidence: [
            {
              tool: "Kiro",
              kind: "body-line",
              strength: "certain",
              where: { on: "pull-request", field: "body" },
              text: "This pull request was created by @kiro-agent on behalf of @olga :ghost:",
            },
          ],
        },
      },
      code: "requester",
      says: "@olga approved, but asked Kiro for this change, and contributors cannot countersign.",
    },
  ])("$why", ({ given, code, says }) => {
    const { conclusion, ignoredReviews } = verdict({ reviews: [approval(olga)], ...given });

    expect(conclusion).toBe("action_required");
    expect(ignoredReviews).toMatchObject([{ by: olga, code, sentence: says }]);
  });
});

describe("who is not a contributor", () => {
  test("GitHub itself, when it commits on behalf of somebody", () => {
    const { contributors } = verdict({ commits: [commit(kiro, { committer: GITHUB })], participants: [] });
    expect(contributors).toEqual([]);
  });

  test("GitHub on a server where its address belongs to no account", () => {
    const committer = { name: "GitHub Enterprise", email: "noreply@git.acme.example", account: null };
    const { contributors } = verdict({
      commits: [commit(kiro, { committer, committedViaWeb: true })],
      participants: [],
    });
    expect(contributors).toEqual([]);
  });

  test("machines", () => {
    const { contributors } = verdict({
      commits: [commit(kiro, { coAuthors: [identity(bot("dependabot[bot]", 49_699_333))] })],
      participants: [{ account: kiro, role: "pusher", because: "pushed bbbbbbb" }],
    });
    expect(contributors).toEqual([]);
  });
});

describe("a suggestion that somebody else applied on the web", () => {
  const EVERYBODY = { areas: [{ ...INFRASTRUCTURE, appliesTo: "everyone" as const }] };
  const IGNORED = { review: { ...policy().review, suggestions: "ignored" as const } };
  const suggested = (by: Account, more: Partial<CommitFacts> = {}) =>
    commit(by, {
      message: "Apply suggestions from code review",
      committer: GITHUB,
      committedViaWeb: true,
      coAuthors: [identity(olga)],
      ...more,
    });
  const ai = (more: Partial<CommitFacts> = {}) => ({
    commits: [commit(kiro, { sha: OLD_HEAD }), suggested(kira, more)],
    reviews: [approval(olga)],
  });
  const human = (more: Partial<CommitFacts> = {}) =>
    humanChange({ commits: [suggested(kira, more)], reviews: [approval(olga)] });

  test("makes its author a contributor", () => {
    expect(evaluate(human(), policy(EVERYBODY)).ignoredReviews).toMatchObject([
      {
        code: "contributor",
        sentence: "@olga approved, but suggested bbbbbbb, and contributors cannot countersign.",
      },
    ]);
  });

  test("makes nobody a contributor of a human change where the config says so", () => {
    expect(evaluate(human(), policy({ ...EVERYBODY, ...IGNORED })).conclusion).toBe("success");
  });

  test("makes its author a contributor of an AI-authored change, whatever the config says", () => {
    expect(verdict(ai(), IGNORED)).toMatchObject({
      conclusion: "action_required",
      ignoredReviews: [{ by: olga, code: "contributor" }],
    });
  });

  test("makes its author a contributor while the config cannot be read", () => {
    const repository = { status: "found" as const, path: "countersign.yml", text: "mode: [" };
    const policySources = { organization: { status: "absent" as const }, repository };
    const { contributors } = judge(humanChange({ commits: [suggested(kira)], policySources }));
    expect(contributors).toMatchObject([
      { account: kira },
      { account: olga, roles: [{ role: "suggester" }] },
    ]);
  });

  test.each<{ why: string; but: Partial<CommitFacts> }>([
    { why: "was not made on the web", but: { committedViaWeb: false } },
    { why: "says something else", but: { message: "Mend it\n\nApply suggestions from code review" } },
  ])("is not a suggestion if the commit $why, so the co-author wrote it", ({ but }) => {
    const { ignoredReviews } = evaluate(human(but), policy({ ...EVERYBODY, ...IGNORED }));
    expect(ignoredReviews).toMatchObject([{ sentence: expect.stringContaining("co-wrote bbbbbbb") }]);
  });

  test("still makes the person who applied it a contributor", () => {
    const { contributors } = evaluate(human(), policy({ ...EVERYBODY, ...IGNORED }));
    expect(contributors).toMatchObject([
      { account: kira, roles: [{ role: "author" }, { role: "commit-author" }] },
    ]);
  });
});

describe("a merge of the base that was made on the web", () => {
  test.each([
    { message: "Merge branch 'main' into rebuild", says: "made the merge bbbbbbb" },
    { message: "Merge remote-tracking branch 'origin/main' into rebuild", says: "made the merge bbbbbbb" },
    { message: "Merge the two lists", says: "wrote bbbbbbb" },
  ])(
    "$message makes its author a contributor, because it can contain changes of its own",
    ({ message, says }) => {
      const merge = commit(olga, { message, committer: GITHUB, committedViaWeb: true });
      const { ignoredReviews } = verdict({
        commits: [commit(kiro, { sha: OLD_HEAD }), merge],
        reviews: [approval(olga)],
      });
      expect(ignoredReviews).toMatchObject([
        { sentence: `@olga approved, but ${says}, and contributors cannot countersign.` },
      ]);
    },
  );

  test("made elsewhere is an ordinary commit", () => {
    const merge = commit(olga, { message: "Merge branch 'main' into rebuild" });
    const { contributors } = verdict({ commits: [commit(kiro, { sha: OLD_HEAD }), merge] });
    expect(contributors).toMatchObject([
      { account: olga, roles: [{ because: "wrote bbbbbbb" }, { because: "committed bbbbbbb" }] },
      { account: kira },
    ]);
  });
});

test("one person is listed once, with every role and the first few commits", () => {
  const shas = ["1", "2", "3", "4", "5"].map((digit) => digit.repeat(40));
  const { contributors } = verdict({
    pullRequest: { ...pullRequest, author: kira },
    commits: [commit(kiro), ...shas.map((sha) => commit(kiro, { sha, coAuthors: [identity(kira)] }))],
  });

  expect(contributors).toEqual([
    {
      account: kira,
      roles: [
        { role: "author", because: "opened the pull request" },
        { role: "co-author", because: "co-wrote 1111111, 2222222, 3333333 and 2 more" },
        { role: "requester", because: "asked Kiro to start (2026-11-20)" },
      ],
    },
  ]);
});

test("a requester without a known account is listed by login", () => {
  const body = "This pull request was created by @kiro-agent on behalf of @zoe";
  const { contributors } = verdict({
    pullRequest: { ...pullRequest, body },
    participants: [],
    codeowners: { path: "CODEOWNERS", text: "* @Zoe @olga" },
  });

  expect(contributors).toMatchObject([{ account: null, login: "zoe" }]);
});

test("a requester known only by login is not offered as a signer", () => {
  const body = "This pull request was created by @kiro-agent on behalf of @zoe";
  const { requirements } = verdict({
    pullRequest: { ...pullRequest, body },
    codeowners: { path: "CODEOWNERS", text: "* @Zoe @yan" },
  });

  expect(requirements).toMatchObject([{ canSign: [{ id: null, login: "yan" }] }]);
});

describe("A08 a commit whose e-mail belongs to no account", () => {
  const stranger = { name: "Build Box", email: "root@build.local", account: null };
  const commits = [commit(kiro), commit(nils, { sha: OLD_HEAD, author: stranger })];

  test("fails closed in production, because any approver could be that person", () => {
    const { conclusion, requirements } = verdict({ commits, reviews: [approval(olga)] });

    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([
      {
        status: "impossible",
        countersignatures: [],
        canSign: [],
        ignoredReviews: [
          {
            code: "unknown-account",
            sentence:
              "@olga approved, but could be the unidentified contributor “Build Box” “root@build.local”.",
          },
        ],
        remedy: expect.stringContaining("“Build Box” “root@build.local” (wrote aaaaaaa)"),
      },
    ]);
  });

  test("blocks nothing if nothing is required", () => {
    const { conclusion } = verdict({ commits, files: [{ ...snapshotFile(), path: "docs/a.md" }] });
    expect(conclusion).toBe("neutral");
  });

  test("no longer blocks once the e-mail belongs to somebody other than the approver", () => {
    const known = commits.map((each) => (each.sha === OLD_HEAD ? commit(nils, { sha: OLD_HEAD }) : each));
    expect(verdict({ commits: known, reviews: [approval(sven)] }).conclusion).toBe("success");
  });

  function snapshotFile() {
    const [file] = snapshot().files;
    if (file === undefined) throw new Error("the story changes a file");
    return file;
  }
});

describe("contributors are recorded by account", () => {
  const body = "This pull request was created by @kiro-agent on behalf of @olga";
  const named = { pullRequest: { ...pullRequest, body }, participants: [] };
  const seen = () => JSON.parse(JSON.stringify(verdict(named).toRecord.participants));

  test("pushers and requesters, machines included", () => {
    const participants = [
      requester(kira),
      { account: kiro, role: "pusher", because: "pushed bbbbbbb" },
    ] as const;
    expect(verdict({ participants }).toRecord.participants).toEqual(participants);
  });

  test("requesters named only by a tool, once", () => {
    expect(seen()).toEqual([{ account: olga, role: "requester", because: "asked Kiro for this change" }]);
    const again = verdict({ ...named, participants: seen() });
    expect(again.toRecord.participants).toEqual(seen());
  });

  test("so that a renamed account is still recognized", () => {
    const renamed = { ...olga, login: "olga-petrova" };
    const teams = { "acme/sre": { status: "known" as const, members: [renamed, sven] } };
    const { conclusion, ignoredReviews } = verdict({
      ...named,
      participants: seen(),
      reviews: [approval(renamed)],
      authority: { ...snapshot().authority, teams },
    });

    expect(conclusion).toBe("action_required");
    expect(ignoredReviews).toMatchObject([{ by: renamed, code: "requester" }]);
  });

  test("but not somebody known only by login, or who only wrote", () => {
    const unknown = {
      ...pullRequest,
      body: "This pull request was created by @kiro-agent on behalf of @zoe",
    };
    expect(verdict({ pullRequest: unknown, participants: [] }).toRecord.participants).toEqual([]);
    expect(verdict({ commits: [commit(nils)], participants: [] }).toRecord.participants).toEqual([]);
  });

  test("even if the policy cannot be read", () => {
    const repository = { status: "found" as const, path: "countersign.yml", text: "mode: [" };
    const policySources = { organization: { status: "absent" as const }, repository };
    expect(judge(snapshot({ policySources })).toRecord.participants).toEqual([requester(kira)]);
  });
});

describe("who had an address that belonged to no account when a commit was there", () => {
  const NIGHT = { name: "Night Shift", email: "Night@home.example" };
  const WROTE = "wrote aaaaaaa";
  const judged = (wrote: Partial<GitIdentity>, by: readonly Account[], identity: typeof NIGHT) => {
    const author = { name: "Somebody", email: "s@acme.example", account: olga, ...wrote };
    const former = { account: UNLINKED, role: "commit-author", because: WROTE } as const;
    const participants = [{ ...former, identity: { ...identity, sha: OLD_HEAD } }];
    const { contributors } = verdict({
      commits: [commit(kiro, { sha: OLD_HEAD }), commit(kiro, { author })],
      recorded: recorded({ commits: [{ sha: "content 1", evidence: [], participants }] }),
      participants: by.map((account) => ({ account, role: "pusher", because: "pushed it", sha: HEAD })),
    });
    return contributors.filter(({ roles }) => JSON.stringify(roles).includes(WROTE));
  };

  test.each<{
    why: string;
    wrote?: Partial<GitIdentity>;
    by?: Account;
    identity?: typeof NIGHT;
    known: boolean;
  }>([
    { why: "nobody, of somebody else's commits", known: false },
    {
      why: "whose address it is by now, in whatever letters",
      wrote: { email: "night@HOME.example" },
      known: true,
    },
    { why: "nobody, by the name alone", wrote: { name: "night shift" }, known: false },
    {
      why: "nobody, by the name, where another pushed it",
      wrote: { name: "night shift" },
      by: sven,
      known: false,
    },
    { why: "who has the name and pushed it", wrote: { name: " night shift " }, by: olga, known: true },
    { why: "nobody, where who pushed it has another name", by: olga, known: false },
    {
      why: "nobody, where there is no name",
      ...{ wrote: { name: " " }, by: olga, identity: { name: "", email: "x@home.example" } },
      known: false,
    },
    {
      why: "nobody, where there is no address",
      ...{ wrote: { email: "" }, identity: { name: "Night Shift", email: "" } },
      known: false,
    },
  ])("is $why", ({ wrote = {}, by, identity = NIGHT, known }) => {
    const unknown = { account: null, identity: { ...identity, former: true } };
    expect(judged(wrote, by === undefined ? [] : [by], identity)).toMatchObject([
      known ? { account: olga } : unknown,
    ]);
  });

  test("is nobody where it is a machine's address", () => {
    const email = "49699333+dependabot[bot]@users.noreply.github.com";
    expect(judged({}, [], { name: "dependabot[bot]", email })).toEqual([]);
  });
});
