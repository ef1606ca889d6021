import { GitHubProblem, GitHubUnavailable, Inconsistent, NotFound } from "../../github/client/errors.ts";
import type { MergedPull } from "../../github/reading/read-snapshot.ts";
import type { PastPull } from "../../signoff/past.ts";
import { type Budget, type Stop, Stopped } from "./budget.ts";
import { inOrder } from "./in-order.ts";
import type { Kept } from "./kept.ts";

/** What came of reading one pull request. */
export type Got =
  | { readonly status: "read"; readonly past: PastPull }
  | { readonly status: "not-read"; readonly number: number; readonly because: string }
  | { readonly status: "stopped"; readonly stop: Stop };

export interface Reading {
  readonly pulls: readonly MergedPull[];
  /** What is there of them already, by number. */
  readonly known: ReadonlyMap<number, PastPull>;
  readonly read: (pull: MergedPull) => Promise<PastPull>;
  readonly keep: Kept["keep"];
  readonly budget: Budget;
}

/** Far fewer than the hundred that GitHub allows, and enough to wait for none of its answers alone. */
const AT_ONCE = 8;

/**
 * Every pull request in turn. Once it is to stop, what is known already still comes: it costs nothing.
 * Each is kept as soon as it is read.
 */
export function readAll({ pulls, known, read, keep, budget }: Reading): AsyncGenerator<Got> {
  return inOrder(
    pulls,
    (pull): Promise<Got> => {
      const before = known.get(pull.number);
      if (before !== undefined) return Promise.resolve({ status: "read", past: before });
      return attempt({ pull, budget }, async () => {
        const past = await read(pull);
        await keep(pull, past);
        return past;
      });
    },
    AT_ONCE,
  );
}

interface Tried {
  readonly pull: Pick<MergedPull, "number">;
  readonly budget: Budget;
}

/** What went wrong with one pull request alone is said of it; what concerns all others ends the reading. */
export async function attempt(
  { pull: { number }, budget }: Tried,
  work: () => Promise<PastPull>,
): Promise<Got> {
  try {
    return { status: "read", past: await work() };
  } catch (error) {
    const because = reasonIn(error);
    if (because !== null) return { status: "not-read", number, because };
    if (error instanceof Stopped) return { status: "stopped", stop: error.stop };
    if (!(error instanceof GitHubUnavailable)) throw error;
    const stop: Stop = { kind: "unavailable", message: error.message };
    budget.stop(stop);
    return { status: "stopped", stop };
  }
}

function reasonIn(error: unknown): string | null {
  if (error instanceof GitHubProblem) return error.problem.message;
  if (error instanceof Inconsistent) return `GitHub contradicts itself about ${error.message}.`;
  return error instanceof NotFound ? "It is no longer there." : null;
}
