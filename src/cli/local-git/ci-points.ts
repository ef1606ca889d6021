import type { CiChange } from "../ci/change.ts";
import { Failure } from "../failure.ts";
import { commitById, isInHistory, parentsOf } from "./objects/held.ts";
import type { Point } from "./repository/refs.ts";
import type { LocalRepository } from "./repository/repository.ts";

/*
 * CI often checks out a merge of the change into its target that the server made to test it. Nobody wrote that commit,
 * and it is left out; but whoever can push can make a merge of the same shape. So nothing is left out by its shape: the
 * server names the last commit of the change, and what is checked out only has to agree.
 */

/** The target of the change, as fetched. Throws a `Failure` where it is not here, or older than the server says. */
export async function ciBase({ git, refs }: LocalRepository, ci: CiChange): Promise<Point> {
  const { name, wholeClone } = ci.server;
  const base = await refs.full(`refs/remotes/origin/${ci.target}`);
  if (base === null) {
    throw new Failure(
      `origin/${ci.target}, which ${name} names as the target, is not in this clone: fetch it (${wholeClone})`,
    );
  }
  for (const commit of ci.targetHolds) {
    if (!(await isInHistory(git, base.sha, commit))) {
      throw new Failure(
        `${base.name} does not hold ${commit.slice(0, 12)}, which ${name} saw in it: fetch it anew (${wholeClone})`,
      );
    }
  }
  return base;
}

/** The last commit of a change, and the merge commit that the server made of it where that is checked out. */
interface Found {
  readonly head: Point;
  readonly merge: string | null;
}

/**
 * The last commit of the change; `null` where the server names none and what is checked out has to be judged as it is.
 * Throws a `Failure` where it is not here, or where something else is checked out.
 */
export async function ciHead(repository: LocalRepository, base: Point, ci: CiChange): Promise<Found | null> {
  const named = await namedHead(repository, ci);
  if (named === null) return null;
  const head: Point = { sha: named, name: ci.source ?? named, branch: ci.source };
  const checkedOut = await repository.refs.head();
  if (checkedOut === null || checkedOut.sha === named) return { head, merge: null };
  if (await isInHistory(repository.git, base.sha, checkedOut.sha)) return { head, merge: null };
  const parents = await parentsOf(repository.git, checkedOut.sha);
  const others = parents.filter((parent) => parent !== named);
  const [other] = others;
  const isMerge = parents.length === 2 && other !== undefined && others.length === 1;
  if (isMerge && (await isInHistory(repository.git, base.sha, other))) return { head, merge: checkedOut.sha };
  throw new Failure(
    `${checkedOut.sha.slice(0, 12)} is checked out, which is neither ${named.slice(0, 12)}, the last commit of the ` +
      `change by ${ci.server.name}, nor its merge into ${base.name}: name what to check with --head`,
  );
}

async function namedHead({ git, refs }: LocalRepository, { head, server }: CiChange): Promise<string | null> {
  if ("remoteBranch" in head) {
    return (await refs.full(`refs/remotes/origin/${head.remoteBranch}`))?.sha ?? null;
  }
  if ((await commitById(git, head.id)) === null) {
    throw new Failure(
      `${head.id.slice(0, 12)}, the last commit of the change by ${server.name}, is not in this clone: fetch it ` +
        `(${server.wholeClone})`,
    );
  }
  return head.id;
}
