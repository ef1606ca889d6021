import { describe, expect, test } from "@jest/globals";
import type { Evidence, Writer } from "../../../src/provenance/evidence.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { bot, commit, humanChange, kira, OLD_HEAD, snapshot, verdict } from "../build.ts";

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
  const withBody = (login: string) => ({ pullRequest: { ...pullRequest, body: line(login) } });

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

  test("every wording on the pull request, since each may name another requester", () => {
    const first = seen(withBody("zoe"));
    const second = seen(withBody("yan"), first);
    const { contributors, provenance } = verdict(
      snapshot({ participants: [], recorded: { ...recorded, evidence: [...first, ...second] } }),
    );

    expect(texts(first)).toEqual([`Kiro: ${line("zoe")}`]);
    expect(texts(second)).toEqual([`Kiro: ${line("yan")}`]);
    expect(seen(withBody("yan"), [...first, ...second])).toEqual([]);
    expect(texts(provenance.evidence)).toEqual(["Kiro: kiro-agent[bot]", ...texts(first), ...texts(second)]);
    expect(contributors.map(({ login }) => login)).toEqual(["zoe", "yan"]);
  });
});
