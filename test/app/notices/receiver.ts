import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers; `hang` never answers. */
export type Answer = { readonly status: number; readonly headers?: Record<string, string> } | "hang";

/** Somebody who is told something: a server that keeps what it was sent, and answers as a test says. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #server: Server;
  readonly #answers: Answer[] = [];
  readonly #waiting: (() => void)[] = [];

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const { method, url: path, headers } = request;
      this.received.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      this.#answer(response);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, "127.0.0.1");
    await once(receiver.#server, "listening");
    return receiver;
  }

  get address(): string {
    const bound = this.#server.address();
    return `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}/hook`;
  }

  /** To the next requests, in turn; then 200. */
  answer(...answers: readonly Answer[]): void {
    this.#answers.push(...answers);
  }

  /** Resolves once so many requests were received. */
  async until(count: number): Promise<void> {
    while (this.received.length < count)
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer(response: ServerResponse): void {
    const answer = this.#answers.shift() ?? { status: 200 };
    if (answer === "hang") return;
    response.writeHead(answer.status, answer.headers).end("ok");
  }
}
