import type { CommitText } from "../change.ts";
import type { Evidence } from "../evidence.ts";
import { type KnownSignals, lineMatches, namedMatches, peopleNamed } from "../signals/match.ts";
import { readWanted } from "../text/lines.ts";
import { comparableEmail } from "../text/trailers.ts";
import { declaredMatches } from "./declared.ts";
import { evidenceAt, timeAt, weakened } from "./evidence-at.ts";
import type { ReadIdentity } from "./identity-reading.ts";

/** All evidence on a commit, and whether its message could be read whole. */
export function commitEvidence(
  known: KnownSignals,
  read: ReadIdentity,
  commit: CommitText,
): { readonly evidence: readonly Evidence[]; readonly whole: boolean } {
  const { sha, author, committer, coAuthors } = commit;
  const at = Number.isNaN(timeAt(commit.authoredAt)) ? commit.committedAt : commit.authoredAt;
  const evidence: Evidence[] = [];
  const authored = read(author).matches("author");
  if (authored.length > 0) evidence.push(...evidenceAt({ on: "commit", sha, field: "author" }, authored, at));
  const committing = read(committer);
  // GitHub commits for whoever pressed the button.
  const committed = committing.kind() === "web-flow" ? [] : committing.matches("committer");
  if (committed.length > 0) {
    const found = isCommittedAgain(commit) ? weakened(committed) : committed;
    evidence.push(...evidenceAt({ on: "commit", sha, field: "committer" }, found, at));
  }
  const text = known.index.texts.message;
  const { lines, whole } = readWanted(commit.message, text.wanted);
  if (lines.length === 0 && coAuthors.length === 0) return { evidence, whole };
  const named = peopleNamed(lines);
  const inMessage = new Set(named.map(({ person }) => person.email));
  const listed = coAuthors.filter(({ email }) => !inMessage.has(comparableEmail(email)));
  const people = [
    ...named.flatMap((each) => namedMatches(read(each.person).matches("co-author"), each)),
    ...listed.flatMap((identity) => read(identity).matches("co-author")),
  ];
  const own = [
    ...lines.flatMap((line) => lineMatches(text, line)),
    ...declaredMatches(commit.message, lines),
  ];
  if (people.length > 0) evidence.push(...evidenceAt({ on: "commit", sha, field: "co-author" }, people, at));
  if (own.length > 0) evidence.push(...evidenceAt({ on: "commit", sha, field: "message" }, own, at));
  return { evidence, whole };
}

const SAME_MOMENT_MS = 5_000;

/** Committed later than it was written, as by a rebase: whoever did that need not have written anything of it. */
function isCommittedAgain({ authoredAt, committedAt }: CommitText): boolean {
  return timeAt(committedAt) - timeAt(authoredAt) > SAME_MOMENT_MS;
}
