import type { GithubDouble } from "../github-double/double.ts";
import type { Delivery } from "../github-double/webhooks/deliveries.ts";
import type { App } from "./app.ts";

/** What becomes of the news of an act. */
export const FATES = { told: "told", lost: "lost", late: "late", twice: "delivered twice" } as const;
export type Fate = keyof typeof FATES;

/** What GitHub sends about each act, and what of it was taken in. */
export class News {
  readonly #webhooks: GithubDouble["webhooks"];
  /** For each act, by number, the deliveries that were not taken in. */
  readonly #unheard: Set<string>[] = [];
  readonly #groups = new Set<string>();
  #late: Delivery[] = [];
  #sent = 0;

  constructor(webhooks: GithubDouble["webhooks"]) {
    this.#webhooks = webhooks;
  }

  /** The number of the act that was done last, and what GitHub sends about it. */
  ofAct(): { readonly act: number; readonly deliveries: readonly Delivery[] } {
    const deliveries = this.fresh();
    this.#unheard.push(new Set(deliveries.map(({ guid }) => guid)));
    return { act: this.#unheard.length - 1, deliveries };
  }

  /** What was sent since the last look. */
  fresh(): readonly Delivery[] {
    const deliveries = this.#webhooks.deliveries.slice(this.#sent);
    this.#sent += deliveries.length;
    return deliveries;
  }

  isHeard(act: number): boolean {
    return (this.#unheard[act]?.size ?? 0) === 0;
  }

  get allHeard(): boolean {
    return this.#unheard.every(({ size }) => size === 0);
  }

  /** Whether the app was ever asked to check the commit of a group: no look at what is open tells of one. */
  isAskedFor(group: string): boolean {
    return this.#groups.has(group);
  }

  async send(deliveries: readonly Delivery[], fate: Fate, app: App): Promise<void> {
    if (fate === "late") this.#late.push(...deliveries);
    if (fate === "lost") for (const delivery of deliveries) delivery.ended = true;
    if (fate === "told" || fate === "twice") await this.deliver(deliveries, app);
    if (fate === "twice") await this.deliver(deliveries, app);
  }

  /** What is late arrives, the newest first: GitHub promises no order. */
  async arrive(app: App): Promise<void> {
    const late = this.#late.toReversed();
    this.#late = [];
    await this.deliver(late, app);
  }

  /** What the app's own doing leads to, and what GitHub delivers again. */
  async deliverFresh(app: App): Promise<void> {
    for (let fresh = this.fresh(); fresh.length > 0; fresh = this.fresh()) await this.deliver(fresh, app);
  }

  async deliver(deliveries: readonly Delivery[], app: App): Promise<void> {
    for (const delivery of deliveries) {
      const isTaken = await app.deliver(delivery);
      delivery.ended = true;
      delivery.status = isTaken ? 202 : 0;
      if (!isTaken) continue;
      for (const unheard of this.#unheard) unheard.delete(delivery.guid);
      const group = groupIn(delivery.payload);
      if (group !== null) this.#groups.add(group);
    }
  }
}

function groupIn({ merge_group: group }: Delivery["payload"]): string | null {
  return typeof group === "object" && group !== null && "head_sha" in group ? String(group.head_sha) : null;
}
