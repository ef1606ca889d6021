import { KEY_LENGTH, seal } from "../../ledger/sealing.ts";
import type { LedgerEntry } from "../ledger.ts";
import type { RepositoryRef } from "../repository.ts";
import { given, type Statement, statement } from "./sql.ts";

/**
 * What an account without write permission may make the store keep for a repository, in bytes. A record takes about
 * half a thousand.
 */
export const CAP = { aDay: 200_000, inAll: 2_000_000 } as const;

/** Of a row, beside its record: its key, twice. */
const ROW = 250;

/** A delivery does not tell who may write, so it counts for nothing before an evaluation had time to ask. */
const BEFORE_ASKED = 2;

/** As many characters of a commit's id as nobody finds a second commit for. */
const TOLD_APART_BY = 16;

export function sizeOf(records: readonly object[]): number {
  return records.reduce((sum, record) => sum + JSON.stringify(record).length + ROW, 0);
}

/** Of an entry, beside what it tells: two hashes, and what it is about. */
const ENTRY = 450;

/** What entries of the ledger take, with the texts that are kept apart and their keys. */
export function ledgerSizeOf(entries: readonly LedgerEntry[]): number {
  return entries.reduce((sum, { data: told }) => {
    const { data, texts } = seal(told, () => "k".repeat(KEY_LENGTH));
    return sum + JSON.stringify(data).length + JSON.stringify(texts).length + ENTRY;
  }, 0);
}

export function dayOf(now: Date): string {
  return now.toISOString().slice(0, "2026-01-01".length);
}

/** Notes that so much more is kept because of the account. */
export function keptStatement(
  { repositoryId }: RepositoryRef,
  { account, day }: { readonly account: number; readonly day: string },
  bytes: number,
): readonly Statement[] {
  return bytes === 0 ? [] : [statement(KEEP, repositoryId, account, day, bytes)];
}

/** Answers with a row where nothing more is kept because of the account. */
export function usedUpStatement({ repositoryId }: RepositoryRef, account: number, day: string): Statement {
  return statement(
    `SELECT 1 AS full ${usedUp({ account: "$2", day: "$3", times: 1 })}`,
    repositoryId,
    account,
    day,
  );
}

/** A condition on a given row with an `account`, `$1` the repository and `$3` the day. */
export const IS_USED_UP = `EXISTS (SELECT 1 ${usedUp({
  account: "CAST(value ->> 'account' AS BIGINT)",
  day: "$3",
  times: BEFORE_ASKED,
})})`;

function usedUp({
  account,
  day,
  times,
}: {
  readonly account: string;
  readonly day: string;
  readonly times: number;
}): string {
  return `FROM main.kept_for WHERE repository = CAST($1 AS BIGINT) AND account = ${account}
    GROUP BY account HAVING sum(bytes) >= ${CAP.inAll * times}
      OR sum(CASE WHEN day = CAST(${day} AS TEXT) THEN bytes ELSE 0 END) >= ${CAP.aDay * times}`;
}

/** The account may write after all. */
export function clearStatement({ repositoryId }: RepositoryRef, account: number): Statement {
  return statement(
    "DELETE FROM main.kept_for WHERE repository = $1 AND account IN ($2, $3)",
    ...[repositoryId, account, inLedger(account)],
  );
}

/** What the ledger keeps because of an account is counted apart, under a number that no account has. */
export function inLedger(account: number): number {
  return -account;
}

export function droppedStatements(
  { repositoryId }: RepositoryRef,
  subjects: readonly string[],
): readonly Statement[] {
  if (subjects.length === 0) return [];
  return [
    statement(
      `${DROP} FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`,
      repositoryId,
      given(subjects.map((subject) => ({ subject }))),
    ),
  ];
}

const SHORT = `substr(value ->> 'subject', 1, ${TOLD_APART_BY})`;

export const DROP = `
  INSERT INTO main.dropped_record (repository, subject) SELECT DISTINCT CAST($1 AS BIGINT), ${SHORT}`;

/** Which of the given subjects have no record although they were seen. */
export const DROPPED = `
  SELECT value ->> 'subject' AS subject FROM GIVEN($2)
  WHERE EXISTS (SELECT 1 FROM main.dropped_record AS dropped
    WHERE dropped.repository = CAST($1 AS BIGINT) AND dropped.subject = ${SHORT})`;

const KEEP = `
  INSERT INTO main.kept_for (repository, account, day, bytes) VALUES ($1, $2, $3, $4)
  ON CONFLICT (repository, account, day) DO UPDATE SET bytes = kept_for.bytes + excluded.bytes`;
