import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Health, Readiness } from "../operation/health.ts";
import type { Log } from "../operation/log.ts";
import type { InFlightDeliveries } from "./in-flight.ts";
import { validateConfig } from "./validate-api.ts";
import { readWebhook, type Verify, type Webhook } from "./webhook.ts";

export interface ServerPorts {
  readonly inFlight: InFlightDeliveries;
  readonly verify: Verify;
  /** Resolves once the delivery is on disk; a rejection makes GitHub show it as failed. */
  readonly accept: (webhook: Webhook) => Promise<void>;
  readonly health: () => Promise<Health>;
  /** Never rejects. */
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly log: Log;
}

export const WEBHOOK_PATH = "/api/github/webhooks";

interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
}

type Handler = (request: IncomingMessage, ports: ServerPorts) => Promise<Answer>;

const ROUTES: Readonly<Record<string, { readonly method: string; readonly handle: Handler }>> = {
  [WEBHOOK_PATH]: { method: "POST", handle: webhook },
  "/healthz": { method: "GET", handle: health },
  "/readyz": { method: "GET", handle: readiness },
  "/metrics": { method: "GET", handle: metrics },
  "/api/validate": { method: "POST", handle: validateConfig },
};

/** Long enough for 25 MB over a slow line, short enough that nobody holds a connection for ever. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * The app's whole face to the network. Not Probot's own server: that reads a body of any size before it looks at
 * the signature, and logs the payload of a delivery that fails.
 */
export function createHttpServer(ports: ServerPorts): Server {
  const server = createServer((request, response) => {
    answer(request, ports).then(
      (result) => send(response, result),
      (error: unknown) => {
        // A sender that hangs up is no fault of ours.
        const report = request.complete ? ports.log.error : ports.log.debug;
        report({ path: pathOf(request), error }, "request failed");
        send(response, problem(500, "not accepted; deliver again later"));
      },
    );
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return server;
}

async function answer(request: IncomingMessage, ports: ServerPorts): Promise<Answer> {
  const path = pathOf(request);
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (!route) return problem(404, "nothing here");
  if (request.method !== route.method) {
    return { ...problem(405, `use ${route.method}`), headers: { allow: route.method } };
  }
  return route.handle(request, ports);
}

async function webhook(request: IncomingMessage, ports: ServerPorts): Promise<Answer> {
  return ports.inFlight.during(async () => {
    const received = await readWebhook(request, ports.verify);
    if ("status" in received) return problem(received.status, received.reason);
    await ports.accept(received);
    return { status: 202, text: "" };
  });
}

async function health(_: IncomingMessage, ports: ServerPorts): Promise<Answer> {
  return json(200, { status: "ok", ...(await ports.health()) });
}

async function readiness(_: IncomingMessage, ports: ServerPorts): Promise<Answer> {
  const { ready, ...parts } = await ports.readiness();
  return json(ready ? 200 : 503, { status: ready ? "ready" : "not ready", ...parts });
}

async function metrics(_: IncomingMessage, ports: ServerPorts): Promise<Answer> {
  return { status: 200, ...(await ports.metrics()) };
}

function json(status: number, value: object): Answer {
  return { status, contentType: "application/json", text: JSON.stringify(value) };
}

function problem(status: number, error: string): Answer {
  return json(status, { error });
}

function send(response: ServerResponse, result: Answer): void {
  response.writeHead(result.status, {
    ...(result.contentType && { "content-type": result.contentType }),
    "content-length": Buffer.byteLength(result.text),
    "x-content-type-options": "nosniff",
    ...result.headers,
  });
  response.end(result.text);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}
