import { nodeId } from "../../shapes/links.ts";
import type { Ruleset } from "../../world/model.ts";
import type { Node } from "../context.ts";

export function rule(ruleset: Ruleset): Node {
  return {
    __typename: "RepositoryRule",
    id: nodeId("RepositoryRule", ruleset.id),
    type: "REQUIRED_STATUS_CHECKS",
    parameters: {
      __typename: "RequiredStatusChecksParameters",
      strictRequiredStatusChecksPolicy: ruleset.strict,
      doNotEnforceOnCreate: false,
      requiredStatusChecks: ruleset.requiredChecks.map(({ context, integrationId }) => ({
        __typename: "StatusCheckConfiguration",
        context,
        integrationId: integrationId ?? null,
      })),
    },
    repositoryRuleset: () => rulesetNode(ruleset),
  };
}

export function rulesetNode({ id, name, enforcement }: Ruleset): Node {
  const target = "BRANCH";
  return {
    __typename: "RepositoryRuleset",
    id: nodeId("RepositoryRuleset", id),
    databaseId: id,
    name,
    enforcement: enforcement.toUpperCase(),
    target,
  };
}
