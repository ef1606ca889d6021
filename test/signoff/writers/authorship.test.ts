import { describe, expect, test } from "@jest/globals";
import type { Evidence, TextWriter, Writer } from "../../../src/provenance/evidence.ts";
import type { Account, Snapshot } from "../../../src/signoff/snapshot.ts";
import {
  bot,
  commit,
  humanChange,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  policy,
  pushed,
  snapshot,
  user,
  verdict,
} from "../build.ts";

const dependabot = bot("dependabot[bot]", 49_699_333);
const unreadable = commit(kira, { sha: OLD_HEAD, author: { name: "", email: "", account: null } });
const { pullRequest, recorded } = humanChange();

test.each<{ why: string; given: Partial<Snapshot>; writer: Writer }>([
  { why: "people's commits", given: {}, writer: "human" },
  { why: "automation's alone", given: { commits: [commit(dependabot)] }, writer: "automation" },
  {
    why: "a person's among automation's",
    given: { commits: [commit(dependabot, { sha: OLD_HEAD }), commit(kira)] },
    writer: "human",
  },
  {
    why: "one without evidence, among human ones",
    given: { commits: [unreadable, commit(kira)] },
    writer: "unknown",
  },
  { why: "no commit", given: { commits: [], files: [] }, writer: "human" },
])("who wrote a change of $why: $writer", ({ given, writer }) => {
  expect(verdict(humanChange(given)).provenance.writer).toBe(writer);
});

describe("which person wrote the text in which a tool's mark stands", () => {
  const MARK = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
  const stranger = user("stranger", 66);
  const writersOf = (given: Partial<Snapshot>) => verdict(humanChange(given)).provenance;
  const ofText = { ...pullRequest, author: stranger, outsider: true, fork: true, body: MARK } as const;

  test.each<{ why: string; pull: Partial<Snapshot["pullRequest"]>; writtenBy: TextWriter | undefined }>([
    { why: "its author, an outsider", pull: {}, writtenBy: { id: 66, login: "stranger", outsider: true } },
    {
      why: "whoever edited it, for which one has to be allowed to write",
      pull: { editedBy: nils },
      writtenBy: { id: 5, login: "nils", outsider: false },
    },
    { why: "nobody whose account is gone", pull: { editedBy: null }, writtenBy: undefined },
    { why: "no machine", pull: { editedBy: kiro }, writtenBy: undefined },
  ])("of the pull request: $why", ({ pull, writtenBy }) => {
    const { evidence } = writersOf({ pullRequest: { ...ofText, ...pull } });
    expect(evidence).toMatchObject([{ where: { field: "body" } }]);
    expect(evidence.map((each) => each.writtenBy)).toEqual([writtenBy]);
  });

  test.each<{ why: string; by: readonly Account[]; writtenBy: TextWriter | undefined }>([
    { why: "whoever pushed it", by: [nils], writtenBy: { id: 5, login: "nils", outsider: false } },
    { why: "nobody where a machine pushed it too", by: [nils, dependabot], writtenBy: undefined },
    { why: "nobody where nobody is known to have pushed it", by: [], writtenBy: undefined },
  ])("of a commit: $why", ({ by, writtenBy }) => {
    const commits = [commit(kira, { message: `Resize\n\n${MARK}` })];
    const { commits: judged } = writersOf({ commits, participants: by.map((account) => pushed(account)) });
    expect(judged.flatMap(({ provenance }) => provenance.evidence.map((each) => each.writtenBy))).toEqual([
      writtenBy,
    ]);
  });
});

describe("where silence counts as an AI's, what is not silent stays what it is", () => {
  const SILENCE_IS_AI = { detect: { ...policy().detect, undeclared: "ai" as const } };
  const BOX = "- [x] This change was written without AI";
  const writersOf = (given: Partial<Snapshot>) =>
    verdict({ ...given }, SILENCE_IS_AI).provenance.commits.map(({ provenance }) => provenance.writer);

  test.each<{ why: string; given: Partial<Snapshot>; are: readonly Writer[] }>([
    {
      why: "an AI's commit in a change that a person declares free of it",
      given: {
        pullRequest: { ...pullRequest, body: BOX },
        commits: [commit(kira, { message: "Resize\n\nCo-authored-by: Claude <noreply@anthropic.com>" })],
        participants: [],
      },
      are: ["ai"],
    },
    {
      why: "a commit of which nobody can tell in a change that a person declares free of it",
      given: {
        pullRequest: { ...pullRequest, body: BOX },
        commits: [unreadable, commit(kira)],
        participants: [],
      },
      are: ["unknown", "human"],
    },
    {
      why: "automation's commits, of which the newest alone is known to be pushed",
      given: {
        pullRequest: { ...pullRequest, author: dependabot },
        commits: [commit(dependabot, { sha: OLD_HEAD }), commit(dependabot)],
        participants: [pushed(dependabot)],
      },
      are: ["automation", "automation"],
    },
    {
      why: "automation's commits, of which a person pushed one",
      given: {
        pullRequest: { ...pullRequest, author: dependabot },
        commits: [commit(dependabot, { sha: OLD_HEAD }), commit(dependabot)],
        participants: [pushed(nils, OLD_HEAD), pushed(dependabot)],
      },
      are: ["ai", "automation"],
    },
  ])("$why", ({ given, are }) => {
    expect(writersOf(given)).toEqual(are);
  });
});

test("shows a commit by the first line of its message", () => {
  const commits = [commit(kira, { sha: OLD_HEAD, message: "Resize\n\nThe disk\nwas full" }), commit(kira)];
  expect(verdict(humanChange({ commits })).provenance.commits.map(({ subject }) => subject)).toEqual([
    "Resize",
    "Rebuild the environment",
  ]);
});

describe("what is recorded of a tool's evidence", () => {
  const seen = (given: Partial<Snapshot>, evidence: readonly Evidence[] = []) =>
    verdict(humanChange({ ...given, recorded: { ...recorded, evidence } })).toRecord.evidence;
  const texts = (evidence: readonly Evidence[]) => evidence.map(({ tool, text }) => `${tool}: ${text}`);
  const withTrailers = (...lines: readonly string[]) => ({
    commits: lines.map((line, index) =>
      commit(kira, { sha: `${index}`.repeat(40), message: `Resize\n\nCo-authored-by: ${line}` }),
    ),
  });
  const line = (login: string) => `This pull request was created by @kiro-agent on behalf of @${login}`;
  const withBody = (login: string) => ({
    pullRequest: { ...pullRequest, author: kiro, body: line(login) },
  });

  test("the evidence of each tool", () => {
    expect(
      texts(seen(withTrailers("Claude <noreply@anthropic.com>", "Cursor <cursoragent@cursor.com>"))),
    ).toEqual([
      "Claude Code: Co-authored-by: Claude <noreply@anthropic.com>",
      "Cursor: Co-authored-by: Cursor <cursoragent@cursor.com>",
    ]);
  });

  test("evidence of one kind on many commits once, whatever its text", () => {
    const models = ["Claude Opus 4 <noreply@anthropic.com>", "Claude Sonnet 4 <noreply@anthropic.com>"];
    const first = seen(withTrailers(...models));

    expect(texts(first)).toEqual(["Claude Code: Co-authored-by: Claude Opus 4 <noreply@anthropic.com>"]);
    expect(seen(withTrailers(...models.toReversed()), first)).toEqual([]);
  });

  test("a person's wording once more where a machine writes the same, who alone names a requester", () => {
    const person = { pullRequest: { ...pullRequest, body: line("zoe") } };
    const first = seen(person);
    const machines = seen(withBody("zoe"), first);

    expect(first.map(({ writtenBy }) => writtenBy?.login)).toEqual(["kira"]);
    expect(machines.map(({ writtenBy }) => writtenBy)).toEqual([undefined, undefined]);
    expect(seen(person, machines)).toEqual([]);
    const named = (evidence: readonly Evidence[]) =>
      verdict(snapshot({ participants: [], recorded: { ...recorded, evidence } })).contributors;
    expect(named(first)).toEqual([]);
    expect(named([...first, ...machines]).map(({ login }) => login)).toEqual(["zoe"]);
  });

  test("every wording on the pull request, since each may name another requester", () => {
    const first = seen(withBody("zoe"));
    const second = seen(withBody("yan"), first);
    const { contributors, provenance } = verdict(
      snapshot({ participants: [], recorded: { ...recorded, evidence: [...first, ...second] } }),
    );

    expect(texts(first)).toEqual(["Kiro: kiro-agent[bot]", `Kiro: ${line("zoe")}`]);
    expect(texts(second)).toEqual([`Kiro: ${line("yan")}`]);
    expect(seen(withBody("yan"), [...first, ...second])).toEqual([]);
    expect(texts(provenance.evidence)).toEqual([...texts(first), ...texts(second)]);
    expect(contributors.map(({ login }) => login)).toEqual(["zoe", "yan"]);
  });
});
