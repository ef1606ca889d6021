import { createHmac, randomUUID } from "node:crypto";
import type { Json } from "../shapes/links.ts";
import type { WorldEvent } from "../world/events.ts";
import type { Installation } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { audienceOf } from "./audience.ts";
import { payloadOf } from "./payloads.ts";
import { post } from "./post.ts";

/** Where an app listens and the secret its deliveries are signed with. */
export interface Hook {
  readonly appId: number;
  /** `null`: an address that no host has. What is sent there fails, and is listed like any other failure. */
  readonly url: string | null;
  readonly secret: string;
}

export interface Delivery {
  readonly id: number;
  /** The same for a delivery and all its redeliveries. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Json;
  readonly appId: number;
  readonly installationId: number;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  deliveredAt: string;
  /** The receiver's HTTP status; 0: none came, or the delivery was dropped. */
  status: number;
  durationMs: number;
  /** Whether it came to an end: what is held back or under way is not listed yet. */
  ended: boolean;
}

/** Signs and sends what the world announces, one delivery after the other, and keeps a record of each. */
export class Deliveries {
  readonly deliveries: Delivery[] = [];
  readonly #state: State;
  readonly #hooks = new Map<number, Hook>();
  readonly #drops: ((delivery: Delivery) => boolean)[] = [];
  readonly #stopped = new AbortController();
  readonly #hold: (delivery: Delivery) => void;
  #held: Delivery[] | null = null;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** `hold` is given each payload that is sent, to hold it against what GitHub describes. */
  constructor(state: State, hold: (delivery: Delivery) => void = () => {}) {
    this.#state = state;
    this.#hold = hold;
    state.listen((event) => this.#announce(event));
  }

  connect(hook: Hook): void {
    this.#hooks.set(hook.appId, hook);
  }

  /** Resolves when everything that was queued has been answered; what is held by `pause` does not count. */
  async settled(): Promise<void> {
    while (this.#waiting > 0) await this.#tail;
  }

  /** Holds deliveries back, as GitHub does under load. */
  pause(): void {
    this.#held ??= [];
  }

  /** Sends what was held, newest first if asked: GitHub promises no order. */
  resume({ order = "kept" }: { readonly order?: "kept" | "reversed" } = {}): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivery of order === "reversed" ? held.toReversed() : held) this.#enqueue(delivery);
  }

  /** From now on deliveries that match are lost on the way. Gives a function that ends it. */
  drop(lost: (delivery: Delivery) => boolean): () => void {
    this.#drops.push(lost);
    return () => {
      this.#drops.splice(this.#drops.indexOf(lost), 1);
    };
  }

  redeliver(id: number): boolean {
    const before = this.deliveries.find((delivery) => delivery.id === id);
    if (!before) return false;
    this.#record({ ...before, id: this.#state.nextId(), redelivery: true, ended: false });
    return true;
  }

  stop(): void {
    this.#stopped.abort();
  }

  #announce(event: WorldEvent): void {
    const { account, repo, onlyApp } = audienceOf(event);
    const payload = payloadOf(this.#state, event);
    for (const installation of this.#state.installations.values()) {
      const { app } = installation;
      if (installation.account !== account || !this.#hooks.has(app.id)) continue;
      if (onlyApp !== undefined && onlyApp !== app.id) continue;
      if (!wants(installation, event)) continue;
      this.#record({
        id: this.#state.nextId(),
        guid: randomUUID(),
        event: event.event,
        action: "action" in event ? event.action : null,
        payload: { installation: { id: installation.id, node_id: `I_${installation.id}` }, ...payload },
        appId: app.id,
        installationId: installation.id,
        repositoryId: repo?.id ?? null,
        redelivery: false,
        deliveredAt: this.#state.now(),
        status: 0,
        durationMs: 0,
        ended: false,
      });
    }
  }

  #record(delivery: Delivery): void {
    this.deliveries.push(delivery);
    if (!delivery.redelivery) this.#hold(delivery);
    if (this.#held) this.#held.push(delivery);
    else this.#enqueue(delivery);
  }

  #enqueue(delivery: Delivery): void {
    if (this.#drops.some((lost) => lost(delivery))) {
      delivery.ended = true;
      return;
    }
    this.#waiting += 1;
    this.#tail = this.#tail.then(async () => {
      await this.#send(delivery);
      this.#waiting -= 1;
    });
  }

  async #send(delivery: Delivery): Promise<void> {
    const hook = this.#hooks.get(delivery.appId);
    if (!hook || this.#stopped.signal.aborted) return;
    const body = JSON.stringify(delivery.payload);
    const started = performance.now();
    delivery.deliveredAt = this.#state.now();
    delivery.status =
      hook.url === null
        ? 0
        : await post(hook.url, body, {
            signal: this.#stopped.signal,
            headers: headersOf(delivery, hook, body),
          });
    delivery.durationMs = performance.now() - started;
    delivery.ended = true;
  }
}

function headersOf(
  delivery: Delivery,
  { appId, secret }: Hook,
  body: string,
): Readonly<Record<string, string>> {
  return {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/double",
    "x-github-delivery": delivery.guid,
    "x-github-event": delivery.event,
    "x-github-hook-id": String(appId),
    "x-github-hook-installation-target-id": String(appId),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
}

/** Besides what an app subscribed to, it hears of its installation and, where it may write checks, of its own checks. */
function wants({ app, permissions, suspendedAt }: Installation, event: WorldEvent): boolean {
  if (event.event.startsWith("installation")) return true;
  if (suspendedAt !== null) return false;
  return app.events.includes(event.event) || (permissions.checks === "write" && isForCheckWriters(event));
}

function isForCheckWriters(event: WorldEvent): boolean {
  if (event.event === "check_suite") return event.action !== "completed";
  return (
    event.event === "check_run" && (event.action === "rerequested" || event.action === "requested_action")
  );
}
