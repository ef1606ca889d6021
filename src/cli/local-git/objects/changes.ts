import type { ChangedFile, ChangeStatus } from "../../../signoff/snapshot.ts";
import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";
import { readSizes } from "./read.ts";

const DIFF = [
  "diff-tree",
  "-r",
  "-z",
  "--raw",
  "--no-abbrev",
  "--no-ext-diff",
  "--no-textconv",
  // A `.gitmodules` may say `ignore = all`, which would hide a moved submodule.
  "--ignore-submodules=none",
];

/** What compares contents: lines are counted, and what moved is found by how alike two files are. */
const COMPARED = ["--numstat", "--find-renames", "-l1000"];

/** The most bytes that are compared, of one content and of all of them: beyond, git would take any memory and time. */
const MOST = { content: 16 << 20, all: 256 << 20 } as const;

/** By the letter that git tells it by. */
export const STATUS: Readonly<Record<string, ChangeStatus>> = {
  A: "added",
  C: "copied",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

/** `formerId`: the content before; `null` where there was none. */
export interface GitChange extends ChangedFile {
  readonly formerId: string | null;
}

type Raw = Omit<GitChange, "additions" | "deletions">;

/**
 * The files that differ between two commits. Patches are left out. Throws a `Failure` when git says something that
 * is not understood, or when two paths cannot be told apart.
 */
export async function readChanges(git: Git, from: string, to: string): Promise<readonly GitChange[]> {
  const files = await readDiff(git, [...DIFF, "--no-renames", from, to]);
  if (!(await isComparable(git, files))) return files;
  return readDiff(git, [...DIFF, ...COMPARED, from, to]);
}

async function isComparable(git: Git, files: readonly GitChange[]): Promise<boolean> {
  const ids = new Set(files.flatMap(({ formerId, contentId }) => [formerId, contentId]));
  const sizes = await readSizes(
    git,
    [...ids].filter((id) => id !== null),
  );
  const all = [...sizes.values()].map(({ size }) => size);
  return Math.max(0, ...all) <= MOST.content && all.reduce((sum, size) => sum + size, 0) <= MOST.all;
}

/** What one diff tells: without lines where they were not counted. */
async function readDiff(git: Git, args: readonly string[]): Promise<readonly GitChange[]> {
  const counts = args.includes("--numstat");
  const fields = git.fields(args);
  const next = async (): Promise<string> => {
    const { done, value } = await fields.next();
    if (done) throw notUnderstood("an early end");
    return value;
  };
  const raw = new Map<string, Raw>();
  const files: GitChange[] = [];
  for await (const field of fields) {
    if (field.startsWith(":")) {
      const file = await readRaw(field, next);
      if (raw.has(file.path)) throw new Failure(`two changed files cannot be told apart: ${file.path}`);
      raw.set(file.path, file);
    } else {
      const { path, ...lines } = await readNumstat(field, next);
      const file = raw.get(path);
      if (file === undefined) throw notUnderstood(path);
      files.push({ ...file, ...lines });
    }
  }
  if (!counts) return [...raw.values()].map((file) => ({ ...file, additions: 0, deletions: 0 }));
  if (files.length !== raw.size) throw notUnderstood(`${raw.size} files, but lines of ${files.length}`);
  return files;
}

/** What changes in one file: the unified diff without context, between two commits or made by one. */
export async function readPatch(git: Git, path: string, commits: readonly string[]): Promise<string> {
  const asked = ["--root", "--no-commit-id", "--no-ext-diff", "--no-textconv", "--text", "--no-renames"];
  return git.text(["diff-tree", "-r", "-p", "--unified=0", ...asked, ...commits, "--", path]);
}

/** `:100644 100755 <old id> <new id> R086`, then the path, and for a rename the new path. */
async function readRaw(field: string, next: () => Promise<string>): Promise<Raw> {
  const [, mode = "", oldId = "", contentId = "", change = ""] = field.split(" ");
  const status = STATUS[change.charAt(0)];
  if (status === undefined) throw notUnderstood(field);
  const first = await next();
  if (status === "removed") return { path: first, status, contentId: null, formerId: oldId };
  const moved = status === "renamed" || status === "copied";
  return {
    path: moved ? await next() : first,
    ...(moved && { previousPath: first }),
    status,
    contentId,
    formerId: status === "added" ? null : oldId,
    mode,
  };
}

/** `3<tab>1<tab>path`; for a rename the path is empty and the old and new one follow; `-` stands for a binary. */
async function readNumstat(
  field: string,
  next: () => Promise<string>,
): Promise<{ readonly path: string; readonly additions: number; readonly deletions: number }> {
  const [, added = "", deleted = "", path = ""] = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(field) ?? [];
  if (added === "") throw notUnderstood(field);
  if (path === "") await next();
  return {
    path: path === "" ? await next() : path,
    additions: Number.parseInt(added, 10) || 0,
    deletions: Number.parseInt(deleted, 10) || 0,
  };
}

function notUnderstood(what: string): Failure {
  return new Failure(`git diff-tree answered with something this version does not understand: ${what}`);
}
