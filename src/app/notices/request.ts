import { createHash, createHmac } from "node:crypto";
import { documentOf, textOf } from "../../notices/document.ts";
import type { Happening } from "../../notices/happening.ts";
import { slackMessage } from "../../notices/slack.ts";
import type { NoticeTarget } from "../operation/notice-settings.ts";

export interface Request {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Sender {
  /** GitHub as people see it. */
  readonly github: string;
  readonly secret: string | undefined;
  readonly now: Date;
}

const JSON_TYPE = "application/json; charset=utf-8";

/**
 * What is posted to an address.
 * @throws {Error} for an address of our own format without a secret, which settings do not allow
 */
export function requestOf(target: NoticeTarget, happening: Happening, sender: Sender): Request {
  const { address, format } = target;
  const { github } = sender;
  const headers = { "content-type": JSON_TYPE, "user-agent": "Countersign" };
  if (format === "slack") return { address, headers, body: JSON.stringify(slackMessage(happening, github)) };
  const id = idOf(target, happening);
  const body = textOf(documentOf(happening, { id, github }));
  return { address, headers: { ...headers, ...signature(body, sender), "x-countersign-delivery": id }, body };
}

/** Stays the same over all tries, and differs from one address to the other. */
function idOf({ name }: NoticeTarget, { key }: Happening): string {
  return createHash("sha256").update(`${name}\n${key}`).digest("hex").slice(0, 32);
}

/** The time is signed too, so that a receiver can refuse what somebody recorded and sends again. */
function signature(body: string, { secret, now }: Sender): Readonly<Record<string, string>> {
  if (secret === undefined) throw new Error("there is no secret to sign a notice with");
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const digest = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { "x-countersign-timestamp": timestamp, "x-countersign-signature-256": `sha256=${digest}` };
}
