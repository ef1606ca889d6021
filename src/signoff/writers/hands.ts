import type { Writer } from "../../provenance/evidence.ts";
import { type CommitFacts, type GitIdentity, type Participant, UNLINKED, unlinkedKey } from "../snapshot.ts";
import { shortSha } from "../wording/words.ts";
import { isGitHub, isSuggestion } from "./committed-parts.ts";
import type { MachineList } from "./people.ts";

interface Change {
  readonly machines: MachineList;
  readonly isPerson: (identity: GitIdentity) => boolean;
  readonly writer: Writer;
}

/**
 * The people whom git names on a commit, for whoever makes the same change in another one. A merge that changed nothing
 * by itself adds nothing to the change, and whether a suggestion does in a human's is for the config to say.
 */
export function hands(commit: CommitFacts, { machines, isPerson, writer }: Change): readonly Participant[] {
  const { sha, author, committer, coAuthors, mergeChanged } = commit;
  if (mergeChanged?.length === 0) return [];
  const suggested = isSuggestion(commit);
  const named = [
    { identity: author, did: "wrote" },
    ...(isGitHub(commit) ? [] : [{ identity: committer, did: "committed" }]),
    ...(suggested && writer !== "ai" ? [] : coAuthors).map((identity) => ({
      identity,
      did: suggested ? "suggested" : "co-wrote",
    })),
  ];
  const byKey = new Map(
    named.toReversed().flatMap(({ identity, did }): readonly (readonly [string, Participant])[] => {
      const { account, name, email } = identity;
      const part = { role: "commit-author", because: `${did} ${shortSha(sha)}`, sha } as const;
      if (account !== null)
        return machines.machine(account) === null ? [[`${account.id}`, { account, ...part }]] : [];
      const unlinked = { account: UNLINKED, ...part, identity: { name, email, sha } };
      return isPerson(identity) ? [[unlinkedKey(identity), unlinked]] : [];
    }),
  );
  return [...byKey.values()].toReversed();
}
