import type { Account, CommitFacts, Participant, Snapshot } from "../snapshot.ts";

/** Who is known to have pushed: GitHub's word on accounts, which nobody can write into a commit. */
export interface Pushers {
  /** Whoever demonstrably pushed the commit. */
  of(sha: string): readonly Account[];
  /**
   * Whoever pushed the commit when nobody had before, so that its message is their word: moving a branch to it is not
   * enough. Of a fork GitHub tells no more than who pushed to it.
   */
  introducing(sha: string): readonly Account[];
  /** Whether somebody demonstrably pushed the commit to the repository itself, which takes write permission. */
  toRepository(sha: string): boolean;
  /**
   * By whom the commit came. Who brings it to a fork, or owns the fork, is one of them only where nobody else was known
   * to have pushed it before.
   */
  broughtBy(sha: string): readonly Account[];
  /** Whether a commit had come by then, as far as others than this person pushed it. */
  before(moment: string | undefined, sha: string, except: Pick<Account, "id">): boolean;
  /** Whoever owns the fork of the pull request, and counts as having pushed what nobody was seen to push. */
  readonly ofFork: readonly Account[];
  /** Whoever demonstrably pushed anything of the pull request. */
  readonly all: readonly Account[];
}

export function knownPushers({
  participants,
  recorded,
}: Pick<Snapshot, "participants" | "recorded">): Pushers {
  const recordedBySha = Map.groupBy(recorded.commits, ({ sha }) => sha);
  const recordedOf = (sha: string) =>
    (recordedBySha.get(sha) ?? []).flatMap((record) => record.participants).filter(isPusher);
  const own = participants.filter(isPusher);
  const ownBySha = Map.groupBy(own, ({ sha }) => sha);
  const ownOf = (sha: string) => ownBySha.get(sha) ?? [];
  const ofFork = own.filter(isPresumed).map(({ account }) => account);
  const everybody = [...participants, ...recorded.commits.flatMap((record) => record.participants)];
  return {
    of: (sha) => seen([...recordedOf(sha), ...ownOf(sha)]),
    introducing: (sha) => seen([...recordedOf(sha), ...ownOf(sha)].filter(isFirst)),
    toRepository: (sha) => [...recordedOf(sha), ...ownOf(sha)].some((pusher) => !isOfFork(pusher)),
    broughtBy(sha) {
      const before = [...recordedOf(sha), ...ownOf(sha).filter((pusher) => !isOfFork(pusher))];
      if (before.length > 0) return before.map(({ account }) => account);
      const toFork = seen(ownOf(sha));
      return toFork.length > 0 ? toFork : ofFork;
    },
    before(moment, sha, { id }) {
      const others = [...recordedOf(sha), ...ownOf(sha)].filter(
        (pusher) => !isPresumed(pusher) && pusher.account.id !== id,
      );
      const byAccount = Map.groupBy(others, ({ account }) => account.id);
      // By all that is known of when one person pushed it.
      return [...byAccount.values()].every((pushes) =>
        isBefore(
          moment,
          pushes.flatMap(({ at }) => at ?? []),
        ),
      );
    },
    ofFork,
    all: seen(everybody.filter(isPusher)),
  };
}

/** Whether all of these were before a moment; not so where either is unknown. GitHub tells whole seconds of the moment. */
export function isBefore(moment: string | undefined, times: readonly string[]): boolean {
  const before = instantOf(moment);
  return times.length > 0 && times.every((time) => instantOf(time) < before);
}

/** Not a number, which is before and after nothing, where nobody knows. */
function instantOf(time: string | undefined): number {
  return new Date(time ?? Number.NaN).getTime();
}

/** Whether a commit came by somebody, or git names them on it: then their word about it counts. */
export function tookPart(account: Pick<Account, "id">, commit: CommitFacts, pushers: Pushers): boolean {
  return pushers.broughtBy(commit.sha).some(({ id }) => id === account.id) || isNamedOn(commit, account);
}

/** Whether GitHub takes an address that git holds of a commit's writers for this person's. */
export function isNamedOn(
  { author, committer, coAuthors }: CommitFacts,
  { id }: Pick<Account, "id">,
): boolean {
  return [author, committer, ...coAuthors].some(({ account }) => account?.id === id);
}

function seen(pushers: readonly Participant[]): readonly Account[] {
  return pushers.filter((pusher) => !isPresumed(pusher)).map(({ account }) => account);
}

function isPusher({ role }: Participant): boolean {
  return role === "pusher";
}

function isPresumed({ presumed }: Participant): boolean {
  return presumed === true;
}

function isFirst({ introduced, toFork }: Participant): boolean {
  return introduced === true || toFork === true;
}

function isOfFork({ presumed, toFork }: Participant): boolean {
  return presumed === true || toFork === true;
}
