import type { LedgerEntry } from "../../store/ledger.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";
import { notYetNoted } from "./not-yet-noted.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";

interface Cause {
  readonly account: number;
  readonly login: string;
}

/**
 * Appends what the ledger keeps of some pull requests. Of an account without write permission that has used up what the
 * ledger keeps because of one, only what lets a change through or holds somebody's word is kept.
 */
export async function appendWithinCap(
  work: Work,
  judged: readonly JudgedPull[],
  entriesOf: (judged: JudgedPull) => readonly LedgerEntry[],
): Promise<void> {
  const kept: LedgerEntry[] = [];
  const now = work.clock.now();
  for (const one of judged) {
    const entries = await notYetNoted(work, entriesOf(one));
    if (entries.length === 0) continue;
    const cause = causeOf(work, one);
    if (cause === null) {
      kept.push(...entries);
      continue;
    }
    if (!matters(one) && (await isBeyondCap(work, cause))) continue;
    await work.store.countInLedger({ repository: work.repository, account: cause.account }, entries, now);
    kept.push(...entries);
  }
  if (kept.length > 0) await work.store.append(kept);
}

/** A person whose pull request it is; where that is not known, who asked for it. */
function causeOf({ task }: Work, { snapshot }: JudgedPull): Cause | null {
  if (snapshot !== null) {
    const { author } = snapshot.pullRequest;
    return author?.type === "User" ? { account: author.id, login: author.login } : null;
  }
  const last = task.askedBy?.at(-1);
  return last === undefined || last.bot ? null : last;
}

function matters({ verdict: { conclusion, requirements } }: JudgedPull): boolean {
  return (
    PASSING_CONCLUSIONS.has(conclusion) ||
    requirements.some(({ countersignatures, refusals }) => countersignatures.length + refusals.length > 0)
  );
}

/** Whether somebody may write is asked only once it matters; where GitHub does not tell, the entries are kept. */
async function isBeyondCap({ store, github, clock, repository }: Work, cause: Cause): Promise<boolean> {
  const { account } = cause;
  if (!(await store.hasUsedUpLedger(repository, account, clock.now()))) return false;
  const mayWrite = await github.mayWrite(repository, cause).catch(() => null);
  if (mayWrite === true) await store.mayKeepMore(repository, account);
  return mayWrite === false;
}
