import type { Facts } from "../facts.ts";
import type { Outcome } from "../outcome.ts";

/** `error`: a change could merge without its countersignature. `warning`: that becomes easier, or signing hard. */
export type Severity = "error" | "warning";

/** One thing that has to be so for the gate to be real. */
export interface FindingRule {
  readonly code: string;
  readonly severity: Severity;
  /** What is so where it holds. */
  readonly says: string;
  readonly judge: (facts: Facts) => Outcome;
  /** One command or link. It names nothing that others chose but the repository and its owner. */
  readonly fix: (facts: Facts) => string;
}
