import type { LedgerEntry } from "../../store/ledger.ts";
import type { CountedOutcome } from "../../store/watch.ts";
import type { BranchMove } from "../../watch/moves.ts";
import { isBypass } from "../../watch/outcome.ts";
import type { Attested } from "../attesting/attest-change.ts";
import { essence } from "../work/ledger-entries.ts";
import type { JudgedChange } from "./changes.ts";
import type { Watch } from "./ports.ts";

/** A change with what it came by. */
export interface Told {
  readonly move: BranchMove;
  readonly change: JudgedChange;
  /** Why whoever made it may pass the check by; `null` where they may not. */
  readonly allowed: string | null;
}

/** What the ledger keeps of a change of a governed branch. */
export function changeEntries(
  { repository, clock }: Pick<Watch, "repository" | "clock">,
  { move, change, allowed }: Told,
  attested?: Attested,
): LedgerEntry {
  const { branch, before, after, kind: how, by, at } = move;
  const { outcome, pull, headSha, verdict, problem } = change;
  return {
    ...{ at: clock.now().toISOString(), happenedAt: at, repository, pull, headSha },
    kind: isBypass(outcome) ? "bypass" : "change",
    data: {
      ...{ outcome, branch, before, after, how, movedAt: at },
      by: by && { id: by.id, login: by.login },
      ...(isBypass(outcome) && allowed !== null && { allowed }),
      ...(verdict && { verdict: essence(verdict) }),
      ...(problem && { problem: problem.code }),
      ...(attested?.review && { review: attested.review }),
      ...(attested?.attestation && {
        ...{ statement: attested.attestation.digest, signed: attested.attestation.bundle },
      }),
    },
  };
}

/** How many there are of each outcome; `allowed` where whoever made them may pass the check by. */
export function countOutcomes(changes: readonly JudgedChange[], allowed: boolean): readonly CountedOutcome[] {
  const counted = Map.groupBy(changes, ({ outcome }) => outcome);
  return [...counted].map(([outcome, own]) => ({
    outcome,
    allowed: allowed && isBypass(outcome),
    count: own.length,
  }));
}
