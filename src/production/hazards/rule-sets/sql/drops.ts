import { added, type Example } from "../../rule.ts";
import { shown } from "../../words.ts";
import type { SqlPlace } from "./change.ts";
import { NAME, plain } from "./names.ts";
import { isCreated, isOwn, migration, statementRule } from "./statement-rule.ts";

/** A view that is dropped as a table and made again. A table that becomes a view loses its rows, so the name has to say it. */
function isViewAgain(name: string, { own }: SqlPlace): boolean {
  return own.views.has(name) && /(?:^|[_.])(?:mv|m?view)s?(?:_|$)/i.test(plain(name));
}

export const DROP_TABLE = statementRule({
  id: "sql/drop-table",
  kind: "destructive",
  asks: "block",
  when: "a table is dropped that the same file does not make or put in place again",
  pattern: new RegExp(
    `^DROP (?:FOREIGN |EXTERNAL |SNAPSHOT )?TABLES? (?:IF EXISTS )?(${NAME}(?: ?, ?${NAME})*)( CASCADE)?`,
  ),
  why: (found, change) => {
    const names = (found[1] ?? "")
      .split(/ ?, ?/)
      .filter((name) => !isOwn(name, change) && !/^#|^tempdb/i.test(name) && !isViewAgain(name, change));
    if (names.length === 0) return null;
    const cascade = / CASCADE$/i.test(found[0]) ? ", and by `CASCADE` what refers to it" : "";
    return `drops the table ${shown(plain(names.join(", ")))} with its data${cascade}`;
  },
  reports: [
    ["drops the table `orders` with its data", migration("-- clean up\nDROP TABLE orders;\n")],
    [
      "drops the table `shop.orders` with its data, and by `CASCADE` what refers to it",
      migration('DROP TABLE IF EXISTS "shop"."orders" CASCADE;\n'),
    ],
    ["drops the table `orders` with its data", migration("DO $$ BEGIN\n  DROP TABLE orders;\nEND $$;\n")],
    ["drops the table `orders` with its data", migration("/*!40000 DROP TABLE orders */;\n")],
    ...(
      [
        "CREATE TABLE IF NOT EXISTS orders (id int);\nDROP TABLE orders;\n",
        "-- +goose Up\nCREATE TABLE IF NOT EXISTS orders (id int);\n-- +goose Down\nDROP TABLE orders;\n",
        "-- +goose Up\nDROP TABLE orders;\n-- +goose Down\nCREATE TABLE orders (id int);\n",
        "CREATE TABLE scratch.orders (id int);\nDROP TABLE orders;\n",
        "DROP TABLE orders;\nCREATE VIEW orders AS SELECT 1;\n",
        "CREATE TABLE new_orders (id int);\nDROP TABLE orders;\nALTER TABLE new_orders RENAME TO orders;\n",
        "-- rollback is not needed\nDROP TABLE orders;\n",
        "-- down\nDROP TABLE orders;\n",
        "-- +goose Up\nCREATE TABLE a (id int);\n-- +goose Down\nDROP TABLE orders;\n",
        "-- up\nALTER TABLE orders ADD a int;\n-- down\nDROP TABLE orders;\n",
        "IF OBJECT_ID('orders') IS NOT NULL DROP TABLE orders\nGO\n",
        "BEGIN TRANSACTION\nDROP TABLE orders\nCOMMIT\n",
        "SELECT 1\nDROP TABLE orders\n",
      ] as const
    ).map((text): Example => ["drops the table `orders` with its data", migration(text)]),
    [
      "drops the table `public.t` with its data",
      migration("CREATE TEMP TABLE t (id int);\nDROP TABLE public.t;\n"),
    ],
  ],
  ignores: [
    ["a comment", migration("-- DROP TABLE orders;\n/* DROP TABLE orders; */\n")],
    ["a string", migration("INSERT INTO log VALUES ('DROP TABLE orders;');\n")],
    ["the way back", added("db/migrations/0007_step.down.sql", "DROP TABLE orders;\n")],
    [
      "the section for the way back",
      migration("-- +goose Up\nCREATE TABLE a (id int);\n-- +goose Down\nDROP TABLE a;\n"),
    ],
    [
      "the same of several kinds",
      migration(
        '-- +migrate Up\nCREATE TABLE "a" (id int);\nCREATE TABLE b (id int);\nALTER TABLE c RENAME TO d;\n-- +migrate Down\nDROP TABLE a, b;\nALTER TABLE d RENAME TO c;\n',
      ),
    ],
    ["the words of a name", migration('CREATE TABLE a ("drop table orders" int);\nSELECT `drop table b`;\n')],
    ["a routine, which does not run now", migration("CREATE PROCEDURE p AS DROP TABLE orders;\n")],
    ["a temporary table", migration("CREATE TEMP TABLE t (id int);\nDROP TABLE t;\n")],
    [
      "a table made anew with its data",
      migration(
        'CREATE TABLE "new_User" (id int);\nINSERT INTO "new_User" SELECT id FROM "User";\nDROP TABLE "User";\nALTER TABLE "new_User" RENAME TO "User";\n',
      ),
    ],
    [
      "a materialized view is made again",
      migration("DROP TABLE stats_mv;\nCREATE MATERIALIZED VIEW stats_mv TO stats AS SELECT 1;\n"),
    ],
    ["a test fixture", added("test/fixtures/reset.sql", "DROP TABLE orders;\n")],
  ],
});

export const DROP_DATABASE = statementRule({
  id: "sql/drop-database",
  kind: "destructive",
  asks: "block",
  when: "a database, schema, keyspace or tablespace is dropped, or all that a role owns",
  pattern: new RegExp(
    `^DROP (DATABASE|SCHEMA|KEYSPACE|TABLESPACE|CATALOG|DATASET|OWNED BY) (?:IF EXISTS )?${NAME}`,
  ),
  why: ([, kind = "", name = ""]) =>
    /^OWNED/i.test(kind)
      ? `drops everything that ${shown(plain(name))} owns`
      : `drops the ${kind.toLowerCase()} ${shown(plain(name))} and everything in it`,
  reports: [["drops the schema `shop` and everything in it", migration("DROP SCHEMA shop CASCADE;\n")]],
  ignores: [["it is made", migration("CREATE SCHEMA shop;\n")]],
});

export const DROP_CASCADE = statementRule({
  id: "sql/drop-cascade",
  kind: "destructive",
  asks: "block",
  when: "a type, view, constraint or function is dropped with all that hangs on it",
  pattern:
    /DROP (TYPE|VIEW|MATERIALIZED VIEW|CONSTRAINT|FUNCTION|SEQUENCE|EXTENSION|DOMAIN|ROLE|USER|OWNED BY)\b[^,]*? CASCADE/,
  why: ([, kind = ""]) => `drops a ${kind.toLowerCase()} with \`CASCADE\`: what hangs on it goes with it`,
  reports: [
    ["drops a type with `CASCADE`: what hangs on it goes with it", migration("DROP TYPE mood CASCADE;\n")],
  ],
  ignores: [["without `CASCADE` it fails instead", migration("DROP TYPE mood;\n")]],
});

export const DROP_PARTITION = statementRule({
  id: "sql/drop-partition",
  kind: "destructive",
  asks: "block",
  when: "a partition is dropped, emptied or detached, or a chunk of a time series deleted",
  pattern: new RegExp(
    `^ALTER TABLE ${NAME} (?:DROP|TRUNCATE|DETACH|EXCHANGE) (?:SUB)?PARTITION (?:IF EXISTS )?([^,;]{1,80})|^SELECT (?:drop_chunks|remove_retention_policy)\\b.*`,
  ),
  why: ([, table, partition = ""]) =>
    table === undefined
      ? "drops chunks of a time series with their data"
      : `takes the partition ${shown(plain(partition.trim()))} from ${shown(plain(table))}, with its data`,
  reports: [
    [
      "takes the partition `p2019` from `events`, with its data",
      migration("ALTER TABLE events DROP PARTITION p2019;\n"),
    ],
    [
      "takes the partition `events_2019` from `events`, with its data",
      migration("ALTER TABLE events DETACH PARTITION events_2019;\n"),
    ],
  ],
  ignores: [
    [
      "one is added",
      migration("ALTER TABLE events ADD PARTITION (PARTITION p2020 VALUES LESS THAN (2021));\n"),
    ],
  ],
});

export const REPLACED = statementRule({
  id: "sql/table-replaced",
  kind: "destructive",
  asks: "block",
  when: "a table that may exist is made again and loses what it holds (`CREATE OR REPLACE TABLE`)",
  pattern: new RegExp(`^CREATE OR REPLACE (?:TRANSIENT |DYNAMIC |EXTERNAL )?(TABLE|SCHEMA|DATABASE) ${NAME}`),
  why: ([, what = "", name = ""]) =>
    `makes the ${what.toLowerCase()} ${shown(plain(name))} again: what it holds is lost`,
  reports: [
    [
      "makes the table `orders` again: what it holds is lost",
      migration("CREATE OR REPLACE TABLE orders (id int);\n"),
    ],
  ],
  ignores: [["a view", migration("CREATE OR REPLACE VIEW orders AS SELECT 1;\n")]],
});

export const RENAMED = statementRule({
  id: "sql/renamed",
  kind: "destructive",
  asks: "block",
  when: "a table or a column gets another name: what runs now fails",
  pattern: new RegExp(
    `^ALTER TABLE ${NAME} RENAME (?:(?:COLUMN )?${NAME} )?(?:TO|AS) ${NAME}|^RENAME TABLE ${NAME} TO ${NAME}|^(?:EXEC(?:UTE)? )?sp_rename\\b`,
  ),
  why: ([, table, column, to, old, next], change) => {
    const from = table ?? old;
    if (from === undefined) return "renames a table or column: what runs now fails";
    if (
      isCreated(from, change) ||
      (column === undefined && isOwn(to ?? next ?? "", change) && change.own.created.has(from))
    )
      return null;
    const what =
      column === undefined
        ? `the table ${shown(plain(from))}`
        : `the column ${shown(plain(column))} of ${shown(plain(from))}`;
    return `renames ${what}: what runs now and uses it fails`;
  },
  reports: [
    [
      "renames the table `orders`: what runs now and uses it fails",
      migration("ALTER TABLE orders RENAME TO sales;\n"),
    ],
    [
      "renames the column `a` of `orders`: what runs now and uses it fails",
      migration("ALTER TABLE orders RENAME COLUMN a TO b;\n"),
    ],
  ],
  ignores: [
    [
      "a new table is put in place",
      migration('CREATE TABLE "new_User" (id int);\nALTER TABLE "new_User" RENAME TO "User";\n'),
    ],
    ["an index", migration("ALTER INDEX a RENAME TO b;\n")],
  ],
});

const NOT_COLUMNS =
  "TRIGGER|CONSTRAINT|INDEX|KEY|FOREIGN|PRIMARY|DEFAULT|PARTITION|NOT|IDENTITY|CHECK|EXPRESSION|COLUMN|STATISTICS|PERIOD|SYSTEM|ATTRIBUTE|VALUE|IF";

export const DROP_COLUMN = statementRule({
  id: "sql/drop-column",
  kind: "destructive",
  asks: "block",
  when: "a column is dropped",
  pattern: new RegExp(
    `\\b(?:DROP|SET UNUSED) (?:COLUMNS? )?(?:IF EXISTS )?\\(? ?(?!(?:${NOT_COLUMNS})\\b)${NAME}`,
  ),
  why: (found, change) => {
    if (!/^ALTER TABLE /i.test(found.input)) return null;
    const table = new RegExp(`^ALTER TABLE ${NAME}`, "i").exec(found.input)?.[1] ?? "";
    return isCreated(table, change)
      ? null
      : `drops the column ${shown(plain(found[1] ?? ""))} of ${shown(plain(table))} with its data`;
  },
  reports: [
    [
      "drops the column `email` of `users` with its data",
      migration("ALTER TABLE users DROP COLUMN email;\n"),
    ],
    [
      "drops the column `email` of `users` with its data",
      migration("ALTER TABLE users\n  ADD COLUMN mail text,\n  DROP email;\n"),
    ],
    ...[
      "ALTER TABLE IF EXISTS ONLY users ADD a numeric(1, 2), DROP COLUMN IF EXISTS email;\n",
      "ALTER TABLE users DROP CONSTRAINT a, COLUMN email;\n",
      "ALTER TABLE users DROP (email, name);\n",
      "ALTER TABLE users SET UNUSED COLUMN email;\n",
      "IF COL_LENGTH('users', 'email') IS NOT NULL ALTER TABLE users DROP COLUMN email\nGO\n",
      "-- +goose Up\nALTER TABLE users ADD name text;\n-- +goose Down\nALTER TABLE users DROP COLUMN email;\n",
    ].map((text): Example => ["drops the column `email` of `users` with its data", migration(text)]),
  ],
  ignores: [
    [
      "a constraint is dropped",
      migration(
        "ALTER TABLE users DROP CONSTRAINT users_pkey;\nALTER TABLE users ALTER COLUMN a DROP NOT NULL, ALTER b DROP DEFAULT;\n",
      ),
    ],
    [
      "the way back drops what the way there adds",
      migration(
        "-- migrate:up\nALTER TABLE a ADD b int, ADD COLUMN c int;\n-- migrate:down\nALTER TABLE a DROP COLUMN b, DROP c;\n",
      ),
    ],
  ],
});

export const NARROWED = statementRule({
  id: "sql/column-narrowed",
  kind: "destructive",
  asks: "block",
  when: "a column is changed to a type that may hold less",
  pattern: new RegExp(
    `\\b(?:ALTER (?:COLUMN )?${NAME} (?:SET DATA )?TYPE|ALTER COLUMN ${NAME}|MODIFY (?:COLUMN )?${NAME}) ((?:var)?char(?:acter)?(?: varying)? ?\\(\\d+\\)|nvarchar ?\\(\\d+\\)|smallint|tinyint|date|real|int(?:eger)?)(?![\\w(])`,
  ),
  why: (found) => {
    const column = plain(found[1] ?? found[2] ?? found[3] ?? "");
    return `makes the column ${shown(column)} ${shown(String(found[4]).toLowerCase())}: values that do not fit are cut or refused`;
  },
  reports: [
    [
      "makes the column `name` `varchar(20)`: values that do not fit are cut or refused",
      migration("ALTER TABLE users ALTER COLUMN name TYPE varchar(20);\n"),
    ],
  ],
  ignores: [
    [
      "it holds more",
      migration("ALTER TABLE users ALTER COLUMN name TYPE text;\nALTER TABLE users ALTER id TYPE bigint;\n"),
    ],
  ],
});
