import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import type { HazardInput } from "../../../src/production/hazards/hazard.ts";

const added = (path: string, after: string): HazardInput => ({ path, status: "added", before: null, after });
const idsOf = (...files: readonly HazardInput[]) => findHazards(files).map(({ id }) => id);
const sql = (after: string) => idsOf(added("db/migrations/00009_step.sql", after));

const MARKS = [
  ["-- +goose Up", "-- +goose Down"],
  ["-- +migrate Up", "-- +migrate Down"],
  ["-- migrate:up", "-- migrate:down"],
] as const;

describe.each(MARKS)("sections of %s", (up, down) => {
  test.each([
    ["sql/drop-table", "DROP TABLE orders;", "CREATE TABLE orders (id int);"],
    ["sql/truncate", "TRUNCATE orders;", "CREATE TABLE orders (id int);"],
    ["sql/delete-without-where", "DELETE FROM orders;", "CREATE TABLE orders (id int);"],
    ["sql/drop-column", "ALTER TABLE users DROP COLUMN a;", "ALTER TABLE users ADD COLUMN a int;"],
    ["sql/drop-column", "ALTER TABLE users DROP COLUMN a;", "CREATE TABLE users (a int);"],
    ["sql/update-without-where", "UPDATE users SET a = 1;", "ALTER TABLE users ADD COLUMN a int;"],
    ["sql/policy-open", "DROP POLICY own ON orders;", "CREATE POLICY own ON orders USING (a = b);"],
    [
      "sql/trigger-dropped",
      "DROP TRIGGER audit ON orders;",
      "CREATE TRIGGER audit AFTER UPDATE ON orders EXECUTE FUNCTION f();",
    ],
    ["sql/drop-table", "DROP TABLE a_mv;", "CREATE VIEW a_mv AS SELECT 1;"],
    ["sql/renamed", "ALTER TABLE orders RENAME TO sales;", "CREATE TABLE orders (id int);"],
  ])("what the way there destroys is not excused by what the way back makes: %s", (id, there, back) => {
    expect(sql(`${up}\n${there}\n${down}\n${back}\n`)).toContain(id);
    expect(sql(`${down}\n${back}\n${up}\n${there}\n`)).toContain(id);
  });

  test.each([
    ["sql/drop-table", "CREATE TABLE IF NOT EXISTS orders (id int);", "DROP TABLE orders;"],
    ["sql/drop-column", "ALTER TABLE a ADD COLUMN IF NOT EXISTS b int;", "ALTER TABLE a DROP COLUMN b;"],
    ["sql/drop-database", "CREATE SCHEMA IF NOT EXISTS shop;", "DROP SCHEMA shop CASCADE;"],
    ["sql/drop-table", "SELECT 1;", "CREATE TABLE a (id int);\nDROP TABLE orders;"],
  ])("what the way back takes, and may have been there, is found: %s", (id, there, back) => {
    expect(sql(`${up}\n${there}\n${down}\n${back}\n`)).toContain(id);
  });

  test.each([
    ["CREATE TABLE orders (id int);", "DROP TABLE IF EXISTS orders;"],
    ["CREATE TABLE a (id int);\nALTER TABLE b ADD c int;", "ALTER TABLE b DROP COLUMN c;\nDROP TABLE a;"],
    ["CREATE POLICY own ON orders USING (a = b);", "DROP POLICY own ON orders;"],
    ["CREATE TRIGGER audit AFTER UPDATE ON orders EXECUTE FUNCTION f();", "DROP TRIGGER audit ON orders;"],
  ])("what only takes back what the way there makes is silent: %s", (there, back) => {
    expect(sql(`${up}\n${there}\n${down}\n${back}\n`)).toEqual([]);
  });
});

describe("what stands elsewhere in a file excuses nothing", () => {
  test.each([
    ["sql/drop-table", "DROP TABLE orders;\nCREATE TABLE orders (id int);\nDROP TABLE orders;\n"],
    ["sql/truncate", "TRUNCATE orders;\nALTER TABLE orders RENAME TO a;\nCREATE TABLE orders (id int);\n"],
    ["sql/truncate", "CREATE TABLE a (id int);\nTRUNCATE a, orders;\n"],
    ["sql/update-without-where", "ALTER TABLE a ADD COLUMN state text;\nUPDATE users SET state = 'x';\n"],
    [
      "sql/update-without-where",
      "ALTER TABLE users ADD COLUMN IF NOT EXISTS a int;\nUPDATE users SET a = 1;\n",
    ],
    [
      "sql/drop-table",
      "SET search_path = a;\nCREATE TABLE orders (id int);\nSET search_path = public;\nDROP TABLE orders;\n",
    ],
    ["sql/drop-table", "CREATE TABLE \u0024{a}.a (id int);\nDROP TABLE \u0024{a}.orders;\n"],
    [
      "sql/drop-table",
      "INSERT INTO log SELECT id FROM orders;\nDROP TABLE orders;\nALTER TABLE b RENAME TO orders;\n",
    ],
    [
      "sql/drop-table",
      "CREATE TABLE b AS SELECT * FROM orders LIMIT 0;\nDROP TABLE orders;\nALTER TABLE b RENAME TO orders;\n",
    ],
    ["sql/policy-open", "CREATE POLICY own ON orders USING (a = b);\nDROP POLICY own ON orders;\n"],
  ])("%s", (id, text) => {
    expect(sql(text)).toContain(id);
  });
});

describe("statements that a statement runs are read", () => {
  test.each([
    ["sql/drop-table", "DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$;\n"],
    ["sql/drop-table", "DO $$ BEGIN EXECUTE format('DROP TABLE %I', t); END $$;\n"],
    ["sql/drop-table", "DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident(t); END $$;\n"],
    ["sql/drop-table", "EXEC('DROP ' + 'TABLE orders');\n"],
    ["sql/drop-table", "EXEC sp_executesql N'DROP TABLE orders';\n"],
    ["sql/truncate", "SET @a = 'TRUNCATE orders';\nPREPARE b FROM @a;\nEXECUTE b;\n"],
    ["sql/delete-without-where", "SELECT cron.schedule('0 0 * * *', 'DELETE FROM orders');\n"],
    [
      "sql/delete-without-where",
      "WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO b SELECT * FROM gone;\n",
    ],
    [
      "sql/drop-table",
      "CREATE FUNCTION f() RETURNS void AS $$ BEGIN DROP TABLE orders; END $$ LANGUAGE plpgsql;\nSELECT f();\n",
    ],
    ["sql/drop-table", "CREATE PROCEDURE p() AS $$ BEGIN DROP TABLE orders; END $$;\nCALL p();\n"],
    ["sql/drop-table", "DROP TABLES orders;\n"],
    ["sql/delete-without-where", "DELETE orders;\n"],
    ["sql/delete-without-where", "DELETE LOW_PRIORITY FROM orders;\n"],
    ["sql/drop-database", "DROP OWNED BY app;\n"],
    ["sql/drop-cascade", "DROP USER app CASCADE;\n"],
    ["sql/policy-open", "DROP ALL ROW ACCESS POLICIES ON shop.orders;\n"],
    ["sql/policy-open", "CREATE POLICY a ON orders USING ((id = id));\n"],
    [
      "sql/security-definer",
      "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql SECURITY DEFINER;\n",
    ],
    ["sql/security-definer", "ALTER FUNCTION f() SECURITY DEFINER;\n"],
    ["sql/security-definer", "ALTER VIEW v SET (security_invoker = false);\n"],
    ["sql/security-definer", "CREATE PROCEDURE p WITH EXECUTE AS OWNER AS SELECT 1;\n"],
  ])("%s: %s", (id, text) => {
    expect(sql(text)).toContain(id);
  });

  test.each([
    "INSERT INTO log VALUES ('DROP TABLE orders;');\n",
    "COMMENT ON TABLE a IS 'DROP TABLE orders';\n",
    "CREATE FUNCTION f() RETURNS void AS $$ BEGIN DROP TABLE orders; END $$ LANGUAGE plpgsql;\nSELECT g();\n",
    "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql SECURITY INVOKER;\n",
    "ALTER VIEW v SET (security_invoker = true);\n",
    "DROP TRIGGER a ON b;\nCREATE TRIGGER a AFTER INSERT ON b EXECUTE FUNCTION f();\n",
    "WITH a AS (DELETE FROM orders WHERE b = 1 RETURNING *) INSERT INTO c SELECT * FROM a;\n",
    "SELECT 'DELETE FROM orders';\n",
  ])("%s", (text) => {
    expect(sql(text)).toEqual([]);
  });
});

describe("a name that sounds like the way back makes it none", () => {
  const DROPS = "DROP TABLE orders;\n";

  test.each([
    ["db/migrations/V9__shut_down.sql"],
    ["db/migrations/V9__rollback.sql"],
    ["db/migrations/20260101_shut_down.sql"],
    ["db/migrations/0009_undo.sql"],
    ["db/revert/0009_step.sql"],
    ["db/migrations/down/0009_step.sql"],
  ])("%s", (path) => {
    expect(idsOf(added(path, DROPS))).toContain("sql/drop-table");
  });

  test("nor does the mark of a way there in it", () => {
    expect(idsOf(added("db/migrations/0009_a.down.sql", `-- +goose Up\n${DROPS}`))).toContain(
      "sql/drop-table",
    );
  });

  test.each([
    ["db/migrations/0009_step.down.sql"],
    ["db/migration/U9__step.sql"],
    ["db/migrations/0009_step_down.sql", "db/migrations/0009_step_up.sql"],
    ["db/migrations/0009_step.rollback.sql", "db/migrations/0009_step.sql"],
    ["db/revert/0009_step.sql", "db/deploy/0009_step.sql"],
    ["db/migrations/down/0009_step.sql", "db/migrations/up/0009_step.sql"],
  ])("the way back beside its way there is silent: %s", (path, there = "db/migrations/0009_step.up.sql") => {
    expect(idsOf(added(path, DROPS), added(there, "CREATE TABLE orders (id int);\n"))).toEqual([]);
  });
});
