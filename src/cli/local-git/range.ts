import { Failure } from "../failure.ts";
import type { Git } from "./git.ts";
import { type LocalRepository, stripPrefix, symbolicRef } from "./repository.ts";

/** What is judged: the commits of `head` that `base` lacks, and what they change since `mergeBase`. */
export interface Range {
  readonly base: Point & { readonly chosen: "given" | "default" };
  readonly head: Point;
  readonly mergeBase: string;
}

export interface Point {
  readonly sha: string;
  /** As the user or git wrote it, to be shown. */
  readonly name: string;
  /** The branch it names, without remote; `null` for a tag, a commit id or a detached HEAD. */
  readonly branch: string | null;
}

/** Where a base is looked for when none is given, the first that exists. */
const DEFAULT_BASES = ["origin/HEAD", "origin/main", "main", "origin/master", "master"];

export async function findRange(
  { git }: LocalRepository,
  asked: { readonly base: string | undefined; readonly head: string },
): Promise<Range> {
  const head = (await findPoint(git, asked.head)) ?? (await missing(git, asked.head));
  const base =
    asked.base === undefined
      ? { ...(await defaultBase(git)), chosen: "default" as const }
      : {
          ...((await findPoint(git, asked.base)) ?? (await missing(git, asked.base))),
          chosen: "given" as const,
        };
  const mergeBase = await git.find(["merge-base", base.sha, head.sha]);
  if (mergeBase === null) {
    throw new Failure(
      `${base.name} and ${head.name} have no common history: name the branch to merge into with --base REF`,
    );
  }
  return { base, head, mergeBase };
}

async function defaultBase(git: Git): Promise<Point> {
  for (const name of DEFAULT_BASES) {
    const point = await findPoint(git, name);
    if (point !== null) return point;
  }
  throw new Failure(
    `no base to compare with (looked for ${DEFAULT_BASES.join(", ")}): name one with --base REF`,
  );
}

/** A branch goes before a tag of the same name, which git itself would prefer. */
async function findPoint(git: Git, name: string): Promise<Point | null> {
  const spellings = /^(HEAD|@)(?![\w/-])/.test(name)
    ? [name]
    : [`refs/heads/${name}`, `refs/remotes/${name}`, name];
  for (const ref of spellings) {
    const sha = await git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
    if (sha !== null) return { sha, name, branch: await branchOf(git, ref) };
  }
  return null;
}

/** Symbolic refs are followed; `main~2` and ids name a commit, not a branch, and are answered with nothing. */
async function branchOf(git: Git, ref: string): Promise<string | null> {
  const target = await git.find(["rev-parse", "--symbolic-full-name", ref]);
  const remote = stripPrefix("refs/remotes/", target);
  return stripPrefix("refs/heads/", target) ?? remote?.slice(remote.indexOf("/") + 1) ?? null;
}

async function missing(git: Git, name: string): Promise<never> {
  const unborn = name === "HEAD" ? stripPrefix("refs/heads/", await symbolicRef(git, "HEAD")) : null;
  if (unborn !== null) throw new Failure(`the branch ${unborn} has no commit yet: nothing can be checked`);
  throw new Failure(`${name} is no commit in this repository: check its spelling, or fetch it first`);
}
