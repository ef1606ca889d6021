import type { Decision, PasskeyFacts } from "../passkey-facts.ts";
import type { Account } from "../snapshot.ts";
import { decisionKey } from "./decision.ts";
import { type Prepared, prepareForKey, type Statement } from "./statement.ts";
import { validKeys } from "./valid-keys.ts";

type Accept = Extract<Decision, { readonly kind: "accept" }>;

/** The statement of an acceptance. It is about one commit, which no push changes. */
export function prepareAcceptance(
  { by, decision }: { readonly by: Account; readonly decision: Accept },
  fresh: Pick<Statement, "installation" | "nonce" | "issuedAt">,
): Prepared {
  return {
    ...prepareForKey({ by, decision }, fresh),
    content: { headSha: decision.commitSha, baseRef: "", content: {}, hazards: [] },
  };
}

/** Whether somebody accepted it with a key that is valid for anything: who may vouch for one area is not known here. */
export function isAcceptanceSigned(
  facts: Omit<PasskeyFacts, "signAt">,
  { by, decision }: { readonly by: Account; readonly decision: Accept },
  now: number,
): boolean {
  const valid = validKeys(facts, { now, mayVouch: () => true });
  const owned = new Set(facts.keys.flatMap(({ id, owner }) => (owner.id === by.id ? [id] : [])));
  const key = decisionKey(decision);
  return facts.signed.some(
    (one) =>
      one.by.id === by.id && decisionKey(one.decision) === key && owned.has(one.key) && valid.has(one.key),
  );
}
