import { NOTE_REFS } from "../../provenance/attested/notes.ts";
import { Failure } from "../failure.ts";
import type { Git } from "./git.ts";

/** A commit as git holds it: names and e-mails, no accounts. */
export interface GitCommit {
  readonly sha: string;
  readonly message: string;
  readonly author: NameAndEmail;
  readonly committer: NameAndEmail;
  /** Seconds since 1970 by the author's and the committer's clock; 0 when nothing is written there. */
  readonly authoredAt: number;
  readonly committedAt: number;
  /** What tools keep beside it, joined by git; empty when nothing is kept. */
  readonly note: string;
}

export interface NameAndEmail {
  readonly name: string;
  readonly email: string;
}

// Signatures are not shown: showing them would start the program that `gpg.program` names.
const LOG = ["log", "-z", "--topo-order", "--reverse", "--no-show-signature", "--no-decorate"];
const NOTES = NOTE_REFS.map((ref) => `--notes=${ref}`);

/** Hash, author, committer (never through .mailmap), their times, the whole message and the note, each ended by NUL. */
const FORMAT = "--format=tformat:%H%x00%an%x00%ae%x00%cn%x00%ce%x00%at%x00%ct%x00%B%x00%N";
const FIELDS = 9;

/** The commits of `head` that `base` lacks, oldest first. */
export async function readCommits(
  git: Git,
  range: { readonly base: string; readonly head: string },
  onCommit: (count: number) => void,
): Promise<readonly GitCommit[]> {
  const commits: GitCommit[] = [];
  let record: string[] = [];
  for await (const field of git.fields([...LOG, ...NOTES, FORMAT, range.head, `^${range.base}`, "--"])) {
    record.push(field);
    if (record.length < FIELDS) continue;
    const [sha = "", name = "", email = "", ...rest] = record;
    const [committerName = "", committerEmail = "", authoredAt, committedAt, message = "", note = ""] = rest;
    if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new Failure("git log answered out of step; run it again");
    commits.push({
      sha,
      message,
      author: { name, email },
      committer: { name: committerName, email: committerEmail },
      authoredAt: Number(authoredAt) || 0,
      committedAt: Number(committedAt) || 0,
      note: note.trim(),
    });
    onCommit(commits.length);
    record = [];
  }
  if (record.length > 0) throw new Failure("git log ended in the middle of a commit; run it again");
  return commits;
}
