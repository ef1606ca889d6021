import type { CommitRecord, Participant } from "./snapshot.ts";

/** Another commit, made of what it is known of, and a clause that says so: "in #12". */
interface Heir {
  readonly sha: string;
  readonly how: string;
}

/** What is known of a change, as it is known of a commit that was made of it: by a squash, a rebase, a cherry-pick. */
export function inherited(known: Omit<CommitRecord, "sha">, { sha, how }: Heir): CommitRecord {
  const { participants } = known;
  return { ...known, sha, participants: participants.map((each) => withHow(each, how)) };
}

/** Nobody pushed the commit that was made of theirs: who did push took part, as whoever opened it. */
function withHow({ account, identity, role, because, presumed }: Participant, how: string): Participant {
  const isUnseen = role === "requester" && presumed;
  return {
    ...{ account, role: role === "pusher" ? "opener" : role, because: `${because} ${how}` },
    ...(identity && { identity }),
    ...(isUnseen && { presumed }),
  };
}
