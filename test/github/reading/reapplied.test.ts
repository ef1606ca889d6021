import { expect, test } from "@jest/globals";
import type { GitHubClient } from "../../../src/github/client/client.ts";
import { createCaches } from "../../../src/github/reading/caches.ts";
import { recordsOfReapplied } from "../../../src/github/reading/reapplied.ts";
import { createPolicyDetector } from "../../../src/policy/detector.ts";
import { DEFAULT_POLICY } from "../../../src/policy/merge.ts";
import type { CommitRecord } from "../../../src/signoff/snapshot.ts";
import { olga, pushed } from "../../signoff/build.ts";

const repository = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const detector = createPolicyDetector(DEFAULT_POLICY.detect);
const sha = (index: number) => index.toString(16).padStart(40, "0");
const undoing = (...indexes: readonly number[]) =>
  ["Undo it", "", ...indexes.map((index) => `This reverts commit ${sha(index)}.`)].join("\n");

const writer = { name: "Olga", email: "olga@acme.example", user: { login: olga.login, databaseId: olga.id } };
const answer = (oid: string, message: string) => ({
  ...{ __typename: "Commit", oid, message, authoredDate: "2026-11-20", committedDate: "2026-11-20" },
  ...{ committedViaWeb: false, author: writer, committer: writer },
  authors: { totalCount: 1, nodes: [writer] },
  parents: { totalCount: 0, nodes: [] },
});

const KNOWN: CommitRecord = { sha: sha(1), evidence: [], participants: [pushed(olga, sha(1))] };

/** What the commit 9, of that message, brings back, where GitHub has these messages by the numbers of commits. */
async function reappliedBy(message: string, messages: Readonly<Record<number, string>>) {
  const asked: string[] = [];
  const graphql = async (_: string, variables: Record<string, unknown>) => {
    const shas = Object.entries(variables).filter(([name]) => /^commit\d+$/.test(name));
    const byId = new Map(Object.entries(messages).map(([index, text]) => [sha(Number(index)), text]));
    asked.push(...shas.map(([, wanted]) => String(wanted)));
    return {
      repository: Object.fromEntries(
        shas.map(([name, wanted]) => {
          const text = byId.get(String(wanted));
          return [
            name.replace("commit", "earlier"),
            text === undefined ? null : answer(String(wanted), text),
          ];
        }),
      ),
    };
  };
  const client = { graphql } as unknown as GitHubClient;
  const recall = async (shas: readonly string[]) => [KNOWN].filter((record) => shas.includes(record.sha));
  const question = { repository, recall, caches: createCaches(), now: new Date("2026-11-20"), detector };
  const found = await recordsOfReapplied(client, question, [{ sha: sha(9), message }]);
  return { ...found, asked: asked.length };
}

const CLAUDE = "Shrink it\n\nCo-authored-by: Claude <noreply@anthropic.com>";

test.each<{
  why: string;
  message: string;
  messages: Record<number, string>;
  back: readonly number[];
  asked: number;
}>([
  { why: "nothing, where it undoes nothing", message: "Shrink it", messages: {}, back: [], asked: 0 },
  {
    why: "nothing, where it undoes a commit",
    message: undoing(1),
    messages: { 1: CLAUDE },
    back: [],
    asked: 1,
  },
  {
    why: "what the one undid that it undoes",
    message: undoing(2),
    messages: { 1: CLAUDE, 2: undoing(1) },
    back: [1],
    asked: 2,
  },
  {
    why: "nothing of what it undoes once more",
    message: undoing(3),
    messages: { 1: CLAUDE, 2: undoing(1), 3: undoing(2) },
    back: [2],
    asked: 3,
  },
  {
    why: "what was brought back before",
    message: undoing(4),
    messages: { 1: CLAUDE, 2: undoing(1), 3: undoing(2), 4: undoing(3) },
    back: [3, 1],
    asked: 4,
  },
  {
    why: "nothing that undoes itself in a circle",
    message: undoing(2),
    messages: { 2: undoing(2) },
    back: [2],
    asked: 1,
  },
  {
    why: "nothing of commits that GitHub does not have",
    message: undoing(2),
    messages: {},
    back: [],
    asked: 1,
  },
])("a commit brings back $why", async ({ message, messages, back, asked }) => {
  const found = await reappliedBy(message, messages);
  expect(found.reapplied).toEqual(back.map((index) => ({ sha: sha(9), source: sha(index) })));
  expect(found.asked).toBe(asked);
});

test("what is brought back has all that is known of it, and what it tells itself", async () => {
  const { records } = await reappliedBy(undoing(2), { 1: CLAUDE, 2: undoing(1) });
  expect(records.map((record) => record.sha)).toEqual([sha(9), sha(9)]);
  expect(records.flatMap(({ evidence }) => evidence.map(({ tool }) => tool))).toContain("Claude Code");
  const people = records.flatMap(({ participants }) =>
    participants.map(({ role, because }) => `${role}: ${because}`),
  );
  expect(people).toEqual(
    expect.arrayContaining([expect.stringMatching(/^opener: /), "commit-author: wrote 0000000 as 0000000"]),
  );
});

test("a hundred are looked up, and more are refused", async () => {
  const many = (count: number) => undoing(...Array.from({ length: count }, (_, index) => index + 100));
  expect((await reappliedBy(many(100), {})).asked).toBe(100);
  await expect(reappliedBy(many(101), {})).rejects.toMatchObject({
    problem: { code: "evidence/too-many-reverts" },
  });
});
