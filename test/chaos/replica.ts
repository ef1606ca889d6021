import { rmSync } from "node:fs";
import { z } from "zod";
import { privateKey, SECRET } from "../app/credentials.ts";
import { addressOf, type Program, type Started, startProcess } from "../app/process.ts";
import { runIn } from "../cli/ledger/run-in.ts";
import { temporaryFolder } from "../gate/app.ts";
import { type Queue, queueAt } from "../gate/queue.ts";
import type { GithubDouble } from "../github-double/double.ts";

export const APP_ID = 4711;

export interface ReplicaOptions {
  readonly folder?: string;
  /** 0: without a limit. */
  readonly writesPerSecond?: number;
  /** Beside those that it needs. */
  readonly variables?: Readonly<Record<string, string>>;
  /** As `npm start` has it, from the sources, unless it is said. */
  readonly program?: Program;
}

const ledger = z.object({
  status: z.string(),
  damages: z.array(z.string()),
  chains: z.array(z.object({ entries: z.int() })),
});

export type Ledger = z.infer<typeof ledger>;

/** One process of the app, which can die and come back. */
export class Replica {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #program: Program | undefined;
  #started: Started | null = null;
  #address = "";

  constructor(
    double: Pick<GithubDouble, "apiHost">,
    databaseUrl: string | null,
    { folder = temporaryFolder(), writesPerSecond = 0, variables = {}, program }: ReplicaOptions = {},
  ) {
    this.#folder = folder;
    this.#program = program;
    this.#environment = {
      APP_ID: String(APP_ID),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: SECRET,
      HOST: "127.0.0.1",
      PORT: "0",
      GHE_HOST: double.apiHost,
      GHE_PROTOCOL: "http",
      LOG_FORMAT: "json",
      LOG_LEVEL: "info",
      COUNTERSIGN_WRITES_PER_SECOND: String(writesPerSecond),
      ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
      ...variables,
    };
  }

  get webhookUrl(): string {
    return `${this.#address}/api/github/webhooks`;
  }

  async start(): Promise<void> {
    this.#started = startProcess(this.#environment, this.#folder, this.#program);
    this.#address = await addressOf(this.#started);
  }

  get pid(): number | undefined {
    return this.#started?.child.pid;
  }

  /** As the system does it when there is no memory left, or the plug is pulled. */
  async kill(): Promise<void> {
    this.#started?.child.kill("SIGKILL");
    await this.#started?.exited;
    this.#started = null;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Jobs that are due or in work. */
  async active(): Promise<number> {
    return (await this.health()).active;
  }

  /** What the command that checks the ledger says of it, while the app runs. */
  async checkedLedger(): Promise<Ledger> {
    const url = this.#environment.DATABASE_URL;
    const { stdout } = await runIn(this.#folder, url === undefined ? {} : { DATABASE_URL: url }, [
      ...["ledger", "verify", "--json"],
    ]);
    return ledger.parse(JSON.parse(stdout));
  }

  async health(): Promise<Queue> {
    return queueAt(this.#address);
  }
}
