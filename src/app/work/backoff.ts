import { GitHubProblem, GitHubUnavailable } from "../../github/client/errors.ts";

const FIRST_MS = 5_000;
const LONGEST_MS = 10 * 60_000;

/** What never becomes complete is read once an hour. */
const LONGEST_READING_MS = 60 * 60_000;

/** A wait as long as this is a limit on the whole installation, not a hiccup of one answer. */
const LIMITED_FROM_MS = 30_000;

/** When to read again what was incomplete for the `attempts + 1`th time. */
export function readAgainAt(wanted: Date, attempts: number, now: Date): Date {
  const wait = Math.min(FIRST_MS * 2 ** Math.min(attempts, 12), LONGEST_READING_MS);
  return attempts === 0 ? wanted : new Date(Math.max(wanted.getTime(), now.getTime() + wait));
}

/** When to try again what failed for the `attempts + 1`th time. Waits grow, and end nowhere. */
export function retryAt(error: unknown, attempts: number, now: Date): Date {
  const wait = Math.min(FIRST_MS * 2 ** Math.min(attempts, 10), LONGEST_MS);
  return new Date(now.getTime() + Math.max(wait, askedWaitMs(error)));
}

/** Until when GitHub wants no request of the whole installation, `null` when it did not say so. */
export function limitedUntil(error: unknown, now: Date): Date | null {
  if (!(error instanceof GitHubUnavailable) || error.retryAfterMs < LIMITED_FROM_MS) return null;
  return new Date(now.getTime() + error.retryAfterMs);
}

function askedWaitMs(error: unknown): number {
  if (error instanceof GitHubUnavailable) return error.retryAfterMs;
  return error instanceof GitHubProblem ? (error.retryAfterMs ?? 0) : 0;
}
