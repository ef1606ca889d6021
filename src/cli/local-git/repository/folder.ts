import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { readOrdinaryFile } from "../../files/ordinary-file.ts";
import { folderAt, linkRefused, statsOf } from "../../files/place.ts";
import type { GitLimits } from "../process/start.ts";

/** Where a repository lies, as found by its files alone: no program has been asked yet. */
export interface GitFolder {
  /** The folder that holds `.git`; the repository itself where it is bare. */
  readonly top: string;
  /** The folder one asked from, seen from the top as git writes it: empty, or ended by a slash. */
  readonly prefix: string;
  readonly gitDirectory: string;
  /** What all work trees of the repository share: objects, branches, settings. */
  readonly commonDirectory: string;
  readonly bare: boolean;
}

/** The folder that `--repo` names, and how the command says that. */
export interface Asked {
  /** The working directory. */
  readonly from: string;
  readonly directory: string;
  readonly naming: string;
  readonly limits?: GitLimits;
}

/**
 * Finds the repository that holds a folder. A repository that lies in another's work tree without a `.git` of its own
 * is a part of that one, committed by whoever: it is never taken for the repository.
 * Throws a `Failure` when there is none, or when its parts lie elsewhere.
 */
export async function findGitFolder({ from, directory, naming }: Asked): Promise<GitFolder> {
  const start = await folderAt(from, directory);
  const embedded: string[] = [];
  for (let top = start; ; top = dirname(top)) {
    const found = await statsOf(join(top, ".git"));
    if (found !== null) {
      const [inner] = embedded;
      // One stands in the repository's own folder.
      if (inner === join(top, ".git"))
        return folderOf({ top: inner, start: inner, gitDirectory: inner, bare: true });
      if (inner !== undefined) {
        throw new Failure(
          `${inner} looks like a repository, but lies in the repository at ${top}: name that with ${naming}`,
        );
      }
      return folderOf({ top, start, gitDirectory: await gitDirectoryOf(top), bare: false });
    }
    if (await looksBare(top)) embedded.push(top);
    if (top === dirname(top)) break;
  }
  if (embedded[0] === start) return folderOf({ top: start, start, gitDirectory: start, bare: true });
  throw new Failure(`${start} is not in a git repository: go into one, or name it with ${naming}`);
}

async function folderOf({
  top,
  start,
  gitDirectory,
  bare,
}: Pick<GitFolder, "top" | "gitDirectory" | "bare"> & { readonly start: string }): Promise<GitFolder> {
  const commonDirectory = await commonDirectoryOf(gitDirectory, top);
  for (const folder of new Set([gitDirectory, commonDirectory])) await refuseLinks(folder);
  const prefix = start === top ? "" : `${start.slice(top.length + (top.endsWith("/") ? 0 : 1))}/`;
  return { top, prefix: prefix.replaceAll("\\", "/"), gitDirectory, commonDirectory, bare };
}

async function looksBare(folder: string): Promise<boolean> {
  const parts = await Promise.all(["HEAD", "objects", "refs"].map((name) => statsOf(join(folder, name))));
  return parts.every((part) => part !== null);
}

const SMALL = 1 << 16;

/** `.git` itself, or where it points: a work tree of a repository that knows of it, or a submodule. */
async function gitDirectoryOf(top: string): Promise<string> {
  const dotGit = join(top, ".git");
  const stats = await lstat(dotGit);
  if (stats.isDirectory()) return dotGit;
  const text = await readOrdinaryFile(top, ".git", SMALL);
  const [, named] = /^gitdir: (.+?)\n*$/.exec(text) ?? [];
  if (named === undefined) throw new Failure(`${dotGit} names no git directory`);
  const gitDirectory = await folderAt(top, named);
  if (!(await pointsBack(gitDirectory, dotGit))) {
    throw new Failure(
      `${dotGit} points at ${gitDirectory}, which does not point back: name that folder itself to have it read`,
    );
  }
  return gitDirectory;
}

async function pointsBack(gitDirectory: string, dotGit: string): Promise<boolean> {
  const back = await smallFile(gitDirectory, "gitdir");
  if (back !== null) return (await realpath(resolve(gitDirectory, back.trim())).catch(() => "")) === dotGit;
  const settings = (await smallFile(gitDirectory, "config")) ?? "";
  const [, worktree] = /^\s*worktree\s*=\s*"?([^"\n]+?)"?\s*$/m.exec(settings) ?? [];
  if (worktree === undefined) return false;
  return (await realpath(resolve(gitDirectory, worktree)).catch(() => "")) === dirname(dotGit);
}

/** Only what `git worktree` made shares another folder's objects, and that folder knows of it. */
async function commonDirectoryOf(gitDirectory: string, top: string): Promise<string> {
  const named = await smallFile(gitDirectory, "commondir");
  if (named === null) return gitDirectory;
  const common = await folderAt(gitDirectory, named.trim());
  if (dirname(gitDirectory) === join(common, "worktrees") && gitDirectory !== join(top, ".git"))
    return common;
  throw new Failure(
    `${gitDirectory} takes its objects from ${common}, which does not know of it: name that instead`,
  );
}

/** What git reads of a repository has to lie in it, as ordinary files and folders. */
async function refuseLinks(folder: string): Promise<void> {
  for (const name of [
    "HEAD",
    "config",
    "config.worktree",
    "index",
    "packed-refs",
    "shallow",
    "refs",
    "objects",
    "reftable",
  ]) {
    const stats = await statsOf(join(folder, name));
    if (stats?.isSymbolicLink()) throw linkRefused(join(folder, name));
    if (stats !== null && !stats.isFile() && !stats.isDirectory()) {
      throw new Failure(`${join(folder, name)} is no ordinary file`);
    }
  }
}

async function smallFile(folder: string, name: string): Promise<string | null> {
  return (await statsOf(join(folder, name))) === null ? null : readOrdinaryFile(folder, name, SMALL);
}

/** `shop` of `/home/ada/shop/.git` and of the bare `/srv/shop.git`. */
export function repositoryName({ commonDirectory }: Pick<GitFolder, "commonDirectory">): string {
  const folder = basename(commonDirectory) === ".git" ? dirname(commonDirectory) : commonDirectory;
  return basename(folder).replace(/\.git$/, "") || "repository";
}
