import type { RuleSet } from "../rule.ts";
import { DOWN_FILE, SQL_FILE } from "./sql/change.ts";
import { DROP_CASCADE, DROP_COLUMN, DROP_DATABASE, DROP_TABLE, NARROWED } from "./sql/drops.ts";
import { GRANT_ALL, ROW_SECURITY } from "./sql/rights.ts";
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
    ROW_SECURITY,
    GRANT_ALL,
  ],
};
