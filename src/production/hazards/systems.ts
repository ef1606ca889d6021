import type { System } from "./rule.ts";
import { AGENT_INSTRUCTIONS, AGENT_SETTINGS } from "./systems/agents.ts";
import { BACKUPS } from "./systems/backups.ts";
import { FILES, GUARDS, TESTS, WORKFLOW_CHECKS } from "./systems/checks.ts";
import { CDK, CLOUDFORMATION, PULUMI } from "./systems/cloudformation.ts";
import { CODE_RULES } from "./systems/code.ts";
import { COMPOSE } from "./systems/compose.ts";
import { DOCKERFILE } from "./systems/dockerfile.ts";
import { IAM } from "./systems/iam.ts";
import { KUBERNETES } from "./systems/kubernetes.ts";
import { MIGRATIONS } from "./systems/migrations.ts";
import { NETWORK } from "./systems/network.ts";
import { BRANCHES, CONFIG, OWNERS } from "./systems/owners.ts";
import { SCRIPTS } from "./systems/scripts.ts";
import { SECRETS } from "./systems/secrets.ts";
import { SQL } from "./systems/sql.ts";
import { ACCESS_RULES, STORAGE } from "./systems/storage.ts";
import { TERRAFORM } from "./systems/terraform.ts";
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
