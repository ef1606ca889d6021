import type { LedgerEntry, LedgerReader } from "../ledger.ts";
import { type Database, type Row, rowsOf, statement } from "./sql.ts";

/** Rows at a time: a ledger may be larger than memory. */
const AT_ONCE = 1_000;

export function sqlLedgerReader(database: Database): LedgerReader {
  return {
    async *entries(repository) {
      for (let after = 0; ; ) {
        const rows = await rowsOf(database, statement(NEXT, repository.toLowerCase(), after));
        for (const row of rows) yield toEntry(row);
        if (rows.length < AT_ONCE) return;
        after = Number(rows.at(-1)?.id);
      }
    },
  };
}

export function toEntry({ at, repository, pull, head_sha: headSha, kind, data }: Row): LedgerEntry {
  return {
    ...{ at: String(at), repository: String(repository), kind: String(kind) as LedgerEntry["kind"] },
    pull: pull === null ? null : Number(pull),
    headSha: headSha === null ? null : String(headSha),
    data: JSON.parse(String(data)),
  };
}

const NEXT = `
  SELECT id, at, repository, pull, head_sha, kind, data FROM main.ledger
  WHERE lower(repository) = $1 AND id > $2 ORDER BY id LIMIT ${AT_ONCE}`;
