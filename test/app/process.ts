import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import PACKAGE from "../../package.json" with { type: "json" };
import { COMPILE_CACHE } from "./compile-cache.ts";

const MAIN = fileURLToPath(new URL("../../src/app/main.ts", import.meta.url));

/** As `npm start` starts it. */
export const START_OPTIONS: readonly string[] = PACKAGE.scripts.start
  .split(" ")
  .filter((word) => word.startsWith("--"));

export interface Started {
  readonly child: ChildProcess;
  /** All it wrote so far, to both streams. */
  readonly output: () => string;
  /** Resolves with the exit code, `null` for a killed process. */
  readonly exited: Promise<number | null>;
}

/** What a process runs: options of Node, and the file, which has the app's packages beside it. */
export type Program = readonly string[];

const SOURCES: Program = [...START_OPTIONS, MAIN];

/** The real app in a process of its own, with nothing of this one's environment that it could read. */
export function startProcess(
  environment: Readonly<Record<string, string>>,
  folder: string,
  program = SOURCES,
): Started {
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const add = (text: Buffer) => {
    output += text.toString();
  };
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  return {
    child,
    output: () => output,
    exited: once(child, "close").then(([code]) => code as number | null),
  };
}

/** Where the app listens, once it does. */
export async function addressOf({ child, output, exited }: Started): Promise<string> {
  for (;;) {
    const [, address] = /listens on (http:\/\/[\w.:]+)/.exec(output()) ?? [];
    if (address) return address;
    const ended = exited.then(() => "ended" as const);
    if ((await Promise.race([once(child.stdout ?? child, "data"), ended])) === "ended")
      throw new Error(output());
  }
}

/** A GitHub that says nothing until it is told to, and then that it cannot answer. */
export class SilentGitHub {
  readonly #server: Server;
  readonly #waiting: ServerResponse[] = [];
  #asked: () => void = () => {};
  #answering = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<SilentGitHub> {
    const server = createServer();
    const github = new SilentGitHub(server);
    server.on("request", (request, response) => github.#onRequest(request.url ?? "", response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return github;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when a request about an installation hangs. */
  asked(): Promise<void> {
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  /** Answers every request, those that hang and those to come. */
  answer(): void {
    this.#answering = true;
    for (const response of this.#waiting) response.writeHead(503).end();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #onRequest(url: string, response: ServerResponse): void {
    if (this.#answering) response.writeHead(503).end();
    else this.#waiting.push(response);
    if (url.includes("/access_tokens")) this.#asked();
  }
}
