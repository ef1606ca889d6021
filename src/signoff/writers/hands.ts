import type { Writer } from "../../provenance/evidence.ts";
import type { CommitFacts, Participant } from "../snapshot.ts";
import { shortSha } from "../wording/words.ts";
import { isSuggestion } from "./committed-parts.ts";
import type { MachineList } from "./people.ts";

interface Change {
  readonly machines: MachineList;
  readonly writer: Writer;
}

/**
 * The people whom git names on a commit, for whoever makes the same change in another one. A merge that changed nothing
 * by itself adds nothing to the change, and whether a suggestion does in a human's is for the config to say.
 */
export function hands(commit: CommitFacts, { machines, writer }: Change): readonly Participant[] {
  const { sha, author, committer, coAuthors, mergeChanged } = commit;
  if (mergeChanged?.length === 0) return [];
  const suggested = isSuggestion(commit);
  const named = [
    { account: author.account, did: "wrote" },
    { account: committer.account, did: "committed" },
    ...(suggested && writer !== "ai" ? [] : coAuthors).map(({ account }) => ({
      account,
      did: suggested ? "suggested" : "co-wrote",
    })),
  ];
  const byId = new Map(
    named.toReversed().flatMap(({ account, did }): readonly (readonly [number, Participant])[] => {
      if (account === null || machines.machine(account) !== null) return [];
      return [[account.id, { account, role: "commit-author", because: `${did} ${shortSha(sha)}`, sha }]];
    }),
  );
  return [...byId.values()].toReversed();
}
