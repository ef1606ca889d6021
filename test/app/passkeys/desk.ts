import { passkeyReader, type ReadPasskeys } from "../../../src/app/passkeys/facts.ts";
import {
  type Offer,
  offerAcceptance,
  offerDecision,
  offerEnrolment,
  offerRemoval,
  offerVouch,
} from "../../../src/app/passkeys/offers.ts";
import { SIGN_WITHIN_MS, type SigningPorts } from "../../../src/app/passkeys/ports.ts";
import { enrol, type Redeemed, redeem } from "../../../src/app/passkeys/redeem.ts";
import { relyingPartyAt } from "../../../src/app/passkeys/relying-party.ts";
import type { Objection } from "../../../src/app/passkeys/webauthn.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { makeCode } from "../../../src/signoff/passkey/code.ts";
import type { Decision, PasskeySignature } from "../../../src/signoff/passkey-facts.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { Account, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import type { FollowUpState } from "../../../src/store/follow-up.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Task } from "../../../src/store/task.ts";
import { JUDGED, policy, snapshot } from "../../signoff/build.ts";
import { type Deviations, VirtualAuthenticator } from "./virtual-authenticator.ts";

const SECRET = "c".repeat(64);
export const SHOP = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const URL_OF_PAGES = "https://sign.example";

/** What somebody does otherwise than the page has it. */
export interface Mischief extends Deviations {
  /** Whose session it is. */
  readonly session?: Account;
  /** With which authenticator, in place of their own. */
  readonly with?: VirtualAuthenticator;
  /** On the page of which repository. */
  readonly on?: typeof SHOP;
  /** How long after the statement was shown. */
  readonly afterMs?: number;
}

/** Kiro's change of the tests, a store, and people who sign with authenticators of their own. */
export class Desk {
  readonly #store = openSqliteStore(":memory:");
  readonly #authenticators = new Map<string, VirtualAuthenticator>();
  readonly ledger: LedgerEntry[] = [];
  readonly tasks: Task[] = [];
  doubts = 0;
  change: Partial<Snapshot> = {};
  rules: Partial<Policy> = { passkey: { hazards: true, areas: "all", outside: false } };
  validAfter: number | undefined;
  #now = Date.parse("2026-11-20T13:00:00Z");
  #nonces = 0;
  readonly #ports: SigningPorts = {
    store: {
      ...this.#store,
      append: async (entries) => {
        this.ledger.push(...entries);
      },
      enqueue: async (tasks) => {
        this.tasks.push(...tasks);
      },
    },
    facts: (on, pull) => this.#facts(on, pull),
    party: relyingPartyAt(URL_OF_PAGES),
    clock: { now: () => new Date(this.#now) },
    nonce: () => {
      this.#nonces += 1;
      return `nonce-${this.#nonces}`;
    },
    doubted: () => {
      this.doubts += 1;
    },
  };

  close(): Promise<void> {
    return this.#store.close();
  }

  wait(ms: number): void {
    this.#now += ms;
  }

  get nowText(): string {
    return new Date(this.#now).toISOString();
  }

  async snapshot(): Promise<Snapshot> {
    const base = snapshot({ now: this.nowText, ...this.change });
    return { ...base, passkeys: await this.#facts(SHOP, base.pullRequest.number) };
  }

  #facts: ReadPasskeys = (on, pull) =>
    passkeyReader({ store: this.#store, ownPages: URL_OF_PAGES, validAfter: this.validAfter })(on, pull);

  async verdict(): Promise<Verdict> {
    return evaluate(await this.snapshot(), policy(this.rules));
  }

  /** The check as people read it. */
  async check(): Promise<{ readonly conclusion: string; readonly title: string; readonly text: string }> {
    const verdict = await this.verdict();
    const { title, summary } = explain(verdict, JUDGED);
    return { conclusion: verdict.conclusion, title, text: summary };
  }

  authenticatorOf({ login }: Account): VirtualAuthenticator {
    const known = this.#authenticators.get(login) ?? new VirtualAuthenticator();
    this.#authenticators.set(login, known);
    return known;
  }

  /** As a command on the server prints it. */
  code({ login }: Pick<Account, "login">): string {
    return makeCode(
      SECRET,
      { owner: SHOP.owner, login },
      { now: new Date(this.#now), nonce: `${this.#nonces}` },
    ).code;
  }

  async enrol(by: Account, code: string | null = null, mischief: Mischief = {}): Promise<Redeemed> {
    const offered = shown(await offerEnrolment(this.#ports, { on: SHOP, by }));
    const response = (mischief.with ?? this.authenticatorOf(by)).register(offered.challenge, mischief);
    this.wait(mischief.afterMs ?? 0);
    const { challenge } = offered;
    return enrol(this.#ports, {
      on: SHOP,
      by: mischief.session ?? by,
      challenge,
      response,
      code,
      secret: SECRET,
    });
  }

  async vouch(by: Account, key: string, mischief: Mischief = {}): Promise<Redeemed> {
    return this.#answer(by, await offerVouch(this.#ports, { on: SHOP, by, key }), mischief);
  }

  async remove(by: Account, key: string, mischief: Mischief = {}): Promise<Redeemed> {
    return this.#answer(by, await offerRemoval(this.#ports, { on: SHOP, by, key }), mischief);
  }

  /** Has somebody sign what waits for them. */
  async sign(
    by: Account,
    kind: Decision["kind"] = "countersign",
    mischief: Mischief = {},
  ): Promise<Redeemed> {
    return this.#answer(by, await this.offer(by, kind), mischief);
  }

  async offer(by: Account, kind: Decision["kind"] = "countersign"): Promise<Offer | Objection> {
    const given = await this.snapshot();
    const verdict = evaluate(given, policy(this.rules));
    const awaited = verdict.passkeys?.awaited.find(
      (each) => each.by.id === by.id && each.decision.kind === kind,
    );
    const decision = awaited?.decision ?? { kind: "countersign", reviewId: 0 };
    return offerDecision(this.#ports, { on: SHOP, by, decision, snapshot: given, verdict });
  }

  async accept(by: Account, state: FollowUpState, commentId: number | null): Promise<Redeemed> {
    return this.#answer(by, await offerAcceptance(this.#ports, { on: SHOP, by, state, commentId }), {});
  }

  /** What was signed at an issue. */
  async signedAt(number: number): Promise<readonly PasskeySignature[]> {
    return (await this.#store.passkeyFacts(SHOP, number)).signed;
  }

  /** Sends an answer to an offer; to any, as often as one likes. */
  async redeem(by: Account, challenge: string, response: unknown, on = SHOP): Promise<Redeemed> {
    return redeem(this.#ports, { on, by, challenge, response });
  }

  async #answer(by: Account, offered: Offer | Objection, mischief: Mischief): Promise<Redeemed> {
    if (!offered.ok) return offered;
    const { challenge } = offered;
    const response = (mischief.with ?? this.authenticatorOf(by)).assert(challenge, mischief);
    this.wait(mischief.afterMs ?? 0);
    return this.redeem(mischief.session ?? by, challenge, response, mischief.on);
  }
}

export const TOO_LATE = SIGN_WITHIN_MS;

/** @throws where nothing is shown */
export function shown(offered: Offer | Objection): Offer {
  if (!offered.ok) throw new Error(offered.because);
  return offered;
}
