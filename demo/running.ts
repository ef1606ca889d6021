import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "./child.ts";
import { type GatePages, gatePagesAt } from "./gate-pages.ts";
import { type AppReady, type GithubReady, githubReady } from "./messages.ts";
import { until } from "./until.ts";

export interface RunningDemo {
  /** The address of the pages. */
  readonly address: string;
  /** The address of the app's own pages. */
  readonly gatePages: string;
  /** Rejects if a process ends unexpectedly. */
  readonly died: Promise<never>;
  /** The last lines that the app logged, including its warnings. */
  readonly appLog: () => string;
  /** The folder of the app's store. */
  readonly data: () => string;
  readonly stop: () => Promise<void>;
}

const APP_ID = 4242;
const START_MS = 30_000;

interface DemoOptions {
  /** Of the pages; 0 for any free one. */
  readonly port: number;
  /** Whether passkeys are asked for. */
  readonly passkeys: boolean;
}

/** Starts the GitHub double with its pages, and the real app. */
export async function startDemo({ port, passkeys }: DemoOptions): Promise<RunningDemo> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-demo-"));
  const demo = new Demo(folder, await freePort(), passkeys);
  try {
    const address = await Promise.race([demo.start(port), demo.died]);
    return {
      address,
      gatePages: demo.gatePages.url,
      died: demo.died,
      appLog: () => demo.appLog,
      data: () => demo.data,
      stop: () => demo.stop(),
    };
  } catch (error) {
    await demo.stop();
    throw error;
  }
}

class Demo {
  readonly died: Promise<never>;
  readonly gatePages: GatePages;
  readonly #folder: string;
  readonly #appPort: number;
  readonly #passkeys: boolean;
  readonly #secret = randomBytes(32).toString("hex");
  readonly #keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  #github: Child | null = null;
  #app: Child | null = null;
  #stopping = false;
  #data = "";
  #die: (reason: Error) => void = () => {};

  constructor(folder: string, appPort: number, passkeys: boolean) {
    this.#folder = folder;
    this.#appPort = appPort;
    this.#passkeys = passkeys;
    this.gatePages = gatePagesAt(appPort);
    this.died = new Promise<never>((_, reject) => {
      this.#die = reject;
    });
    // Whoever races it handles the rejection; before that, it must not count as unhandled.
    this.died.catch(() => {});
  }

  /** Returns the address of the pages once GitHub, the app and the pages respond. */
  start(port: number): Promise<string> {
    const github = this.#spawn("the GitHub double", new URL("./github.ts", import.meta.url), {
      APP_ID: String(APP_ID),
      APP_PUBLIC_KEY: this.#keys.publicKey,
      WEBHOOK_SECRET: this.#secret,
      APP_ADDRESS: this.#appAddress,
      PAGES_PORT: String(port),
      GATE_PAGES: JSON.stringify(this.gatePages),
      PASSKEYS: this.#passkeys ? "yes" : "no",
    });
    this.#github = github;
    return new Promise((resolve) => {
      github.process.on("message", (message) => {
        const ready = githubReady.parse(message);
        this.#ready(github, ready).then(() => resolve(ready.pages), this.#die);
      });
    });
  }

  async #ready(github: Child, { api, pages }: GithubReady): Promise<void> {
    await this.#freshApp(api);
    github.process.send({ kind: "app-ready" } satisfies AppReady);
    await until(async () => (await fetch(pages)).ok, { what: "the pages", withinMs: START_MS });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([this.#github?.stop(), this.#app?.stop()]);
    await rm(this.#folder, { recursive: true, force: true });
  }

  get appLog(): string {
    return this.#app?.lastLines ?? "";
  }

  get data(): string {
    return this.#data;
  }

  get #appAddress(): string {
    return `http://127.0.0.1:${this.#appPort}`;
  }

  /** Replaces the app with a new one on an empty store. Resolves when it responds. */
  async #freshApp(api: string): Promise<void> {
    const former = this.#app;
    this.#app = null;
    await former?.stop();
    this.#data = await mkdtemp(join(this.#folder, "store-"));
    const app = this.#spawn("the app", new URL("../src/app/main.ts", import.meta.url), {
      APP_ID: String(APP_ID),
      PRIVATE_KEY: this.#keys.privateKey,
      WEBHOOK_SECRET: this.#secret,
      HOST: "127.0.0.1",
      PORT: String(this.#appPort),
      GHE_HOST: api,
      GHE_PROTOCOL: "http",
      // The simulated GitHub has no limits, so nobody should have to wait for them.
      COUNTERSIGN_WRITES_PER_SECOND: "0",
      COUNTERSIGN_DATA: this.#data,
      COUNTERSIGN_URL: this.gatePages.url,
      CLIENT_ID: this.gatePages.clientId,
      CLIENT_SECRET: this.gatePages.clientSecret,
      SESSION_SECRET: this.gatePages.sessionSecret,
      LOG_LEVEL: "warn",
      LOG_FORMAT: "json",
    });
    this.#app = app;
    const answers = async () => !app.running || (await fetch(`${this.#appAddress}/healthz`)).ok;
    await until(answers, { what: "the app to respond", withinMs: START_MS });
    if (!app.running) throw app.exitError();
  }

  #spawn(name: string, script: URL, env: Readonly<Record<string, string>>): Child {
    const child = new Child({ name, script, env, directory: this.#folder });
    child.process.once("close", () => {
      const wanted = child === this.#app || child === this.#github;
      if (wanted && !this.#stopping) this.#die(child.exitError());
    });
    return child;
  }
}

/** A port that was free a moment ago: the app must know it before it starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no free port")),
      );
    });
  });
}
