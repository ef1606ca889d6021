import type { Model } from "./model.ts";
import type { News } from "./news.ts";
import type { Shop } from "./shop.ts";
import { checkOn, isGreen, targets } from "./targets.ts";

/** By which a commit stopped being one that may pass. */
interface End {
  readonly act: number;
  /** It gave people rights and took none, so that no pass is put in doubt: that it ends is found when it is judged. */
  readonly isGain: boolean;
}

/** In place of an act: an earlier one was heard of since. */
const HEARD_SINCE: End = { act: -1, isGain: false };

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

/** When the checks are looked at. */
export const MOMENTS = {
  withdrawn: "before anything was judged again",
  judged: "with nothing left to do",
} as const;
type Moment = (typeof MOMENTS)[keyof typeof MOMENTS];

/** Holds the checks that GitHub shows against the model. */
export class Properties {
  readonly #observed: Observed;
  #since = new Map<string, End>();

  constructor(observed: Observed) {
    this.#observed = observed;
  }

  /** After every act: which commits may no longer pass. */
  note(end: End): void {
    const { shop, model } = this.#observed;
    const before = this.#since;
    const wrong = targets(shop, model).filter(({ lenient }) => !lenient);
    this.#since = new Map(wrong.map(({ sha }) => [sha, before.get(sha) ?? end]));
  }

  /**
   * (a) Where what ended a pass was heard, the pass is over, or excused.
   * @throws {Broken}
   */
  async neverTooGreen(moment: Moment, isExcused: (sha: string) => Promise<boolean>): Promise<void> {
    const { shop, model, news } = this.#observed;
    this.note(HEARD_SINCE);
    for (const { sha, lenient, what } of targets(shop, model)) {
      const since = this.#since.get(sha);
      if (lenient || since === undefined || !news.isHeard(since.act)) continue;
      if (since.isGain && moment === MOMENTS.withdrawn) continue;
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
    for (const { sha, lenient, strict, what, isGroup } of targets(shop, model)) {
      const green = isGreen(shop, sha);
      if (green && !lenient) this.#fail(`at rest, ${what} is green and may not pass`, sha);
      const isAsked = !isGroup || news.isAskedFor(sha);
      if (!green && strict && isAsked) this.#fail(`at rest, ${what} is not green and has to pass`, sha);
    }
  }

  #fail(what: string, sha: string): never {
    const { status, conclusion, title } = checkOn(this.#observed.shop, sha) ?? {};
    const check = `The check is ${status} ${conclusion ?? ""}: ${title ?? "nothing"}`;
    throw new Broken([what, check, ...this.#observed.story()].join("\n"));
  }
}
