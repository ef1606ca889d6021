import type { Model } from "./model.ts";
import type { News } from "./news.ts";
import type { Shop } from "./shop.ts";
import { checkOn, isGreen, mayPass, type Target, targets } from "./targets.ts";

/** By which a commit stopped being one that may pass. */
interface End {
  readonly act: number;
  /**
   * It gave people rights and took none, or came before that was judged. It puts no pass in doubt, and neither does the
   * refusal of somebody who had no right to when the head passed: that it ends is found when it is judged.
   */
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
  /** Whether somebody gained a right since everything was judged. */
  #isGained = false;

  constructor(observed: Observed) {
    this.#observed = observed;
  }

  /** After every act: which commits may no longer pass. */
  note(end: End): readonly Target[] {
    const { shop, model } = this.#observed;
    const before = this.#since;
    this.#isGained ||= end.isGain;
    const ended = { ...end, isGain: this.#isGained };
    const wrong = targets(shop).filter((each) => !mayPass(model, each, "lenient"));
    this.#since = new Map(wrong.map(({ sha }) => [sha, before.get(sha) ?? ended]));
    return wrong;
  }

  /**
   * (a) Where what ended a pass was heard, the pass is over, or excused.
   * @throws {Broken}
   */
  async neverTooGreen(moment: Moment, isExcused: (sha: string) => Promise<boolean>): Promise<void> {
    const { shop, news } = this.#observed;
    for (const { sha, what } of this.note(HEARD_SINCE)) {
      const since = this.#since.get(sha);
      if (since === undefined || !news.isHeard(since.act)) continue;
      if (since.isGain && moment === MOMENTS.withdrawn) continue;
      if (!isGreen(shop, sha) || (await isExcused(sha))) continue;
      this.#fail(`${moment}, ${what} is green and may not pass`, sha);
    }
    if (moment === MOMENTS.judged) this.#isGained = false;
  }

  /** What is heard late may be that somebody gained a right. */
  heardLate(): void {
    this.#isGained = true;
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
