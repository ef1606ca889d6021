import { HAZARD_LIMITS } from "../../limits.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { type Section, sectionsIn } from "../../reading/migration-sections.ts";
import { readSql, type SqlStatement } from "../../reading/sql.ts";
import { clausesOf } from "./clauses.ts";
import { isMigrationCode, statementsInCode, statementsInLines } from "./in-code.ts";
import { type OwnTables, ownTablesOf } from "./own-tables.ts";
import { takenBackOf } from "./undone.ts";

/** Statements of one section of a file that came, and what it says beside them. */
export interface SqlChange {
  readonly came: readonly SqlPlace[];
  readonly by: "parser" | "diff";
}

/** A statement with what its section makes before it. */
export interface SqlPlace extends SqlStatement {
  readonly own: OwnTables;
}

const known = new WeakMap<FileChange, readonly SqlChange[]>();

/**
 * Each section of a file by itself: what the way back makes does not excuse what the way there destroys.
 * @throws {OutOfSteps}
 */
export function readChanges(file: FileChange): readonly SqlChange[] {
  const found = known.get(file);
  if (found !== undefined) return found;
  const { before = null, after } = file;
  const isShort = (before ?? "").length + (after ?? "").length <= 2 * HAZARD_LIMITS.parsedLength;
  const changes = after !== undefined && isShort ? wholeFile(file, before, after) : addedLines(file);
  known.set(file, changes);
  return changes;
}

/** What stands before the marks of a tool, on the way there and on the way back. */
interface Sections {
  readonly outside: readonly SqlStatement[];
  readonly there: readonly SqlStatement[];
  readonly back: readonly SqlStatement[];
}

function wholeFile(file: FileChange, before: string | null, after: string | null): readonly SqlChange[] {
  const was = Object.values(sectionsOf(file, before ?? "")).flat();
  const { outside, there, back } = sectionsOf(file, after ?? "");
  const all = [...placed(outside, []), ...placed(there, []), ...placed(back, there)];
  const came = gained(was.map(keyed), all.map(keyed));
  return [{ came: came.filter(({ isUndone: is }) => !is), by: "parser" }];
}

const keyed = <Each extends SqlStatement>(statement: Each) => ({ ...statement, key: statement.text });

function sectionsOf(file: FileChange, text: string): Sections {
  if (isMigrationCode(file)) return { outside: [], there: statementsInCode(file, text), back: [] };
  const all = readSql(text).flatMap(clausesOf);
  const sectionOf = sectionsIn(text);
  const of = (section: Section) => all.filter(({ line }) => sectionOf(line) === section);
  return { outside: of("outside"), there: of("there"), back: of("back") };
}

/** The statements of a section, and which only take back what the way there makes. */
function placed(section: readonly SqlStatement[], way: readonly SqlStatement[]) {
  const own = ownTablesOf(section);
  const isTakenBack = takenBackOf(way.map(({ text }) => text));
  return section.map((statement, at) => ({
    ...statement,
    isUndone: way.length > 0 && isTakenBack(statement.text),
    own: own(at),
  }));
}

/** Statements that stand on one line alone. */
function addedLines(file: FileChange): readonly SqlChange[] {
  const all = isMigrationCode(file)
    ? statementsInLines(file)
    : file.lines.after.flatMap(({ text, line }) => readSql(text, { firstLine: line }).flatMap(clausesOf));
  return [{ came: placed(all, []), by: "diff" }];
}
