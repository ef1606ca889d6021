import type { Policy } from "../../src/policy/policy.ts";
import type { Problem } from "../../src/policy/problem.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { CONFIG_PATH, type PolicySource } from "../../src/policy/source.ts";

export const ORGANIZATION_FILE = `acme/.github: ${CONFIG_PATH}`;
export const ABSENT: PolicySource = { status: "absent" };

export interface Texts {
  readonly organization?: string;
  readonly repository?: string;
}

export function resolveTexts({ organization, repository }: Texts) {
  return resolvePolicy({
    organization: source(ORGANIZATION_FILE, organization),
    repository: source(CONFIG_PATH, repository),
  });
}

/** The policy of valid files, with the warnings. */
export function policyOf(texts: Texts): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  const { policy, problems } = resolveTexts(texts);
  if (policy === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  return { policy, problems };
}

export function areaOf({ areas }: Policy, name: string) {
  const area = areas.find((each) => each.name === name);
  if (area === undefined) throw new Error(`no area ${name}`);
  return area;
}

function source(path: string, text: string | undefined): PolicySource {
  return text === undefined ? ABSENT : { status: "found", path, text };
}
