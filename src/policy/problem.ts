/** Something wrong with an input, said once and precisely: where it is, what was found, what to do. */
export interface Problem {
  /** Stable, for tests and machines: `config/unknown-key`, `evidence/truncated`. */
  readonly code: string;
  /** `error` makes the conclusion `failure`; `warning` is shown and changes nothing. */
  readonly severity: "error" | "warning";
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly remedy: string;
}
