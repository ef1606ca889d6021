import {
  type Account,
  type BranchProtection,
  fullName,
  type Repository,
  type Ruleset,
} from "../world/model.ts";
import { tip } from "../world/pushing.ts";
import { bypassOf, maintains } from "../world/rulesets.ts";
import type { State } from "../world/state.ts";
import { commit } from "./git.ts";
import { escapePath, type Json, nodeId, repoApi, repoHtml } from "./links.ts";

function branchUrl(state: State, repo: Repository, name: string): string {
  return `${repoApi(state, repo)}/branches/${escapePath(name)}`;
}

/** REST's `branch-with-protection`. What rulesets ask for is not told in it. */
export function branch(state: State, repo: Repository, name: string): Json {
  const self = branchUrl(state, repo, name);
  const protection = repo.protections.get(name);
  return {
    name,
    commit: commit(state, repo, repo.objects.commitAt(tip(repo, name))),
    _links: { self, html: `${repoHtml(state, repo)}/tree/${escapePath(name)}` },
    protected: isProtected(repo, name),
    protection:
      protection === undefined
        ? { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } }
        : { enabled: true, required_status_checks: { ...checksOf(protection), ...levelOf(protection) } },
    protection_url: `${self}/protection`,
  };
}

/** REST's `short-branch`. */
export function shortBranch(state: State, repo: Repository, name: string): Json {
  const sha = tip(repo, name);
  return {
    name,
    commit: { sha, url: `${repoApi(state, repo)}/commits/${sha}` },
    protected: isProtected(repo, name),
  };
}

function isProtected(repo: Repository, name: string): boolean {
  return repo.protections.has(name) || repo.rulesets.some(({ enforcement }) => enforcement === "active");
}

function levelOf({ enforceAdmins, requiredChecks }: BranchProtection): Json {
  const level = enforceAdmins ? "everyone" : "non_admins";
  return { enforcement_level: requiredChecks.length === 0 ? "off" : level };
}

function checksOf({ requiredChecks }: BranchProtection): Json {
  return {
    contexts: requiredChecks.map(({ context }) => context),
    checks: requiredChecks.map(({ context, integrationId }) => ({ context, app_id: integrationId ?? null })),
  };
}

/** REST's `branch-protection`. */
export function branchProtection(state: State, repo: Repository, name: string): Json {
  const url = `${branchUrl(state, repo, name)}/protection`;
  const given = repo.protections.get(name);
  if (given === undefined) throw new Error(`${name} is not protected`);
  return {
    url,
    ...(given.requiredChecks.length === 0
      ? {}
      : {
          required_status_checks: { url: `${url}/required_status_checks`, strict: false, ...checksOf(given) },
        }),
    ...(given.approvals === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            required_approving_review_count: given.approvals,
          },
        }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: given.enforceAdmins },
    allow_force_pushes: { enabled: given.allowForcePushes },
    allow_deletions: { enabled: given.allowDeletions },
  };
}

const MODES = { always: "always", pull_request: "pull_requests_only", exempt: "exempt" } as const;

/** REST's `repository-ruleset`; lists leave the rules out. */
export function ruleset(state: State, repo: Repository, given: Ruleset): Json {
  return {
    id: given.id,
    node_id: nodeId("RepositoryRuleset", given.id),
    name: given.name,
    target: given.target,
    source_type: given.source,
    source: sourceName(repo, given),
    enforcement: given.enforcement,
    created_at: given.createdAt,
    updated_at: given.updatedAt,
    _links: {
      self: { href: `${repoApi(state, repo)}/rulesets/${given.id}` },
      html: { href: `${repoHtml(state, repo)}/rules/${given.id}` },
    },
  };
}

export function rulesetWithRules(state: State, repo: Repository, given: Ruleset): Json {
  return {
    ...ruleset(state, repo, given),
    conditions: { ref_name: { include: given.branches, exclude: given.excluded } },
    rules: given.rules,
  };
}

/** The whole, with who may bypass it for those alone who may change it. */
export function wholeRuleset(state: State, repo: Repository, given: Ruleset, asker: Account | null): Json {
  const mode = asker && bypassOf(repo, given, asker);
  return {
    ...rulesetWithRules(state, repo, given),
    current_user_can_bypass: mode ? MODES[mode] : "never",
    ...(asker !== null && maintains(repo, given, asker) ? { bypass_actors: given.bypass } : {}),
  };
}

export function sourceName(repo: Repository, { source }: Ruleset): string {
  if (source === "Enterprise") return "acme-enterprise";
  return source === "Organization" ? repo.owner.login : fullName(repo);
}
