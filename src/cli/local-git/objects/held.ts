import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";
import { together } from "../process/together.ts";
import { readObjects } from "./read.ts";

/*
 * Git believes an object by its name when it walks: a prepared repository could show one tree, or one commit's parents,
 * under the name of another. What an answer rests on is therefore read once more here, where each is held to its name.
 */

/**
 * Holds the trees of commits to their names, all the way down: the first names the second, and so on.
 * Throws a `Failure` when one is missing or is not what its name says.
 */
export async function holdTrees(git: Git, commits: readonly string[]): Promise<void> {
  const trees = await together(Array.from(new Set(commits), (commit) => treesOf(git, commit)));
  await readObjects(git, [...new Set(trees.flat())], () => {});
}

async function treesOf(git: Git, commit: string): Promise<readonly string[]> {
  const trees = [(await git.text(["rev-parse", "--verify", "--end-of-options", `${commit}^{tree}`])).trim()];
  for await (const field of git.fields(["ls-tree", "-r", "-d", "-z", "--full-tree", commit])) {
    const [, id] = /^\d+ tree ([0-9a-f]+)\t/.exec(field) ?? [];
    if (id !== undefined) trees.push(id);
  }
  return trees;
}

interface Ends {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string;
}

/**
 * Holds what `base..head` leaves out to the names of the commits that say so: an older commit that claims to come after
 * the head would leave out everything. Throws a `Failure` where that cannot be shown.
 */
export async function holdRange(git: Git, { base, head, mergeBase }: Ends): Promise<void> {
  const listing = await git.text(["rev-list", "--boundary", head, `^${base}`]);
  const ids = listing.split("\n").filter(Boolean);
  const boundary = ids.flatMap((id) => (id.startsWith("-") ? [id.slice(1)] : []));
  const leftOut = ids.length === 0 ? [head] : boundary;
  const parents = new Map<string, readonly string[]>();
  for (const commit of leftOut) {
    if (!(await isBehind(git, { base, commit, parents }))) throw tampered(commit, base);
  }
  if (!leftOut.includes(mergeBase)) throw tampered(mergeBase, base);
}

/** Whether a commit is in the history of a base, as the commits between them say; `false` where it is not here at all. */
export async function isInHistory(git: Git, base: string, commit: string): Promise<boolean> {
  if ((await commitById(git, commit)) === null) return false;
  return isBehind(git, { base, commit, parents: new Map() });
}

/** A commit by its id alone, which no name can stand for; `null` where it is not here. */
export function commitById(git: Git, id: string): Promise<string | null> {
  return git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${id}^{commit}`]);
}

/** The parents of a commit, as it names them itself. */
export async function parentsOf(git: Git, commit: string): Promise<readonly string[]> {
  const parents: string[] = [];
  await readObjects(git, [commit], ({ bytes }) => parents.push(...parentsIn(bytes)));
  return parents;
}

interface Claim {
  readonly base: string;
  /** It is said to come before the base. */
  readonly commit: string;
  /** Of commits that were held to their names. */
  readonly parents: Map<string, readonly string[]>;
}

/** Whether parents lead from the base to the commit, each as the commit before it says. */
async function isBehind(git: Git, { base, commit, parents }: Claim): Promise<boolean> {
  const listing = await git.text(["rev-list", base, `^${commit}`]);
  const unread = listing.split("\n").filter((id) => id !== "" && !parents.has(id));
  await readObjects(git, unread, ({ id, bytes }) => parents.set(id, parentsIn(bytes)));
  const reached = new Set([base]);
  for (const id of reached) {
    if (id === commit) return true;
    for (const parent of parents.get(id) ?? []) reached.add(parent);
  }
  return false;
}

function parentsIn(bytes: Buffer): readonly string[] {
  const end = bytes.indexOf("\n\n");
  const header = bytes.toString("latin1", 0, end === -1 ? bytes.length : end);
  return header
    .split("\n")
    .flatMap((line) => (line.startsWith("parent ") ? [line.slice("parent ".length)] : []));
}

function tampered(commit: string, base: string): Failure {
  return new Failure(
    `${commit} is said to come before ${base}, but no parents lead there: the repository is damaged or was tampered with`,
  );
}
