import type { AreaRule } from "../policy/policy.ts";
import { CONTROL_FILES } from "../production/control-files.ts";
import { ownedFiles } from "./areas.ts";
import type { Facts } from "./facts.ts";
import { humansAmong, signersAmong } from "./signers.ts";

/** The only person with write permission: for what they take part in, nobody can sign. */
export interface LoneSigner {
  readonly login: string;
  /** The areas that wait for them alone, by name, in the order of the policy. */
  readonly areas: readonly string[];
}

/** `null` where there are more people, or where that cannot be told. Control files are left out: they are always enforced. */
export function loneSigner(facts: Facts): LoneSigner | null {
  const { policy: resolved, ownership, collaborators } = facts;
  if ("unknown" in resolved || "unknown" in ownership || "unknown" in collaborators) return null;
  const humans = humansAmong(collaborators.known);
  const [only, ...others] = humans;
  const { policy } = resolved.known;
  if (only === undefined || others.length > 0 || policy === null || policy.mode === "observe") return null;
  const waiting = ownedFiles(policy, ownership.known).filter(
    ({ rule, owners }) => isObservable(rule) && signersAmong(owners, facts, humans).able.includes(only),
  );
  const areas = [...new Set(waiting.map(({ rule }) => rule.name))];
  return areas.length === 0 ? null : { login: only.login, areas };
}

function isObservable({ name, mode }: AreaRule): boolean {
  return name !== CONTROL_FILES && mode === "enforce";
}
