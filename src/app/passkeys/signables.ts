import { isAcceptanceSigned, prepareAcceptance } from "../../signoff/passkey/acceptance.ts";
import { challengeOf, type Prepared, prepare, prepareForKey } from "../../signoff/passkey/statement.ts";
import { statementWords } from "../../signoff/passkey/statement-words.ts";
import type { AwaitedSignature, Decision } from "../../signoff/passkey-facts.ts";
import type { Account, Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { FollowUpState } from "../../store/follow-up.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { acceptDecision, numberOf } from "./accept.ts";
import { keysIn } from "./offers.ts";
import type { SigningPorts } from "./ports.ts";

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

interface Reply {
  readonly on: RepositoryRef;
  readonly by: Account;
  readonly state: FollowUpState;
  /** Their comments with commands at the follow-up's issue. */
  readonly comments: readonly number[];
}

type Accept = Extract<Decision, { readonly kind: "accept" }>;

export interface SignableAcceptance extends Signable {
  readonly decision: Accept;
}

/** The ways in which somebody may have accepted what got in, as far as they wait for a passkey. */
export async function acceptancesOf(
  ports: Pick<SigningPorts, "store" | "facts" | "clock">,
  { on, by, state, comments }: Reply,
): Promise<readonly SignableAcceptance[]> {
  const { isOpen, followUp } = state;
  const isAsked = followUp.passedOver.some(({ area, passkey }) => passkey && !state.accepted.includes(area));
  if (!isOpen || !isAsked) return [];
  const { keys, valid } = await keysIn(ports, on);
  const own = keys.flatMap(({ id, owner }) => (owner.id === by.id && valid.has(id) ? [id] : []));
  const facts = await ports.facts(on, numberOf(state));
  const now = ports.clock.now().getTime();
  return [...comments, ...(followUp.pull === null ? [] : [null])]
    .map((comment) => acceptDecision(on, state, comment))
    .filter((decision) => !isAcceptanceSigned(facts, { by, decision }, now))
    .map((decision) => {
      const prepared = prepareAcceptance({ by, decision }, timeless(on));
      return { decision, keys: own, digest: challengeOf(prepared.statement), words: wordsOf(prepared) };
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
