import type { RuleSet } from "../rule.ts";
import { WILDCARD_ACTION, WILDCARD_RESOURCE } from "./iam/actions.ts";
import { CONDITION_WIDENED } from "./iam/condition-values.ts";
import { ANY_SOURCE, CONDITION_DROPPED, SOURCE_DROPPED } from "./iam/conditions.ts";
import { CUSTOM_ROLE } from "./iam/custom-roles.ts";
import { DENIAL_DROPPED } from "./iam/denials.ts";
import { EXPRESSION_LOOSENED } from "./iam/expressions.ts";
import { PUBLIC_PRINCIPAL } from "./iam/principals.ts";
import { ADMIN_ROLE, FULL_ACCESS } from "./iam/roles.ts";
import { SCOPE_WIDENED } from "./iam/scopes.ts";
import { TRUST_WIDENED } from "./iam/trust.ts";

export const IAM: RuleSet = {
  name: "iam",
  title: "Access policies (Terraform, CloudFormation, JSON)",
  reads: ({ isLive }) => isLive,
  rules: [
    WILDCARD_ACTION,
    WILDCARD_RESOURCE,
    PUBLIC_PRINCIPAL,
    TRUST_WIDENED,
    CONDITION_DROPPED,
    CONDITION_WIDENED,
    EXPRESSION_LOOSENED,
    DENIAL_DROPPED,
    SOURCE_DROPPED,
    ANY_SOURCE,
    ADMIN_ROLE,
    FULL_ACCESS,
    CUSTOM_ROLE,
    SCOPE_WIDENED,
  ],
};
