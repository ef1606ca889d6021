import { Failure } from "../failure.ts";
import { holdRange } from "./objects/held.ts";
import type { Point, Refs } from "./repository/refs.ts";
import type { LocalRepository } from "./repository/repository.ts";

/** What is judged: the commits of `head` that `base` lacks, and what they change since `mergeBase`. */
export interface Range {
  readonly base: Point & { readonly chosen: "given" | "default" };
  readonly head: Point;
  readonly mergeBase: string;
}

/** Where a base is looked for when none is given, the first that exists. */
const DEFAULT_BASES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/heads/main",
  "refs/remotes/origin/master",
  "refs/heads/master",
];

export async function findRange(
  { git, refs }: LocalRepository,
  asked: { readonly base: string | undefined; readonly head: string | undefined },
): Promise<Range> {
  const head = await headOf(refs, asked.head);
  const base: Range["base"] =
    asked.base === undefined
      ? { ...(await defaultBase(refs)), chosen: "default" }
      : { ...(await refs.given(asked.base)), chosen: "given" };
  const mergeBase = await git.find(["merge-base", base.sha, head.sha]);
  if (mergeBase === null) {
    throw new Failure(
      `${base.name} and ${head.name} have no common history: name the branch to merge into with --base REF`,
    );
  }
  await holdRange(git, { base: base.sha, head: head.sha, mergeBase });
  return { base, head, mergeBase };
}

/** What is checked out, unless something is named. */
export async function headOf(refs: Refs, asked: string | undefined): Promise<Point> {
  return (asked === undefined ? await refs.head() : null) ?? (await refs.given(asked ?? "HEAD"));
}

async function defaultBase(refs: Refs): Promise<Point> {
  for (const ref of DEFAULT_BASES) {
    const point = await refs.full(ref);
    if (point !== null) return point;
  }
  const names = DEFAULT_BASES.map((ref) => ref.replace(/^refs\/(?:heads|remotes)\//, "")).join(", ");
  throw new Failure(`no base branch found (tried ${names}): name one with --base REF`);
}
