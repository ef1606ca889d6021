import type { Model } from "./model.ts";
import type { News } from "./news.ts";
import type { Shop } from "./shop.ts";
import { checkOn, isGreen, targets } from "./targets.ts";

/** In place of an act: an earlier one was heard of since. */
const HEARD_SINCE = -1;

/** A property does not hold. The message tells the story. */
class Broken extends Error {
  override readonly name = "Broken";
}

interface Observed {
  readonly shop: Shop;
  readonly model: Model;
  readonly news: News;
  /** What happened so far, and what the app complained of. */
  readonly story: () => readonly string[];
}

/** Holds the checks that GitHub shows against the model. */
export class Properties {
  readonly #observed: Observed;
  /** By commit, the act by which it stopped being one that may pass. */
  #since = new Map<string, number>();

  constructor(observed: Observed) {
    this.#observed = observed;
  }

  /** After every act: which commits may no longer pass. */
  note(act: number): void {
    const { shop, model } = this.#observed;
    const before = this.#since;
    const wrong = targets(shop, model).filter(({ lenient }) => !lenient);
    this.#since = new Map(wrong.map(({ sha }) => [sha, before.get(sha) ?? act]));
  }

  /**
   * (a) Where what ended a pass was heard, the pass is over, or excused.
   * @throws {Broken}
   */
  async neverTooGreen(moment: string, isExcused: (sha: string) => Promise<boolean>): Promise<void> {
    const { shop, model, news } = this.#observed;
    this.note(HEARD_SINCE);
    for (const { sha, lenient, what } of targets(shop, model)) {
      const since = this.#since.get(sha);
      if (lenient || since === undefined || !news.isHeard(since)) continue;
      if (!isGreen(shop, sha) || (await isExcused(sha))) continue;
      this.#fail(`${moment}, ${what} is green and may not pass`, sha);
    }
  }

  /**
   * (b) What passes may pass, and (c) what has to pass does.
   * @throws {Broken}
   */
  equal(): void {
    const { shop, model } = this.#observed;
    for (const { sha, lenient, strict, what } of targets(shop, model)) {
      const green = isGreen(shop, sha);
      if (green && !lenient) this.#fail(`at rest, ${what} is green and may not pass`, sha);
      if (!green && strict) this.#fail(`at rest, ${what} is not green and has to pass`, sha);
    }
  }

  #fail(what: string, sha: string): never {
    const { status, conclusion, title } = checkOn(this.#observed.shop, sha) ?? {};
    const check = `The check is ${status} ${conclusion ?? ""}: ${title ?? "nothing"}`;
    throw new Broken([what, check, ...this.#observed.story()].join("\n"));
  }
}
