import { expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import { threadTime } from "../../thread-time.ts";

const MANY = 3_000;
/** A tenth of what it takes where each statement is compared with every other one. */
const BOUND_MS = 2_500;

test.each([
  ["tables that are taken back", "CREATE TABLE a (id int);\n", "DROP TABLE orders;\n"],
  [
    "columns that are taken back",
    "ALTER TABLE users ADD name text;\n",
    "ALTER TABLE users DROP COLUMN email;\n",
  ],
  ["triggers that may be made again", "SELECT 1;\n", "DROP TRIGGER audit ON orders;\n"],
  ["policies that may be made again", "SELECT 1;\n", "DROP POLICY own ON orders;\n"],
  [
    "columns that may be new",
    "ALTER TABLE users ADD COLUMN state text;\n",
    "UPDATE users SET note = 'new';\n",
  ],
])("thousands of statements are judged in linear time: %s", (_, up, down) => {
  const after = `-- +goose Up\n${up.repeat(MANY)}-- +goose Down\n${down.repeat(MANY)}`;
  const file = { path: "db/migrations/0007_step.sql", status: "added", before: null, after } as const;
  let found = 0;
  const spent = threadTime(() => {
    found = findHazards([file]).length;
  });
  expect(found).toBe(MANY);
  expect(spent).toBeLessThan(BOUND_MS);
});
