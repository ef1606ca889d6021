import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import type { RuleSet } from "../rule.ts";
import { NO_LIMITS, PERMISSION, PERMISSIONS_DROPPED, WRITE_ALL } from "./workflows/permissions.ts";
import { HEAD_CHECKOUT, INJECTION, TARGET, VALUE_IN_SCRIPT } from "./workflows/strangers.ts";
import { PRIVILEGED_CONTAINER, SECRETS, SELF_HOSTED, UNPINNED } from "./workflows/trust.ts";
import { UNSECURE_COMMANDS } from "./workflows/unsecure-commands.ts";

export const WORKFLOWS: RuleSet = {
  name: "workflows",
  title: "GitHub workflows",
  reads: ({ path }) => WORKFLOW_FILE.test(path),
  rules: [
    WRITE_ALL,
    PERMISSION,
    PERMISSIONS_DROPPED,
    HEAD_CHECKOUT,
    TARGET,
    SECRETS,
    UNPINNED,
    SELF_HOSTED,
    INJECTION,
    VALUE_IN_SCRIPT,
    PRIVILEGED_CONTAINER,
    UNSECURE_COMMANDS,
    NO_LIMITS,
  ],
};
