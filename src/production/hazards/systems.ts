import type { System } from "./rule.ts";
import { ACCESS_RULES } from "./systems/access-rules.ts";
import { AGENT_INSTRUCTIONS } from "./systems/agent-instructions.ts";
import { AGENT_SETTINGS } from "./systems/agent-settings.ts";
import { BACKUPS } from "./systems/backups.ts";
import { BRANCHES } from "./systems/branches.ts";
import { CDK } from "./systems/cdk.ts";
import { CLOUDFORMATION } from "./systems/cloudformation.ts";
import { CODE_RULES } from "./systems/code.ts";
import { OWNERS } from "./systems/codeowners.ts";
import { COMPOSE } from "./systems/compose.ts";
import { CONFIG } from "./systems/config.ts";
import { DOCKERFILE } from "./systems/dockerfile.ts";
import { FILES } from "./systems/files.ts";
import { GUARDS } from "./systems/hooks.ts";
import { IAM } from "./systems/iam.ts";
import { KUBERNETES } from "./systems/kubernetes.ts";
import { MIGRATIONS } from "./systems/migrations.ts";
import { NETWORK } from "./systems/network.ts";
import { PULUMI } from "./systems/pulumi.ts";
import { SCRIPTS } from "./systems/scripts.ts";
import { SECRETS } from "./systems/secrets.ts";
import { SQL } from "./systems/sql.ts";
import { STORAGE } from "./systems/storage.ts";
import { TERRAFORM } from "./systems/terraform.ts";
import { TESTS } from "./systems/tests.ts";
import { UNREAD } from "./systems/unread.ts";
import { WORKFLOW_CHECKS } from "./systems/workflow-checks.ts";
import { WORKFLOWS } from "./systems/workflows.ts";

/** In the order of the reference page. */
export const SYSTEMS: readonly System[] = [
  TERRAFORM,
  CLOUDFORMATION,
  CDK,
  PULUMI,
  KUBERNETES,
  COMPOSE,
  SQL,
  MIGRATIONS,
  SCRIPTS,
  BACKUPS,
  TESTS,
  WORKFLOW_CHECKS,
  GUARDS,
  FILES,
  UNREAD,
  IAM,
  NETWORK,
  STORAGE,
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
