import { HAZARD_LIMITS } from "../../limits.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { readSql, type SqlStatement, withoutDown } from "../../reading/sql.ts";

export const SQL_FILE = /\.(?:sql|psql|pgsql|mysql|ddl|cql)$/i;

export const DOWN_FILE =
  /(?:\.down\.sql|[._-]down\.sql|\/down\.sql|\/down\/[^/]+|(?:^|\/)U[\d._]+__[^/]*|[._-](?:rollback|undo)\.sql)$|(?:^|\/)(?:rollback|revert|undo)s?\//i;

export const NAME =
  '((?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\])(?:\\.(?:[\\w$]+|"[^"]+"|`[^`]+`|\\[[^\\]]+\\]))*)';

export const plain = (name: string) => name.replaceAll(/["`[\]]/g, "");

export const bare = (name: string) => plain(name).split(".").at(-1)?.toLowerCase() ?? "";

/** Statements that came, and what the file says beside them. */
export interface SqlChange {
  readonly file: FileChange;
  readonly came: readonly SqlStatement[];
  readonly own: OwnTables;
  /** What statements add, in one text. */
  readonly additions: string;
  readonly by: "parser" | "diff";
}

const known = new WeakMap<FileChange, SqlChange>();

export function readChange(file: FileChange): SqlChange {
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

const CREATES = new RegExp(`^CREATE (?:[A-Z]+ )*?TABLE (?:IF NOT EXISTS )?${NAME}`, "i");

const DROPS = new RegExp(`^DROP TABLE (?:IF EXISTS )?${NAME}`, "i");

const RENAMES = new RegExp(`^ALTER TABLE .{0,300}?RENAME TO ${NAME}`, "i");

interface OwnTables {
  /** Made by the file, wherever. */
  readonly created: ReadonlySet<string>;
  /** Dropped after the file made them, or put in place again: nothing that was there is lost. */
  readonly replaced: ReadonlySet<string>;
  /** Views, which hold nothing of their own. */
  readonly views: ReadonlySet<string>;
}

const VIEWS = new RegExp(`^CREATE (?:[A-Z]+ )*?VIEW (?:IF NOT EXISTS )?${NAME}`, "i");

function ownTables(statements: readonly SqlStatement[]): OwnTables {
  const created = new Set<string>();
  const replaced = new Set<string>();
  const views = new Set<string>();
  for (const { text } of statements) {
    const table = (pattern: RegExp) => {
      const name = pattern.exec(text)?.[1];
      return name === undefined ? undefined : bare(name);
    };
    const [made, dropped, renamed, view] = [table(CREATES), table(DROPS), table(RENAMES), table(VIEWS)];
    if (view !== undefined) views.add(view);
    if (made !== undefined) created.add(made);
    if (dropped !== undefined && created.has(dropped)) replaced.add(dropped);
    if (renamed !== undefined) replaced.add(renamed);
  }
  return { created, replaced, views };
}
