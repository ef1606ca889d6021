import type { Pull } from "../github-double/world/model.ts";
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
  /** The same of heads of which the last pull request was closed. */
  readonly #leftSince = new Map<string, number>();
  #open = new Set<Pull>();

  constructor(observed: Observed) {
    this.#observed = observed;
  }

  /** After every act: which commits may no longer pass. */
  note(act: number): readonly Target[] {
    const { shop, model } = this.#observed;
    const before = this.#since;
    const wrong = targets(shop).filter((each) => !mayPass(model, each, "lenient"));
    this.#since = new Map(wrong.map(({ sha }) => [sha, before.get(sha) ?? act]));
    this.#noteLeft(act);
    return wrong;
  }

  /**
   * (d) A pass does not outlive the closing of its last pull request, once that was heard.
   * @throws {Broken}
   */
  async neverLeftGreen(moment: string, isExcused: (sha: string) => Promise<boolean>): Promise<void> {
    const { shop, news } = this.#observed;
    for (const [sha, since] of this.#leftSince) {
      if (!news.isHeard(since) || !isGreen(shop, sha) || (await isExcused(sha))) continue;
      this.#fail(`${moment}, ${sha.slice(0, 7)} is green, and its pull request is closed`, sha);
    }
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

  /** What a push leaves behind is none of these: nothing of it is told but the new head. */
  #noteLeft(act: number): void {
    const pulls = [...this.#observed.shop.repo.pulls.values()];
    const isLeft = ({ state, mergedAt }: Pull) => state === "closed" && mergedAt === null;
    const needed = new Set(pulls.filter((pull) => !isLeft(pull)).map(({ headSha }) => headSha));
    for (const sha of needed) this.#leftSince.delete(sha);
    for (const pull of pulls) {
      const { headSha } = pull;
      if (!isLeft(pull) || !this.#open.has(pull) || needed.has(headSha)) continue;
      if (!this.#leftSince.has(headSha)) this.#leftSince.set(headSha, act);
    }
    this.#open = new Set(pulls.filter(({ state }) => state === "open"));
  }

  #fail(what: string, sha: string): never {
    const { status, conclusion, title } = checkOn(this.#observed.shop, sha) ?? {};
    const check = `The check is ${status} ${conclusion ?? ""}: ${title ?? "nothing"}`;
    throw new Broken([what, check, ...this.#observed.story()].join("\n"));
  }
}
