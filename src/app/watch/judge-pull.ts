import type { MergedInto } from "../../github/listing/list-pulls.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { BranchMove } from "../../watch/moves.ts";
import { outcomeOf, standingAt } from "../../watch/outcome.ts";
import { PASSING_CONCLUSIONS } from "../work/passing.ts";
import type { JudgedChange } from "./changes.ts";
import type { Watch } from "./ports.ts";

/** A pull request that a move merged. `null` while its check is being withdrawn: whether it will be, is not known. */
export async function judgePull(
  watch: Watch,
  move: BranchMove,
  { number: pull, headSha, from }: MergedInto & { readonly from: string },
): Promise<JudgedChange | null> {
  const { store, repository, known } = watch;
  const published = await store.publishedChecks(repository, headSha);
  if (published.some(({ state }) => state === "doubted") && !watch.patient) return null;
  // A merge group's is about what came upon its base.
  const passes = (await store.passesOf(repository, headSha)).filter(
    ({ above }) => above === null || above === from,
  );
  const at = Date.parse(move.at);
  const endsOwnPass = move.after === headSha;
  const standing = standingAt({ branch: move.branch, at, passes, endsOwnPass });
  if (standing !== null) return { outcome: standing, pull, headSha };
  // What it passed for is another branch, so that nothing was said of this one.
  const elsewhere = passes.some(({ branch }) => standingAt({ branch, at, passes, endsOwnPass }) !== null);
  const checked = published.length > 0 && !elsewhere;
  // Whose signatures were missing is asked for where they are to give them afterwards.
  const isAsked = !checked || known.rules.followUp === "issue";
  const verdict = isAsked ? await verdictAsMerged(watch, move, { pull, headSha, from }) : null;
  const passed = verdict === null ? null : passesByItself(verdict);
  const outcome = outcomeOf({ pull: true, checked, passes: passed });
  return { outcome, pull, headSha, ...(verdict !== null && { verdict }) };
}

/** Two people's word counts where the check showed it, and nowhere else. */
function passesByItself({ conclusion, override }: Verdict): boolean {
  return PASSING_CONCLUSIONS.has(conclusion) && override?.status !== "granted";
}

/**
 * What the evaluator says of a merged pull request by the rules of before, without what was said after the merge; `null`
 * where it cannot tell.
 */
async function verdictAsMerged(
  { store, github, repository, judge, passkeys, priority }: Watch,
  { at }: BranchMove,
  { pull, headSha, from }: { readonly pull: number; readonly headSha: string; readonly from: string },
): Promise<Verdict | null> {
  const memory = { ...(await store.remember(repository, pull)), headSha: null };
  const recall = (shas: readonly string[]) => store.recall(repository, shas);
  const recallSameContent = (digest: string) => store.recallSameContent(repository, digest);
  const result = await github.read(repository, {
    ...{ pull, headSha, memory, recall, recallSameContent, notBefore: 0, rulesBefore: from },
    passkeys: () => passkeys(repository, pull),
  });
  if (result.status !== "merged") return null;
  const { snapshot } = result;
  const reviews = snapshot.reviews.filter(({ submittedAt }) => Date.parse(submittedAt) <= Date.parse(at));
  // What holds for a time held, or did not, when it was merged.
  const answer = await judge({ ...snapshot, now: at, reviews }, priority);
  return answer.status === "judged" ? answer.verdict : null;
}
