import type { Conclusion } from "../../signoff/verdict.ts";

/** GitHub lets a merge through on these. */
export const PASSING_CONCLUSIONS: ReadonlySet<Conclusion> = new Set(["success", "neutral"]);
