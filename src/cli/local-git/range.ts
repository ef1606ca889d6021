import { Failure } from "../failure.ts";
import type { Git } from "./git.ts";
import { type LocalRepository, stripPrefix } from "./repository.ts";

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
const DEFAULT_BASES: readonly (readonly [name: string, ref: string])[] = [
  ["origin/HEAD", "refs/remotes/origin/HEAD"],
  ["origin/main", "refs/remotes/origin/main"],
  ["main", "refs/heads/main"],
  ["origin/master", "refs/remotes/origin/master"],
  ["master", "refs/heads/master"],
];

export async function findRange(
  { git }: LocalRepository,
  asked: { readonly base: string | undefined; readonly head: string },
): Promise<Range> {
  const head = await givenPoint(git, asked.head);
  const base: Range["base"] =
    asked.base === undefined
      ? { ...(await defaultBase(git)), chosen: "default" }
      : { ...(await givenPoint(git, asked.base)), chosen: "given" };
  const mergeBase = await git.find(["merge-base", base.sha, head.sha]);
  if (mergeBase === null) {
    throw new Failure(
      `${base.name} and ${head.name} have no common history: name the branch to merge into with --base REF`,
    );
  }
  return { base, head, mergeBase };
}

async function defaultBase(git: Git): Promise<Point> {
  for (const [name, ref] of DEFAULT_BASES) {
    const point = await findPoint(git, name, ref);
    if (point !== null) return point;
  }
  const names = DEFAULT_BASES.map(([name]) => name).join(", ");
  throw new Failure(`no base to compare with (looked for ${names}): name one with --base REF`);
}

/** A branch goes before a tag of the same name, which git itself would prefer. */
export async function givenPoint(git: Git, name: string): Promise<Point> {
  const isHead = /^(HEAD|@)(?![\w/-])/.test(name);
  for (const ref of isHead ? [name] : [`refs/heads/${name}`, `refs/remotes/${name}`, name]) {
    const point = await findPoint(git, name, ref);
    if (point !== null) return point;
  }
  const branch =
    name === "HEAD" ? stripPrefix("refs/heads/", await git.find(["symbolic-ref", "--quiet", "HEAD"])) : null;
  throw new Failure(
    branch === null
      ? `${name} is no commit in this repository: check its spelling, or fetch it first`
      : `the branch ${branch} has no commit yet: nothing can be checked`,
  );
}

async function findPoint(git: Git, name: string, ref: string): Promise<Point | null> {
  const sha = await git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  return sha === null ? null : { sha, name, branch: await branchOf(git, ref) };
}

/** Symbolic refs are followed; `main~2` and ids name a commit, not a branch, and are answered with nothing. */
async function branchOf(git: Git, ref: string): Promise<string | null> {
  const target = await git.find(["rev-parse", "--symbolic-full-name", ref]);
  const remote = stripPrefix("refs/remotes/", target);
  return stripPrefix("refs/heads/", target) ?? remote?.slice(remote.indexOf("/") + 1) ?? null;
}
