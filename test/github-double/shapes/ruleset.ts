import { rulesetsFor } from "../world/merge-requirements.ts";
import { fullName, type Repository, type Ruleset } from "../world/model.ts";
import { tip } from "../world/pushing.ts";
import type { State } from "../world/state.ts";
import { commit } from "./git.ts";
import { escapePath, type Json, nodeId, repoApi, repoHtml } from "./links.ts";

/** REST's `branch-with-protection`. */
export function branch(state: State, repo: Repository, name: string): Json {
  const self = `${repoApi(state, repo)}/branches/${escapePath(name)}`;
  const contexts = rulesetsFor(repo, name).flatMap((each) =>
    each.requiredChecks.map((check) => check.context),
  );
  return {
    name,
    commit: commit(state, repo, repo.objects.commitAt(tip(repo, name))),
    _links: { self, html: `${repoHtml(state, repo)}/tree/${escapePath(name)}` },
    protected: contexts.length > 0,
    protection: {
      enabled: false,
      required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
    },
    protection_url: `${self}/protection`,
  };
}

/** REST's `repository-ruleset`; lists leave the rules out. */
export function ruleset(state: State, repo: Repository, given: Ruleset): Json {
  return {
    id: given.id,
    node_id: nodeId("RepositoryRuleset", given.id),
    name: given.name,
    target: "branch",
    source_type: "Repository",
    source: fullName(repo),
    enforcement: given.enforcement,
    created_at: given.createdAt,
    updated_at: given.createdAt,
    _links: {
      self: { href: `${repoApi(state, repo)}/rulesets/${given.id}` },
      html: { href: `${repoHtml(state, repo)}/rules/${given.id}` },
    },
  };
}

/** One `required_status_checks` rule. */
export function checksRule(given: Ruleset): Json {
  return {
    type: "required_status_checks",
    parameters: {
      strict_required_status_checks_policy: given.strict,
      do_not_enforce_on_create: false,
      required_status_checks: given.requiredChecks.map(({ context, integrationId }) => ({
        context,
        ...(integrationId === undefined ? {} : { integration_id: integrationId }),
      })),
    },
  };
}
