import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import { type PasskeyScope, wantsPasskeys } from "../../policy/keys/passkey.ts";
import type { AwaitedSignature, PasskeySignature } from "../passkey-facts.ts";
import { type Scope, signedCoverageOf } from "../requirements/coverage.ts";
import type { Content } from "../requirements/fingerprints.ts";
import type { PathsByArea } from "../requirements/paths-by-area.ts";
import type { ScopedRequirement } from "../requirements/requirements.ts";
import type { Account, Snapshot } from "../snapshot.ts";
import type { CountedPasskey } from "../verdict.ts";
import { decisionKey } from "./decision.ts";
import { validSince } from "./valid-keys.ts";

interface Basis {
  readonly snapshot: Snapshot;
  readonly scope: PasskeyScope;
  /** Who may let things through in an emergency, and so vouch for everybody. */
  readonly overriders: readonly OwnerRef[];
  readonly content: Content;
  readonly ground: PathsByArea;
  readonly owns: (owners: readonly OwnerRef[], account: Account) => boolean;
}

/** Somebody's decision, by right of these owners. */
interface Wanted extends Pick<AwaitedSignature, "by" | "decision"> {
  readonly owners: readonly OwnerRef[];
  /** What the signature must cover; left out where it is not about content. */
  readonly over?: Scope;
}

/** Where a person's word counts only with their passkey, and whether it came with one. */
export class Passkeys {
  readonly #basis: Basis;
  readonly #covers: ReturnType<typeof signedCoverageOf>;
  readonly #since = new Map<string, ReadonlyMap<string, number>>();
  readonly #awaited = new Map<string, AwaitedSignature>();
  readonly #ripening: number[] = [];

  constructor(basis: Basis) {
    this.#basis = basis;
    this.#covers = signedCoverageOf(basis.snapshot, basis.content, basis.ground);
  }

  /** Whether anything at all asks for one. */
  get areAsked(): boolean {
    return wantsPasskeys({ passkey: this.#basis.scope });
  }

  /** Whether a requirement asks for one: by its hazards, by its area, or by an area in which one of its paths lies. */
  asks({ requirement, scope }: Pick<ScopedRequirement, "requirement" | "scope">): boolean {
    const { hazards, areas, outside } = this.#basis.scope;
    if (outside || (hazards && (scope.hazards?.size ?? 0) > 0)) return true;
    const named = this.#areasOf(requirement);
    return areas === "all" ? named.length > 0 : named.some((name) => areas.includes(name));
  }

  /** Whether somebody gave their passkey for a decision. What lacks it alone is remembered as awaited. */
  isSigned(wanted: Wanted): boolean {
    const isSigned = this.wasSigned(wanted);
    if (!isSigned) this.#await(wanted);
    return isSigned;
  }

  /** The same with what counted: the last that was given. */
  given(wanted: Wanted): CountedPasskey | null {
    const signature = this.#signaturesOf(wanted).toSorted(
      (one, other) => Date.parse(other.at) - Date.parse(one.at),
    )[0];
    if (signature === undefined) {
      this.#await(wanted);
      return null;
    }
    const { statement, key } = signature;
    const { keys = [] } = this.#basis.snapshot.passkeys ?? {};
    return {
      ...{ statement, key, pull: this.#basis.snapshot.pullRequest.number },
      byCode: keys.some(({ id, byCode }) => id === key && byCode === true),
      vouchedBy: this.#vouchersOf(key, wanted),
    };
  }

  /** The same of something that nobody waits for. */
  wasSigned(wanted: Wanted): boolean {
    return this.#signaturesOf(wanted).length > 0;
  }

  #signaturesOf({ by, decision, owners, over }: Wanted): readonly PasskeySignature[] {
    const { signed = [] } = this.#basis.snapshot.passkeys ?? {};
    const key = decisionKey(decision);
    return signed.filter(
      (one) =>
        one.by.id === by.id &&
        decisionKey(one.decision) === key &&
        this.#isByValidKey(one, owners) &&
        (over === undefined || this.#covers(one, over)),
    );
  }

  #await({ by, decision, owners }: Wanted): void {
    const keys = this.#keysOf(by, owners);
    this.#ripening.push(...this.#ripeningOf(by, owners));
    this.#awaited.set(`${by.id} ${decisionKey(decision)}`, { by, decision, keys });
  }

  /** Whose word for a key counts for what these owners may sign. */
  #vouchersOf(key: string, { by, owners }: Wanted): CountedPasskey["vouchedBy"] {
    const { vouches = [] } = this.#basis.snapshot.passkeys ?? {};
    const people = vouches.flatMap((word) =>
      word.key === key &&
      word.by.id !== by.id &&
      this.#basis.owns([...owners, ...this.#basis.overriders], word.by) &&
      this.#keysOf(word.by, owners).includes(word.withKey)
        ? [word.by]
        : [],
    );
    return [...new Map(people.map(({ id, login }) => [id, { id, login }])).values()];
  }

  /** Decisions that would count with the passkey of whoever made them. */
  get awaited(): readonly AwaitedSignature[] {
    return [...this.#awaited.values()];
  }

  /** When keys of those who are waited for become valid by time alone, in milliseconds. */
  get changesAt(): readonly number[] {
    return this.#ripening;
  }

  #areasOf({ area, from }: ScopedRequirement["requirement"]): readonly string[] {
    const { index, areas } = this.#basis.ground;
    if (areas.some(({ rule }) => rule.name === area)) return [area];
    return from.paths.flatMap((path) => index.of(path).flatMap((place) => areas[place]?.rule.name ?? []));
  }

  #isByValidKey({ by, key }: PasskeySignature, owners: readonly OwnerRef[]): boolean {
    return this.#keysOf(by, owners).includes(key);
  }

  #keysOf(by: Account, owners: readonly OwnerRef[]): readonly string[] {
    return this.#momentsOf(by, owners).flatMap(({ id, since }) => (since <= this.#now ? [id] : []));
  }

  #ripeningOf(by: Account, owners: readonly OwnerRef[]): readonly number[] {
    return this.#momentsOf(by, owners).flatMap(({ since }) => (since > this.#now ? [since] : []));
  }

  get #now(): number {
    return Date.parse(this.#basis.snapshot.now);
  }

  /** Since when or from when on somebody's keys are valid for what these owners may sign. */
  #momentsOf(by: Account, owners: readonly OwnerRef[]): readonly { id: string; since: number }[] {
    const { keys = [] } = this.#basis.snapshot.passkeys ?? {};
    const valid = this.#validFor(owners);
    return keys.flatMap(({ id, owner }) => {
      const since = owner.id === by.id ? valid.get(id) : undefined;
      return since === undefined ? [] : [{ id, since }];
    });
  }

  #validFor(owners: readonly OwnerRef[]): ReadonlyMap<string, number> {
    const { snapshot, overriders, owns } = this.#basis;
    const vouching = [...owners, ...overriders];
    const name = vouching.map(ownerKey).toSorted().join(" ");
    const known = this.#since.get(name);
    if (known !== undefined || snapshot.passkeys === undefined) return known ?? new Map();
    const mayVouch = (account: Account) => owns(vouching, account);
    const found = validSince(snapshot.passkeys, mayVouch);
    this.#since.set(name, found);
    return found;
  }
}
