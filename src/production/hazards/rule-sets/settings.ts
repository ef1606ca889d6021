import type { RuleSet } from "../rule.ts";
import { FAMILIES } from "../tables/families.ts";
import { familyRules } from "../tables/rules.ts";
import { TABLES } from "../tables/tables.ts";

export const SETTINGS: RuleSet = {
  name: "settings",
  title: "Settings of resources (Terraform, CloudFormation, Kubernetes)",
  reads: ({ path, isLive }) => isLive && /\.(?:tf|tofu|tfvars|hcl|ya?ml|json|template)$/.test(path),
  rules: FAMILIES.flatMap((family) => familyRules(family, TABLES)),
};
