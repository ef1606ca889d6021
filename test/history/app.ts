import { generateKeyPairSync } from "node:crypto";
import { Budgets } from "../../src/app/github/budgets.ts";
import { githubPort } from "../../src/app/github/client.ts";
import { introductions } from "../../src/app/github/introduction.ts";
import { Shares } from "../../src/app/github/shares.ts";
import { deliveryReceiver } from "../../src/app/intake/deliveries.ts";
import { readManifest } from "../../src/app/operation/self-check.ts";
import { performer } from "../../src/app/perform.ts";
import { upkeep } from "../../src/app/repair/upkeep.ts";
import { followBypass } from "../../src/app/watch/follow-up.ts";
import { Turns } from "../../src/app/work/turns.ts";
import { Withdrawer } from "../../src/app/work/withdrawer.ts";
import { Worker } from "../../src/app/work/worker.ts";
import { Writers } from "../../src/app/work/writers.ts";
import { createCaches } from "../../src/github/reading/read-snapshot.ts";
import type { Store } from "../../src/store/store.ts";
import { addressesNamed } from "../app/addresses.ts";
import { judgeHere } from "../app/judge-here.ts";
import type { ManualClock } from "../app/manual-clock.ts";
import { notes } from "../app/notes.ts";
import { passkeysIn } from "../app/passkeys/reader.ts";
import type { GithubDouble } from "../github-double/double.ts";
import type { Delivery } from "../github-double/webhooks/deliveries.ts";
import { SITE } from "../signoff/build.ts";
import { directClients } from "./direct-client.ts";
import type { Interruptions } from "./direct-send.ts";
import { Life } from "./life.ts";

export const APP_ID = 4711;

/** Short, because much is signed and nothing has to be kept secret. */
export const keys = generateKeyPairSync("rsa", {
  modulusLength: 1024,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export interface Surroundings {
  readonly double: GithubDouble;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly interruptions: Interruptions;
}

/** The app's parts as `startApp` puts them together, but that nothing runs by itself. */
export class App {
  readonly life: Life;
  readonly log = notes();
  readonly #store: Store;
  readonly #accept: ReturnType<typeof deliveryReceiver>;
  readonly #withdrawer: Withdrawer;
  readonly #worker: Worker;
  readonly #withdrawing = new Set<Promise<unknown>>();

  private constructor({ double, store: shared, clock, interruptions }: Surroundings, life: Life) {
    this.life = life;
    const store = life.storeOf(shared);
    this.#store = store;
    const { now } = clock;
    const { log } = this;
    const budgets = new Budgets({ now, writesPerSecond: null });
    const clients = directClients({
      ...{ double, life, interruptions },
      app: { id: APP_ID, privateKey: keys.privateKey },
      traffic: { requested: () => {}, budgets, clock },
    });
    const caches = createCaches();
    const github = githubPort({
      probot: { auth: async (installationId) => clients.ofInstallation(installationId) },
      appId: APP_ID,
      host: SITE.github,
      caches,
      clock,
    });
    const doubted = () => this.#withdraw();
    const writers = new Writers({ github, clock });
    const shares = new Shares({ now, quotas: () => budgets.quotas() });
    const addresses = addressesNamed();
    const client = async () => clients.app;
    const introduce = introductions({ client, wanted: readManifest(), clock });
    const perform = performer({
      ...{ store, github, clock, log, budgets, doubted, judge: judgeHere, site: SITE },
      ...{ shares, writers, addresses, passkeys: passkeysIn(store) },
      evaluated: () => {},
      spent: () => {},
      followUp: followBypass({ store, clock, log, addresses }),
      upkeep: () => upkeep({ client, introduce, store, clock, log, redeliver: true }),
      attest: async () => ({ review: null, attestation: null }),
    });
    const turns = new Turns({ store, clock, writers, budgets, shares });
    this.#worker = new Worker({ store, clock, log, perform, budgets, turns });
    this.#withdrawer = new Withdrawer({ store, github, clock, log, budgets, wake: () => {} });
    this.#accept = deliveryReceiver({
      ...{ store, caches, clock, log },
      self: () => "countersign[bot]",
      delivered: () => {},
      wake: doubted,
    });
  }

  /** Looks at everything first, as after every start. */
  static async start(surroundings: Surroundings): Promise<App> {
    const app = new App(surroundings, new Life());
    await app.#store.enqueue([{ kind: "upkeep" }], "direct", surroundings.clock.now());
    app.#withdraw();
    return app;
  }

  /** Takes a delivery, and takes back at once what it puts in doubt. False where the process ended over it. */
  async deliver({ guid: id, event, action, payload }: Delivery): Promise<boolean> {
    const accepted = this.#accept({ delivery: { id, event, action }, payload }).then(() => true);
    return Promise.race([accepted, this.life.ended.then(() => false)]);
  }

  /** Until every pass that is in doubt was tried to be taken back. */
  async withdrawn(): Promise<void> {
    const done = async () => {
      while (this.#withdrawing.size > 0) await Promise.all(this.#withdrawing);
    };
    await Promise.race([done(), this.life.ended]);
  }

  /** Until nothing is due. */
  async settle(): Promise<void> {
    const done = async () => {
      do await this.withdrawn();
      while ((await this.#withdrawer.runDue()) + (await this.#worker.runDue()) > 0);
    };
    await Promise.race([done(), this.life.ended]);
  }

  /** Beside everything else, and waiting for nothing of it. */
  #withdraw(): void {
    const run: Promise<unknown> = this.#withdrawer.runDue().finally(() => this.#withdrawing.delete(run));
    this.#withdrawing.add(run);
  }
}
