import type { IncomingMessage } from "node:http";

/** GitHub sends nothing larger: such deliveries are dropped on its side. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** Beyond this a sender who was told "too large" is cut off. */
const MAX_DISCARDED_BYTES = 2 * MAX_BODY_BYTES;

/** The body as text, or `null` when it is too large; then no more than the limit was ever held. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<string | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Lets the rest of a refused body go by unread, for a while: a connection cut while the sender still writes would
 * hide the answer from it.
 */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.on("error", () => {});
  request.resume();
}
