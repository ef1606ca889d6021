import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `hang`: never answer; `drop`: close the connection without an answer. */
export type Answer = HttpResponse | "hang" | "drop";

export type Respond = (request: HttpRequest) => Answer | Promise<Answer>;

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Serves on the loopback interface; port 0 picks a free one. */
export async function serve(port: number, respond: Respond): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    read(incoming)
      .then((body) => reply(incoming, outgoing, { respond, body }))
      .catch(() => outgoing.destroy());
  });
  // A process that loads modules for longer than the default of five seconds would write to a connection that was
  // closed meanwhile.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

async function reply(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { respond, body }: { readonly respond: Respond; readonly body: string },
): Promise<void> {
  const url = new URL(incoming.url ?? "/", "http://double.invalid");
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const response = await answer(respond, {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
  });
  if (response === "hang") return;
  if (response === "drop") {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, response.headers);
  outgoing.end(response.status === 304 || response.status === 204 ? undefined : response.body);
}

async function answer(respond: Respond, request: HttpRequest & { readonly body: string }): Promise<Answer> {
  try {
    return await respond({ ...request, body: request.body === "" ? undefined : JSON.parse(request.body) });
  } catch (problem) {
    const message = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    return {
      status: 500,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message }),
    };
  }
}
