import type { Account, Participant, Snapshot } from "../snapshot.ts";

/** Who is known to have pushed: GitHub's word on accounts, which nobody can write into a commit. */
export interface Pushers {
  /** Whoever demonstrably pushed the commit. */
  of(sha: string): readonly Account[];
  /** The same, or the owner of the fork that it came from where nobody is known to have pushed it. */
  presumedOf(sha: string): readonly Account[];
  /** Whoever demonstrably pushed anything of the pull request. */
  readonly all: readonly Account[];
}

export function knownPushers({
  participants,
  recorded,
}: Pick<Snapshot, "participants" | "recorded">): Pushers {
  const recordedBySha = Map.groupBy(recorded.commits, ({ sha }) => sha);
  const pushersOf = (sha: string): readonly Participant[] =>
    [
      ...(recordedBySha.get(sha) ?? []).flatMap((record) => record.participants),
      ...participants.filter((participant) => participant.sha === sha),
    ].filter(({ role }) => role === "pusher");
  const everybody = [...participants, ...recorded.commits.flatMap((record) => record.participants)];
  return {
    of: (sha) => seen(pushersOf(sha)),
    presumedOf(sha) {
      const certain = seen(pushersOf(sha));
      if (certain.length > 0) return certain;
      const presumed = [...pushersOf(sha), ...participants].filter(isPresumed);
      return presumed.slice(0, 1).map(({ account }) => account);
    },
    all: seen(everybody.filter(({ role }) => role === "pusher")),
  };
}

function seen(pushers: readonly Participant[]): readonly Account[] {
  return pushers.filter((pusher) => !isPresumed(pusher)).map(({ account }) => account);
}

function isPresumed({ role, presumed }: Participant): boolean {
  return role === "pusher" && presumed === true;
}
