import { organization } from "../shapes/account.ts";
import type { Json } from "../shapes/links.ts";
import { whereabouts } from "../shapes/repository.ts";
import { rulesetWithRules } from "../shapes/ruleset.ts";
import type { WorldEvent } from "../world/events.ts";
import type { BranchProtection, Repository } from "../world/model.ts";
import { isOfRepository } from "../world/rulesets.ts";
import type { State } from "../world/state.ts";

type OfRules = Extract<
  WorldEvent,
  {
    readonly event: "repository_ruleset" | "branch_protection_rule" | "branch_protection_configuration";
  }
>;

/** The particulars of what happens to rulesets and to the protection of branches. */
export function rulesPayload(state: State, event: OfRules): Json {
  const { repo } = event;
  switch (event.event) {
    case "repository_ruleset":
      return {
        repository_ruleset: rulesetWithRules(state, repo, event.ruleset),
        ...(event.action === "edited" ? { changes: {} } : {}),
        ...(isOfRepository(event.ruleset) ? whereabouts(state, repo) : ownerOf(state, repo)),
      };
    case "branch_protection_rule":
      return {
        rule: protectionRule(repo, event.branch, event.protection),
        ...(event.action === "edited" ? { changes: {} } : {}),
        ...whereabouts(state, repo),
      };
    case "branch_protection_configuration":
      return whereabouts(state, repo);
  }
}

function ownerOf(state: State, { owner }: Repository): Json {
  return owner.kind === "Organization" ? { organization: organization(state, owner) } : {};
}

function protectionRule(repo: Repository, branch: string, given: BranchProtection): Json {
  const level = (on: boolean) => (on ? "everyone" : "off");
  return {
    ...{ id: given.id, repository_id: repo.id, name: branch },
    ...{ created_at: given.createdAt, updated_at: given.createdAt },
    pull_request_reviews_enforcement_level: level(given.approvals !== null),
    required_approving_review_count: given.approvals ?? 0,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    authorized_dismissal_actors_only: false,
    ignore_approvals_from_contributors: false,
    required_status_checks: given.requiredChecks.map(({ context }) => context),
    required_status_checks_enforcement_level: level(given.requiredChecks.length > 0),
    strict_required_status_checks_policy: false,
    signature_requirement_enforcement_level: "off",
    linear_history_requirement_enforcement_level: "off",
    lock_branch_enforcement_level: "off",
    admin_enforced: given.enforceAdmins,
    allow_force_pushes_enforcement_level: level(given.allowForcePushes),
    allow_deletions_enforcement_level: level(given.allowDeletions),
    merge_queue_enforcement_level: "off",
    required_deployments_enforcement_level: "off",
    required_conversation_resolution_level: "off",
    authorized_actors_only: false,
    authorized_actor_names: [],
  };
}
