import type { RuleSet } from "./rule.ts";
import { ACCESS_RULES } from "./rule-sets/access-rules.ts";
import { AGENT_INSTRUCTIONS } from "./rule-sets/agent-instructions.ts";
import { AGENT_SETTINGS } from "./rule-sets/agent-settings.ts";
import { BACKUPS } from "./rule-sets/backups.ts";
import { BRANCHES } from "./rule-sets/branches.ts";
import { CDK } from "./rule-sets/cdk.ts";
import { CLOUDFORMATION } from "./rule-sets/cloudformation.ts";
import { CODE_RULES } from "./rule-sets/code.ts";
import { OWNERS } from "./rule-sets/codeowners.ts";
import { COMMANDS_SET } from "./rule-sets/commands.ts";
import { COMPOSE } from "./rule-sets/compose.ts";
import { CONFIG } from "./rule-sets/config.ts";
import { DOCKERFILE } from "./rule-sets/dockerfile.ts";
import { EXPIRY } from "./rule-sets/expiry.ts";
import { FILES } from "./rule-sets/files.ts";
import { GUARDS } from "./rule-sets/hooks.ts";
import { IAM } from "./rule-sets/iam.ts";
import { KUBERNETES } from "./rule-sets/kubernetes.ts";
import { MIGRATIONS } from "./rule-sets/migrations.ts";
import { NETWORK } from "./rule-sets/network.ts";
import { PARAMETERS_SET } from "./rule-sets/parameters.ts";
import { PIPELINES } from "./rule-sets/pipelines.ts";
import { PROGRAMS } from "./rule-sets/programs.ts";
import { PULUMI } from "./rule-sets/pulumi.ts";
import { SCHEMAS } from "./rule-sets/schemas.ts";
import { SCRIPTS } from "./rule-sets/scripts.ts";
import { SECRETS } from "./rule-sets/secrets.ts";
import { SERVERLESS } from "./rule-sets/serverless.ts";
import { SERVERS } from "./rule-sets/servers.ts";
import { SETTINGS } from "./rule-sets/settings.ts";
import { SQL } from "./rule-sets/sql.ts";
import { STORAGE } from "./rule-sets/storage.ts";
import { TERRAFORM } from "./rule-sets/terraform.ts";
import { TESTS } from "./rule-sets/tests.ts";
import { UNREAD } from "./rule-sets/unread.ts";
import { WORKFLOW_CHECKS } from "./rule-sets/workflow-checks.ts";
import { WORKFLOWS } from "./rule-sets/workflows.ts";

/** In the order of the reference page. */
export const RULE_SETS: readonly RuleSet[] = [
  TERRAFORM,
  CLOUDFORMATION,
  CDK,
  PULUMI,
  PROGRAMS,
  SERVERLESS,
  KUBERNETES,
  COMPOSE,
  SQL,
  MIGRATIONS,
  SCHEMAS,
  SCRIPTS,
  BACKUPS,
  EXPIRY,
  TESTS,
  WORKFLOW_CHECKS,
  PIPELINES,
  GUARDS,
  FILES,
  UNREAD,
  IAM,
  NETWORK,
  COMMANDS_SET,
  STORAGE,
  SETTINGS,
  PARAMETERS_SET,
  SERVERS,
  ACCESS_RULES,
  WORKFLOWS,
  OWNERS,
  CONFIG,
  BRANCHES,
  AGENT_SETTINGS,
  AGENT_INSTRUCTIONS,
  DOCKERFILE,
  CODE_RULES,
  SECRETS,
];
