import type { Clock } from "../operation/clock.ts";
import type { Request } from "./request.ts";

export type Sent =
  | { readonly status: "done" }
  /** `why` is for the log. */
  | { readonly status: "failed"; readonly why: unknown; readonly retryAfterMs: number };

const LIMIT_MS = 10_000;

/** A day: whoever asks for more is asked again then. */
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** Posts it, and follows no redirect: only the address that the operator set was allowed. Never rejects. */
export async function send(
  { address, headers, body }: Request,
  clock: Clock,
  stop: AbortSignal,
): Promise<Sent> {
  const done = new AbortController();
  const late = new AbortController();
  void clock.sleep(LIMIT_MS, done.signal).then(() => late.abort(new Error("no answer within 10 seconds")));
  try {
    const signal = AbortSignal.any([stop, late.signal]);
    const response = await fetch(address, { method: "POST", headers, body, redirect: "manual", signal });
    await response.body?.cancel();
    if (response.ok) return { status: "done" };
    const retryAfterMs = waitOf(response.headers.get("retry-after"), clock.now());
    return { status: "failed", why: `status ${response.status}`, retryAfterMs };
  } catch (why) {
    return { status: "failed", why, retryAfterMs: 0 };
  } finally {
    done.abort();
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3); 0 for neither. */
function waitOf(header: string | null, now: Date): number {
  if (header === null) return 0;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
