import type { RequirementOutcome, Verdict } from "../signoff/verdict.ts";
import { count, few, ownerNames } from "../signoff/words.ts";

/** What is missing, in one line. */
export function titleOf({ conclusion, wouldBe, requirements, problems, provenance }: Verdict): string {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (conclusion === "failure") return `${count(errors.length, "problem")} to mend first`;
  const open = requirements.filter(({ status }) => status !== "signed");
  const signed = `${requirements.length - open.length} of ${requirements.length} countersigned`;
  const told = requirements.length === 0 ? `nothing to countersign, written by ${provenance.writer}` : signed;
  const missing = open.length === 0 ? told : `${told}: ${few(open.map(missingOf))}`;
  return wouldBe === undefined ? missing : `only observing; enforced it would be ${wouldBe}: ${missing}`;
}

function missingOf({ requirement, status }: RequirementOutcome): string {
  return `${requirement.area} is ${status} for ${ownerNames(requirement.from.owners)}`;
}
