import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";
import { readNotes } from "./notes.ts";
import { parseCommit, type RawCommit } from "./raw-commit.ts";
import { readObjects } from "./read.ts";

export type { NameAndEmail } from "./raw-commit.ts";

/** A commit as git holds it: names and e-mails, no accounts. */
export interface GitCommit extends RawCommit {
  readonly sha: string;
  /** What tools keep beside it, one after the other; empty when nothing is kept. */
  readonly note: string;
}

/** The longest message that is judged: whoever needs more hides something. */
const LONGEST_MESSAGE = 1 << 20;

interface Asked {
  readonly base: string;
  readonly head: string;
  /** Where notes are kept: the commits that the note refs name. */
  readonly notes: readonly string[];
}

/** The commits of `head` that `base` lacks, oldest first. */
export async function readCommits(
  git: Git,
  { base, head, notes }: Asked,
  onCommit: (count: number) => void,
): Promise<readonly GitCommit[]> {
  const listing = await git.text(["rev-list", "--topo-order", "--reverse", head, `^${base}`]);
  const noteOf = await readNotes(git, notes);
  const commits: GitCommit[] = [];
  await readObjects(git, listing.split("\n").slice(0, -1), ({ id, type, bytes }) => {
    if (type !== "commit") throw new Failure(`git rev-list lists ${id}, which is a ${type}`);
    commits.push({ ...judgeable(id, parseCommit(bytes)), sha: id, note: "" });
    onCommit(commits.length);
  });
  const texts = await noteOf(commits.map(({ sha }) => sha));
  return commits.map((commit) => ({ ...commit, note: texts.get(commit.sha) ?? "" }));
}

function judgeable(sha: string, commit: RawCommit): RawCommit {
  if (commit.message.length <= LONGEST_MESSAGE) return commit;
  throw new Failure(
    `the message of ${sha.slice(0, 12)} is longer than ${LONGEST_MESSAGE} characters: write a shorter one`,
  );
}
