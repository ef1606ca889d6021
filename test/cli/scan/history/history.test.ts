import { afterAll, describe, expect, test } from "@jest/globals";
import { type Git, openGit } from "../../../../src/cli/local-git/git.ts";
import { type HistoryCommit, isoTime, readHistory } from "../../../../src/cli/scan/history/history.ts";
import { addNote } from "../../attesting-notes.ts";
import {
  ADA,
  BEN,
  createRepository,
  removeTemporaryDirectories,
  type Step,
} from "../../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

async function historyOf(git: Git, ...selection: readonly string[]): Promise<readonly HistoryCommit[]> {
  const commits: HistoryCommit[] = [];
  await readHistory(git, selection, (commit) => commits.push(commit));
  return commits;
}

async function read(...steps: readonly Step[]): Promise<readonly HistoryCommit[]> {
  return historyOf(openGit(createRepository(...steps).directory), "HEAD");
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

  const commits = await historyOf(openGit(repository.directory), "HEAD");

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
  const git = openGit(repository.directory);
  const before = await historyOf(git, "HEAD");

  repository.git("config", key, value);

  expect(await historyOf(git, "HEAD")).toEqual(before);
});

describe("fails closed when", () => {
  const answering = (...chunks: readonly string[]): Git => ({
    text: () => Promise.reject(new Error("not asked")),
    find: () => Promise.reject(new Error("not asked")),
    fields: () => {
      throw new Error("not asked");
    },
    async *chunks() {
      for (const chunk of chunks) yield Buffer.from(chunk);
    },
  });
  const commit = `${"a".repeat(40)}\0\x30\x30`;

  test.each([
    { why: "git ends within a field", output: "abc", says: /in the middle of a commit/ },
    { why: "git ends within a commit", output: `${"a".repeat(40)}\0p\0`, says: /in the middle of a commit/ },
    { why: "a path is missing", output: `${header("a".repeat(40))}\nM\0`, says: /in the middle of a commit/ },
    { why: "the fields are out of step", output: `${header("no id at all")}`, says: /out of step/ },
    {
      why: "another format slips in",
      output: `${header("a".repeat(40))}${commit}\0`,
      says: /middle of a commit/,
    },
  ])("$why", async ({ output, says }) => {
    await expect(historyOf(answering(output))).rejects.toThrow(says);
  });

  test("git complains", async () => {
    const { directory } = createRepository({ branch: "main" });

    await expect(historyOf(openGit(directory), "no-such-ref")).rejects.toThrow(
      /^git log failed: bad revision/,
    );
  });

  function header(sha: string): string {
    return [sha, "", "1", "1", "n", "e", "n", "e", "message", "note"].map((field) => `${field}\0`).join("");
  }
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
