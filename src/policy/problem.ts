import type { CataloguedCode, ProblemCode } from "./problems.ts";

/** Something wrong with an input, said once and precisely: where it is, what was found, what to do. */
export interface Problem {
  /** Stable, for tests and machines; what each means is in `problems.ts`. */
  readonly code: ProblemCode;
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

/** A problem of a file as it is. */
export interface FileProblem extends Problem {
  readonly code: CataloguedCode;
}
