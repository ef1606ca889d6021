import type { RuleSet } from "../rule.ts";
import { ADMINISTRATOR, BY_PROCEDURES } from "./sql/administrators.ts";
import {
  DROP_CASCADE,
  DROP_COLUMN,
  DROP_DATABASE,
  DROP_PARTITION,
  DROP_TABLE,
  NARROWED,
  RENAMED,
  REPLACED,
} from "./sql/drops.ts";
import { ROWS_EXPIRE } from "./sql/expiry.ts";
import { isMigrationCode } from "./sql/in-code.ts";
import { POLICY_OPEN } from "./sql/policies.ts";
import { CHECKS_OFF, GRANT_ALL, NO_PASSWORD, ROLE_WIDE, ROW_SECURITY } from "./sql/rights.ts";
import { SECURITY_DEFINER, TRIGGER_DROPPED } from "./sql/routines.ts";
import { DELETE_ALL, MERGE_DELETES, TRUNCATE, UPDATE_ALL } from "./sql/rows.ts";
import { SQL_FILE } from "./sql/way-back-file.ts";

export const SQL: RuleSet = {
  name: "sql",
  title: "SQL, in files and in the texts of migrations",
  reads: (file) => (SQL_FILE.test(file.path) || isMigrationCode(file)) && file.isLive,
  rules: [
    DROP_TABLE,
    DROP_DATABASE,
    DROP_CASCADE,
    DROP_COLUMN,
    NARROWED,
    TRUNCATE,
    DELETE_ALL,
    MERGE_DELETES,
    UPDATE_ALL,
    DROP_PARTITION,
    ROWS_EXPIRE,
    REPLACED,
    RENAMED,
    TRIGGER_DROPPED,
    CHECKS_OFF,
    ROW_SECURITY,
    POLICY_OPEN,
    GRANT_ALL,
    ROLE_WIDE,
    ADMINISTRATOR,
    BY_PROCEDURES,
    SECURITY_DEFINER,
    NO_PASSWORD,
  ],
};
