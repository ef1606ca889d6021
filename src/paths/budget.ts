/** What work may still be done. It counts comparisons, so that it is the same on every machine. */
export interface Meter {
  /** Below zero: too much was asked for. */
  left: number;
  /** For patterns that have to be sorted first. Below zero: what was found is not all there is. */
  sorting: number;
}

export interface Limits {
  readonly stepsPerPath: number;
  /** For all paths that are ever asked. */
  readonly stepsInAll: number;
}

/** A meter that two limits fill. */
export class Budget implements Meter {
  left = 0;
  sorting = 0;
  #used = 0;
  #granted = 0;
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The steps taken for all paths so far. */
  get used(): number {
    return this.#used;
  }

  /** Fills the meter for work that starts so many steps into a path. */
  grant(steps: number): void {
    const { stepsPerPath, stepsInAll } = this.#limits;
    this.#granted = Math.min(stepsPerPath - steps, stepsInAll - this.#used);
    this.left = this.#granted;
  }

  /** Settles what was used; false when it was more than there is. */
  settle(): boolean {
    this.#used += this.#granted - this.left;
    return this.left >= 0 && this.sorting >= 0;
  }
}
