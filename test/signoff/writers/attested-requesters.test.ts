import { describe, expect, test } from "@jest/globals";
import type { CommitFacts } from "../../../src/signoff/snapshot.ts";
import { approval, commit, identity, kira, kiro, OLD_HEAD, olga, sven, user, verdict } from "../build.ts";

const directedBy = (...requesters: readonly string[]): Partial<CommitFacts> => ({
  attested: [
    {
      ok: true,
      attestation: {
        standard: "git-ai",
        tools: [
          { tool: "Cursor", models: [], lines: 3 },
          { tool: "OpenAI Codex", models: [], lines: 1 },
        ],
        humanLines: 0,
        requesters,
      },
    },
  ],
});

/** Olga's address is known by a commit of hers. */
const olgasName = { ...identity(olga), name: "Olga Ortiz", email: "olga@example.com" };
const HERS = commit(kiro, { sha: OLD_HEAD, coAuthors: [olgasName] });

const UNTOLD = commit(kiro, { sha: OLD_HEAD, coAuthors: [{ ...identity(sven), account: null }] });

describe("the requester that a record names", () => {
  test.each([
    { why: "by GitHub's own address of theirs", by: "Sven <3+sven@users.noreply.github.com>", is: sven },
    { why: "by an address alone", by: "3+sven@users.noreply.github.com", is: sven },
    { why: "by the address of a commit", by: "O. O. <Olga@Example.com>", is: olga },
    { why: "by the name of a commit", by: "Olga Ortiz", is: olga },
    { why: "with blanks around the name", by: "  Olga Ortiz ", is: olga },
    { why: "with blanks around the address", by: "O. O. < olga@example.com > ", is: olga },
    { why: "with an address in the name's place", by: "olga@example.com <>", is: olga },
    { why: "by an id of two digits", by: "Yan <12+yan@users.noreply.github.com>", is: user("yan", 12) },
    {
      why: "by GitHub's own address, though a commit has it without an account",
      by: "sven@users.noreply.github.com <3+sven@users.noreply.github.com>",
      is: sven,
    },
  ])("$why, asked for it", ({ by, is }) => {
    const { contributors } = verdict({ commits: [commit(kiro, directedBy(by)), HERS, UNTOLD] });

    expect(contributors.find(({ account }) => account?.id === is.id)?.roles).toContainEqual({
      role: "requester",
      because: "asked Cursor and OpenAI Codex for bbbbbbb",
    });
  });

  test("A04 cannot countersign, and is recorded", () => {
    const commits = [commit(kiro, directedBy("3+sven@users.noreply.github.com"))];
    const { ignoredReviews, toRecord } = verdict({ commits, reviews: [approval(sven)] });

    expect(ignoredReviews).toMatchObject([
      {
        sentence:
          "@sven approved, but asked Cursor and OpenAI Codex for bbbbbbb, and contributors cannot countersign.",
      },
    ]);
    expect(toRecord.participants).toContainEqual({
      account: { id: sven.id, login: "sven", type: "User" },
      role: "requester",
      because: "asked Cursor and OpenAI Codex for bbbbbbb",
    });
  });

  test("whose address alone tells of an account is recorded as presumed", () => {
    const { toRecord } = verdict({
      commits: [commit(kiro, directedBy("99+zoe@users.noreply.github.com"))],
    });

    expect(toRecord.participants).toContainEqual({
      account: { id: 99, login: "zoe", type: "User" },
      role: "requester",
      because: "asked Cursor and OpenAI Codex for bbbbbbb",
      presumed: true,
    });
  });

  test.each([
    {
      why: "an address without an account",
      by: "Zoe <zoe@elsewhere.example>",
      says: "“Zoe” “zoe@elsewhere.example”",
    },
    { why: "a name that no commit bears", by: "Zoe", says: "“Zoe”" },
    { why: "an address alone", by: "zoe@elsewhere.example", says: "“zoe@elsewhere.example”" },
    {
      why: "an address that only begins like GitHub's own",
      by: "Sven <3+sven@users.noreply.github.com.example>",
      says: "“Sven” “3+sven@users.noreply.github.com.example”",
    },
    {
      why: "an address that only ends like GitHub's own",
      by: "Sven <x3+sven@users.noreply.github.com>",
      says: "“Sven” “x3+sven@users.noreply.github.com”",
    },
    {
      why: "words behind an address",
      by: "Sven <3+sven@users.noreply.github.com> too",
      says: "“Sven <3+sven@users.noreply.github.com> too”",
    },
    {
      why: "two addresses",
      by: "<zoe> Sven <3+sven@users.noreply.github.com>",
      says: "“<zoe> Sven <3+sven@users.noreply.github.com>”",
    },
  ])("fails closed for $why, because any approver could be that person", ({ by, says }) => {
    const { conclusion, ignoredReviews } = verdict({
      commits: [commit(kiro, directedBy(by))],
      reviews: [approval(olga)],
    });

    expect(conclusion).toBe("action_required");
    expect(ignoredReviews).toMatchObject([
      { sentence: expect.stringContaining(`unidentified contributor ${says}.`) },
    ]);
  });

  test.each(["Kiro <245459735+kiro-agent[bot]@users.noreply.github.com>", "noreply@anthropic.com"])(
    "is nobody where it is a machine: %s",
    (by) => {
      const { contributors } = verdict({ commits: [commit(kiro, directedBy(by))] });

      expect(contributors.map(({ account }) => account)).toEqual([kira]);
    },
  );

  test("is usually the commit's author, who keeps both roles", () => {
    const own = directedBy("kira <1+kira@users.noreply.github.com>");
    const { contributors } = verdict({ commits: [commit(kira, own)], participants: [] });

    expect(contributors).toHaveLength(1);
    expect(contributors[0]?.roles.map(({ role }) => role)).toEqual([
      "commit-author",
      "committer",
      "requester",
    ]);
  });
});
