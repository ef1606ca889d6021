import type { Problem } from "../../policy/problem.ts";
import { type ResolvedPolicy, resolvePolicy } from "../../policy/resolve.ts";
import { CONFIG_PATH, type PolicySources } from "../../policy/source.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { placeOf } from "../../signoff/wording/words.ts";
import { Failure } from "../failure.ts";
import { readConfigFile } from "../policy-files.ts";

/** A policy to be tried. */
export interface Candidate {
  /** As the user names it. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  readonly warnings: readonly Problem[];
  /** What it says of a pull request. */
  readonly over: (snapshot: Snapshot) => PolicySources;
}

export const TODAY = "today";
const THEN = "then";

interface Place {
  /** Today's. */
  readonly sources: PolicySources;
  readonly directory: string;
}

/**
 * The policies by their names, each once. What the organization's config says today holds for all: what it said then
 * would be guessed. Throws a `Failure` where one of them cannot be tried.
 */
export function candidatesOf(names: readonly string[], place: Place): Promise<readonly Candidate[]> {
  return Promise.all([...new Set(names)].map((name) => candidate(name, place)));
}

async function candidate(name: string, { sources, directory }: Place): Promise<Candidate> {
  const { organization } = sources;
  if (name === THEN) {
    const title = `the ${CONFIG_PATH} of the base of then`;
    return { name, title, warnings: [], over: ({ policySources }) => ({ ...policySources, organization }) };
  }
  const repository = name === TODAY ? sources.repository : await readConfigFile(directory, name);
  const { problems } = valid({ organization, repository });
  return {
    name,
    title: name === TODAY ? titleOfToday(sources) : name,
    warnings: problems,
    over: ({ policySources }) => ({ ...policySources, organization, repository }),
  };
}

function titleOfToday({ repository }: PolicySources): string {
  return repository.status === "absent"
    ? `the built-in areas, as there is no ${CONFIG_PATH} today`
    : `today’s ${CONFIG_PATH}`;
}

function valid(sources: PolicySources): ResolvedPolicy {
  const resolved = resolvePolicy(sources);
  const [first] = resolved.problems;
  if (resolved.policy !== null || first === undefined) return resolved;
  throw new Failure(`${placeOf(first)}: ${first.message} ${first.remedy}`);
}
