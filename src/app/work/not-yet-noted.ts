import { canonicalJson } from "../../ledger/chain.ts";
import type { EntryKind, Json } from "../../ledger/entry.ts";
import { asJson } from "../../ledger/sealing.ts";
import type { LedgerEntry, Noted } from "../../store/ledger.ts";
import type { Work } from "./head-work.ts";
import { rulesEntries } from "./rules-entries.ts";

/** What a published verdict tells each time anew. */
const TOLD_AGAIN: readonly EntryKind[] = ["verdict", "countersignature", "answer", "override"];

/**
 * Those that tell what was not noted of the head yet: a verdict is noted when it concludes something else than the last
 * one of its pull request, a person's word once. With a verdict, the rules that it was made by, if they are others than
 * the last.
 */
export async function notYetNoted(
  { store, repository, task }: Work,
  entries: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  if (!entries.some(({ kind }) => kind === "verdict")) return entries;
  const noted = await store.noted(repository, task.headSha, TOLD_AGAIN);
  const news = entries.filter((entry) => !isNoted(entry, noted));
  const verdicts = news.filter(({ kind }) => kind === "verdict");
  if (verdicts.length === 0) return news;
  return [...rulesEntries(verdicts, await store.noted(repository, null, ["rules"])), ...news];
}

function isNoted({ pull, kind, data }: LedgerEntry, noted: readonly Noted[]): boolean {
  if (!TOLD_AGAIN.includes(kind)) return false;
  const own = noted.filter((one) => one.pull === pull && one.kind === kind);
  const comparable = kind === "verdict" ? own.slice(-1) : own;
  const told = outcome(asJson(data));
  return comparable.some((one) => outcome(one.data) === told);
}

/** Without what it was made of: the base moves with every merge. */
function outcome(data: Json): string {
  if (data === null || typeof data !== "object") return canonicalJson(data);
  return canonicalJson({ ...data, basis: null });
}
