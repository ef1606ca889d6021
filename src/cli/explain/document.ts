import type { Demand, Demands } from "../../signoff/requirements/requirements.ts";
import type { Requirement } from "../../signoff/verdict.ts";
import type { CommitExplanation } from "./commit.ts";
import type { PathExplanation } from "./path.ts";

/** What `explain --json` prints. */
export function documentOf(
  { owner, name }: { readonly owner: string; readonly name: string },
  explained: CommitExplanation | PathExplanation,
) {
  const { demands, ...rest } = explained;
  const asked =
    "ai" in demands ? { ai: askedOf(demands.ai), people: askedOf(demands.people) } : askedOf(demands);
  return { version: 1, repository: { owner, name }, ...rest, asked };
}

function askedOf({ required, courtesy }: Demands) {
  return { required: required.map(requirementOf), courtesy: courtesy.map(requirementOf) };
}

/** `obstacle` is what has to be mended before anybody can sign. */
function requirementOf({
  requirement,
  obstacle,
}: Demand): Requirement & { readonly obstacle: string | null } {
  return { ...requirement, obstacle };
}
