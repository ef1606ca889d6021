import type { RequirementOutcome } from "./verdict.ts";

/** Whether a merge has to wait for it where the config enforces. A "no" stops it even if the area observes. */
export function blocks({ requirement, status }: RequirementOutcome): boolean {
  return status === "refused" || (status !== "signed" && requirement.mode === "enforce");
}
