import { type OwnerRef, ownerKey } from "../../../ownership/owner.ts";
import { createOwnership, type Ownership } from "../../../ownership/ownership.ts";
import { parseCodeowners } from "../../../ownership/parse.ts";
import { ownersNamedBy } from "../../../policy/listed.ts";
import type { Policy } from "../../../policy/policy.ts";
import type { ChangedFile } from "../../../signoff/snapshot.ts";

/** What says who may sign in a repository. */
export interface Rules {
  readonly ownership: Ownership;
  /** `null` where it is invalid. */
  readonly policy: Policy | null;
  /** Characters of CODEOWNERS. */
  readonly size: number;
}

export function rulesOf(codeowners: string, policy: Policy | null): Rules {
  return { ownership: createOwnership(parseCodeowners(codeowners)), policy, size: codeowners.length };
}

type Ends = Pick<ChangedFile, "path" | "previousPath">;

/** The owners of every changed path, old or new, and those that the policy names; each once. */
export function ownersInQuestion(files: readonly Ends[], { ownership, policy }: Rules): readonly OwnerRef[] {
  const owners = [...pathOwners(files, ownership), ...(policy === null ? [] : ownersNamedBy(policy))];
  return [...new Map(owners.map((owner) => [ownerKey(owner), owner])).values()];
}

/** The people among owners. */
export function loginsOf(owners: readonly OwnerRef[]): readonly string[] {
  return owners.flatMap((owner) => (owner.kind === "user" ? [owner.login] : []));
}

function pathOwners(files: readonly Ends[], ownership: Ownership): readonly OwnerRef[] {
  const paths = files.flatMap(({ path, previousPath }) => [path, ...(previousPath ? [previousPath] : [])]);
  return paths.flatMap((path) => {
    const owned = ownership.of(path);
    return owned.kind === "owned" ? owned.owners : [];
  });
}
