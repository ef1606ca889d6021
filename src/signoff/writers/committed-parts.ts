import type { CommitFacts, GitIdentity } from "../snapshot.ts";
import type { ContributorRole } from "../verdict.ts";
import { type ContributorSources, doneBy, humanOf, type Part } from "./part.ts";

/** Who took part by a commit, as git and GitHub tell it. */
export function committed(commit: CommitFacts, sources: ContributorSources): readonly Part[] {
  const { sha, author, committer } = commit;
  const hands: readonly CommitRole[] = [
    { identity: author, role: "commit-author", verb: isMerge(commit) ? "made the merge" : "wrote" },
    ...(isGitHub(commit) ? [] : [{ identity: committer, role: "committer", verb: "committed" } as const]),
    ...coAuthors(commit, sources),
  ];
  return hands.flatMap(({ identity, role, verb }) => {
    const who = humanOf(identity, sources);
    return who === null ? [] : [{ who, role, ...doneBy(commit, { verb, sha }) }];
  });
}

interface CommitRole {
  readonly identity: GitIdentity;
  readonly role: ContributorRole["role"];
  readonly verb: string;
}

function coAuthors(commit: CommitFacts, { suggestions }: ContributorSources): readonly CommitRole[] {
  if (!isSuggestion(commit)) {
    return commit.coAuthors.map((identity) => ({ identity, role: "co-author", verb: "co-wrote" }));
  }
  if (!suggestions) return [];
  return commit.coAuthors.map((identity) => ({ identity, role: "suggester", verb: "suggested" }));
}

/** GitHub names whoever made the suggestions as co-authors of whoever applied them. */
export function isSuggestion({
  committedViaWeb,
  message,
}: Pick<CommitFacts, "committedViaWeb" | "message">): boolean {
  return committedViaWeb && /^Apply suggestions? from /.test(message);
}

/**
 * Also by "Update branch" or by resolving conflicts on GitHub's pages. The two look the same, and the second may change
 * anything, so whoever did either took part, unless it is known what the merge changed by itself.
 */
function isMerge({ committedViaWeb, message, parents = [] }: CommitFacts): boolean {
  return parents.length > 1 || (committedViaWeb && /^Merge (?:remote-tracking )?branch '/.test(message));
}

/** What is merged or edited on GitHub's pages GitHub commits, under an address that maps to nobody. */
export function isGitHub({ committer, committedViaWeb }: CommitFacts): boolean {
  return committedViaWeb && committer.account === null;
}
