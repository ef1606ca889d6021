import { expect } from "@jest/globals";
import { type Fact, installationFact, pullFact, signerFact } from "../../src/store/fact.ts";
import type { Publication, Withdrawal } from "../../src/store/passes.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { fc } from "../fast-check.ts";
import { mainCheck } from "./main-check.ts";
import { publication } from "./passes-contract.ts";

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const HEADS = ["s1"] as const;
const FACTS: readonly Fact[] = [
  installationFact(repository),
  pullFact(repository, 1),
  signerFact(repository, 1),
];
const STRANGER = { account: 66, login: "mallory" };
const WRITE_MS = 6;
const LEASE_MS = 20;

interface Write {
  readonly publication: Publication;
  readonly since: number;
  readonly until: number;
  /** Whether it reaches GitHub at all. */
  readonly arrives: boolean;
  outcome: "under way" | "arrived" | "lost";
}

interface Doubt {
  readonly number: number;
  readonly facts: readonly Fact[];
  readonly real: boolean;
}

type Step =
  | {
      readonly do: "intend";
      readonly head: number;
      readonly passing: boolean;
      readonly facts: readonly number[];
      readonly stale: number;
      readonly arrives: boolean;
    }
  | { readonly do: "doubt"; readonly facts: readonly number[]; readonly stranger: boolean }
  | { readonly do: "arrive" | "report" | "withdraw" | "withdrawn" | "retry"; readonly which: number }
  | { readonly do: "claim" | "kill" }
  | { readonly do: "wait"; readonly ms: number };

const facts = fc.uniqueArray(fc.nat(FACTS.length - 1), { minLength: 1, maxLength: 2 });
const which = fc.nat(3);

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("intend" as const),
        head: fc.nat(HEADS.length - 1),
        passing: fc.boolean(),
        facts,
        stale: fc.constantFrom(0, 0, 0, 1),
        arrives: fc.constantFrom(true, true, false),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("doubt" as const), facts, stranger: fc.boolean() }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom("arrive" as const, "report" as const, "withdraw" as const, "withdrawn" as const),
        which,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("retry" as const), which }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("claim" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("kill" as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(9) }) },
  ),
  { maxLength: 40 },
);

/** Opens the store that a process has just been killed over. */
type Restart = (store: Store) => Promise<Store>;

/** Plays the steps with a store that it closes in the end. */
export async function playPasses(all: readonly Step[], store: Store, restart: Restart): Promise<void> {
  const model = new PassesModel(store, restart);
  await model.play(all).finally(() => model.close());
}

/**
 * GitHub as it is, beside a store that only hears of it: writes arrive in any order until they no longer can, and
 * workers are slow, twice, or dead.
 */
class PassesModel {
  #store: Store;
  readonly #restart: Restart;
  #now = 1_000;
  /** How many doubts there were. */
  #count = 0;
  readonly #doubts: Doubt[] = [];
  readonly #shown = new Map<string, Publication | "withdrawn">();
  readonly #writes: Write[] = [];
  /** Writes that a living worker will tell the outcome of. */
  #held: Write[] = [];
  /** Withdrawals in the hands of living workers. */
  #claims: { readonly withdrawal: Withdrawal; made: boolean }[] = [];
  /** Heads that may be withdrawn: a fact of one of its passes was doubted, or writes overlapped. */
  readonly #suspect = new Set<string>();

  constructor(store: Store, restart: Restart) {
    this.#store = store;
    this.#restart = restart;
  }

  async play(all: readonly Step[]): Promise<void> {
    for (const step of all) {
      this.#advance(1);
      await this.#take(step);
      await this.#checkKnown();
    }
    await this.#settle();
    for (const fact of FACTS) {
      await this.#doubt([fact], false);
      await this.#settle();
    }
    const passing = [...this.#shown.values()].filter((shown) => shown !== "withdrawn" && shown.passing);
    expect(passing).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#store.close();
  }

  #take(step: Step): Promise<void> | void {
    switch (step.do) {
      case "intend":
        return this.#intend(step);
      case "doubt":
        return this.#doubt(
          step.facts.flatMap((index) => FACTS[index] ?? []),
          step.stranger,
        );
      case "arrive":
        return this.#arrive(pick(this.#underWay(), step.which));
      case "report":
        return this.#report(pick(this.#held, step.which));
      case "claim":
        return this.#claim();
      case "withdraw":
        return this.#withdraw(pick(this.#claims, step.which)?.withdrawal);
      case "withdrawn":
        return this.#withdrawn(step.which);
      case "retry":
        return this.#retry(step.which);
      case "kill":
        return this.#kill();
      case "wait":
        return this.#advance(step.ms);
    }
  }

  async #intend(step: Extract<Step, { do: "intend" }>): Promise<void> {
    const headSha = HEADS[step.head] ?? "s1";
    const asOf = Math.max(0, this.#count - step.stale);
    const one = publication(headSha, {
      passing: step.passing,
      conclusion: step.passing ? "success" : "action_required",
      digest: step.passing ? "green" : "red",
      facts: step.facts.flatMap((index) => FACTS[index] ?? []),
      asOf,
    });
    const [since, until] = [this.#now, this.#now + WRITE_MS];
    const doubted = one.passing && this.#doubtsOf(one).length > 0;
    expect(await this.#store.intend(one, new Date(since), new Date(until))).toBe(!doubted);
    if (doubted) return;
    const overlaps =
      this.#writes.some(({ publication: other, until: end }) => other.headSha === headSha && end > since) ||
      this.#held.some(({ publication: other }) => other.headSha === headSha) ||
      this.#claims.some(({ withdrawal }) => withdrawal.headSha === headSha);
    if (overlaps) this.#suspect.add(headSha);
    const write: Write = { publication: one, since, until, arrives: step.arrives, outcome: "under way" };
    this.#writes.push(write);
    this.#held.push(write);
  }

  #underWay(): readonly Write[] {
    return this.#writes.filter(({ outcome, arrives }) => outcome === "under way" && arrives);
  }

  #arrive(write: Write | undefined): void {
    if (write === undefined) return;
    write.outcome = "arrived";
    this.#shown.set(write.publication.headSha, write.publication);
  }

  /** Whatever can no longer arrive has arrived at the last moment, or is lost. */
  #advance(ms: number): void {
    this.#now += ms;
    const ended = this.#writes.filter(({ outcome, until }) => outcome === "under way" && until <= this.#now);
    for (const write of ended.toSorted((a, b) => a.until - b.until)) {
      if (write.arrives) this.#arrive(write);
      else write.outcome = "lost";
    }
  }

  async #report(write: Write | undefined): Promise<void> {
    if (write === undefined) return;
    // Nobody knows yet what will become of it.
    if (write.outcome === "under way" && write.arrives) return;
    this.#held = this.#held.filter((one) => one !== write);
    if (write.outcome !== "arrived") {
      write.outcome = "lost";
      await this.#store.notPublished(write.publication);
      return;
    }
    await this.#store.published(write.publication, { id: 11, nodeId: null }, new Date(this.#now));
  }

  async #doubt(given: readonly Fact[], stranger: boolean): Promise<void> {
    this.#count += 1;
    this.#doubts.push({ number: this.#count, facts: given, real: !stranger });
    for (const { publication: one } of this.#writes)
      if (one.facts.some((fact) => given.includes(fact))) this.#suspect.add(one.headSha);
    const invalidation = { facts: given, ...(stranger && { onlyIf: STRANGER }) };
    const delivery = { id: `doubt-${this.#count}`, event: "membership", action: "removed" };
    await this.#store.accept(delivery, { tasks: [], invalidation }, new Date(this.#now));
  }

  async #claim(): Promise<void> {
    const withdrawal = await this.#store.claimWithdrawal(new Date(this.#now), LEASE_MS);
    if (withdrawal === null) return;
    expect([...this.#suspect]).toContain(withdrawal.headSha);
    this.#claims.push({ withdrawal, made: false });
  }

  #withdraw(withdrawal: Withdrawal | undefined): void {
    const claim = this.#claims.find((one) => one.withdrawal === withdrawal);
    if (claim === undefined || claim.withdrawal.onlyIf !== null) return;
    claim.made = true;
    this.#shown.set(claim.withdrawal.headSha, "withdrawn");
  }

  async #withdrawn(index: number): Promise<void> {
    const claim = pick(this.#claims, index);
    if (claim === undefined) return;
    const { withdrawal, made } = claim;
    if (withdrawal.onlyIf === null && !made) return;
    this.#claims = this.#claims.filter((one) => one !== claim);
    if (made) await this.#store.withdrawn(withdrawal, new Date(this.#now));
    else await this.#store.spared(withdrawal);
  }

  async #retry(index: number): Promise<void> {
    const claim = pick(this.#claims, index);
    if (claim === undefined || claim.made) return;
    this.#claims = this.#claims.filter((one) => one !== claim);
    await this.#store.retryWithdrawal(claim.withdrawal, new Date(this.#now + 3));
  }

  /** All workers are gone in the middle of whatever they did. */
  async #kill(): Promise<void> {
    this.#held = [];
    this.#claims = [];
    this.#store = await this.#restart(this.#store);
  }

  /** What a pass rests on that was put in doubt since its questions were asked. */
  #doubtsOf({ asOf, facts: basis }: Publication): readonly Doubt[] {
    return this.#doubts.filter(
      ({ number, facts: given }) => number > asOf && basis.some((fact) => given.includes(fact)),
    );
  }

  #wronglyGreen(headSha: string): boolean {
    const shown = this.#shown.get(headSha);
    if (shown === undefined || shown === "withdrawn" || !shown.passing) return false;
    return this.#doubtsOf(shown).some(({ real }) => real);
  }

  /** The store never takes for settled what GitHub may show. */
  async #checkKnown(): Promise<void> {
    for (const headSha of HEADS) {
      const known = await mainCheck(this.#store, repository, headSha);
      if (this.#wronglyGreen(headSha)) expect(["doubted", undefined]).toContain(known?.state);
      const shown = this.#shown.get(headSha);
      if (shown === undefined || shown === "withdrawn" || !shown.passing) continue;
      expect(["standing", "doubted", undefined]).toContain(known?.state);
    }
  }

  /** Works everything off that is to be withdrawn. */
  async #settle(): Promise<void> {
    this.#advance(WRITE_MS);
    for (const write of [...this.#held]) await this.#report(write);
    this.#claims = [];
    for (let tries = 0; tries < 100; tries += 1) {
      const next = await this.#store.nextWithdrawalAt();
      if (next === null) break;
      this.#advance(Math.max(0, next.getTime() - this.#now));
      await this.#claim();
      this.#withdraw(this.#claims[0]?.withdrawal);
      await this.#withdrawn(0);
    }
    expect(await this.#store.nextWithdrawalAt()).toBeNull();
    for (const headSha of HEADS) {
      expect(this.#wronglyGreen(headSha)).toBe(false);
      const known = await mainCheck(this.#store, repository, headSha);
      expect(known?.state).not.toBe("doubted");
      const shown = this.#shown.get(headSha);
      // An empty digest says that it is not known which verdict GitHub shows.
      if (shown !== undefined && shown !== "withdrawn" && shown.passing)
        expect(["green", ""]).toContain(known?.digest ?? "");
    }
  }
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)];
}
