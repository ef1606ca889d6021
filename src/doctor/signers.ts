import type { OwnerRef } from "../ownership/owner.ts";
import { teamKey } from "./areas.ts";
import type { Collaborator, Facts } from "./facts.ts";

/** Those of these owners who could sign as GitHub counts them. */
export interface SignersFound {
  readonly able: readonly Collaborator[];
  /** What would tell the rest; `null` where nobody is hidden. */
  readonly hidden: string | null;
}

/** People with write permission. */
export function humansAmong(collaborators: readonly Collaborator[]): readonly Collaborator[] {
  return collaborators.filter(({ role, machine }) => role !== "other" && !machine);
}

export function signersAmong(
  owners: readonly OwnerRef[],
  facts: Facts,
  humans: readonly Collaborator[],
): SignersFound {
  const { ids, hidden } = peopleOf(owners, facts);
  return { able: humans.filter(({ id, login }) => ids.has(id) || ids.has(login.toLowerCase())), hidden };
}

/** Accounts by id where a team has them, by lower-cased login where CODEOWNERS names them. */
function peopleOf(
  owners: readonly OwnerRef[],
  { teams }: Facts,
): { readonly ids: ReadonlySet<number | string>; readonly hidden: string | null } {
  const ids = new Set<number | string>();
  let hidden: string | null = null;
  for (const owner of owners) {
    if (owner.kind === "user") ids.add(owner.login.toLowerCase());
    if (owner.kind !== "team") continue;
    const members = teams[teamKey(owner)] ?? { unknown: "a look at that team" };
    if ("unknown" in members) hidden = members.unknown;
    else for (const { id } of members.known) ids.add(id);
  }
  return { ids, hidden };
}
