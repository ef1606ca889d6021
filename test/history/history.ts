import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import { ACTS, type ActName } from "./acts/acts.ts";
import type { Choices } from "./acts/choosing.ts";
import { App } from "./app.ts";
import { Endings } from "./endings.ts";
import { Excuse } from "./excuse.ts";
import { Interruption } from "./interruption.ts";
import { Model } from "./model.ts";
import { FATES, News } from "./news.ts";
import { Properties } from "./properties.ts";
import { openShop, type Shop } from "./shop.ts";
import { EVENTS, type EventName, type Plan, type Step } from "./steps.ts";
import { relieve, TROUBLES, type TroubleName } from "./troubles.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
/** Longer than a killed process keeps its hold on a job. */
const LEASE_MS = 61_000;
/** The app keeps answers about people for some minutes, as long as it hears of no change. */
const ABOUT_PEOPLE: ReadonlySet<ActName> = new Set([
  "team",
  "loseRight",
  "loseOverride",
  "leaveOrganization",
  "permission",
  "rename",
]);
/** Far more often than anything that is put off has to be tried to be done. */
const MOST_ROUNDS = 40;

/** One history: GitHub, the app, and the model that knows everything. */
export class History {
  readonly story: string[] = [];
  readonly #shop: Shop;
  readonly #endings = new Endings();
  readonly #store = this.#endings.notedOf(openSqliteStore(":memory:"));
  readonly #model: Model;
  readonly #news: News;
  readonly #properties: Properties;
  readonly #excuse: Excuse;
  readonly #redelivers: boolean;
  readonly #interruption = new Interruption();
  readonly #aboutPeople: number[] = [];
  #app: App | null = null;

  private constructor(shop: Shop, redelivers: boolean) {
    this.#shop = shop;
    this.#redelivers = redelivers;
    this.#news = new News(shop.double.webhooks);
    this.#model = new Model(shop, (act) => this.#news.isHeard(act));
    this.#excuse = new Excuse(shop, this.#store);
    const story = () => this.#told();
    this.#properties = new Properties({ shop, model: this.#model, news: this.#news, story });
  }

  /** @throws {Broken} */
  static async play({ steps, redelivers }: Plan): Promise<History> {
    const history = new History(await openShop(), redelivers);
    try {
      await history.#start();
      await history.#running.settle();
      for (const step of steps) await history.#step(step);
    } finally {
      await history.#shop.double.stop();
      await history.#store.close();
    }
    return history;
  }

  /** How often a check turned green. */
  get greens(): number {
    return this.#shop.double.transitions.filter(({ conclusion }) => conclusion === "success").length;
  }

  get #running(): App {
    if (this.#app === null) throw new Error("the app does not run");
    return this.#app;
  }

  async #start(): Promise<void> {
    const { double, clock } = this.#shop;
    this.#app = await App.start({ double, store: this.#store, clock, interruptions: this.#interruption });
  }

  async #step(step: Step): Promise<void> {
    this.#shop.clock.pass(2 * SECOND_MS);
    if ("trouble" in step) return this.#suffer(step.trouble, step);
    if ("event" in step) return this.#befall(step.event, step);
    let happened = step.during !== null;
    if (step.during !== null) {
      this.#interruption.plan("after", step.during, () => this.#actMeanwhile(step));
      await this.#running.settle();
      happened = this.#interruption.over();
    }
    if (!happened) await this.#act(step);
    await this.#running.withdrawn();
    await this.#check("before anything was judged again");
    if (step.rest) await this.#rest();
  }

  /** Takes its time, so that what was asked before is older. */
  async #actMeanwhile(step: Extract<Step, { act: string }>): Promise<void> {
    this.#shop.clock.pass(SECOND_MS);
    await this.#act(step, " meanwhile");
  }

  async #act({ act, fate, ...choices }: Extract<Step, { act: string }>, when = ""): Promise<void> {
    await this.#news.deliverFresh(this.#running);
    const said =
      ACTS[act](this.#shop, choices) ?? ACTS.review(this.#shop, choices) ?? ACTS.open(this.#shop, choices);
    if (said === null) return;
    const { act: number, deliveries } = this.#news.ofAct();
    if (ABOUT_PEOPLE.has(act)) this.#aboutPeople.push(number);
    this.story.push(`${said}${when}${fate === "told" ? "" : ` (the news is ${FATES[fate]})`}`);
    this.#model.past.observe(number);
    this.#model.spoken.observe();
    this.#properties.note(number);
    await this.#news.send(deliveries, fate, this.#running);
  }

  /** Until nothing is due and nothing is news. */
  async #rest(): Promise<void> {
    let sent = 0;
    do {
      await this.#news.deliverFresh(this.#running);
      await this.#running.settle();
      const fresh = this.#news.fresh();
      sent = fresh.length;
      await this.#news.deliver(fresh, this.#running);
    } while (sent > 0 && !this.#running.life.isOver);
    if (!this.#running.life.isOver) this.#model.spoken.look();
    await this.#check("with nothing left to do");
    if (!this.#news.allHeard || !(await this.#isIdle())) return;
    this.#model.past.rest();
    this.#model.spoken.rest();
  }

  /** Only the next look at everything is left, and what time ends. */
  async #isIdle(): Promise<boolean> {
    const ahead = this.#endings.ahead(this.#shop.clock.now());
    return (await this.#store.depth()) <= 1 + ahead && (await this.#store.nextWithdrawalAt()) === null;
  }

  async #suffer(trouble: TroubleName, choices: Choices): Promise<void> {
    this.story.push(TROUBLES[trouble](this.#shop, choices));
    await this.#excuse.observe();
  }

  async #befall(event: EventName, { a, b }: Choices): Promise<void> {
    const { double, clock } = this.#shop;
    this.story.push(EVENTS[event]);
    switch (event) {
      case "kill":
        return this.#kill(b % 2 === 0 ? "before" : "after", 1 + (a % 6));
      case "relief":
        return this.#relieve();
      case "arrival":
        await this.#news.arrive(this.#running);
        return this.#running.withdrawn();
      case "again": {
        const taken = double.webhooks.deliveries.filter(({ status }) => status === 202);
        const again = taken.slice((a * 60 + b) % Math.max(1, taken.length)).slice(0, 1);
        await this.#news.deliver(again, this.#running);
        return this.#running.withdrawn();
      }
      case "hour":
        clock.pass(HOUR_MS);
        return this.#rest();
      case "quiet":
        return this.#comeToRest();
    }
  }

  /** In the middle of its work, and another process goes on with the store. */
  async #kill(at: "before" | "after", request: number): Promise<void> {
    this.#interruption.plan(at, request, async () => this.#running.life.end());
    await this.#running.settle();
    this.#interruption.over();
    this.#running.life.end();
    this.#shop.clock.pass(LEASE_MS);
    await this.#start();
  }

  async #relieve(): Promise<void> {
    relieve(this.#shop);
    this.#shop.clock.pass(HOUR_MS);
    await this.#rest();
  }

  /** All that is late or lost comes after all, or a sweep stands in for it; then the checks are as the model says. */
  async #comeToRest(): Promise<void> {
    const { double, clock } = this.#shop;
    relieve(this.#shop);
    clock.pass(HOUR_MS);
    if (!this.#redelivers) double.faults.emptyList(({ path }) => path.endsWith("/app/hook/deliveries"));
    await this.#news.arrive(this.#running);
    await this.#store.enqueue([{ kind: "upkeep" }], "direct", clock.now());
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await this.#rest();
      if (await this.#isIdle()) break;
      const due = [await this.#store.nextDueAt(), await this.#store.nextWithdrawalAt()];
      const next = Math.min(...due.map((at) => at?.getTime() ?? Number.POSITIVE_INFINITY));
      clock.pass(Math.max(SECOND_MS, next - clock.now().getTime()));
    }
    this.#properties.equal();
  }

  /** Nothing is asked of a moment in which the news of people is lost or late. */
  async #check(moment: string): Promise<void> {
    if (this.#running.life.isOver) return;
    await this.#excuse.observe();
    if (!this.#aboutPeople.every((act) => this.#news.isHeard(act))) return;
    await this.#properties.neverTooGreen(moment, this.#excuse.covers);
    await this.#properties.neverLeftGreen(moment, this.#excuse.covers);
  }

  #told(): readonly string[] {
    const bad = this.#running.log.lines
      .filter(({ level }) => level === "warn" || level === "error")
      .slice(-3);
    const complaints = bad.map(({ message, fields }) => `  ${message}: ${String(fields.error ?? "")}`);
    return [...this.story.map((line, index) => `${index + 1}. ${line}`), ...complaints];
  }
}
