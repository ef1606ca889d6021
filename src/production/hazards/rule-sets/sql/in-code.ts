import type { FileChange } from "../../reading/change.ts";
import { readMigrationCode } from "../../reading/migration-code.ts";
import { readSql, type SqlStatement } from "../../reading/sql.ts";
import { CODE, isMigration } from "../migrations/folder.ts";
import { clausesOf } from "./clauses.ts";

/** Migrations of frameworks, which run SQL from texts. */
export function isMigrationCode({ path, previousPath }: Pick<FileChange, "path" | "previousPath">): boolean {
  return CODE.test(path) && [path, previousPath].some(isMigration);
}

/**
 * The statements in the texts of a migration, and what it makes by calls, as statements, in the order of the lines.
 * @throws {OutOfSteps}
 */
export function statementsInCode({ path, steps }: FileChange, text: string): readonly SqlStatement[] {
  const { texts, isWayBack } = readMigrationCode({ path, text, steps });
  const inTexts = texts.flatMap((each) =>
    readSql(each.text, { firstLine: each.firstLine })
      .flatMap(clausesOf)
      .map((statement) => ({ ...statement, line: Math.min(statement.line, each.lastLine) })),
  );
  const all = [...madeByCalls(text, isWayBack), ...inTexts].toSorted((one, other) => one.line - other.line);
  return [...new Map(all.map((each) => [`${each.line} ${each.text}`, each])).values()];
}

/** Of a diff, the lines after one another as one text. */
export function statementsInLines(file: FileChange): readonly SqlStatement[] {
  const runs: { first: number; texts: string[] }[] = [];
  for (const { text, line } of file.lines.after) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.texts.length === line) last.texts.push(text);
    else runs.push({ first: line, texts: [text] });
  }
  return runs.flatMap(({ first, texts }) =>
    statementsInCode(file, texts.join("\n")).map((each) => ({ ...each, line: each.line + first - 1 })),
  );
}

const CREATES =
  /\b(?:create_table|createTable|Schema::create|create\s+table)\b\W{1,20}(\w+)(?!.*\b(?:force|if_not_exists)\b)/;
const ADDS =
  /\b(?:add_column|addColumn)\b\W{1,20}(\w+)\W{1,20}(?:\w+\.Column\W{1,20})?(\w+)(?!.*\bif_not_exists\b)/;

/** What stands for the calls of frameworks that make a table or a column, to tell what is the migration's own. */
function* madeByCalls(text: string, isWayBack: (offset: number) => boolean): Generator<SqlStatement> {
  let offset = 0;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.slice(0, 500);
    const found = /^\s*(?:#|\/\/|\*)/.test(line) || isWayBack(offset) ? null : line;
    offset += raw.length + 1;
    const table = CREATES.exec(found ?? "")?.[1];
    if (table !== undefined) yield { line: index + 1, text: `CREATE TABLE ${table}`, strings: [] };
    const [, of, column] = ADDS.exec(found ?? "") ?? [];
    if (column !== undefined) yield { line: index + 1, text: `ALTER TABLE ${of} ADD ${column}`, strings: [] };
  }
}
