import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "../../src/app/app.ts";
import { WEBHOOK_PATH } from "../../src/app/intake/routes.ts";
import type { Clock } from "../../src/app/operation/clock.ts";
import type { NoticeSettings } from "../../src/app/operation/notice-settings.ts";
import type { PageSettings } from "../../src/app/operation/page-settings.ts";
import { COMPILE_CACHE } from "../app/compile-cache.ts";
import { START_OPTIONS } from "../app/process.ts";
import type { GithubDouble } from "../github-double/double.ts";
import type { Account, Installation } from "../github-double/world/model.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "./manifest.ts";
import { queueAt } from "./queue.ts";
import { WakingClock } from "./waking-clock.ts";
import { type Way, way } from "./way.ts";

export const APP_ID = 4711;
export const SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/** The real app, installed on an account of the double. */
interface RunningApp {
  readonly webhookUrl: string;
  /** Jobs that are due or in work; those put off until later do not count. */
  readonly jobs: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Nobody else in the app sleeps for just so long. */
const POLL_MS = 4_999;

/** What a test can have otherwise than an operator gets it. */
export interface TestAppOptions {
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: as many as it likes. */
  readonly writesPerSecond?: number;
  /** Requests that GitHub grants an installation in an hour, by REST and by GraphQL. Default: as many as GitHub. */
  readonly hourlyLimit?: number;
  /** Default: as the test file says. */
  readonly by?: Way;
  /** Whom the app tells what happens. Default: nobody. */
  readonly notices?: NoticeSettings;
  /** Whether it has pages. Default: no. */
  readonly pages?: boolean;
}

export interface TestApp extends RunningApp {
  /** All jobs, those put off until later included. */
  readonly waiting: () => Promise<number>;
  /** Resolves once the app has taken in what GitHub has to tell it, where it reads that itself. */
  readonly looked: () => Promise<void>;
  readonly installation: Installation;
}

export interface SpawnedApp extends RunningApp {
  /** All it wrote, at the most talkative level. */
  readonly log: () => string;
  readonly kill: () => Promise<void>;
  readonly address: string;
}

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** Starts the app in this process, on a free port and a store of its own. */
export async function startTestApp(
  double: GithubDouble,
  installedOn: Account,
  { clock: given, writesPerSecond, hourlyLimit, notices, pages = false, by = way() }: TestAppOptions = {},
): Promise<TestApp> {
  const polls = by === "polling";
  const waking = new WakingClock();
  const clock = given ?? (polls ? waking : undefined);
  const dataFolder = temporaryFolder();
  // Pages have to know their own address beforehand.
  const port = pages ? await freePort() : 0;
  const own = pages ? pageSettings(port) : null;
  if (own !== null) double.logins.connect({ ...own, callback: `${own.url}/login/callback` });
  const settings = {
    appId: APP_ID,
    privateKey: keys.privateKey,
    deliveries: polls ? { by, everyMs: POLL_MS } : { by, secret: SECRET },
    host: "127.0.0.1",
    port,
    apiBaseUrl: `${double.url}/api/v3`,
    dataFolder,
    logLevel: "fatal",
    logFormat: "json",
    ...(writesPerSecond !== undefined && { writesPerSecond }),
    ...(hourlyLimit !== undefined && { leastLimit: 2 * hourlyLimit }),
    ...(notices && { notices }),
    ...(own && { pages: own }),
  } as const;
  const app = await startApp(settings, clock);
  const webhookUrl = `${app.address}${WEBHOOK_PATH}`;
  const installation = connect(double, installedOn, polls ? null : webhookUrl);
  return {
    ...{ webhookUrl, installation },
    looked: async () => {
      // Time that a test turns brings the looks by itself. The first look to end may have begun before.
      if (polls && given === undefined) await waking.untilSlept(POLL_MS, 2);
    },
    jobs: async () => (await queueAt(app.address)).active,
    waiting: async () => (await queueAt(app.address)).jobs,
    stop: async () => {
      await app.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

function pageSettings(port: number): PageSettings {
  return {
    // By name: browsers make no passkeys for an address of numbers.
    ...{ url: `http://localhost:${port}`, clientId: "Iv23liPages" },
    ...{ clientSecret: "c".repeat(40), sessionSecret: SECRET },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

export interface SpawnOptions {
  /** Lets a second process go on with what the first one left. */
  readonly dataFolder?: string;
  /** Default: as the test file says. */
  readonly by?: Way;
}

/** Starts the app as an operator does, in a process of its own. */
export async function spawnApp(
  double: GithubDouble,
  installedOn: Account | null,
  { dataFolder = temporaryFolder(), by = way() }: SpawnOptions = {},
): Promise<SpawnedApp> {
  const how = by === "polling" ? { COUNTERSIGN_POLL: "2", WEBHOOK_SECRET: "" } : {};
  const github = { GHE_HOST: double.apiHost, GHE_PROTOCOL: "http" };
  const child = launch({ ...github, COUNTERSIGN_DATA: dataFolder, ...how });
  const log = collect(child);
  const address = await addressOf(child, log);
  const webhookUrl = `${address}${WEBHOOK_PATH}`;
  if (installedOn) connect(double, installedOn, by === "polling" ? null : webhookUrl);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    address,
    webhookUrl,
    log,
    jobs: async () => (await queueAt(address)).active,
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Runs the app with these settings until it exits by itself. */
export async function runApp(
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = launch(environment);
  const log = collect(child);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: log() };
}

/** In memory where there is such a place: the store waits for the disk on every write, and no test pulls the plug. */
const TEMPORARY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export function temporaryFolder(): string {
  return mkdtempSync(join(TEMPORARY, "countersign-"));
}

function launch(environment: NodeJS.ProcessEnv): ChildProcess {
  const main = createRequire(import.meta.url).resolve("../../src/app/main.ts");
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    APP_ID: String(APP_ID),
    PRIVATE_KEY: keys.privateKey,
    WEBHOOK_SECRET: SECRET,
    HOST: "127.0.0.1",
    PORT: "0",
    // As many as it likes: what is put off for GitHub's sake is no part of what a test waits for.
    COUNTERSIGN_WRITES_PER_SECOND: "0",
    LOG_LEVEL: "trace",
    LOG_FORMAT: "json",
    ...COMPILE_CACHE,
    ...environment,
  };
  return spawn(process.execPath, [...START_OPTIONS, main], { env, cwd: tmpdir() });
}

function collect(child: ChildProcess): () => string {
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (piece) => pieces.push(String(piece)));
  return () => pieces.join("");
}

async function addressOf(child: ChildProcess, log: () => string): Promise<string> {
  for (;;) {
    const found = /Countersign listens on (http:\/\/[^\s"]+)/.exec(log());
    if (found?.[1]) return found[1];
    if (child.exitCode !== null) throw new Error(`the app ended: ${log()}`);
    await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  }
}

function connect(
  double: GithubDouble,
  installationAccount: Account,
  webhookUrl: string | null,
): Installation {
  const { installation } = double.connectApp({
    appId: APP_ID,
    privateKeyPublicPem: keys.publicKey,
    secret: SECRET,
    webhookUrl,
    installationAccount,
    permissions: APP_PERMISSIONS,
    events: APP_EVENTS,
  });
  return installation;
}
