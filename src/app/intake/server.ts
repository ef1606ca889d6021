import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Log } from "../operation/log.ts";
import { type Answer, problem } from "./answer.ts";
import { discardBody } from "./body.ts";
import type { Routes } from "./routes.ts";
import type { Sender } from "./sender.ts";
import type { Unverified } from "./unverified.ts";

export interface ServerPorts {
  readonly routes: Routes;
  readonly unverified: Unverified;
  readonly log: Log;
  /** Answers what no route is for; absent: nothing is there. */
  readonly otherwise?: Otherwise;
}

export type Otherwise = (request: IncomingMessage, sender: Sender) => Promise<Answer>;

/** Longer than GitHub waits for an answer, so that nobody holds a connection for ever. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Counted from when a connection is taken, so a process that was busy must not count it against the sender. */
const HEADERS_TIMEOUT_MS = 30_000;
const TIMEOUTS_CHECKED_MS = 5_000;
/** For a connection on which nothing moves, such as one whose answer nobody reads. */
const SILENCE_MS = 60_000;

/**
 * A face of the app to the network. Not Probot's own server: that reads a body of any size before it looks at the
 * signature, and logs the payload of a delivery that fails.
 */
export function createHttpServer(ports: ServerPorts): Server {
  const { unverified } = ports;
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUTS_CHECKED_MS,
  });
  server.timeout = SILENCE_MS;
  server.on("connection", (socket) => unverified.connected(socket));
  server.on("request", (request, response) => {
    const { socket } = request;
    const sender = unverified.sender(socket);
    const taken = sender?.inTurn(async () => {
      const result = await answer(request, sender, ports);
      if (!request.complete && result.headers?.connection !== "close") discardBody(request);
      send(response, result);
      sender.answered();
    });
    if (!taken) socket.destroy();
  });
  return server;
}

/** Never rejects. */
async function answer(
  request: IncomingMessage,
  sender: Sender,
  { routes, otherwise, log }: ServerPorts,
): Promise<Answer> {
  const path = pathOf(request);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  const handle = route?.handle ?? otherwise;
  if (!handle) return problem(404, "nothing here");
  if (route && request.method !== route.method) {
    return { ...problem(405, `use ${route.method}`), headers: { allow: route.method } };
  }
  try {
    return await handle(request, sender);
  } catch (error) {
    // A sender that hangs up is no fault of ours.
    const report = request.complete ? log.error : log.debug;
    report({ path, error }, "request failed");
    return problem(500, "not accepted; deliver again later");
  }
}

function send(response: ServerResponse, result: Answer): void {
  response.writeHead(result.status, {
    ...(result.contentType && { "content-type": result.contentType }),
    "content-length": Buffer.byteLength(result.text),
    "x-content-type-options": "nosniff",
    ...writable(result.headers),
  });
  response.end(result.text);
}

/** A header that comes several times is a list, which Node wants to own. */
function writable(headers: Answer["headers"] = {}): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, typeof text === "string" ? text : [...text]]),
  );
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}
