import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "@jest/globals";
import { type HistoryCommit, readHistory } from "../../../../src/cli/local-git/objects/history.ts";
import type { Git } from "../../../../src/cli/local-git/process/git.ts";
import { headOf } from "../../../../src/cli/local-git/range.ts";
import { findRepository } from "../../../../src/cli/local-git/repository/repository.ts";
import { isoTime } from "../../../../src/cli/local-git/time.ts";
import { addNote } from "../../attesting-notes.ts";
import {
  ADA,
  BEN,
  createRepository,
  removeTemporaryDirectories,
  type Step,
} from "../../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

async function historyOf(directory: string): Promise<readonly HistoryCommit[]> {
  const { git, refs } = await findRepository({ from: directory, directory: ".", naming: "--repo DIR" });
  const { sha } = await headOf(refs, undefined);
  return selectedOf(git, { tips: [sha], notes: await refs.notebooks() });
}

async function selectedOf(
  git: Git,
  { tips, notes }: { readonly tips: readonly string[]; readonly notes: readonly string[] },
): Promise<readonly HistoryCommit[]> {
  const commits: HistoryCommit[] = [];
  await readHistory(git, { tips, options: [], notes }, (commit) => commits.push(commit));
  return commits;
}

async function read(...steps: readonly Step[]): Promise<readonly HistoryCommit[]> {
  return historyOf(createRepository(...steps).directory);
}

describe("a commit", () => {
  test("comes with its people, clocks, message and paths", async () => {
    const [commit] = await read({
      branch: "main",
      author: ADA,
      committer: BEN,
      at: 1_700_000_000,
      message: "One\n\nTwo\n",
      files: { "b/c": "1", a: "1" },
    });

    expect(commit).toMatchObject({
      sha: expect.stringMatching(/^[0-9a-f]{40}$/),
      author: ADA,
      committer: BEN,
      authoredAt: 1_700_000_000,
      committedAt: 1_700_000_000,
      parents: 0,
      message: "One\n\nTwo\n",
      paths: ["a", "b/c"],
    });
  });

  test.each([
    { why: "nothing is changed", step: {}, paths: [] },
    { why: "a file is removed", step: { removed: ["a"] }, paths: ["a"] },
    { why: "both ends of a rename", step: { renamed: [["a", "z"] as const] }, paths: ["a", "z"] },
    { why: "a mode is changed", step: { files: { a: { mode: "100755", text: "1" } } }, paths: ["a"] },
    {
      why: "a link takes the place of a file",
      step: { files: { a: { mode: "120000", text: "b" } } },
      paths: ["a"],
    },
    { why: "a submodule", step: { files: { sub: { mode: "160000", id: "1".repeat(40) } } }, paths: ["sub"] },
    { why: "a path like a commit's id", step: { files: { ["f".repeat(40)]: "1" } }, paths: ["f".repeat(40)] },
    { why: "a path like a status", step: { files: { M: "1" } }, paths: ["M"] },
    {
      why: "a path with a line break and a tab",
      step: { files: { '"x\\ny\\tz"': "1" } },
      paths: ["x\ny\tz"],
    },
    { why: "a path that is no UTF-8", step: { files: { '"caf\\351"': "1" } }, paths: ["caf\\xe9"] },
    { why: "any script", step: { files: { "日本/été": "1" } }, paths: ["日本/été"] },
  ] satisfies readonly { why: string; step: Partial<Step>; paths: readonly string[] }[])(
    "tells its paths: $why",
    async ({ step, paths }) => {
      const [commit] = await read({ branch: "main", files: { a: "1" } }, { branch: "main", ...step });

      expect(commit?.paths.toSorted()).toEqual(paths);
    },
  );

  test.each([
    { why: "no message", message: "", read: "" },
    { why: "a message like a status", message: "M", read: "M" },
    { why: "one that is no UTF-8", message: Buffer.from("caf\xe9", "latin1"), read: "caf\\xe9" },
    { why: "carriage returns and trailing blanks", message: "a\r\nb  \n\n", read: "a\r\nb  \n\n" },
  ])("tells its message: $why", async ({ message, read: text }) => {
    const commits = await read(
      { branch: "main", message, files: { a: "1" } },
      { branch: "main", message: "Next" },
    );

    expect(commits.map((commit) => commit.message)).toEqual(["Next", text]);
  });

  test("may have people without name and address", async () => {
    const nobody = { name: "", email: "" };
    const [commit] = await read({ branch: "main", author: nobody, committer: nobody });

    expect(commit).toMatchObject({ author: nobody, committer: nobody });
  });
});

test("git-ai's note stands beside its commit, and no other note", async () => {
  const repository = createRepository(
    { branch: "main", files: { a: "1" } },
    { branch: "main", files: { b: "1" } },
  );
  addNote(repository, "main~1", "M\n\nattested");
  repository.git("update-ref", "refs/notes/commits", "refs/notes/ai");
  addNote(repository, "main~1", "attested, and more");

  const commits = await historyOf(repository.directory);

  expect(commits.map(({ note, paths }) => ({ note, paths }))).toEqual([
    { note: "", paths: ["b"] },
    { note: "attested, and more", paths: ["a"] },
  ]);
});

test("a merge is told by its parents, and has no paths of its own", async () => {
  const commits = await read(
    { branch: "main", files: { a: "1" } },
    { branch: "topic", from: "main", files: { b: "1" } },
    { branch: "main", files: { c: "1" }, at: 1_763_000_001 },
    { branch: "main", merged: ["topic"], files: { b: "1", d: "1" }, at: 1_763_000_002 },
  );

  expect(commits.map(({ parents, paths }) => ({ parents, paths }))).toEqual([
    { parents: 2, paths: [] },
    { parents: 1, paths: ["c"] },
    { parents: 1, paths: ["b"] },
    { parents: 0, paths: ["a"] },
  ]);
});

test.each([
  ["diff.renames", "copies"],
  ["log.diffMerges", "first-parent"],
  ["log.showSignature", "true"],
  ["log.follow", "true"],
  ["log.mailmap", "true"],
  ["diff.noprefix", "true"],
  ["diff.relative", "true"],
  ["diff.ignoreSubmodules", "all"],
  ["format.pretty", "oneline"],
  ["notes.displayRef", "refs/notes/*"],
  ["core.notesRef", "refs/notes/other"],
])("the setting %s=%s changes nothing", async (key, value) => {
  const repository = createRepository(
    {
      branch: "main",
      files: { a: "one\ntwo\nthree\n", ".mailmap": `Else <else@example.com> <${ADA.email}>\n` },
    },
    {
      branch: "main",
      renamed: [["a", "b"]],
      files: { sub: { mode: "160000", id: "1".repeat(40) } },
    },
  );
  const before = await historyOf(repository.directory);

  repository.git("config", key, value);

  expect(await historyOf(repository.directory)).toEqual(before);
});

describe("fails closed when", () => {
  const SHA = "a".repeat(40);
  const answering = (log: string, objects = ""): Git => ({
    text: () => Promise.reject(new Error("not asked")),
    find: () => Promise.reject(new Error("not asked")),
    fields: () => {
      throw new Error("not asked");
    },
    async *chunks([command], feed) {
      const input = new PassThrough();
      feed?.(input);
      if (command !== "log") await text(input);
      yield Buffer.from(command === "log" ? log : objects);
    },
  });
  const commit = "tree 1\n\nmessage";

  test.each([
    { why: "git ends within a field", log: "abc", says: /in the middle of a commit/ },
    { why: "a path is missing", log: `${SHA}\0\nM\0`, says: /in the middle of a commit/ },
    { why: "the fields are out of step", log: "no id at all\0", says: /out of step/ },
    { why: "the object is left out", log: `${SHA}\0`, says: /left out a commit/ },
    { why: "the object is missing", log: `${SHA}\0`, objects: `${SHA} missing\n`, says: /a{40} is missing/ },
    {
      why: "the object is another",
      log: `${SHA}\0`,
      objects: `${SHA} commit ${commit.length}\n${commit}\n`,
      says: /is not what its name says/,
    },
    {
      why: "git ends within an object",
      log: `${SHA}\0`,
      objects: `${SHA} commit 99\n${commit}`,
      says: /middle of an/,
    },
    { why: "another format slips in", log: `${SHA}\0`, objects: "tree\n", says: /does not understand/ },
  ])("$why", async ({ log, objects, says }) => {
    await expect(selectedOf(answering(log, objects), { tips: [SHA], notes: [] })).rejects.toThrow(says);
  });

  test("git complains", async () => {
    const { directory } = createRepository({ branch: "main" });
    const { git } = await findRepository({ from: directory, directory: ".", naming: "--repo DIR" });

    await expect(selectedOf(git, { tips: ["no-such-ref"], notes: [] })).rejects.toThrow(
      /^git log failed: bad revision/,
    );
  });
});

test.each([
  { seconds: 0, time: null },
  { seconds: 1_700_000_000, time: "2023-11-14T22:13:20.000Z" },
  { seconds: 253_402_300_799, time: "9999-12-31T23:59:59.000Z" },
  { seconds: 253_402_300_800, time: null },
  { seconds: 2 ** 62, time: null },
])("the time of $seconds is $time", ({ seconds, time }) => {
  expect(isoTime(seconds)).toBe(time);
});
