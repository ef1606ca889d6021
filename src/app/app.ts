import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Probot } from "probot";
import { createCaches } from "../github/reading/read-snapshot.ts";
import { openPostgresStore } from "../store/postgres/postgres.ts";
import { openSqliteStore } from "../store/sqlite/sqlite.ts";
import type { Store } from "../store/store.ts";
import { Budgets } from "./github/budgets.ts";
import { githubPort, identifyApp } from "./github/client.ts";
import { boundedFetch, countedOctokit, type Traffic } from "./github/octokit.ts";
import { deliveryReceiver } from "./intake/deliveries.ts";
import { EVENTS } from "./intake/events.ts";
import { InFlightDeliveries } from "./intake/in-flight.ts";
import { createHttpServer } from "./intake/server.ts";
import { type Clock, systemClock } from "./operation/clock.ts";
import { health, readiness } from "./operation/health.ts";
import { type Log, redacting } from "./operation/log.ts";
import { createMetrics } from "./operation/metrics.ts";
import { readManifest, selfCheck } from "./operation/self-check.ts";
import type { Settings } from "./operation/settings.ts";
import { performer } from "./perform.ts";
import { keepTrying } from "./repair/startup.ts";
import { upkeep } from "./repair/upkeep.ts";
import { Withdrawer } from "./work/withdrawer.ts";
import { Worker } from "./work/worker.ts";

export interface App {
  readonly address: string;
  /** Answers what is being answered, finishes or gives back what is in work, and closes the store. */
  readonly stop: () => Promise<void>;
}

/** Within the 30 seconds that container platforms grant. */
const WORKER_GRACE_MS = 20_000;
const SERVER_GRACE_MS = 5_000;

/**
 * Puts the parts together and starts them.
 * @throws {StoreInUse | StoreUnreachable | NewerSchema} and when the port cannot be had
 */
export async function startApp(settings: Settings, clock: Clock = systemClock): Promise<App> {
  const store = await openStore(settings);
  try {
    return await startWith(store, settings, clock);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openStore({ databaseUrl, dataFolder }: Settings): Promise<Store> {
  return databaseUrl === undefined ? openSqliteStore(dataFolder) : openPostgresStore(databaseUrl);
}

async function startWith(store: Store, settings: Settings, clock: Clock): Promise<App> {
  const { now } = clock;
  const budgets = new Budgets({ now, writesPerSecond: settings.writesPerSecond ?? null });
  const state: State = { self: null, silentSince: null };
  const howItStands = () => health(store, now());
  const metrics = createMetrics({
    events: new Set(Object.keys(EVENTS)),
    health: howItStands,
    quotas: () => budgets.quotas(),
  });
  const requested: Traffic["requested"] = (route, status, seconds) => {
    metrics.requested(route, status, seconds);
    state.silentSince = status === 0 || status >= 500 ? (state.silentSince ?? now()) : null;
  };
  const probot = await probotOf(settings, { requested, budgets, clock });
  const log = redacting(probot.log);
  const caches = createCaches();
  const github = githubPort({ probot, appId: settings.appId, caches, clock });
  const client = () => probot.auth();
  const perform = performer({
    ...{ store, github, clock, log, budgets },
    evaluated: metrics.evaluated,
    doubted: () => withdrawer.wake(),
    spent: metrics.spent,
    upkeep: () => upkeep({ client, store, clock, log }),
  });
  const inFlight = new InFlightDeliveries();
  const worker = new Worker({
    ...{ store, clock, log, perform, budgets },
    ...(settings.jobsAtOnce !== undefined && { parallel: settings.jobsAtOnce }),
    restrained: () => inFlight.rush,
  });
  const withdrawer: Withdrawer = new Withdrawer({
    ...{ store, github, clock, log, budgets },
    wake: () => worker.wake(),
  });
  const wake = () => {
    withdrawer.wake();
    worker.wake();
  };
  store.onNews(wake);
  const stopping = new AbortController();

  const server = createHttpServer({
    inFlight,
    verify: (body, signature) => probot.webhooks.verify(body, signature),
    accept: deliveryReceiver({
      ...{ store, caches, clock, log },
      self: () => state.self,
      delivered: metrics.delivered,
      wake,
    }),
    health: howItStands,
    readiness: () => {
      const { aborted } = stopping.signal;
      return readiness({ health: howItStands, stopping: aborted, introduced: state.self !== null, ...state });
    },
    metrics: metrics.read,
    log,
  });
  const address = await listen(server, settings);
  // Whatever happened while the app was away is found by looking at everything.
  await store.enqueue([{ kind: "upkeep" }], "direct", now());
  withdrawer.start();
  worker.start();

  const introduced = keepTrying({ clock, log, signal: stopping.signal }, async () => {
    const { login } = await identifyApp(await client());
    for (const shortcoming of await selfCheck(await client(), readManifest()))
      log.error({ shortcoming }, "GitHub does not grant the App what it needs");
    state.self = login;
  });

  const keptIn = settings.databaseUrl === undefined ? settings.dataFolder : "PostgreSQL";
  log.info({ api: settings.apiBaseUrl, data: keptIn }, `Countersign listens on ${address}`);
  return { address, stop: () => stop({ server, worker, withdrawer, store, stopping, introduced, log }) };
}

/** What is learnt while running. */
interface State {
  /** The login of the App's bot. */
  self: string | null;
  silentSince: Date | null;
}

async function probotOf(settings: Settings, traffic: Traffic): Promise<Probot> {
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecret,
    baseUrl: settings.apiBaseUrl,
    logLevel: settings.logLevel,
    logFormat: settings.logFormat,
    Octokit: countedOctokit(traffic),
    request: { fetch: boundedFetch },
  });
  return probot.ready();
}

class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(host: string, port: number, cause: unknown) {
    const taken =
      typeof cause === "object" && cause !== null && "code" in cause && cause.code === "EADDRINUSE";
    super(
      taken
        ? `port ${port} of ${host} is taken; set PORT to another one`
        : `cannot listen on port ${port} of ${host}; set HOST and PORT to what this machine has`,
      { cause },
    );
  }
}

async function listen(server: Server, { host, port }: Settings): Promise<string> {
  const listening = once(server, "listening");
  server.listen(port, host);
  await listening.catch((error: unknown) => {
    throw new Unreachable(host, port, error);
  });
  const bound = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${bound.port}`;
}

interface Running {
  readonly server: Server;
  readonly worker: Worker;
  readonly withdrawer: Withdrawer;
  readonly store: Store;
  readonly stopping: AbortController;
  readonly introduced: Promise<void>;
  readonly log: Log;
}

async function stop({
  server,
  worker,
  withdrawer,
  store,
  stopping,
  introduced,
  log,
}: Running): Promise<void> {
  log.info({}, "stopping");
  stopping.abort();
  await Promise.all([closeServer(server), worker.stop(WORKER_GRACE_MS), introduced]);
  await withdrawer.stop();
  await store.close();
  log.info({}, "stopped");
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), SERVER_GRACE_MS);
  await closed;
  clearTimeout(cut);
}
