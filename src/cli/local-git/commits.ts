import { Failure } from "../failure.ts";
import type { Git } from "./git.ts";

/** A commit as git holds it: names and e-mails, no accounts. */
export interface GitCommit {
  readonly sha: string;
  readonly message: string;
  readonly author: NameAndEmail;
  readonly committer: NameAndEmail;
}

export interface NameAndEmail {
  readonly name: string;
  readonly email: string;
}

// Signatures are not shown: showing them would start the program that `gpg.program` names.
const LOG = ["log", "-z", "--topo-order", "--reverse", "--no-show-signature", "--no-notes", "--no-decorate"];

/** Hash, author, committer (never through .mailmap) and the whole message, each ended by NUL. */
const FORMAT = "--format=tformat:%H%x00%an%x00%ae%x00%cn%x00%ce%x00%B";

/** The commits of `head` that `base` lacks, oldest first. */
export async function readCommits(
  git: Git,
  range: { readonly base: string; readonly head: string },
  onCommit: (count: number) => void,
): Promise<readonly GitCommit[]> {
  const commits: GitCommit[] = [];
  let record: string[] = [];
  for await (const field of git.fields([...LOG, FORMAT, range.head, `^${range.base}`, "--"])) {
    record.push(field);
    if (record.length < 6) continue;
    const [sha = "", name = "", email = "", committerName = "", committerEmail = "", message = ""] = record;
    if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new Failure("git log answered out of step; run it again");
    commits.push({
      sha,
      message,
      author: { name, email },
      committer: { name: committerName, email: committerEmail },
    });
    onCommit(commits.length);
    record = [];
  }
  if (record.length > 0) throw new Failure("git log ended in the middle of a commit; run it again");
  return commits;
}
