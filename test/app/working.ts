import type { AttestChange } from "../../src/app/attesting/attest-change.ts";
import { Budgets } from "../../src/app/github/budgets.ts";
import { Shares } from "../../src/app/github/shares.ts";
import type { Addresses } from "../../src/app/notices/note.ts";
import { performer } from "../../src/app/perform.ts";
import { Turns } from "../../src/app/work/turns.ts";
import { Withdrawer } from "../../src/app/work/withdrawer.ts";
import { Worker } from "../../src/app/work/worker.ts";
import { Writers } from "../../src/app/work/writers.ts";
import type { Site } from "../../src/signoff/report/site.ts";
import type { Store } from "../../src/store/store.ts";
import type { Task } from "../../src/store/task.ts";
import { SITE } from "../signoff/build.ts";
import { addressesNamed } from "./addresses.ts";
import type { FakeGitHub } from "./fake-github.ts";
import { judgeHere } from "./judge-here.ts";
import type { ManualClock } from "./manual-clock.ts";
import type { notes } from "./notes.ts";
import { passkeysIn } from "./passkeys/reader.ts";

export interface Working {
  readonly store: Store;
  readonly github: FakeGitHub;
  readonly clock: ManualClock;
  readonly log: ReturnType<typeof notes>;
  readonly parallel?: number;
  /** Default: none. */
  readonly addresses?: Addresses;
  /** Default: nothing is signed. */
  readonly attest?: AttestChange;
  /** Default: one without pages. */
  readonly site?: Site;
}

/** A worker and a withdrawer over a store, as the app has them; `settle` works off whatever is due. */
export function working({
  parallel = 4,
  addresses = addressesNamed(),
  attest = async () => ({ review: null, attestation: null }),
  site = SITE,
  ...ports
}: Working) {
  const { store, clock, log, github } = ports;
  const budgets = new Budgets({ now: clock.now, writesPerSecond: null });
  const withdrawer = new Withdrawer({ store, github, clock, log, budgets, wake: () => {} });
  const upkeep = async () => clock.now();
  const told = { evaluated: () => {}, spent: () => {}, doubted: () => {}, followUp: async () => {} };
  const shares = new Shares({ now: clock.now, quotas: () => budgets.quotas() });
  const writers = new Writers({ github, clock });
  const turns = new Turns({ store, clock, writers, budgets, shares });
  const perform = performer({
    ...{ ...ports, ...told, attest, addresses, judge: judgeHere, upkeep, site, shares, writers },
    passkeys: passkeysIn(store),
  });
  const worker = new Worker({ store, clock, log, budgets, perform, parallel: () => parallel, turns });
  const settle = async () => {
    while ((await withdrawer.runDue()) + (await worker.runDue()) > 0);
  };
  const run = async (...tasks: readonly Task[]) => {
    await store.enqueue(tasks, "direct", clock.now());
    await settle();
  };
  return { worker, withdrawer, settle, run, shares };
}
