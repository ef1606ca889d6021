import type { RuleSet } from "../rule.ts";
import { DOWN_FILE, SQL_FILE } from "./sql/change.ts";
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
import { CHECKS_OFF, GRANT_ALL, NO_PASSWORD, POLICY_OPEN, ROLE_WIDE, ROW_SECURITY } from "./sql/rights.ts";
import { DELETE_ALL, TRUNCATE, UPDATE_ALL } from "./sql/rows.ts";

export const SQL: RuleSet = {
  name: "sql",
  title: "SQL",
  reads: ({ path, isLive }) => SQL_FILE.test(path) && isLive && !DOWN_FILE.test(path),
  rules: [
    DROP_TABLE,
    DROP_DATABASE,
    DROP_CASCADE,
    DROP_COLUMN,
    NARROWED,
    TRUNCATE,
    DELETE_ALL,
    UPDATE_ALL,
    DROP_PARTITION,
    REPLACED,
    RENAMED,
    CHECKS_OFF,
    ROW_SECURITY,
    POLICY_OPEN,
    GRANT_ALL,
    ROLE_WIDE,
    NO_PASSWORD,
  ],
};
