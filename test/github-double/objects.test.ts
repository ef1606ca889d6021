import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { diffFiles } from "./world/diff.ts";
import { commitsBetween, mergeBase } from "./world/history.ts";
import { type FileEntry, type Mode, ObjectStore } from "./world/objects.ts";
import { diffText } from "./world/patch.ts";

const WHO = { name: "Kira Novak", email: "kira@example.com", date: "2026-11-20T10:00:00Z" };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "double-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(cwd: string, ...args: string[]): string {
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: WHO.name,
    GIT_AUTHOR_EMAIL: WHO.email,
    GIT_AUTHOR_DATE: WHO.date,
    GIT_COMMITTER_NAME: WHO.name,
    GIT_COMMITTER_EMAIL: WHO.email,
    GIT_COMMITTER_DATE: WHO.date,
  };
  return execFileSync("git", args, { cwd, env, encoding: "utf8" }).trim();
}

type Content = string | { readonly mode: Mode; readonly content: string };

function filesIn(store: ObjectStore, content: Readonly<Record<string, Content>>): Map<string, FileEntry> {
  return new Map(
    Object.entries(content).map(([path, given]) => [
      path,
      typeof given === "string"
        ? { mode: "100644", sha: store.blob(given) }
        : { mode: given.mode, sha: store.blob(given.content) },
    ]),
  );
}

describe("objects have the ids git gives them", () => {
  test.each<{ readonly why: string; readonly files: Readonly<Record<string, Content>> }>([
    { why: "one file", files: { "README.md": "hello\n" } },
    {
      why: "a folder sorts as if its name ended with a slash",
      files: { "a/b": "1\n", "a.b": "2\n", "a-b": "3\n" },
    },
    { why: "names beyond ASCII", files: { "żółw.txt": "x\n", "zebra.txt": "y\n" } },
    {
      why: "executables and symlinks",
      files: {
        "run.sh": { mode: "100755", content: "#!/bin/sh\n" },
        link: { mode: "120000", content: "run.sh" },
      },
    },
  ])("$why", ({ files }) => {
    const store = new ObjectStore();
    const tree = store.tree(filesIn(store, files));
    const commit = store.commit({
      tree,
      parents: [],
      author: WHO,
      committer: WHO,
      message: "First\n\nBody\n",
    });

    const work = mkdtempSync(join(folder, "git-"));
    git(work, "init", "--quiet");
    for (const [path, given] of Object.entries(files)) write(join(work, path), given);
    git(work, "add", "--all");

    expect(tree).toBe(git(work, "write-tree"));
    expect(commit.sha).toBe(git(work, "commit-tree", tree, "-m", "First", "-m", "Body"));
  });
});

function write(path: string, given: Content): void {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof given === "string") writeFileSync(path, given);
  else if (given.mode === "120000") symlinkSync(given.content, path);
  else {
    writeFileSync(path, given.content);
    chmodSync(path, 0o755);
  }
}

const LONG = Array.from({ length: 40 }, (_, n) => `line ${n}\n`).join("");

describe("a patch is one that git applies", () => {
  test.each([
    { why: "a changed line", before: "a\nb\nc\n", after: "a\nB\nc\n" },
    {
      why: "two hunks far apart",
      before: LONG,
      after: LONG.replace("line 3\n", "").replace("line 30\n", "line x\ny\n"),
    },
    { why: "a new last line without its newline", before: "a\nb\n", after: "a\nb\nc" },
    { why: "only the last newline goes", before: "a\nb\n", after: "a\nb" },
    { why: "everything goes", before: LONG, after: "" },
    { why: "everything comes", before: "", after: LONG },
  ])("$why", ({ before, after }) => {
    const work = mkdtempSync(join(folder, "patch-"));
    const file = join(work, "file");
    writeFileSync(file, before);
    git(work, "init", "--quiet");
    const { patch } = diffText(before, after);
    writeFileSync(join(work, "p.patch"), `--- a/file\n+++ b/file\n${patch}\n`);

    git(work, "apply", "--unidiff-zero", "p.patch");

    expect(execFileSync("cat", [file], { encoding: "utf8" })).toBe(after);
  });
});

describe("what a pull request changes", () => {
  const store = new ObjectStore();
  test.each([
    { why: "added", before: {}, after: { a: "1\n" }, is: [{ path: "a", status: "added", additions: 1 }] },
    { why: "removed", before: { a: "1\n" }, after: {}, is: [{ path: "a", status: "removed", deletions: 1 }] },
    {
      why: "moved as it is",
      before: { a: LONG },
      after: { b: LONG },
      is: [{ path: "b", status: "renamed", previousPath: "a" }],
    },
    {
      why: "moved and changed a little",
      before: { "infra/a": LONG },
      after: { b: LONG.replace("line 3", "line three") },
      is: [{ path: "b", status: "renamed", previousPath: "infra/a", additions: 1, deletions: 1 }],
    },
    {
      why: "another file altogether is no rename",
      before: { a: LONG },
      after: { b: "something else\n" },
      is: [
        { path: "a", status: "removed" },
        { path: "b", status: "added" },
      ],
    },
    {
      why: "only the mode",
      before: { a: "1\n" },
      after: { a: { mode: "100755" as const, content: "1\n" } },
      is: [{ path: "a", status: "changed", mode: "100755", additions: 0, deletions: 0 }],
    },
  ])("$why", ({ before, after, is }) => {
    const changes = diffFiles(store, filesIn(store, before), filesIn(store, after));
    expect(changes).toMatchObject(is);
    expect(changes).toHaveLength(is.length);
  });

  test("a binary file has no patch", () => {
    const [change] = diffFiles(store, filesIn(store, {}), filesIn(store, { a: "\0\x01" }));
    expect(change).not.toHaveProperty("patch");
  });
});

describe("history", () => {
  const store = new ObjectStore();
  const tree = store.tree(new Map());
  const commit = (message: string, ...parents: string[]) =>
    store.commit({ tree, parents, author: WHO, committer: WHO, message }).sha;
  const root = commit("root");
  const main = commit("main", root);
  const early = commit("early", root);
  const merged = commit("main into branch", early, main);
  const late = commit("late", merged);

  test("the merge base moves up when the base is merged in", () => {
    expect(mergeBase(store, main, early)).toBe(root);
    expect(mergeBase(store, main, late)).toBe(main);
    expect(mergeBase(store, main, commit("unrelated"))).toBeNull();
  });

  test("commits come parents first and without those of the base", () => {
    expect(commitsBetween(store, main, late).map(({ message }) => message)).toEqual([
      "early",
      "main into branch",
      "late",
    ]);
  });
});
