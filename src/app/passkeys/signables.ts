import { challengeOf, type Prepared, prepare, prepareForKey } from "../../signoff/passkey/statement.ts";
import { statementWords } from "../../signoff/passkey/statement-words.ts";
import type { AwaitedSignature, Decision } from "../../signoff/passkey-facts.ts";
import type { Account, Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { RepositoryRef } from "../../store/repository.ts";

/** A decision that waits for somebody's passkey, as a page shows it before it is signed. */
export interface Signable extends Pick<AwaitedSignature, "decision" | "keys"> {
  /** The hash of all that is signed but the nonce and the time: another one as soon as any of it changes. Base64url. */
  readonly digest: string;
  readonly words: readonly string[];
}

interface Judged {
  readonly on: RepositoryRef;
  readonly by: Account;
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
}

/** What a verdict waits for from one person. */
export function signablesOf({ on, by, snapshot, verdict }: Judged): readonly Signable[] {
  const awaited = verdict.passkeys?.awaited.filter((one) => one.by.id === by.id) ?? [];
  const occasion = { ...timeless(on), repositoryId: on.repositoryId, snapshot, verdict };
  return awaited.map(({ decision, keys }) => {
    const prepared = prepare({ by, decision }, occasion);
    return { decision, keys, digest: challengeOf(prepared.statement), words: wordsOf(prepared) };
  });
}

/** What somebody would sign about a key. */
export function keyWords(
  on: RepositoryRef,
  by: Account,
  decision: Extract<Decision, { readonly kind: "vouch" | "remove-key" }>,
): readonly string[] {
  return wordsOf(prepareForKey({ by, decision }, timeless(on)));
}

function wordsOf({ statement }: Prepared): readonly string[] {
  return statementWords(statement);
}

function timeless({ installationId: installation }: RepositoryRef) {
  return { installation, nonce: "", issuedAt: "" };
}
