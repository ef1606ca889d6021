import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import type { AreaRule, Policy } from "../../policy/policy.ts";
import { BUILT_IN_AREAS } from "../../production/built-in.ts";
import { areaMatchers, touchedAreas } from "../../production/touched.ts";
import { createOwnersLookup } from "../../signoff/requirements/path-owners.ts";
import { groupByArea } from "../../signoff/requirements/paths-by-area.ts";
import { findRequirements, type ScopedRequirements } from "../../signoff/requirements/requirements.ts";
import type { ChangedFile, SourceFile } from "../../signoff/snapshot.ts";
import { holdTrees } from "../local-git/objects/held.ts";
import { readFirstFile } from "../local-git/objects/source-files.ts";
import type { LocalRepository } from "../local-git/repository/repository.ts";

/** Today's rules: the policy and CODEOWNERS of HEAD. */
export interface Rules {
  readonly policy: Policy;
  readonly codeowners: SourceFile | null;
}

/** An area that holds some of the paths, where it is written down, and which of its patterns say so. */
export interface TouchedArea {
  readonly area: string;
  readonly origin: string;
  /** What a built-in area is about. */
  readonly why: string | null;
  readonly patterns: readonly string[];
  readonly paths: readonly string[];
}

export async function readCodeowners({ git, refs }: LocalRepository): Promise<SourceFile | null> {
  const head = await refs.head();
  if (head === null) return null;
  await holdTrees(git, [head.sha]);
  return readFirstFile(git, head.sha, CODEOWNERS_LOCATIONS);
}

export function areasOf({ policy }: Rules, paths: readonly string[]): readonly TouchedArea[] {
  const touched = touchedAreas(
    policy.areas,
    paths.map((path) => ({ path })),
  );
  return touched.flatMap(({ name, paths: held }) => {
    const rule = policy.areas.find((area) => area.name === name);
    if (rule === undefined) return [];
    const why = BUILT_IN_AREAS.find((area) => area.name === name)?.why ?? null;
    return [{ area: name, origin: rule.origin, why, patterns: patternsFor(rule, held), paths: held }];
  });
}

/** Each pattern taken as an area of its own. */
function patternsFor(rule: AreaRule, paths: readonly string[]): readonly string[] {
  const matchers = areaMatchers(rule.paths.map((pattern) => ({ name: pattern, paths: [pattern] })));
  return matchers.filter(({ holds }) => paths.some(holds)).map(({ name }) => name);
}

/** What a change of these paths asks for, by the evaluator's own rules. */
export function hazardRequirementsOf(
  { policy, codeowners }: Rules,
  paths: readonly string[],
  by: { readonly ai: boolean; readonly tools: readonly string[] },
): ScopedRequirements {
  const holders = createOwnersLookup(codeowners, policy.unowned);
  const areas = policy.areas.map((area) => ({ ...area, when: "always" as const }));
  const files = paths.map(fileAt);
  const ground = groupByArea({ files }, areas);
  const governed = { ...policy, areas };
  return findRequirements({ files, ground, raised: [], policy: governed, ownersLookup: holders, ...by });
}

/** Nothing but the path is known here, so that an area counts as if it asked always: it may ask for less. */
function fileAt(path: string): ChangedFile {
  return { path, status: "modified", contentId: null, additions: 0, deletions: 0 };
}
