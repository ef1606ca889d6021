import { readJoinedNotes } from "../../../provenance/attested/notes.ts";
import type { CommitText } from "../../../provenance/change.ts";
import type { CommitFacts, GitIdentity } from "../../../signoff/snapshot.ts";
import type { NameAndEmail } from "../../local-git/objects/commits.ts";
import type { HistoryCommit } from "../../local-git/objects/history.ts";

/** A commit as it is judged. */
export type JudgedCommit = CommitFacts & Pick<CommitText, "authoredAt" | "committedAt">;

/** How the parts of a commit are read: one by one, or from what is remembered of a long history. */
export interface Readers {
  readonly identityOf: (person: NameAndEmail) => GitIdentity;
  /** A day or a time, ISO 8601, of seconds since 1970; `null` for none. */
  readonly timeOf: (seconds: number) => string | null;
}

export function factsOf(commit: HistoryCommit, { identityOf, timeOf }: Readers): JudgedCommit {
  const { sha, message, note } = commit;
  const [authoredAt, committedAt] = [timeOf(commit.authoredAt), timeOf(commit.committedAt)];
  return {
    sha,
    message,
    author: identityOf(commit.author),
    committer: identityOf(commit.committer),
    // Those of a local commit stand in its message, which is read.
    coAuthors: [],
    committedViaWeb: false,
    ...(note !== "" && { attested: readJoinedNotes(note) }),
    ...(authoredAt !== null && { authoredAt }),
    ...(committedAt !== null && { committedAt }),
  };
}
