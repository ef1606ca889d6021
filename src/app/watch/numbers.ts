import type { Store } from "../../store/store.ts";
import { isBypass, isOutcome } from "../../watch/outcome.ts";
import type { WatchNumbers } from "../operation/metrics.ts";

/** What the metrics tell of the watch. */
export async function watchNumbers(
  store: Pick<Store, "outcomes" | "oldestWatchSweep">,
  now: Date,
): Promise<WatchNumbers> {
  const [changes, swept] = [await store.outcomes(), await store.oldestWatchSweep()];
  const bypasses = changes.filter(
    ({ outcome, allowed }) => !allowed && isOutcome(outcome) && isBypass(outcome),
  );
  return {
    changes,
    bypasses: bypasses.reduce((sum, { count }) => sum + count, 0),
    sweptSeconds: swept === null ? 0 : (now.getTime() - swept) / 1000,
  };
}
