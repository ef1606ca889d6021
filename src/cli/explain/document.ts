import type { ScopedRequirement, ScopedRequirements } from "../../signoff/requirements/requirements.ts";
import type { Requirement } from "../../signoff/verdict.ts";
import type { CommitExplanation } from "./commit.ts";
import type { PathExplanation } from "./path.ts";

/** What `explain --json` prints. */
export function documentOf(
  { owner, name }: { readonly owner: string; readonly name: string },
  explained: CommitExplanation | PathExplanation,
) {
  const { scopedRequirements, ...rest } = explained;
  const asked =
    "ai" in scopedRequirements
      ? { ai: askedOf(scopedRequirements.ai), people: askedOf(scopedRequirements.people) }
      : askedOf(scopedRequirements);
  return { version: 1, repository: { owner, name }, ...rest, asked };
}

function askedOf({ required, optionalReviews }: ScopedRequirements) {
  return { required: required.map(requirementOf), optionalReviews: optionalReviews.map(requirementOf) };
}

/** `obstacle` is what has to be mended before anybody can sign. */
function requirementOf({
  requirement,
  obstacle,
}: ScopedRequirement): Requirement & { readonly obstacle: string | null } {
  return { ...requirement, obstacle };
}
