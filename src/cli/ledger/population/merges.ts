import type { Change } from "./change.ts";
import { isIn, type Period } from "./period.ts";
import { mergeRow, type PopulationRow } from "./row.ts";

/** A branch of which the ledger holds changes. `repository` is `owner/name`, as it was called last. */
export interface Branch {
  readonly repository: string;
  readonly branch: string;
}

/** Pull requests that were merged into a branch in the period: what GitHub says, beside what the ledger holds. */
export interface ComparedMerges extends Branch {
  readonly merged: number;
  readonly held: number;
  /** Merged by GitHub's word, and not held. */
  readonly missing: readonly number[];
  /** Held, and not merged by GitHub's word. */
  readonly extra: readonly number[];
  /** ISO 8601: when the first change of the branch came that the ledger holds. */
  readonly since: string;
}

/** GitHub notes a merge and the move of the branch apart. */
const CLOCKS_DIFFER_MS = 60 * 60_000;

interface Held extends Branch {
  readonly pulls: Set<number>;
  /** With a change shortly before or after the period. */
  readonly others: Set<number>;
  readonly since: string;
}

/** Which pull requests the ledger holds a change of, by branch. */
export class HeldMerges {
  readonly #period: Period;
  readonly #held = new Map<string, Held>();

  constructor(period: Period) {
    this.#period = period;
  }

  /** In the order of the ledger. */
  take(change: Pick<Change, "repository" | "branch" | "pull" | "movedAt">): void {
    const { repository, branch, pull, movedAt } = change;
    const { from, until, repository: wanted } = this.#period;
    if (wanted !== undefined && repository.name.toLowerCase() !== wanted) return;
    const key = JSON.stringify([repository.id ?? repository.name, branch]);
    const before = this.#held.get(key);
    const held = { pulls: new Set<number>(), others: new Set<number>(), since: movedAt, ...before };
    const at = Date.parse(movedAt);
    if (pull !== null && isIn(this.#period, change)) held.pulls.add(pull);
    else if (pull !== null && at >= from - CLOCKS_DIFFER_MS && at < until + CLOCKS_DIFFER_MS)
      held.others.add(pull);
    this.#held.set(key, { ...held, repository: repository.name, branch });
  }

  get branches(): readonly Branch[] {
    return [...this.#held.values()].map(({ repository, branch }) => ({ repository, branch }));
  }

  /** `merged`: the numbers of the pull requests that GitHub says were merged into it in the period. */
  comparedWith({ repository, branch }: Branch, merged: readonly number[]): ComparedMerges {
    const held = [...this.#held.values()].find(
      (one) => one.repository === repository && one.branch === branch,
    );
    const pulls = held?.pulls ?? new Set();
    const known = new Set(merged);
    return {
      ...{ repository, branch, merged: known.size, held: pulls.size, since: held?.since ?? "" },
      missing: merged.filter((pull) => !pulls.has(pull) && held?.others.has(pull) !== true),
      extra: [...pulls].filter((pull) => !known.has(pull)).toSorted((one, other) => one - other),
    };
  }
}

/** What GitHub counts and the ledger does not hold, or the other way round: a row for each pull request. */
export function mergeRows(
  compared: readonly ComparedMerges[],
  { from, until }: Period,
): readonly PopulationRow[] {
  const at = new Date(until).toISOString();
  return compared.flatMap(({ repository, branch, missing, extra, since }) => {
    const isOlder = Date.parse(since) >= from;
    const perhaps = isOlder
      ? ` The ledger's first change of ${branch} is of ${since}: it may have been merged before.`
      : "";
    return [
      ...missing.map((pull) => {
        const reason = `GitHub says that it was merged into ${branch}, and the ledger holds no change of it.${perhaps}`;
        return mergeRow({ at, repository, branch, pull, exception: { code: "not-in-ledger", reason } });
      }),
      ...extra.map((pull) => {
        const reason = `The ledger holds its merge into ${branch}, and GitHub does not count it among those of the period: it was pushed instead of merged, merged within moments of the period's end, or is gone.`;
        return mergeRow({ at, repository, branch, pull, exception: { code: "not-on-github", reason } });
      }),
    ];
  });
}
