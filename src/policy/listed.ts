import type { OwnerRef } from "../ownership/owner.ts";
import type { Policy } from "./policy.ts";

/** The owners that a policy names by itself, beside those of CODEOWNERS. */
export function ownersNamedBy({
  areas,
  unowned,
  hazards,
  override,
}: Omit<Policy, "detect">): readonly OwnerRef[] {
  return [
    ...unowned,
    ...hazards.destructive.senior,
    ...hazards.widening.senior,
    ...override.by,
    ...areas.flatMap(({ from, senior }) => [...(from === "owners" ? [] : from), ...senior]),
  ];
}

/** Every login that a policy lists, lower-cased: machine accounts, automation and people. */
export function loginsListedBy(policy: Policy): ReadonlySet<string> {
  const people = ownersNamedBy(policy)
    .filter((owner) => owner.kind === "user")
    .map(({ login }) => login);
  const { agents, notAi } = policy.detect;
  const passing = policy.bypass.allowed.map(({ account }) => account);
  return new Set([...agents, ...notAi, ...passing, ...people].map((login) => login.toLowerCase()));
}
