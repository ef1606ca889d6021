import type { OwnerRef } from "../ownership/owner.ts";
import { createOwnership } from "../ownership/ownership.ts";
import { parseCodeowners } from "../ownership/parse.ts";
import type { Policy } from "../policy/policy.ts";
import type { ChangedFile, SourceFile } from "../signoff/snapshot.ts";
import { teamKey } from "./teams.ts";

type TeamRef = Extract<OwnerRef, { kind: "team" }>;

/** The teams that own a changed path, old or new, and those that the policy names; each once. */
export function teamsInQuestion(
  files: readonly ChangedFile[],
  codeowners: SourceFile | null,
  policy: Policy | null,
): readonly TeamRef[] {
  const owners = [...pathOwners(files, codeowners), ...(policy === null ? [] : policyOwners(policy))];
  const teams = owners.filter((owner) => owner.kind === "team");
  return [...new Map(teams.map((team) => [teamKey(team), team])).values()];
}

function pathOwners(files: readonly ChangedFile[], codeowners: SourceFile | null): readonly OwnerRef[] {
  const ownership = createOwnership(parseCodeowners(codeowners?.text ?? ""));
  const paths = files.flatMap(({ path, previousPath }) => [path, ...(previousPath ? [previousPath] : [])]);
  return paths.flatMap((path) => {
    const owned = ownership.of(path);
    return owned.kind === "owned" ? owned.owners : [];
  });
}

function policyOwners({ areas, unowned }: Policy): readonly OwnerRef[] {
  return [
    ...unowned,
    ...areas.flatMap(({ from, senior }) => [...(from === "owners" ? [] : from), ...senior]),
  ];
}
