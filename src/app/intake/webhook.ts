import type { IncomingMessage } from "node:http";
import type { Delivery } from "../../store/jobs.ts";
import { type Body, MAX_BODY_BYTES, readBody } from "./body.ts";
import type { Sender } from "./sender.ts";
import { type SecretName, type Secrets, SignatureCheck } from "./signature.ts";

/** A delivery that is certain to be GitHub's: its signature was good, or it was read from GitHub. */
export interface Webhook {
  readonly delivery: Delivery;
  readonly payload: unknown;
}

export interface Verified {
  readonly webhook: Webhook;
  readonly secret: SecretName;
}

/** Why a delivery is refused, with the answer to it. */
export const REFUSALS = {
  "content-type": { status: 415, reason: "set the webhook's content type to application/json" },
  headers: { status: 400, reason: "X-GitHub-Delivery or X-GitHub-Event is missing or odd" },
  unsigned: { status: 401, reason: "X-Hub-Signature-256 is missing or odd" },
  signature: { status: 401, reason: "the signature does not match the body" },
  "too-large": { status: 413, reason: "larger than any webhook of GitHub's" },
  fragmented: { status: 400, reason: "in too many pieces" },
  dropped: {
    status: 503,
    reason: "too many requests at once, and this was the slowest; deliver again later",
  },
  "not-json": { status: 400, reason: "not a JSON object" },
} as const;

export type Refusal = keyof typeof REFUSALS;

interface From {
  readonly sender: Sender;
  readonly secrets: Secrets;
}

/** Reads a webhook, cheap refusals first: what can be told from the headers costs no body. */
export async function readWebhook(
  request: IncomingMessage,
  { sender, secrets }: From,
): Promise<Verified | Refusal> {
  const envelope = readHeaders(request);
  if (typeof envelope === "string") return envelope;
  const check = new SignatureCheck(secrets);
  const onPart = (part: Buffer) => check.update(part);
  const body = await readBody(request, { maxBytes: MAX_BODY_BYTES, sender, onPart });
  if (typeof body === "string") return body;
  const secret = body.length === 0 ? null : check.madeWith(envelope.signature);
  if (secret === null) {
    body.drop();
    return "signature";
  }
  sender.accepted();
  const payload = parse(body);
  if (typeof payload !== "object" || payload === null) return "not-json";
  return { webhook: webhookOf(envelope, payload), secret };
}

/** A delivery as it is taken in, however it came. */
export function webhookOf({ id, event }: Pick<Delivery, "id" | "event">, payload: unknown): Webhook {
  const action =
    typeof payload === "object" && payload !== null && "action" in payload ? payload.action : undefined;
  const named = typeof action === "string" && NAME.test(action) ? action : null;
  return { delivery: { id, event, action: named }, payload };
}

interface Envelope {
  readonly id: string;
  readonly event: string;
  readonly signature: string;
}

const ID = /^[\w-]{1,100}$/;
/** Of an event or an action. GitHub adds events: what is not known is accepted all the same. */
const NAME = /^[\w.:-]{1,100}$/;
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

function readHeaders({ headers }: IncomingMessage): Envelope | Refusal {
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) return "content-type";
  const id = header(headers["x-github-delivery"], ID);
  const event = header(headers["x-github-event"], NAME);
  if (id === null || event === null) return "headers";
  const signature = header(headers["x-hub-signature-256"], SIGNATURE);
  return signature === null ? "unsigned" : { id, event, signature };
}

function header(value: string | string[] | undefined, form: RegExp): string | null {
  return typeof value === "string" && form.test(value) ? value : null;
}

function parse(body: Body): unknown {
  try {
    return JSON.parse(body.take());
  } catch {
    return undefined;
  }
}
