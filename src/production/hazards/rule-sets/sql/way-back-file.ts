import type { FileChange } from "../../reading/change.ts";

export const SQL_FILE = /\.(?:sql|psql|pgsql|mysql|ddl|cql)$/i;

/** Names that only tools give to the way back of a migration. */
const CERTAIN = /\.down\.sql$|(?:^|\/)U[\d._]+__[^/]*$/i;
/** Names that mean the way back only beside its way there. */
const LIKELY =
  /[._-](?:down|rollback|undo|revert)\.sql$|\/(?:down|rollback|revert|undo)\.sql$|(?:^|\/)(?:down|rollbacks?|reverts?|undos?)\/[^/]+$/i;
/** A tool that reads it runs what stands below. */
const UP_MARK = /^[ \t]*(?:--|#[ \t]*---)[ \t]*(?:\+(?:goose|migrate)\s+Up|migrate:up|!Ups)\b/im;

/** Whether a file takes another migration back and is not run on the way there. */
export function isWayBackFile(file: FileChange, files: readonly FileChange[]): boolean {
  const { path, after } = file;
  const isCertain = CERTAIN.test(path);
  if (!isCertain && !LIKELY.test(path)) return false;
  if (UP_MARK.test(after ?? "")) return false;
  if (isCertain) return true;
  const own = nameOf(path);
  return files.some((other) => other !== file && !LIKELY.test(other.path) && nameOf(other.path) === own);
}

/** What a migration is called, whichever way it goes. */
function nameOf(path: string): string {
  const parts = path
    .toLowerCase()
    .replace(/\.[a-z]+$/, "")
    .split("/");
  const name = (parts.at(-1) ?? "").replace(/[._-](?:up|down|rollback|undo|revert)$/, "");
  return /^(?:up|down|rollback|undo|revert)$/.test(name) ? parts.slice(0, -1).join("/") : name;
}
