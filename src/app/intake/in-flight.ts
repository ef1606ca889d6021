/** So many deliveries at once are a rush: GitHub waits for their answers, and for the verdicts nobody so strictly. */
const RUSH = 3;

/** Counts the deliveries that are not answered yet. */
export class InFlightDeliveries {
  #open = 0;

  get rush(): boolean {
    return this.#open >= RUSH;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#open += 1;
    try {
      return await work();
    } finally {
      this.#open -= 1;
    }
  }
}
