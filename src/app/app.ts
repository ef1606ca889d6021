import { Probot } from "probot";
import { signCheckpoint } from "../attestation/checkpoint.ts";
import { withhold } from "../github/client/redact.ts";
import { createCaches } from "../github/reading/read-snapshot.ts";
import { openPostgresStore } from "../store/postgres/postgres.ts";
import { openSqliteStore } from "../store/sqlite/sqlite.ts";
import type { Store } from "../store/store.ts";
import { attestChange } from "./attesting/attest-change.ts";
import { publishedKeys } from "./attesting/published-keys.ts";
import { prepareSigning } from "./attesting/signing.ts";
import { Budgets } from "./github/budgets.ts";
import { githubPort } from "./github/client.ts";
import { introductions } from "./github/introduction.ts";
import { boundedFetch, countedOctokit, type Traffic } from "./github/octokit.ts";
import { Shares } from "./github/shares.ts";
import { siteOf } from "./github/site.ts";
import { deliveryReceiver } from "./intake/deliveries.ts";
import { EVENTS } from "./intake/events.ts";
import { InFlightDeliveries } from "./intake/in-flight.ts";
import type { Webhook } from "./intake/webhook.ts";
import { Judges } from "./judging/judges.ts";
import { startThread } from "./judging/judging-thread.ts";
import { AuditSink } from "./ledger/audit-sink.ts";
import { LedgerKeeper } from "./ledger/keeper.ts";
import { Outbox } from "./notices/outbox.ts";
import { type Clock, systemClock } from "./operation/clock.ts";
import { health, readiness } from "./operation/health.ts";
import type { Log } from "./operation/log.ts";
import { lineLog } from "./operation/log-lines.ts";
import { createMetrics } from "./operation/metrics.ts";
import { secretsInSettings } from "./operation/own-secrets.ts";
import { openness } from "./operation/secret-file.ts";
import { readManifest } from "./operation/self-check.ts";
import type { Settings } from "./operation/settings.ts";
import { Signatures } from "./operation/signatures.ts";
import { openPages } from "./pages/pages.ts";
import { passkeyReader } from "./passkeys/facts.ts";
import { signingPorts } from "./passkeys/ports.ts";
import { performer } from "./perform.ts";
import { Poller } from "./polling/poller.ts";
import { keepTrying } from "./repair/startup.ts";
import { upkeep } from "./repair/upkeep.ts";
import { openServers, type Servers } from "./servers.ts";
import { followBypass } from "./watch/follow-up.ts";
import { watchNumbers } from "./watch/numbers.ts";
import { atOnce, ownLoad } from "./work/at-once.ts";
import type { JudgePorts } from "./work/judge-head.ts";
import { judgeNow } from "./work/judge-now.ts";
import { Turns } from "./work/turns.ts";
import { Withdrawer } from "./work/withdrawer.ts";
import { Worker } from "./work/worker.ts";
import { Writers } from "./work/writers.ts";

export interface App {
  /** Where webhooks go. */
  readonly address: string;
  /** Where metrics and readiness are. */
  readonly opsAddress: string;
  /** Answers what is being answered, finishes or gives back what is in work, and closes the store. */
  readonly stop: () => Promise<void>;
}

/** Within the 30 seconds that container platforms grant. */
const WORKER_GRACE_MS = 20_000;

/**
 * Puts the parts together and starts them.
 * @throws {StoreInUse | StoreUnreachable | NewerSchema} and when the port cannot be had
 */
export async function startApp(settings: Settings, clock: Clock = systemClock): Promise<App> {
  withhold(secretsInSettings(settings));
  const store = await openStore(settings);
  try {
    return await startWith(store, settings, clock);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openStore({ databaseUrl: url, databasePassword, dataFolder }: Settings): Promise<Store> {
  return url === undefined ? openSqliteStore(dataFolder) : openPostgresStore(url, databasePassword);
}

async function startWith(store: Store, settings: Settings, clock: Clock): Promise<App> {
  const { now } = clock;
  const { logLevel: level, logFormat: format } = settings;
  const log = lineLog({ level, format, now, write: (line) => process.stdout.write(line) });
  const budgets = new Budgets({ now, writesPerSecond: settings.writesPerSecond ?? null });
  const shares = new Shares({
    now,
    quotas: () => budgets.quotas(),
    ...(settings.leastLimit !== undefined && { leastLimit: settings.leastLimit }),
  });
  const signing = await prepareSigning({ store, clock, log }, settings.signingKey);
  const state: State = { self: null, silentSince: null };
  const howItStands = () => health(store, now());
  const signatures = new Signatures(clock, log);
  const metrics = createMetrics({
    events: new Set(Object.keys(EVENTS)),
    health: howItStands,
    unverified: () => servers.unverified(),
    unprotected: () => store.unprotected(),
    followUps: () => store.openFollowUps(),
    notices: () => store.waitingNotices(),
    watch: () => watchNumbers(store, now()),
    quotas: () => budgets.quotas(),
    unread: () => poller?.unread ?? 0,
  });
  const requested: Traffic["requested"] = (route, status, seconds) => {
    metrics.requested(route, status, seconds);
    state.silentSince = status === 0 || status >= 500 ? (state.silentSince ?? now()) : null;
  };
  const caches = createCaches();
  caches.unknownFields.goOn(await store.learntOfServer(), (learnt) => {
    store
      .recordServer(learnt)
      .catch((error: unknown) => log.error({ error }, "could not keep what was learnt"));
  });
  const answeredBy = (version: string) => caches.unknownFields.answeredBy(version);
  const probot = await probotOf(settings, { requested, answeredBy, budgets, clock, log });
  const site = siteOf(settings.apiBaseUrl, settings.pages?.url);
  const github = githubPort({ probot, appId: settings.appId, host: site.github, caches, clock });
  const client = () => probot.auth();
  const introduce = introductions({ client, wanted: readManifest(), clock });
  // By the machine's own time: nothing is decided by it but that a thread is broken.
  const judges = new Judges({ start: startThread, wait: systemClock.sleep });
  const writers = new Writers({ github, clock });
  const { notices = { targets: [] } } = settings;
  const outbox = new Outbox({
    ...{ store, clock, log, settings: notices, github: site.github },
    noticed: metrics.noticed,
  });
  const addresses = {
    names: new Set(notices.targets.map(({ name }) => name)),
    noticed: metrics.noticed,
    wake: () => outbox.wake(),
  };
  const keeper = new LedgerKeeper({
    signer: async () => {
      const key = await signing.key();
      return (checkpoint) => ({ ...signCheckpoint(checkpoint, key) });
    },
    ...{ store, github, clock, log },
    ...(settings.ledgerDays !== undefined && { keptDays: settings.ledgerDays }),
  });
  const sink =
    settings.audit === undefined
      ? null
      : new AuditSink({ store, clock, log, target: settings.audit, write: toStandardOutput });
  const judge: JudgePorts["judge"] = (snapshot, priority) => judges.judge(snapshot, priority);
  const passkeys = passkeyReader({
    ...{ store, ownPages: site.ownPages, validAfter: settings.keysValidAfter },
  });
  const perform = performer({
    ...{ store, github, clock, log, budgets, shares, writers, site, addresses },
    judge,
    passkeys,
    evaluated: metrics.evaluated,
    doubted: () => withdrawer.wake(),
    spent: metrics.spent,
    followUp: followBypass({ store, clock, log, addresses }),
    upkeep: () =>
      upkeep({ client, introduce, store, clock, log, redeliver: settings.deliveries.by === "webhook" }),
    attest: attestChange({ store, github, log, signing, host: site.github }),
  });
  const inFlight = new InFlightDeliveries();
  const { jobsAtOnce } = settings;
  const worker = new Worker({
    ...{ store, clock, log, perform, budgets },
    turns: new Turns({ store, clock, writers, budgets, shares }),
    parallel: jobsAtOnce === undefined ? atOnce(ownLoad()) : () => jobsAtOnce,
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

  const pages =
    settings.pages &&
    openPages({
      ...{ settings: settings.pages, store, github, budgets, site, clock, log },
      api: settings.apiBaseUrl,
      signing: {
        ports: signingPorts({ store, facts: passkeys, url: settings.pages.url, clock, doubted: wake }),
        judgeNow: (repository, pull) => judgeNow({ store, github, judge, passkeys }, repository, pull),
        judgeAgain: async (snapshot) => {
          const judged = await judge(snapshot, "aside");
          return judged.status === "judged" ? judged.verdict : null;
        },
        wake,
      },
    });
  const receive = deliveryReceiver({
    ...{ store, caches, clock, log },
    self: () => state.self,
    delivered: metrics.delivered,
    wake,
  });
  const accept = async (webhook: Webhook) => {
    await pages?.heard(webhook);
    await receive(webhook);
  };
  const { deliveries } = settings;
  const poller =
    deliveries.by === "polling"
      ? new Poller({ client, store, accept, clock, log, wake, everyMs: deliveries.everyMs })
      : null;
  const servers: Servers = await openServers(settings, {
    ...{ inFlight, signatures, metrics, accept, keys: publishedKeys(store, clock) },
    ...(pages && { pages: pages.answer }),
    readiness: () => {
      const { aborted } = stopping.signal;
      const { standing: webhooks } = poller ?? signatures;
      const facts = { health: howItStands, stopping: aborted, introduced: state.self !== null, webhooks };
      return readiness({ ...facts, ...state });
    },
    log,
  });
  // Whatever happened while the app was away is found by looking at everything.
  await store.enqueue([{ kind: "upkeep" }], "direct", now());
  withdrawer.start();
  worker.start();
  outbox.start();
  keeper.start();
  sink?.start();
  poller?.start();

  const introduced = keepTrying({ clock, log, signal: stopping.signal }, async () => {
    const { login, shortcomings } = await introduce();
    for (const shortcoming of shortcomings)
      log.error({ shortcoming }, "GitHub does not grant the App what it needs");
    state.self = login;
  });

  tellStart(settings, servers, log);
  const parts = { servers, poller, worker, judges, withdrawer, outbox, keeper, sink, store };
  const stopAll = () => stop({ ...parts, stopping, introduced, log });
  return { address: servers.address, opsAddress: servers.opsAddress, stop: stopAll };
}

function tellStart(settings: Settings, { address, opsAddress }: Servers, log: Log): void {
  const keptIn = settings.databaseUrl === undefined ? settings.dataFolder : "PostgreSQL";
  log.info(
    { api: settings.apiBaseUrl, data: keptIn, metrics: opsAddress },
    `Countersign listens on ${address}`,
  );
  for (const file of settings.secretFiles ?? []) {
    const remedy = openness(file);
    if (remedy !== null) log.warn({ file, remedy }, "a file with a secret is open to others");
  }
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
    ...(settings.deliveries.by === "webhook" && { secret: settings.deliveries.secret }),
    baseUrl: settings.apiBaseUrl,
    // What Octokit has to say goes to our own log.
    logLevel: "fatal",
    Octokit: countedOctokit(traffic),
    request: { fetch: boundedFetch },
  });
  return probot.ready();
}

function toStandardOutput(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

interface Running {
  readonly servers: Servers;
  readonly poller: Poller | null;
  readonly worker: Worker;
  readonly judges: Judges;
  readonly withdrawer: Withdrawer;
  readonly outbox: Outbox;
  readonly keeper: LedgerKeeper;
  readonly sink: AuditSink | null;
  readonly store: Store;
  readonly stopping: AbortController;
  readonly introduced: Promise<void>;
  readonly log: Log;
}

async function stop(running: Running): Promise<void> {
  const { servers, poller, worker, judges, withdrawer, outbox, keeper, sink } = running;
  const { store, stopping, introduced, log } = running;
  log.info({}, "stopping");
  stopping.abort();
  await Promise.all([servers.close(), poller?.stop(), worker.stop(WORKER_GRACE_MS), introduced]);
  await judges.stop();
  await withdrawer.stop();
  await Promise.all([outbox.stop(), keeper.stop(), sink?.stop()]);
  await store.close();
  log.info({}, "stopped");
}
