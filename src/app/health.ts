import type { Store } from "../store/store.ts";
import type { Health } from "./server.ts";

/** How the queue stands. Rejects when the store does not answer. */
export async function health(
  store: Pick<Store, "active" | "depth" | "nextDueAt">,
  now: Date,
): Promise<Health> {
  const [jobs, active, due] = await Promise.all([store.depth(), store.active(now), store.nextDueAt()]);
  const waitedMs = due === null ? 0 : Math.max(now.getTime() - due.getTime(), 0);
  return { jobs, active, oldestSeconds: Math.floor(waitedMs / 1000) };
}
