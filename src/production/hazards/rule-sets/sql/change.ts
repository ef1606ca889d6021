import { HAZARD_LIMITS } from "../../limits.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { downLinesIn } from "../../reading/migration-sections.ts";
import { readSql, type SqlStatement } from "../../reading/sql.ts";
import { clausesOf } from "./clauses.ts";
import { full, NAME, plain } from "./names.ts";
import { isUndone } from "./undone.ts";

export const SQL_FILE = /\.(?:sql|psql|pgsql|mysql|ddl|cql)$/i;

export const DOWN_FILE =
  /(?:\.down\.sql|[._-]down\.sql|\/down\.sql|\/down\/[^/]+|(?:^|\/)U[\d._]+__[^/]*|[._-](?:rollback|undo)\.sql)$|(?:^|\/)(?:rollback|revert|undo)s?\//i;

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
  const all = statementsIn(after ?? "");
  return { file, came: gained(statementsIn(before ?? ""), all), ...factsOf(all), by: "parser" };
}

/** Without what only takes back what the same file makes, in a section for that. */
function statementsIn(text: string) {
  const all = readSql(text).flatMap(clausesOf);
  const down = downLinesIn(text);
  if (down.size === 0) return all.map(keyed);
  const way = all.filter(({ line }) => !down.has(line)).map((each) => each.text);
  return all.filter((each) => !down.has(each.line) || !isUndone(each.text, way)).map(keyed);
}

function factsOf(all: readonly SqlStatement[]): Pick<SqlChange, "own" | "additions"> {
  const additions = all.filter(({ text }) => /\bADD\b/i.test(text)).map(({ text }) => text);
  return { own: ownTables(all), additions: additions.join("\n") };
}

/** Statements that stand on one line alone. */
function addedLines(file: FileChange): SqlChange {
  const all = file.lines.after.flatMap(({ text, line }) =>
    readSql(text, { firstLine: line }).flatMap(clausesOf),
  );
  return { file, came: all, ...factsOf(all), by: "diff" };
}

/** With `IF NOT EXISTS` the table may have been there, so that it is not the file's own. */
const CREATES = new RegExp(`^CREATE ((?:[A-Z]+ )*?)TABLE (?!IF NOT EXISTS)${NAME}`, "i");

const DROPS = new RegExp(`^DROP TABLE (?:IF EXISTS )?${NAME}`, "i");

const RENAMES = new RegExp(`^ALTER TABLE .{0,300}?RENAME TO ${NAME}`, "i");

const COPIES = new RegExp(`^(?:INSERT (?:OR \\w+ )?INTO|CREATE TABLE) .*\\bFROM (?:ONLY )?${NAME}`, "i");

/** A name that no schema is said of may mean a temporary table. */
class Names {
  readonly #names = new Set<string>();
  readonly #temporary = new Set<string>();

  add(name: string, { isTemporary = false } = {}): void {
    (isTemporary ? this.#temporary : this.#names).add(full(name));
  }

  has(name: string): boolean {
    const own = full(name);
    return this.#names.has(own) || (!plain(name).includes(".") && this.#temporary.has(own));
  }
}

interface OwnTables {
  /** Made by the file. */
  readonly created: Pick<Names, "has">;
  /** Dropped after the file made them, or put in place again with what they held: nothing that was there is lost. */
  readonly replaced: Pick<Names, "has">;
  /** Views that are made, which hold nothing of their own. */
  readonly views: Pick<Names, "has">;
}

const VIEWS = new RegExp(`^CREATE (?:[A-Z]+ )*?VIEW (?:IF NOT EXISTS )?${NAME}`, "i");

function ownTables(statements: readonly SqlStatement[]): OwnTables {
  const [created, copied, replaced, views] = [new Names(), new Names(), new Names(), new Names()];
  for (const { text } of statements) {
    const table = (pattern: RegExp) => pattern.exec(text)?.at(-1);
    const made = CREATES.exec(text);
    const [dropped, renamed, view, from] = [table(DROPS), table(RENAMES), table(VIEWS), table(COPIES)];
    if (view !== undefined) views.add(view);
    if (from !== undefined) copied.add(from);
    if (made?.[2] !== undefined) created.add(made[2], { isTemporary: /\bTEMP/i.test(made[1] ?? "") });
    if (dropped !== undefined && created.has(dropped))
      replaced.add(dropped, { isTemporary: !dropped.includes(".") });
    if (renamed !== undefined && copied.has(renamed)) replaced.add(renamed);
  }
  return { created, replaced, views };
}
