import { GitHubUnavailable } from "../github/client/errors.ts";

export type Wait = (ms: number) => Promise<void>;

const TRIES = 3;
/** Nobody pays for a runner that waits longer: the next event or sweep tries again. */
const LONGEST_WAIT_MS = 60_000;

/** Whether what was tried so often is worth another try after so long. */
export function isWorthWaiting(attempt: number, retryAfterMs: number): boolean {
  return attempt < TRIES && retryAfterMs <= LONGEST_WAIT_MS;
}

/** Asks again a little later where GitHub cannot answer. @throws what the last try threw */
export async function patiently<Answer>(wait: Wait, ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GitHubUnavailable) || !isWorthWaiting(attempt, error.retryAfterMs)) throw error;
      await wait(error.retryAfterMs);
    }
  }
}
