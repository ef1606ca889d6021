import type { LedgerEntry, Noted } from "../../store/ledger.ts";
import type { VerdictBasis } from "./verdict-basis.ts";

/** What the ledger keeps of the rules of a branch when they are others than they were. */
interface RulesData {
  readonly branch: string;
  /** A commit at which they were found. */
  readonly sha: string;
  readonly digest: string;
  /** Their digest before; `null` where none is known. */
  readonly was: string | null;
}

/** The rules by which these verdicts were made, where they are others than those noted last of the branch. */
export function rulesEntries(
  verdicts: readonly LedgerEntry[],
  noted: readonly Noted[],
): readonly LedgerEntry[] {
  const last = new Map(noted.flatMap(({ data }) => known(data)));
  return verdicts.flatMap(({ at, repository, data }): readonly LedgerEntry[] => {
    const { basis } = data as { readonly basis?: VerdictBasis };
    if (basis === undefined) return [];
    const { base, policyDigest: digest } = basis;
    const was = last.get(base.ref) ?? null;
    if (was === digest) return [];
    last.set(base.ref, digest);
    const rules: RulesData = { branch: base.ref, sha: base.sha, digest, was };
    return [{ at, repository, pull: null, headSha: null, kind: "rules", data: rules }];
  });
}

function known(data: Noted["data"]): readonly (readonly [branch: string, digest: string])[] {
  if (data === null || typeof data !== "object" || !("branch" in data)) return [];
  const { branch, digest } = data;
  return typeof branch === "string" && typeof digest === "string" ? [[branch, digest]] : [];
}
