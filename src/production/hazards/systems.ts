import type { System } from "./rule.ts";
import { BACKUPS } from "./systems/backups.ts";
import { CDK, CLOUDFORMATION, PULUMI } from "./systems/cloudformation.ts";
import { COMPOSE } from "./systems/compose.ts";
import { IAM } from "./systems/iam.ts";
import { KUBERNETES } from "./systems/kubernetes.ts";
import { NETWORK } from "./systems/network.ts";
import { ACCESS_RULES, STORAGE } from "./systems/storage.ts";
import { TERRAFORM } from "./systems/terraform.ts";

/** In the order of the reference page. */
export const SYSTEMS: readonly System[] = [
  TERRAFORM,
  CLOUDFORMATION,
  CDK,
  PULUMI,
  KUBERNETES,
  COMPOSE,
  BACKUPS,
  IAM,
  NETWORK,
  STORAGE,
  ACCESS_RULES,
];
