import type { CiChange } from "../ci/change.ts";
import { Failure } from "../failure.ts";
import { ciBase, ciHead } from "./ci-points.ts";
import { holdRange } from "./objects/held.ts";
import type { Point, Refs } from "./repository/refs.ts";
import type { LocalRepository } from "./repository/repository.ts";

/** What is judged: the commits of `head` that `base` lacks, and what they change since `mergeBase`. */
export interface Range {
  readonly base: Point & { readonly chosen: "given" | "default" | "ci" };
  readonly head: Point;
  readonly mergeBase: string;
  /** Where a CI server named what is judged: which one, and the merge commit of its own that is left out. */
  readonly ci?: { readonly server: string; readonly merge: string | null };
}

interface Asked {
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** What a CI server names, for what is not asked for. */
  readonly ci?: CiChange | null;
}

/** Where a base is looked for when none is given, the first that exists. */
const DEFAULT_BASES = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/heads/main",
  "refs/remotes/origin/master",
  "refs/heads/master",
];

export async function findRange(repository: LocalRepository, asked: Asked): Promise<Range> {
  const { git, refs } = repository;
  const ci = asked.ci ?? null;
  const own = ci === null || asked.head !== undefined ? await headOf(refs, asked.head) : null;
  const base = await baseOf(repository, asked.base, ci);
  const change = ci !== null && own === null ? await ciHead(repository, base, ci) : null;
  const head = own ?? change?.head ?? (await headOf(refs, undefined));
  const mergeBase = await git.find(["merge-base", base.sha, head.sha]);
  if (mergeBase === null) {
    throw new Failure(
      `${base.name} and ${head.name} have no common history: name the branch to merge into with --base REF`,
    );
  }
  await holdRange(git, { base: base.sha, head: head.sha, mergeBase });
  const named = ci !== null && (change !== null || base.chosen === "ci");
  return {
    base,
    head,
    mergeBase,
    ...(named && { ci: { server: ci.server.name, merge: change?.merge ?? null } }),
  };
}

async function baseOf(
  repository: LocalRepository,
  asked: string | undefined,
  ci: CiChange | null,
): Promise<Range["base"]> {
  if (asked !== undefined) return { ...(await repository.refs.given(asked)), chosen: "given" };
  if (ci !== null) return { ...(await ciBase(repository, ci)), chosen: "ci" };
  return { ...(await defaultBase(repository.refs)), chosen: "default" };
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
