import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { privateKey, SECRET, sign } from "../app/credentials.ts";
import { addressOf, type Started, startProcess } from "../app/process.ts";
import { temporaryFolder } from "./app.ts";

const PATH = "/api/github/webhooks";

export interface Delivered {
  readonly body?: string;
  readonly event?: string;
  readonly id?: string;
  readonly secret?: string;
}

/** The app as a process of its own, without a GitHub: it accepts deliveries all the same. */
export class Door {
  readonly folder = temporaryFolder();
  readonly #started: Started;
  #address = "";

  private constructor(environment: Readonly<Record<string, string>>) {
    const settings: Readonly<Record<string, string>> = {
      ...{ APP_ID: "12", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: SECRET, HOST: "127.0.0.1", PORT: "0" },
      // Nothing listens there.
      ...{ GHE_HOST: "127.0.0.1:1", GHE_PROTOCOL: "http", LOG_FORMAT: "json" },
    };
    this.#started = startProcess({ ...settings, ...environment }, this.folder);
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Door> {
    const door = new Door(environment);
    door.#address = await addressOf(door.#started);
    return door;
  }

  get address(): string {
    return this.#address;
  }

  /** Where metrics and readiness are. */
  get opsAddress(): string {
    return /"metrics":"([^"]+)"/.exec(this.log())?.[1] ?? "";
  }

  readonly log = (): string => this.#started.output();

  /** A delivery as GitHub sends it; answers the status. */
  async deliver({ body = "{}", event = "ping", id = "1", secret = SECRET }: Delivered = {}): Promise<number> {
    // On a connection of its own: one that idled may be closed just as it is used again.
    const sent = request(`${this.#address}${PATH}`, {
      agent: false,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "x-github-event": event,
        "x-github-delivery": id,
        "x-hub-signature-256": sign(body, secret),
      },
    });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once("response", resolve).once("error", reject);
    });
    sent.end(body);
    const { statusCode = 0 } = (await response).resume();
    return statusCode;
  }

  async text(path: string): Promise<string> {
    return (await fetch(`${this.opsAddress}${path}`)).text();
  }

  /** The most memory the process ever had, in megabytes. */
  peakMemory(): number {
    const status = readFileSync(`/proc/${this.#started.child.pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** A connection of a stranger, with what it has sent so far. */
  async stranger(text: string): Promise<Stranger> {
    const socket = connect(Number(new URL(this.#address).port), "127.0.0.1");
    const stranger = new Stranger(socket);
    await Promise.race([once(socket, "connect"), stranger.closed]);
    await stranger.send(text);
    return stranger;
  }

  async close(): Promise<void> {
    this.#started.child.kill("SIGKILL");
    await this.#started.exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class Stranger {
  readonly #socket: Socket;
  readonly closed: Promise<void>;
  #received = "";

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", () => {});
    this.closed = new Promise((resolve) => {
      socket.once("close", () => resolve());
    });
  }

  get open(): boolean {
    return !this.#socket.destroyed;
  }

  /** What was answered, as far as it was read. */
  get received(): string {
    return this.#received;
  }

  read(): void {
    this.#socket.on("data", (piece) => {
      this.#received += String(piece);
    });
  }

  /** Resolves once the system has taken it, or the connection is closed. */
  async send(data: string | Uint8Array): Promise<void> {
    if (!this.open) return;
    await Promise.race([new Promise((resolve) => this.#socket.write(data, resolve)), this.closed]);
  }

  /** Writes without waiting; answers how much the system has not taken. */
  push(data: string): number {
    if (this.open) this.#socket.write(data);
    return this.#socket.writableLength;
  }

  end(): void {
    this.#socket.destroy();
  }
}

/** What a forged delivery begins with; `framing` says how long it is. */
export function forgedHead(framing: string): string {
  return [
    `POST ${PATH} HTTP/1.1`,
    "Host: localhost",
    "Content-Type: application/json",
    "X-GitHub-Event: push",
    "X-GitHub-Delivery: 1",
    `X-Hub-Signature-256: sha256=${"0".repeat(64)}`,
    framing,
    "\r\n",
  ].join("\r\n");
}
