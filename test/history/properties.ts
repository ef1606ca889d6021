import type { Model } from "./model.ts";
import type { News } from "./news.ts";
import type { Shop } from "./shop.ts";
import { checkOn, isGreen, mayPass, type Target, targets } from "./targets.ts";

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
  note(act: number): readonly Target[] {
    const { shop, model } = this.#observed;
    const before = this.#since;
    const wrong = targets(shop).filter((each) => !mayPass(model, each, "lenient"));
    this.#since = new Map(wrong.map(({ sha }) => [sha, before.get(sha) ?? act]));
    return wrong;
  }

  /**
   * (a) Where what ended a pass was heard, the pass is over, or excused.
   * @throws {Broken}
   */
  async neverTooGreen(moment: string, isExcused: (sha: string) => Promise<boolean>): Promise<void> {
    const { shop, news } = this.#observed;
    for (const { sha, what } of this.note(HEARD_SINCE)) {
      const since = this.#since.get(sha);
      if (since === undefined || !news.isHeard(since)) continue;
      if (!isGreen(shop, sha) || (await isExcused(sha))) continue;
      this.#fail(`${moment}, ${what} is green and may not pass`, sha);
    }
  }

  /**
   * (b) What passes may pass, and (c) what has to pass does.
   * @throws {Broken}
   */
  equal(): void {
    const { shop, model, news } = this.#observed;
    for (const target of targets(shop)) {
      const { sha, what, isGroup } = target;
      const green = isGreen(shop, sha);
      if (green && !mayPass(model, target, "lenient"))
        this.#fail(`at rest, ${what} is green and may not pass`, sha);
      const isAsked = !isGroup || news.isAskedFor(sha);
      if (!green && isAsked && mayPass(model, target, "strict"))
        this.#fail(`at rest, ${what} is not green and has to pass`, sha);
    }
  }

  #fail(what: string, sha: string): never {
    const { status, conclusion, title } = checkOn(this.#observed.shop, sha) ?? {};
    const check = `The check is ${status} ${conclusion ?? ""}: ${title ?? "nothing"}`;
    throw new Broken([what, check, ...this.#observed.story()].join("\n"));
  }
}
