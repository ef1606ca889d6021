import { type Caches, dropPull } from "../../github/reading/read-snapshot.ts";
import type { Tool } from "../../provenance/tool/tool.ts";
import type { Store } from "../../store/store.ts";
import { taskKey } from "../../store/task.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { interpret } from "./events.ts";
import { mayHoldFormerMarks } from "./former-text.ts";
import { readHint } from "./hint.ts";
import { heardAt } from "./participants.ts";
import type { Webhook } from "./webhook.ts";

export interface DeliveryPorts {
  readonly store: Pick<Store, "accept" | "configuredSignals">;
  readonly caches: Caches;
  readonly clock: Clock;
  readonly log: Log;
  /** The login of the app's own bot, `null` while it is not known. */
  readonly self: () => string | null;
  /** Called once the delivery is on disk, with the time that took. */
  readonly delivered: (event: string, seconds: number) => void;
  readonly wake: () => void;
}

/** Those of the repository's config, where the event may hold a text that only they find something in. */
async function signalsFor(
  store: DeliveryPorts["store"],
  { event, action }: Webhook["delivery"],
  payload: unknown,
): Promise<readonly Tool[] | null> {
  if (!mayHoldFormerMarks(event, action)) return null;
  const repository = readHint(payload)?.repository;
  return repository ? store.configuredSignals(repository) : null;
}

/** Turns deliveries into jobs. Resolves once they are on disk. */
export function deliveryReceiver(ports: DeliveryPorts): (webhook: Webhook) => Promise<void> {
  return async ({ delivery, payload }) => {
    const { store, caches, clock, log, self, delivered, wake } = ports;
    const now = clock.now();
    const signals = await signalsFor(store, delivery, payload);
    const notice = { event: delivery.event, payload, self: self() };
    const { news: told, changed } = interpret({ ...notice, ...(signals && { signals }) });
    const news = heardAt(told, now);
    if (changed) dropPull(caches, changed, changed.pull);
    const accepted = await store.accept(delivery, news, now);
    const { tasks, invalidation, commits = [] } = news;
    delivered(delivery.event, (clock.now().getTime() - now.getTime()) / 1000);
    const { id, event, action } = delivery;
    const asked = tasks.map(taskKey).join(" ");
    const pulls = tasks.flatMap((task) => (task.kind === "head" ? task.pulls : [])).join(" ");
    log.debug({ delivery: id, event, action, asked, pulls, repeated: !accepted }, "delivery accepted");
    if (accepted && (tasks.length + commits.length > 0 || invalidation !== undefined)) wake();
  };
}
