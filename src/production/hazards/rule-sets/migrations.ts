import type { RuleSet } from "../rule.ts";
import {
  COLUMN_CHANGED,
  COLUMN_DROPPED,
  COLUMN_RENAMED,
  DATA_DELETED,
  TABLE_DROPPED,
} from "./migrations/code.ts";
import { isMigration } from "./migrations/folder.ts";
import { DELETED, EDITED, RENAMED } from "./migrations/history.ts";

export const MIGRATIONS: RuleSet = {
  name: "migrations",
  title: "Migrations of frameworks",
  reads: ({ path, previousPath, isLive }) => (isMigration(path) || isMigration(previousPath)) && isLive,
  rules: [
    TABLE_DROPPED,
    COLUMN_DROPPED,
    COLUMN_CHANGED,
    COLUMN_RENAMED,
    DATA_DELETED,
    EDITED,
    RENAMED,
    DELETED,
  ],
};
