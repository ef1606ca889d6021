import type { RawResponse } from "./faults.ts";

/** Answers that wait until a test lets them go. */
export class HeldAnswers {
  readonly #waiting: (() => void)[] = [];
  readonly #watchers: { readonly count: number; readonly seen: () => void }[] = [];
  #asked = 0;
  #open = false;
  #onRelease: () => void = () => {};

  /** How many questions came so far. */
  get count(): number {
    return this.#asked;
  }

  /** Resolves when so many questions have come. */
  asked(count = 1): Promise<void> {
    return new Promise((seen) => {
      if (this.#asked >= count) seen();
      else this.#watchers.push({ count, seen });
    });
  }

  /** Lets the oldest answer go. The others, and those to come, wait on. */
  releaseOne(): void {
    this.#waiting.shift()?.();
  }

  /** Lets all answers go, and holds no more. */
  release(): void {
    this.#open = true;
    this.#onRelease();
    for (const go of this.#waiting.splice(0)) go();
  }

  keep(answer: () => RawResponse): Promise<RawResponse> {
    this.#asked += 1;
    for (const { count, seen } of this.#watchers) if (this.#asked >= count) seen();
    if (this.#open) return Promise.resolve(answer());
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(answer());
        } catch (problem) {
          reject(problem);
        }
      });
    });
  }

  whenReleased(stop: () => void): void {
    this.#onRelease = stop;
  }
}
