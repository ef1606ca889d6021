import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const KEPT_CHARACTERS = 8_000;
const KEPT_LINES = 10;
const GRACE_MS = 10_000;

export interface ChildOptions {
  /** For messages. */
  readonly name: string;
  readonly script: URL;
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
}

/** A Node program in its own process. Its log is kept in case it crashes. */
export class Child {
  readonly process: ChildProcess;
  readonly name: string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  #log = "";

  constructor({ name, script, env, directory }: ChildOptions) {
    this.name = name;
    this.process = spawn(process.execPath, [...process.execArgv, fileURLToPath(script)], {
      cwd: directory,
      // Not the surrounding environment: it may contain another app's settings.
      env: { PATH: process.env.PATH ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log = (this.#log + text).slice(-KEPT_CHARACTERS);
      });
    this.ended = once(this.process, "close").then(() => {});
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** The last lines it logged, indented. */
  get lastLines(): string {
    return this.#log
      .trim()
      .split("\n")
      .slice(-KEPT_LINES)
      .map((line) => `  ${line}`)
      .join("\n");
  }

  /** Why it is no longer running, with its last log lines. */
  exitError(): Error {
    const { exitCode, signalCode } = this.process;
    const how = signalCode ?? `exit code ${exitCode}`;
    return new Error(`${this.name} ended unexpectedly (${how}):\n${this.lastLines}`.trimEnd());
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.process.kill("SIGTERM");
    const timeout = setTimeout(() => this.process.kill("SIGKILL"), GRACE_MS);
    await this.ended;
    clearTimeout(timeout);
  }
}
