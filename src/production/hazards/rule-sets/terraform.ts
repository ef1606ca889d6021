import { TERRAFORM_FILE, TERRAFORM_VALUES } from "../reading/terraform.ts";
import { YAML_FILE } from "../reading/yaml-parts.ts";
import type { RuleSet } from "../rule.ts";
import { COUNT_ZERO } from "./terraform/count-zero.ts";
import { DATA_ENTRY_REMOVED } from "./terraform/data-files.ts";
import { INSTANCE_REMOVED } from "./terraform/instances.ts";
import { REMOVALS } from "./terraform/removals.ts";
import { REPLACEMENTS } from "./terraform/replacements.ts";
import { STACK_REMOVED } from "./terraform/stacks.ts";
import { TERRAGRUNT } from "./terraform/terragrunt.ts";

export const TERRAFORM: RuleSet = {
  name: "terraform",
  title: "Terraform, OpenTofu, Terragrunt",
  reads: ({ path, isLive }) =>
    (TERRAFORM_FILE.test(path) ||
      TERRAFORM_VALUES.test(path) ||
      path.endsWith(".tfstate") ||
      YAML_FILE.test(path)) &&
    isLive,
  rules: [
    ...REMOVALS,
    INSTANCE_REMOVED,
    DATA_ENTRY_REMOVED,
    STACK_REMOVED,
    COUNT_ZERO,
    ...REPLACEMENTS,
    ...TERRAGRUNT,
  ],
};
