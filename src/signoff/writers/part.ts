import type { Account, CommitFacts, GitIdentity } from "../snapshot.ts";
import type { Contributor, ContributorRole } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { listFirst, shortSha } from "../wording/words.ts";
import type { People } from "./people.ts";

/** What the contributors are read with, beyond the snapshot itself. */
export interface ContributorSources {
  readonly people: People;
  /** Whether a git identity is a person's: not a tool's, another machine's or GitHub's own. */
  readonly isPerson: (identity: GitIdentity) => boolean;
  /** Whether who made a suggestion that somebody else applied took part by it. */
  readonly suggestions: boolean;
  /** The names of the areas that hold a path. */
  readonly areasOf: (path: string) => readonly string[];
}

/** By the account, by the login where nobody is known to bear it, or by what git says of somebody without account. */
export type Who =
  | { readonly account: Account }
  | { readonly account: null; readonly login: string }
  | { readonly account: null; readonly identity: NamelessIdentity };

type NamelessIdentity = NonNullable<Contributor["identity"]>;

/** What somebody did for the change. */
export interface Part {
  readonly who: Who;
  readonly role: ContributorRole["role"];
  /** What was done, and to which commit, or a clause of its own. */
  readonly did: { readonly verb: string; readonly sha: string } | { readonly clause: string };
  /** Set for a part in a merge of which it is known what it changed by itself. */
  readonly only?: readonly string[];
}

/** What is known of commits whose pull request somebody opened. */
export function openedWith(number: number): string {
  return `opened #${number} with the same commits`;
}

/** What somebody did by a commit: of a merge, only what it changed by itself. */
export function doneBy({ sha, mergeChanged }: CommitFacts, did: Part["did"]): Pick<Part, "did" | "only"> {
  if (mergeChanged === undefined) return { did };
  const changed = listFirst(mergeChanged.map(quote));
  return { did: { clause: `made the merge ${shortSha(sha)}, which changes ${changed}` }, only: mergeChanged };
}

/** `null` for a machine. */
export function humanOf(identity: GitIdentity, { isPerson }: ContributorSources): Who | null {
  if (!isPerson(identity)) return null;
  const { account, name, email } = identity;
  return account === null ? { account, identity: { name, email } } : { account };
}
