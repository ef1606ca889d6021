import { z } from "zod";
import type { BypassActor, BypassMode } from "../../doctor/facts.ts";

/** Whom a ruleset lists as allowed to bypass it. */
export const actorAnswer = z.object({
  actor_id: z.int().nullish(),
  actor_type: z.string(),
  // GitHub takes `always` where none is given.
  bypass_mode: z.string().default("always"),
});

const MODES: Readonly<Record<string, BypassMode>> = {
  always: "always",
  pull_request: "pull-request",
  pull_requests_only: "pull-request",
  exempt: "exempt",
};

/** A mode that is not known is taken for the worst. */
export function modeOf(mode: string): BypassMode {
  return MODES[mode] ?? "always";
}

/** The roles that every repository has. Numbers as GitHub's settings and API give them; custom roles have others. */
const ROLES: Readonly<Record<number, string>> = {
  2: "maintainers",
  4: "everybody with write access",
  5: "administrators",
};
const ADMINISTRATORS = 5;

export function actorOf({ actor_type, actor_id, bypass_mode }: z.infer<typeof actorAnswer>): BypassActor {
  return {
    who: whoIs(actor_type, actor_id ?? null),
    mode: modeOf(bypass_mode),
    administrator:
      actor_type === "OrganizationAdmin" || (actor_type === "RepositoryRole" && actor_id === ADMINISTRATORS),
  };
}

function whoIs(type: string, id: number | null): string {
  switch (type) {
    case "OrganizationAdmin":
      return "owners of the organization";
    case "RepositoryRole":
      return ROLES[id ?? 0] ?? `the custom role ${id}`;
    case "DeployKey":
      return "deploy keys";
    case "Integration":
      return `the App ${id}`;
    case "Team":
      return `the team ${id}`;
    case "User":
      return `the user ${id}`;
    default:
      return id === null ? type : `${type} ${id}`;
  }
}
