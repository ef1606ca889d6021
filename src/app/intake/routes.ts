import type { IncomingMessage } from "node:http";
import type { Readiness } from "../operation/health.ts";
import { type Answer, json, problem } from "./answer.ts";
import type { InFlightDeliveries } from "./in-flight.ts";
import type { Sender } from "./sender.ts";
import type { SecretName, Secrets } from "./signature.ts";
import { configValidator } from "./validate-api.ts";
import { REFUSALS, type Refusal, readWebhook, type Webhook } from "./webhook.ts";

interface Route {
  readonly method: "GET" | "POST";
  readonly handle: (request: IncomingMessage, sender: Sender) => Promise<Answer>;
}

/** By path. */
export type Routes = Readonly<Record<string, Route>>;

export const WEBHOOK_PATH = "/api/github/webhooks";

export interface WebhookPorts {
  readonly secrets: Secrets;
  readonly inFlight: InFlightDeliveries;
  /** Resolves once the delivery is on disk; a rejection makes GitHub show it as failed. */
  readonly accept: (webhook: Webhook) => Promise<void>;
  readonly verified: (secret: SecretName) => void;
  readonly refused: (why: Refusal) => void;
}

/** What GitHub must reach, and a sign of life. */
export function webhookRoutes(ports: WebhookPorts): Routes {
  return {
    [WEBHOOK_PATH]: { method: "POST", handle: (request, sender) => webhook(request, sender, ports) },
    ...LIVENESS,
  };
}

export function validateRoutes(now: () => number): Routes {
  return { "/api/validate": { method: "POST", handle: configValidator(now) } };
}

const KEYS_PATH = "/.well-known/countersign/keys.json";

/** What statements are checked with. */
export function keysRoutes(keys: () => Promise<object>): Routes {
  const handle = async () => ({ ...json(200, await keys()), headers: { "cache-control": "max-age=300" } });
  return { [KEYS_PATH]: { method: "GET", handle } };
}

export interface OperationPorts {
  /** Never rejects. */
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** What those who run the app ask. */
export function operationRoutes(ports: OperationPorts): Routes {
  return {
    "/readyz": { method: "GET", handle: () => readiness(ports) },
    "/metrics": { method: "GET", handle: async () => ({ status: 200, ...(await ports.metrics()) }) },
    ...LIVENESS,
  };
}

/** It asks nothing of the store: a database that does not answer is not mended by a restart. */
export const LIVENESS: Routes = {
  "/healthz": { method: "GET", handle: async () => json(200, { status: "ok" }) },
};

async function webhook(request: IncomingMessage, sender: Sender, ports: WebhookPorts): Promise<Answer> {
  const received = await readWebhook(request, { sender, secrets: ports.secrets });
  if (typeof received === "string") {
    ports.refused(received);
    sender.refused();
    return refusal(received);
  }
  ports.verified(received.secret);
  await ports.inFlight.during(() => ports.accept(received.webhook));
  return { status: 202, text: "" };
}

/** The rest of what is refused so is not read. */
const CUT_OFF: ReadonlySet<Refusal> = new Set(["dropped", "fragmented"]);

function refusal(why: Refusal): Answer {
  const { status, reason } = REFUSALS[why];
  return { ...problem(status, reason), ...(CUT_OFF.has(why) && { headers: { connection: "close" } }) };
}

async function readiness(ports: OperationPorts): Promise<Answer> {
  const { ready, ...parts } = await ports.readiness();
  return json(ready ? 200 : 503, { status: ready ? "ready" : "not ready", ...parts });
}
