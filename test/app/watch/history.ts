import { expect } from "@jest/globals";
import { watchRepository } from "../../../src/app/watch/watch.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Job, MovedBranch, Task } from "../../../src/store/task.ts";
import { fc } from "../../fast-check.ts";
import { addressesNamed } from "../addresses.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { passkeysIn } from "../passkeys/reader.ts";
import { BRANCHES, type Expected, SHOP, STANDINGS, WatchedShop } from "./shop.ts";

const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;

const FATES = ["told", "lost", "late", "twice"] as const;

const acts = fc.record({
  what: fc.constantFrom("push", "merge", "merge", "force", "delete", "create", "land", "sweep"),
  branch: fc.constantFrom(...BRANCHES),
  standing: fc.constantFrom(...STANDINGS),
  passes: fc.boolean(),
  number: fc.nat(20),
  fate: fc.constantFrom(...FATES),
  /** The process is killed at so many of its calls after this one. */
  kill: fc.option(fc.record({ after: fc.nat(12), done: fc.boolean() }), { freq: 3 }),
});

type Act = typeof acts extends fc.Arbitrary<infer One> ? One : never;

class Killed extends Error {}

/** A process that watches, can be killed at any of its calls, and is followed by another one over the same store. */
class Watcher {
  readonly noted: Expected[] = [];
  readonly #store: Store;
  readonly #shop: WatchedShop;
  readonly #clock: ManualClock;
  #left = Number.POSITIVE_INFINITY;
  #done = false;

  constructor(store: Store, shop: WatchedShop, clock: ManualClock) {
    this.#store = store;
    this.#shop = shop;
    this.#clock = clock;
  }

  killAfter({ after, done }: NonNullable<Act["kill"]>): void {
    this.#left = after;
    this.#done = done;
  }

  /** Until nothing is due. What the killed one held is free again after its lease. */
  async work(): Promise<void> {
    const { now } = this.#clock;
    for (let job = await this.#claim(); job !== null; job = await this.#claim()) {
      try {
        const outcome = await this.#perform(job);
        if (outcome.status === "again") await this.#store.retry(job, outcome.at, "late");
        else await this.#store.finish(job);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        this.#left = Number.POSITIVE_INFINITY;
      }
      const due = await this.#store.nextDueAt();
      if (due !== null && due > now()) this.#clock.pass(due.getTime() - now().getTime());
    }
  }

  #claim(): Promise<Job | null> {
    return this.#store.claim(this.#clock.now(), LEASE_MS);
  }

  async #perform(job: Job) {
    const { task } = job;
    if (task.kind !== "watch") throw new Error(`nobody asked for ${task.kind}`);
    const { github, judge } = this.#shop.ports();
    return watchRepository(
      {
        ...{ store: this.#mortal(this.#recording()), github: this.#mortal(github), judge, log: notes() },
        ...{ clock: this.#clock, site: { docs: "" }, followUp: async () => {} },
        attest: async () => ({ review: null, attestation: null }),
        addresses: addressesNamed(),
        passkeys: passkeysIn(this.#store),
      },
      task,
      job,
    );
  }

  /** What the store says it has kept. */
  #recording(): Store {
    const recordMove: Store["recordMove"] = async (repository, move, now) => {
      const kept = await this.#store.recordMove(repository, move, now);
      if (kept)
        for (const { pull, headSha, data } of move.entries) {
          const { outcome } = data as Pick<Expected, "outcome">;
          this.noted.push({ outcome, pull, headSha: headSha ?? "" });
        }
      return kept;
    };
    return { ...this.#store, recordMove };
  }

  /** Its calls end the process when its time has come: before they are made, or when they are. */
  #mortal<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name);
        if (typeof call !== "function") return call;
        return async (...given: readonly unknown[]) => {
          this.#left -= 1;
          if (this.#left < 0 && !this.#done) throw new Killed();
          const answer: unknown = await Reflect.apply(call, target, given);
          if (this.#left < 0) throw new Killed();
          return answer;
        };
      },
    });
  }
}

/**
 * Every move of a governed branch is judged as whoever made it knows, exactly once: whichever news is lost, late or
 * brought twice, and wherever the process is killed.
 */
export function eachMoveJudgedOnce(open: () => Promise<Store>): fc.IAsyncProperty<[Act[]]> {
  return fc.asyncProperty(fc.array(acts, { minLength: 3, maxLength: 14 }), async (history) => {
    const store = await open();
    try {
      await play(store, history);
    } finally {
      await store.close();
    }
  });
}

async function play(store: Store, history: readonly Act[]): Promise<void> {
  const clock = new ManualClock();
  await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
  const shop = new WatchedShop(store, clock);
  const watcher = new Watcher(store, shop, clock);
  const ask = async (moved: readonly MovedBranch[], given: Partial<Task> = {}) =>
    store.enqueue([{ kind: "watch", ...SHOP, moved, ...given } as Task], "direct", clock.now());
  const late: MovedBranch[] = [];
  await ask([], { all: true } as Partial<Task>);
  await watcher.work();
  for (const act of history) {
    clock.pass(5_000);
    await perform(shop, act);
    const moved = { branch: act.branch, to: shop.tipOf(act.branch) };
    if (act.fate === "late") late.unshift(moved);
    if (act.fate === "told" || act.fate === "twice") await ask([moved]);
    if (act.what === "sweep") await ask(late.splice(0, act.number % 3), { all: true } as Partial<Task>);
    if (act.kill !== null) watcher.killAfter(act.kill);
    await watcher.work();
    if (act.fate === "twice") await ask([moved]);
  }
  for (const moved of late) await ask([moved]);
  await watcher.work();
  for (let sweep = 0; sweep < 2; sweep += 1) {
    clock.pass(HOUR_MS);
    await ask([], { all: true } as Partial<Task>);
    await watcher.work();
  }
  expect(watcher.noted.map(shown).toSorted()).toEqual(shop.expected.map(shown).toSorted());
  const counted = Map.groupBy(shop.expected, ({ outcome }) => outcome);
  expect(Object.fromEntries((await store.outcomes()).map(({ outcome, count }) => [outcome, count]))).toEqual(
    Object.fromEntries([...counted].map(([outcome, own]) => [outcome, own.length])),
  );
  const passedBy = shop.expected.filter(({ outcome }) => ["red", "no-check"].includes(outcome));
  expect(shop.marked).toEqual(new Set(passedBy.flatMap(({ pull }) => pull ?? [])));
}

function shown({ outcome, pull, headSha }: Expected): string {
  return `${outcome} #${pull} ${headSha}`;
}

async function perform(shop: WatchedShop, { what, branch, standing, passes, number }: Act): Promise<void> {
  switch (what) {
    case "push":
      return shop.push(branch, passes);
    case "merge":
      return shop.merge(branch, standing);
    case "force":
      return shop.force(branch, number, passes);
    case "delete":
      return shop.remove(branch);
    case "create":
      return shop.create(branch, passes, number % 2 === 0);
    case "land":
      return shop.land(branch, 1 + (number % 3), passes);
    case "sweep":
      return;
  }
}
