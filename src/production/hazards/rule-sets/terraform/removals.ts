import type { Rule } from "../../rule.ts";
import { DESTROYING_REMOVED } from "./removals/forgotten.ts";
import { MODULE_REMOVED } from "./removals/modules.ts";
import { RESOURCE_RENAMED } from "./removals/renamed.ts";
import { RESOURCE_REMOVED } from "./removals/resources.ts";
import { ALARM_REMOVED, BACKUP_REMOVED } from "./removals/watches.ts";

export const REMOVALS: readonly Rule[] = [
  RESOURCE_REMOVED,
  RESOURCE_RENAMED,
  MODULE_REMOVED,
  DESTROYING_REMOVED,
  ALARM_REMOVED,
  BACKUP_REMOVED,
];
