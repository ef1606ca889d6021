import type { Finding, HazardKind } from "../hazard.ts";
import { HAZARD_LIMITS } from "../limits.ts";
import { isLive } from "../live.ts";
import type { FileChange } from "../reading/change.ts";
import { gained } from "../reading/compare.ts";
import { readSql, type SqlStatement, withoutDown } from "../reading/sql.ts";
import { added, type Example, type Rule, type System } from "../rule.ts";
import { shown } from "../words.ts";

const SQL_FILE = /\.(?:sql|psql|pgsql|mysql|ddl|cql)$/i;
const DOWN_FILE =
  /(?:\.down\.sql|[._-]down\.sql|\/down\.sql|\/down\/[^/]+|(?:^|\/)U[\d._]+__[^/]*|[._-](?:rollback|undo)\.sql)$|(?:^|\/)(?:rollback|revert|undo)s?\//i;

const NAME = '((?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\])(?:\\.(?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\]))*)';
const plain = (name: string) => name.replaceAll(/["`[\]]/g, "");
const bare = (name: string) => plain(name).split(".").at(-1)?.toLowerCase() ?? "";

/** Statements that came, and what the file says beside them. */
interface SqlChange {
  readonly file: FileChange;
  readonly came: readonly SqlStatement[];
  readonly own: OwnTables;
  /** What statements add, in one text. */
  readonly additions: string;
  readonly by: "parser" | "diff";
}

const known = new WeakMap<FileChange, SqlChange>();

function readChange(file: FileChange): SqlChange {
  const found = known.get(file);
  if (found !== undefined) return found;
  const { before = null, after } = file;
  const isShort = (before ?? "").length + (after ?? "").length <= 2 * HAZARD_LIMITS.parsedLength;
  const change = after !== undefined && isShort ? wholeFile(file, before, after) : addedLines(file);
  known.set(file, change);
  return change;
}

const keyed = (statement: SqlStatement) => ({ ...statement, key: statement.text });

function wholeFile(file: FileChange, before: string | null, after: string | null): SqlChange {
  const read = (text: string | null) => readSql(withoutDown(text ?? "")).map(keyed);
  const all = read(after);
  return { file, came: gained(read(before), all), ...factsOf(all), by: "parser" };
}

function factsOf(all: readonly SqlStatement[]): Pick<SqlChange, "own" | "additions"> {
  const additions = all.filter(({ text }) => /\bADD\b/i.test(text)).map(({ text }) => text);
  return { own: ownTables(all), additions: additions.join("\n") };
}

/** Statements that stand on one line alone. */
function addedLines(file: FileChange): SqlChange {
  const all = file.lines.after.flatMap(({ text, line }) => readSql(text, { firstLine: line }));
  return { file, came: all, ...factsOf(all), by: "diff" };
}

interface StatementRule {
  readonly id: string;
  readonly kind: HazardKind;
  readonly when: string;
  readonly pattern: RegExp;
  /** `null` stays silent. */
  readonly why: (found: RegExpExecArray, change: SqlChange) => string | null;
  readonly speaks: readonly Example[];
  readonly silent: readonly Example[];
}

function statementRule({ pattern, why, ...rest }: StatementRule): Rule {
  const global = new RegExp(pattern.source, "gi");
  return {
    ...rest,
    *file(file): Generator<Finding> {
      const change = readChange(file);
      for (const { text, line } of change.came.flatMap(inPieces)) {
        for (const found of text.matchAll(global)) {
          const sentence = why(found, change);
          if (sentence === null) continue;
          const what = shown(plain(found[1] ?? found[0]));
          yield {
            by: change.by,
            what,
            file: file.path,
            line,
            side: "after",
            why: sentence,
            after: text.slice(0, HAZARD_LIMITS.quoteLength),
          };
        }
      }
    },
  };
}

/** A very long statement in pieces, each after the words it begins with. */
function inPieces({ text, line }: SqlStatement): readonly SqlStatement[] {
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  if (text.length <= lineLength) return [{ text, line }];
  const head = text.slice(0, lineOverlap);
  const pieces = Array.from({ length: Math.ceil(text.length / (lineLength - lineOverlap)) }, (_, index) =>
    text.slice(index * (lineLength - lineOverlap), index * (lineLength - lineOverlap) + lineLength),
  );
  return pieces.map((piece, index) => ({ text: index === 0 ? piece : `${head} ${piece}`, line }));
}

const CREATES = new RegExp(`^CREATE (?:[A-Z]+ )*?TABLE (?:IF NOT EXISTS )?${NAME}`, "i");
const DROPS = new RegExp(`^DROP TABLE (?:IF EXISTS )?${NAME}`, "i");
const RENAMES = new RegExp(`^ALTER TABLE .{0,300}?RENAME TO ${NAME}`, "i");

interface OwnTables {
  /** Made by the file, wherever. */
  readonly created: ReadonlySet<string>;
  /** Dropped after the file made them, or put in place again: nothing that was there is lost. */
  readonly replaced: ReadonlySet<string>;
}

function ownTables(statements: readonly SqlStatement[]): OwnTables {
  const created = new Set<string>();
  const replaced = new Set<string>();
  for (const { text } of statements) {
    const table = (pattern: RegExp) => {
      const name = pattern.exec(text)?.[1];
      return name === undefined ? undefined : bare(name);
    };
    const [made, dropped, renamed] = [table(CREATES), table(DROPS), table(RENAMES)];
    if (made !== undefined) created.add(made);
    if (dropped !== undefined && created.has(dropped)) replaced.add(dropped);
    if (renamed !== undefined) replaced.add(renamed);
  }
  return { created, replaced };
}

const isOwn = (name: string, { own }: SqlChange) => own.replaced.has(bare(name));
const isCreated = (name: string, { own }: SqlChange) => own.created.has(bare(name));

const migration = (text: string) => added("db/migrations/0007_step.sql", text);

const DROP_TABLE = statementRule({
  id: "sql/drop-table",
  kind: "destructive",
  when: "a table is dropped that the same file does not make or put in place again",
  pattern: new RegExp(`^DROP TABLE (?:IF EXISTS )?(${NAME}(?: ?, ?${NAME})*)( CASCADE)?`),
  why: (found, change) => {
    const names = (found[1] ?? "").split(/ ?, ?/).filter((name) => !isOwn(name, change));
    if (names.length === 0 || /^#|^tempdb/i.test(names[0] ?? "")) return null;
    const cascade = / CASCADE$/i.test(found[0]) ? ", and by `CASCADE` what refers to it" : "";
    return `drops the table ${shown(plain(names.join(", ")))} with its data${cascade}`;
  },
  speaks: [
    ["drops the table `orders` with its data", migration("-- clean up\nDROP TABLE orders;\n")],
    [
      "drops the table `shop.orders` with its data, and by `CASCADE` what refers to it",
      migration('DROP TABLE IF EXISTS "shop"."orders" CASCADE;\n'),
    ],
    ["drops the table `orders` with its data", migration("DO $$ BEGIN\n  DROP TABLE orders;\nEND $$;\n")],
    ["drops the table `orders` with its data", migration("/*!40000 DROP TABLE orders */;\n")],
  ],
  silent: [
    ["a comment", migration("-- DROP TABLE orders;\n/* DROP TABLE orders; */\n")],
    ["a string", migration("INSERT INTO log VALUES ('DROP TABLE orders;');\n")],
    ["the way back", added("db/migrations/0007_step.down.sql", "DROP TABLE orders;\n")],
    [
      "the section for the way back",
      migration("-- +goose Up\nCREATE TABLE a (id int);\n-- +goose Down\nDROP TABLE a;\n"),
    ],
    ["a temporary table", migration("CREATE TEMP TABLE t (id int);\nDROP TABLE t;\n")],
    [
      "a table made anew with its data",
      migration(
        'CREATE TABLE "new_User" (id int);\nINSERT INTO "new_User" SELECT id FROM "User";\nDROP TABLE "User";\nALTER TABLE "new_User" RENAME TO "User";\n',
      ),
    ],
    ["a test fixture", added("test/fixtures/reset.sql", "DROP TABLE orders;\n")],
  ],
});

const DROP_DATABASE = statementRule({
  id: "sql/drop-database",
  kind: "destructive",
  when: "a database, schema, keyspace or tablespace is dropped",
  pattern: new RegExp(`^DROP (DATABASE|SCHEMA|KEYSPACE|TABLESPACE) (?:IF EXISTS )?${NAME}`),
  why: ([, kind = "", name = ""]) =>
    `drops the ${kind.toLowerCase()} ${shown(plain(name))} and everything in it`,
  speaks: [["drops the schema `shop` and everything in it", migration("DROP SCHEMA shop CASCADE;\n")]],
  silent: [["it is made", migration("CREATE SCHEMA shop;\n")]],
});

const DROP_CASCADE = statementRule({
  id: "sql/drop-cascade",
  kind: "destructive",
  when: "a type, view, constraint or function is dropped with all that hangs on it",
  pattern:
    /DROP (TYPE|VIEW|MATERIALIZED VIEW|CONSTRAINT|FUNCTION|SEQUENCE|EXTENSION|DOMAIN|ROLE|OWNED BY)\b[^,]*? CASCADE/,
  why: ([, kind = ""]) => `drops a ${kind.toLowerCase()} with \`CASCADE\`: what hangs on it goes with it`,
  speaks: [
    ["drops a type with `CASCADE`: what hangs on it goes with it", migration("DROP TYPE mood CASCADE;\n")],
  ],
  silent: [["without `CASCADE` it fails instead", migration("DROP TYPE mood;\n")]],
});

const NOT_COLUMNS =
  "CONSTRAINT|INDEX|KEY|FOREIGN|PRIMARY|DEFAULT|PARTITION|NOT|IDENTITY|CHECK|EXPRESSION|COLUMN|STATISTICS|PERIOD|SYSTEM|ATTRIBUTE|VALUE|IF";

const DROP_COLUMN = statementRule({
  id: "sql/drop-column",
  kind: "destructive",
  when: "a column is dropped",
  pattern: new RegExp(
    `(?<=^ALTER TABLE .*)\\bDROP (?:COLUMN (?:IF EXISTS )?|(?!(?:${NOT_COLUMNS})\\b))${NAME}`,
  ),
  why: (found, change) => {
    const table =
      new RegExp(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?${NAME}`, "i").exec(found.input)?.[1] ?? "";
    return isCreated(table, change)
      ? null
      : `drops the column ${shown(plain(found[1] ?? ""))} of ${shown(plain(table))} with its data`;
  },
  speaks: [
    [
      "drops the column `email` of `users` with its data",
      migration("ALTER TABLE users DROP COLUMN email;\n"),
    ],
    [
      "drops the column `email` of `users` with its data",
      migration("ALTER TABLE users\n  ADD COLUMN mail text,\n  DROP email;\n"),
    ],
  ],
  silent: [
    [
      "a constraint is dropped",
      migration(
        "ALTER TABLE users DROP CONSTRAINT users_pkey;\nALTER TABLE users ALTER COLUMN a DROP NOT NULL, ALTER b DROP DEFAULT;\n",
      ),
    ],
  ],
});

const NARROWED = statementRule({
  id: "sql/column-narrowed",
  kind: "destructive",
  when: "a column is changed to a type that may hold less",
  pattern: new RegExp(
    `\\b(?:ALTER (?:COLUMN )?${NAME} (?:SET DATA )?TYPE|ALTER COLUMN ${NAME}|MODIFY (?:COLUMN )?${NAME}) ((?:var)?char(?:acter)?(?: varying)? ?\\(\\d+\\)|nvarchar ?\\(\\d+\\)|smallint|tinyint|date|real|int(?:eger)?)(?![\\w(])`,
  ),
  why: (found) => {
    const column = plain(found[1] ?? found[2] ?? found[3] ?? "");
    return `makes the column ${shown(column)} ${shown(String(found[4]).toLowerCase())}: values that do not fit are cut or refused`;
  },
  speaks: [
    [
      "makes the column `name` `varchar(20)`: values that do not fit are cut or refused",
      migration("ALTER TABLE users ALTER COLUMN name TYPE varchar(20);\n"),
    ],
  ],
  silent: [
    [
      "it holds more",
      migration("ALTER TABLE users ALTER COLUMN name TYPE text;\nALTER TABLE users ALTER id TYPE bigint;\n"),
    ],
  ],
});

const TRUNCATE = statementRule({
  id: "sql/truncate",
  kind: "destructive",
  when: "a table is emptied",
  pattern: new RegExp(`^TRUNCATE (?:TABLE )?(?:ONLY )?${NAME}`),
  why: ([, name = ""], change) =>
    isCreated(name, change) ? null : `empties the table ${shown(plain(name))}`,
  speaks: [["empties the table `orders`", migration("TRUNCATE orders;\n")]],
  silent: [["a function of that name", migration("SELECT truncate(1.234, 2);\n")]],
});

const DELETE_ALL = statementRule({
  id: "sql/delete-without-where",
  kind: "destructive",
  when: "every row of a table is deleted",
  pattern: new RegExp(`^DELETE FROM (?:ONLY )?${NAME}(?!.*\\b(?:WHERE|USING|JOIN|LIMIT)\\b)`),
  why: ([, name = ""], change) =>
    isCreated(name, change)
      ? null
      : `deletes every row of ${shown(plain(name))}: the statement has no \`WHERE\``,
  speaks: [
    ["deletes every row of `orders`: the statement has no `WHERE`", migration("DELETE FROM orders;\n")],
  ],
  silent: [["some rows", migration("DELETE FROM orders\nWHERE created < now();\n")]],
});

const UPDATE_ALL = statementRule({
  id: "sql/update-without-where",
  kind: "destructive",
  when: "every row of a table is overwritten",
  pattern: new RegExp(`^UPDATE (?:ONLY )?${NAME}(?: (?:AS )?\\w+)? SET (?!.*\\b(?:WHERE|JOIN|LIMIT)\\b)`),
  why: ([text = "", name = ""], change) => {
    if (text === "" || change.additions.includes(name) || isCreated(name, change)) return null;
    return `overwrites every row of ${shown(plain(name))}: the statement has no \`WHERE\``;
  },
  speaks: [
    [
      "overwrites every row of `users`: the statement has no `WHERE`",
      migration("UPDATE users SET state = 'new';\n"),
    ],
  ],
  silent: [
    ["some rows", migration("UPDATE users SET state = 'new' WHERE state IS NULL;\n")],
    [
      "a column that the same file adds is filled",
      migration("ALTER TABLE users ADD COLUMN state text;\nUPDATE users SET state = 'new';\n"),
    ],
  ],
});

const ROW_SECURITY = statementRule({
  id: "sql/row-security-off",
  kind: "widening",
  when: "row level security is switched off",
  pattern: new RegExp(`^ALTER TABLE (?:IF EXISTS )?${NAME} (?:DISABLE|NO FORCE) ROW LEVEL SECURITY`),
  why: ([, name = ""]) =>
    `switches row level security of ${shown(plain(name))} off: whoever may read the table reads every row`,
  speaks: [
    [
      "switches row level security of `orders` off: whoever may read the table reads every row",
      migration("ALTER TABLE orders DISABLE ROW LEVEL SECURITY;\n"),
    ],
  ],
  silent: [["it is switched on", migration("ALTER TABLE orders ENABLE ROW LEVEL SECURITY;\n")]],
});

const GRANT_ALL = statementRule({
  id: "sql/grant-wide",
  kind: "widening",
  when: "everything is granted, or anything to everybody, or a superuser is made",
  pattern:
    /^GRANT (ALL\b.*? TO .+|(?!USAGE ON SCHEMA|EXECUTE|CONNECT).*? TO PUBLIC\b.*)$|^((?:CREATE|ALTER) (?:ROLE|USER) .*\b(?<!NO)SUPERUSER\b.*)$/,
  why: (found) => `grants widely: ${shown(found[0])}`,
  speaks: [
    ["grants widely: `GRANT ALL ON orders TO app`", migration("GRANT ALL ON orders TO app;\n")],
    ["grants widely: `ALTER ROLE app SUPERUSER`", migration("ALTER ROLE app SUPERUSER;\n")],
  ],
  silent: [
    ["one right to one role", migration("GRANT SELECT ON orders TO app;\nALTER ROLE app NOSUPERUSER;\n")],
  ],
});

export const SQL: System = {
  name: "sql",
  title: "SQL",
  reads: ({ path }) => SQL_FILE.test(path) && isLive(path) && !DOWN_FILE.test(path),
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
