/** What work may still be done. It counts comparisons, so that it is the same on every machine. */
export interface Meter {
  /** Below zero: too much was asked for. */
  left: number;
  /** For patterns that have to be sorted first. Below zero: what was found is not all there is. */
  sorting: number;
}

export interface Budget {
  readonly meter: Meter;
  /** Fills the meter for work that starts so many steps into a path. */
  grant(steps: number): void;
  /** Settles what was used; false when it was more than there is. */
  settle(): boolean;
  /** The steps used for all paths so far. */
  used(): number;
}

export interface Limits {
  readonly stepsPerPath: number;
  /** For all paths that are ever asked. */
  readonly stepsInAll: number;
}

export function openBudget({ stepsPerPath, stepsInAll }: Limits): Budget {
  const meter: Meter = { left: 0, sorting: 0 };
  let granted = 0;
  let leftInAll = stepsInAll;
  return {
    meter,
    grant(steps) {
      granted = Math.min(stepsPerPath - steps, leftInAll);
      meter.left = granted;
    },
    settle() {
      leftInAll -= granted - meter.left;
      return meter.left >= 0 && meter.sorting >= 0;
    },
    used: () => stepsInAll - leftInAll,
  };
}
