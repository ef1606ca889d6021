/** Reading a text takes more steps than there are: nothing may be told from it. */
export class OutOfSteps extends Error {
  override readonly name = "OutOfSteps";
}

/**
 * The steps that reading may take. They count what is read and not seconds, so that every machine gives up at the same
 * place, and a verdict never hangs on the clock.
 */
export class Steps {
  readonly #most: number;
  #left: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  get taken(): number {
    return this.#most - this.#left;
  }

  /** @throws {OutOfSteps} */
  take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw new OutOfSteps();
  }
}
