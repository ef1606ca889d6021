import type { IncomingMessage } from "node:http";
import type { Delivery } from "../../store/store.ts";
import { discardBody, readBody } from "./body.ts";

/** A delivery whose signature was good. */
export interface Webhook {
  readonly delivery: Delivery;
  readonly payload: unknown;
}

export interface Refusal {
  readonly status: 400 | 401 | 413 | 415;
  readonly reason: string;
}

/** True when the secret made this signature for this body. */
export type Verify = (body: string, signature: string) => Promise<boolean>;

/** Reads a webhook, cheap refusals first: what can be told from the headers costs no body. */
export async function readWebhook(request: IncomingMessage, verify: Verify): Promise<Webhook | Refusal> {
  const envelope = readHeaders(request);
  if ("status" in envelope) return refuse(request, envelope);
  const body = await readBody(request);
  if (body === null) return refuse(request, { status: 413, reason: "larger than any webhook of GitHub's" });
  if (body === "" || !(await verify(body, envelope.signature))) {
    return { status: 401, reason: "the signature does not match the body" };
  }
  const payload = parse(body);
  if (typeof payload !== "object" || payload === null) return { status: 400, reason: "not a JSON object" };
  const action = "action" in payload && typeof payload.action === "string" ? payload.action : null;
  return { delivery: { id: envelope.id, event: envelope.event, action }, payload };
}

interface Envelope {
  readonly id: string;
  readonly event: string;
  readonly signature: string;
}

const ID = /^[\w-]{1,100}$/;
const EVENT = /^[a-z_]{1,100}$/;
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

function readHeaders({ headers }: IncomingMessage): Envelope | Refusal {
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    return { status: 415, reason: "set the webhook's content type to application/json" };
  }
  const id = header(headers["x-github-delivery"], ID);
  const event = header(headers["x-github-event"], EVENT);
  if (id === null || event === null) {
    return { status: 400, reason: "X-GitHub-Delivery or X-GitHub-Event is missing or odd" };
  }
  const signature = header(headers["x-hub-signature-256"], SIGNATURE);
  if (signature === null) return { status: 401, reason: "X-Hub-Signature-256 is missing or odd" };
  return { id, event, signature };
}

function header(value: string | string[] | undefined, form: RegExp): string | null {
  return typeof value === "string" && form.test(value) ? value : null;
}

function refuse(request: IncomingMessage, refusal: Refusal): Refusal {
  discardBody(request);
  return refusal;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
