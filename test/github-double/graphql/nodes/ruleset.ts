import { nodeId } from "../../shapes/links.ts";
import type { Ruleset } from "../../world/model.ts";
import { isStrict, requiredChecksOf } from "../../world/rulesets.ts";
import type { Node } from "../context.ts";

/** The rule about checks; other rules of a ruleset are not told by GraphQL here. */
export function rule(ruleset: Ruleset): Node {
  return {
    __typename: "RepositoryRule",
    id: nodeId("RepositoryRule", ruleset.id),
    type: "REQUIRED_STATUS_CHECKS",
    parameters: {
      __typename: "RequiredStatusChecksParameters",
      strictRequiredStatusChecksPolicy: isStrict(ruleset),
      doNotEnforceOnCreate: false,
      requiredStatusChecks: requiredChecksOf(ruleset).map(({ context, integrationId }) => ({
        __typename: "StatusCheckConfiguration",
        context,
        integrationId: integrationId ?? null,
      })),
    },
    repositoryRuleset: () => rulesetNode(ruleset),
  };
}

export function rulesetNode({ id, name, enforcement, target }: Ruleset): Node {
  return {
    __typename: "RepositoryRuleset",
    id: nodeId("RepositoryRuleset", id),
    databaseId: id,
    name,
    enforcement: enforcement.toUpperCase(),
    target: target.toUpperCase(),
  };
}
