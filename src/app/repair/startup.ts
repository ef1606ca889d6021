import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { retryAt } from "../work/backoff.ts";

export interface TryPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Does something that needs GitHub, again and again until it succeeds or the signal ends it. Never rejects. */
export async function keepTrying(
  { clock, log, signal }: TryPorts,
  attempt: () => Promise<void>,
): Promise<void> {
  for (let attempts = 0; !signal.aborted; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) return;
      const now = clock.now();
      const again = retryAt(error, attempts, now);
      log.error({ error, again: again.toISOString() }, "GitHub does not tell the App its installations");
      await clock.sleep(again.getTime() - now.getTime(), signal);
    }
  }
}
