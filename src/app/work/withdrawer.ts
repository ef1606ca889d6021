import { ARCHIVED, GitHubProblem, NotFound } from "../../github/client/errors.ts";
import { intoFact } from "../../store/fact.ts";
import type { Invalidation, Withdrawal } from "../../store/passes.ts";
import type { Store } from "../../store/store.ts";
import type { Budgets } from "../github/budgets.ts";
import type { GitHubPort } from "../github/port.ts";
import { accounted } from "../github/usage.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";

export interface WithdrawerOptions {
  readonly store: Store;
  readonly github: Pick<GitHubPort, "mayWrite" | "whereabouts" | "withdraw">;
  readonly clock: Clock;
  readonly log: Log;
  readonly budgets: Pick<Budgets, "withdrawalAt" | "withdrawing">;
  /** Called when there is something to judge again. */
  readonly wake: () => void;
  /** Told how long a doubt stood open. */
  readonly withdrawn?: () => void;
}

type Opened = NonNullable<NonNullable<Invalidation["onlyIf"]>["opened"]>;

const PARALLEL = 4;
const LEASE_MS = 60_000;
const IDLE_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
const STORE_FAULT_MS = 1_000;

const REASON =
  "Something changed that this pass may have rested on. The pull request is being checked again.";

/**
 * Takes passes back that are in doubt, before it is known whether they still hold: nobody merges on them while that is
 * found out. It waits for nothing else: no queue, no list, no reading.
 */
export class Withdrawer {
  readonly #options: WithdrawerOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #nap = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(options: WithdrawerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** A pass may be in doubt: looks at once. */
  wake(): void {
    this.#nap.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await Promise.all(this.#running);
  }

  /** Takes back what is in doubt now; answers how many passes were looked at. */
  async runDue(): Promise<number> {
    let taken = 0;
    while (true) {
      taken += await this.#fill();
      if (this.#running.size === 0) return taken;
      await Promise.race(this.#running);
    }
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      this.#nap = new AbortController();
      const waitMs = await this.#round().catch((error: unknown) => {
        log.error({ error }, "the store failed");
        return STORE_FAULT_MS;
      });
      if (!this.#stopping.signal.aborted) await clock.sleep(waitMs, this.#nap.signal);
    }
  }

  async #round(): Promise<number> {
    const { store, clock } = this.#options;
    await this.#fill();
    const due = await store.nextWithdrawalAt();
    return due === null ? IDLE_MS : Math.min(Math.max(due.getTime() - clock.now().getTime(), 0), IDLE_MS);
  }

  async #fill(): Promise<number> {
    const { store, clock } = this.#options;
    let taken = 0;
    while (!this.#stopping.signal.aborted && this.#running.size < PARALLEL) {
      const withdrawal = await store.claimWithdrawal(clock.now(), LEASE_MS);
      if (withdrawal === null) return taken;
      taken += 1;
      const work = this.#withdraw(withdrawal).finally(() => {
        this.#running.delete(work);
        this.wake();
      });
      this.#running.add(work);
    }
    return taken;
  }

  async #withdraw(withdrawal: Withdrawal): Promise<void> {
    const { store, clock, log, budgets } = this.#options;
    const { installationId, owner, repo } = withdrawal.repository;
    try {
      const later = budgets.withdrawalAt(installationId);
      if (later !== null) return await store.retryWithdrawal(withdrawal, later);
      const usage = { installationId, requests: 0 };
      await budgets.withdrawing(installationId, () => accounted(usage, () => this.#attempt(withdrawal)));
    } catch (error) {
      const wait = Math.min(FIRST_RETRY_MS * 2 ** Math.min(withdrawal.attempts, 6), LONGEST_RETRY_MS);
      const place = { repository: `${owner}/${repo}`, headSha: withdrawal.headSha };
      log.warn({ ...place, attempts: withdrawal.attempts + 1, error }, "could not withdraw a pass");
      await store
        .retryWithdrawal(withdrawal, new Date(clock.now().getTime() + wait))
        .catch((failure: unknown) =>
          log.error({ ...place, error: failure }, "could not note how a withdrawal went"),
        );
    }
  }

  async #attempt(withdrawal: Withdrawal): Promise<void> {
    const { store, clock, log, wake } = this.#options;
    if (await this.#isSpared(withdrawal)) return store.spared(withdrawal);
    await this.#writeWithdrawal(withdrawal);
    // On the queue before it is noted as done, so that a crash in between leaves no commit blocked for ever.
    await store.ensure(withdrawal.task, clock.now());
    const stood = await store.withdrawn(withdrawal, clock.now());
    if (!stood) await store.enqueue([{ ...withdrawal.task, republish: true }], "direct", clock.now());
    const { owner, repo } = withdrawal.repository;
    log.info(
      { repository: `${owner}/${repo}`, headSha: withdrawal.headSha, name: withdrawal.name },
      "pass withdrawn",
    );
    wake();
  }

  /** Whether all who gave rise to the doubt are people whose word does not count. */
  async #isSpared(withdrawal: Withdrawal): Promise<boolean> {
    const { repository, onlyIf } = withdrawal;
    if (onlyIf === null) return false;
    for (const who of onlyIf) {
      if (who.opened !== undefined && !(await this.#passedOthers(withdrawal, who.account, who.opened)))
        return false;
      // What cannot be told counts as a doubt.
      if (await this.#options.github.mayWrite(repository, who).catch(() => true)) return false;
    }
    return true;
  }

  /** Whether the head passed for this branch, pushed by others as far as is known, and nobody refused it there. */
  async #passedOthers(withdrawal: Withdrawal, account: number, { pull, into }: Opened): Promise<boolean> {
    const { repository, headSha } = withdrawal;
    const { store } = this.#options;
    if (!(await store.restsOn(withdrawal, intoFact(repository, headSha, into)))) return false;
    if ((await store.remember(repository, pull)).refusals.length > 0) return false;
    const known = await store.recall(repository, [headSha]);
    const pushers = known.flatMap(({ participants }) => participants.filter(({ role }) => role === "pusher"));
    return pushers.length > 0 && pushers.every((pusher) => pusher.account.id !== account);
  }

  /** What is gone needs no withdrawal, and what is archived takes no merge. */
  async #writeWithdrawal(withdrawal: Withdrawal): Promise<void> {
    const { github, store } = this.#options;
    try {
      await github.withdraw(withdrawal, REASON);
    } catch (error) {
      if (error instanceof GitHubProblem && error.problem.code === ARCHIVED) return;
      if (!(error instanceof NotFound)) throw error;
      const { repository } = withdrawal;
      const found = await github.whereabouts(repository);
      if (found === null) return;
      await store.seeRepositories([found]);
      if (found.owner === repository.owner && found.repo === repository.repo) return;
      await github.withdraw({ ...withdrawal, repository: found }, REASON);
    }
  }
}
