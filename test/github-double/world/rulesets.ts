import type {
  Account,
  BranchProtection,
  BypassActor,
  Repository,
  RequiredCheck,
  Rule,
  Ruleset,
} from "./model.ts";
import { atLeast, isMember, organizationOf, permissionIn } from "./permissions.ts";
import type { State } from "./state.ts";

export interface NewRuleset {
  readonly name?: string;
  readonly source?: Ruleset["source"];
  readonly enforcement?: Ruleset["enforcement"];
  readonly target?: Ruleset["target"];
  readonly branches: readonly string[];
  readonly excluded?: readonly string[];
  /** Checks that one rule asks for; none: no such rule. */
  readonly requiredChecks: readonly RequiredCheck[];
  readonly strict?: boolean;
  /** Branches can be made without the checks; default: they cannot. */
  readonly exceptNew?: boolean;
  /** Rules beside the one about checks. */
  readonly rules?: readonly Rule[];
  /** People who may always bypass it, and others as REST writes them. */
  readonly bypass?: readonly (Account | BypassActor)[];
}

/** What a repository's settings ask of changes: rulesets, branch protection, what workflows may do. */
export function rulesets(state: State) {
  /** Kept while branch protection is switched off. */
  const switchedOff = new Map<Repository, ReadonlyMap<string, BranchProtection>>();
  return {
    ruleset(repo: Repository, given: NewRuleset, by: Account = repo.owner): Ruleset {
      const checks = given.requiredChecks.length === 0 ? [] : [checksRule(given)];
      return addRuleset(state, repo, by, {
        source: given.source ?? "Repository",
        name: given.name ?? "protected branches",
        target: given.target ?? "branch",
        enforcement: given.enforcement ?? "active",
        branches: given.branches,
        excluded: given.excluded ?? [],
        rules: [...checks, ...(given.rules ?? [])],
        bypass: (given.bypass ?? []).map(bypassActor),
      });
    },

    /** What is not named stays as it is. */
    changeRuleset(repo: Repository, ruleset: Ruleset, given: Partial<NewRuleset>, by: Account): void {
      const { requiredChecks, bypass, rules = [], ...others } = given;
      editRuleset(state, repo, by, {
        ruleset,
        given: {
          ...others,
          ...(requiredChecks && {
            rules: [checksRule({ branches: [], ...given, requiredChecks }), ...rules],
          }),
          ...(bypass && { bypass: bypass.map(bypassActor) }),
        },
      });
    },

    deleteRuleset(repo: Repository, ruleset: Ruleset, by: Account): void {
      repo.rulesets.splice(repo.rulesets.indexOf(ruleset), 1);
      state.announce({ event: "repository_ruleset", action: "deleted", repo, ruleset, sender: by });
    },

    /** Classic protection; GitHub's defaults where nothing else is said. */
    protectBranch(
      repo: Repository,
      branch: string,
      { by = repo.owner, ...given }: Partial<BranchProtection> & { readonly by?: Account } = {},
    ): void {
      const before = repo.protections.get(branch);
      const protection: BranchProtection = {
        id: before?.id ?? state.nextId(),
        createdAt: before?.createdAt ?? state.now(),
        requiredChecks: [],
        enforceAdmins: false,
        approvals: null,
        allowForcePushes: false,
        forcePushers: [],
        allowDeletions: false,
        ...given,
      };
      repo.protections.set(branch, protection);
      const action = before === undefined ? "created" : "edited";
      state.announce({ event: "branch_protection_rule", action, repo, branch, protection, sender: by });
    },

    unprotectBranch(repo: Repository, branch: string, by: Account): void {
      const protection = repo.protections.get(branch);
      if (protection === undefined) return;
      repo.protections.delete(branch);
      state.announce({
        event: "branch_protection_rule",
        action: "deleted",
        repo,
        branch,
        protection,
        sender: by,
      });
    },

    /** Switches all classic protection of a repository off, or on again. */
    switchProtection(repo: Repository, to: "enabled" | "disabled", by: Account): void {
      if (to === "disabled") switchedOff.set(repo, new Map(repo.protections));
      repo.protections.clear();
      if (to === "enabled")
        for (const [branch, kept] of switchedOff.get(repo) ?? []) repo.protections.set(branch, kept);
      state.announce({ event: "branch_protection_configuration", action: to, repo, sender: by });
    },

    setWorkflows(repo: Repository, settings: Partial<Repository["workflows"]>): void {
      repo.workflows = { ...repo.workflows, ...settings };
    },
  };
}

export function addRuleset(
  state: State,
  repo: Repository,
  by: Account,
  given: Omit<Ruleset, "id" | "createdAt" | "updatedAt">,
): Ruleset {
  const ruleset = { ...given, id: state.nextId(), createdAt: state.now(), updatedAt: state.now() };
  repo.rulesets.push(ruleset);
  state.announce({ event: "repository_ruleset", action: "created", repo, ruleset, sender: by });
  return ruleset;
}

export function editRuleset(
  state: State,
  repo: Repository,
  by: Account,
  { ruleset, given }: { readonly ruleset: Ruleset; readonly given: Partial<Ruleset> },
): void {
  Object.assign(ruleset, given, { updatedAt: state.now() });
  state.announce({ event: "repository_ruleset", action: "edited", repo, ruleset, sender: by });
}

/** Others hold in many repositories. */
export function isOfRepository({ source }: Ruleset): boolean {
  return source === "Repository";
}

function checksRule({ requiredChecks, strict = false, exceptNew = false }: NewRuleset): Rule {
  return {
    type: "required_status_checks",
    parameters: {
      strict_required_status_checks_policy: strict,
      do_not_enforce_on_create: exceptNew,
      required_status_checks: requiredChecks.map(({ context, integrationId }) => ({
        context,
        ...(integrationId === undefined ? {} : { integration_id: integrationId }),
      })),
    },
  };
}

function bypassActor(given: Account | BypassActor): BypassActor {
  return "actor_type" in given ? given : { actor_type: "User", actor_id: given.id, bypass_mode: "always" };
}

interface ChecksParameters {
  readonly required_status_checks?: readonly { readonly context: string; readonly integration_id?: number }[];
  readonly strict_required_status_checks_policy?: boolean;
}

function checksParameters({ rules }: Ruleset): readonly ChecksParameters[] {
  return rules
    .filter(({ type }) => type === "required_status_checks")
    .map(({ parameters = {} }) => parameters);
}

export function requiredChecksOf(ruleset: Ruleset): readonly RequiredCheck[] {
  return checksParameters(ruleset)
    .flatMap(({ required_status_checks: checks = [] }) => checks)
    .map(({ context, integration_id: integrationId }) => ({
      context,
      ...(integrationId === undefined ? {} : { integrationId }),
    }));
}

/** The branch must be up to date with its base. */
export function isStrict(ruleset: Ruleset): boolean {
  return checksParameters(ruleset).some(
    ({ strict_required_status_checks_policy: strict }) => strict === true,
  );
}

const ROLES = { 2: "maintain", 4: "write", 5: "admin" } as const;

/** How somebody may bypass a ruleset; `null`: not at all. */
export function bypassOf(
  repo: Repository,
  { bypass }: Ruleset,
  who: Account,
): BypassActor["bypass_mode"] | null {
  return bypass.find((actor) => isActor(repo, actor, who))?.bypass_mode ?? null;
}

function isActor(repo: Repository, { actor_type, actor_id }: BypassActor, who: Account): boolean {
  const org = organizationOf(repo);
  switch (actor_type) {
    case "User":
      return who.id === actor_id;
    case "Team":
      return [...(org?.teams.values() ?? [])].some((team) => team.id === actor_id && isMember(team, who));
    case "OrganizationAdmin":
      return org?.owners.has(who) ?? false;
    case "RepositoryRole": {
      const level = Object.entries(ROLES).find(([id]) => Number(id) === actor_id)?.[1];
      return level !== undefined && atLeast(permissionIn(repo, who), level);
    }
    // They act with no account of their own here.
    case "Integration":
    case "DeployKey":
      return false;
  }
}

/** Whether somebody may change it, and so sees who may bypass it. */
export function maintains(repo: Repository, { source }: Ruleset, who: Account): boolean {
  if (source === "Enterprise") return false;
  const org = organizationOf(repo);
  return source === "Organization" ? (org?.owners.has(who) ?? false) : permissionIn(repo, who) === "admin";
}
