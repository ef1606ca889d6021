import { type Caches, dropPull } from "../github/caches.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { interpret } from "./events.ts";
import type { Log } from "./log.ts";
import type { Webhook } from "./webhook.ts";

export interface DeliveryPorts {
  readonly store: Pick<Store, "accept">;
  readonly caches: Caches;
  readonly clock: Clock;
  readonly log: Log;
  /** The login of the app's own bot, `null` while it is not known. */
  readonly self: () => string | null;
  readonly delivered: (event: string) => void;
  readonly wake: () => void;
}

/** Turns deliveries into jobs. Resolves once they are on disk. */
export function deliveryReceiver(ports: DeliveryPorts): (webhook: Webhook) => Promise<void> {
  return async ({ delivery, payload }) => {
    const { store, caches, clock, log, self, delivered, wake } = ports;
    const { tasks, changed } = interpret({ event: delivery.event, payload, self: self() });
    if (changed) dropPull(caches, changed, changed.pull);
    const accepted = await store.accept(delivery, tasks, clock.now());
    delivered(delivery.event);
    const { id, event, action } = delivery;
    log.debug({ id, event, action, tasks: tasks.length, repeated: !accepted }, "delivery accepted");
    if (accepted && tasks.length > 0) wake();
  };
}
