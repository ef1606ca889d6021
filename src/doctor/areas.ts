import { type OwnerRef, ownerKey } from "../ownership/owner.ts";
import { createOwnership, type PathOwnership, WHOLE_TREE_LIMITS } from "../ownership/ownership.ts";
import { parseCodeowners } from "../ownership/parse.ts";
import type { AreaRule, Policy } from "../policy/policy.ts";
import { indexAreas } from "../production/touched.ts";
import type { OwnershipFacts } from "./facts.ts";

/** Files of one area that the same people sign for. */
export interface OwnedFiles {
  readonly rule: AreaRule;
  /** Empty where nobody is named, or nobody knows who. */
  readonly owners: readonly OwnerRef[];
  /** None for an area whose signers the config lists, as long as no file lies in it. */
  readonly paths: readonly string[];
}

/** The files of every area in force by who signs for them. */
export function ownedFiles(policy: Policy, { files, codeowners }: OwnershipFacts): readonly OwnedFiles[] {
  const index = indexAreas(policy.areas);
  const inArea = policy.areas.map((): string[] => []);
  for (const path of files) for (const place of index.of(path)) inArea[place]?.push(path);
  const parsed = parseCodeowners(codeowners?.text ?? "");
  const ownership = createOwnership(parsed, WHOLE_TREE_LIMITS);
  const ownersOf = (path: string) => (parsed.oversize ? [] : ownersIn(ownership.of(path), policy));
  return policy.areas.flatMap((rule, place) => {
    const paths = inArea[place] ?? [];
    if (rule.from !== "owners") return [{ rule, owners: rule.from, paths }];
    const byOwners = Map.groupBy(paths, (path) => keyOf(ownersOf(path)));
    return [...byOwners.values()].map((own) => ({ rule, owners: ownersOf(own[0] ?? ""), paths: own }));
  });
}

function ownersIn(found: PathOwnership, { unowned }: Policy): readonly OwnerRef[] {
  switch (found.kind) {
    case "owned":
      return found.owners;
    case "invalid":
      return [];
    case "un-owned":
    case "unmatched":
      return unowned;
  }
}

function keyOf(owners: readonly OwnerRef[]): string {
  return [...new Set(owners.map(ownerKey))].toSorted().join(" ");
}

/** The teams on whose members it depends whether an area can be signed. */
export function teamsOf(owned: readonly OwnedFiles[]): readonly Extract<OwnerRef, { kind: "team" }>[] {
  const refs = owned.flatMap(({ rule, owners }) => [...owners, ...rule.senior]);
  const teams = refs.flatMap((owner) => (owner.kind === "team" ? [owner] : []));
  return [...new Map(teams.map((team) => [ownerKey(team), team])).values()];
}

/** By which the facts name a team. */
export function teamKey({ org, slug }: { readonly org: string; readonly slug: string }): string {
  return `${org}/${slug}`.toLowerCase();
}
