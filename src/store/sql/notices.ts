import type { ClaimedNotice, NewNotice, NoticeCount, NoticeMemory } from "../notices.ts";
import { type Database, given, type Row, rowsOf, type Statement, statement } from "./sql.ts";

/** Of one address at once. */
const MOST_WAITING = 1_000;

/** What people have still to be told. */
export function sqlNotices(database: Database): NoticeMemory {
  const ofKeys = (sql: string, keys: readonly string[], ...values: readonly number[]) =>
    database.run([statement(sql, given(keys.map((key) => ({ key }))), ...values)]);
  return {
    noteNotices: async (notices, { now, dueAt }) => {
      if (notices.length === 0) return [];
      const dropped = await database.run(noteStatements(notices, now.getTime(), dueAt.getTime()));
      return counted(dropped.at(-1) ?? []);
    },

    releaseNotices: async (keys, now) => {
      await ofKeys(RELEASE, keys, now.getTime());
    },

    withdrawNotices: async (keys) => {
      await ofKeys(WITHDRAW, keys);
    },

    claimNotice: async (target, now, leaseMs) => {
      const values = [target, now.getTime(), now.getTime() + leaseMs] as const;
      const [row] = await rowsOf(database, statement(CLAIM, ...values));
      return row === undefined ? null : claimed(target, row);
    },

    noticeDueAt: async (target) => {
      const [row] = await rowsOf(database, statement(DUE_AT, target));
      return row === undefined ? null : new Date(Number(row.due_at));
    },

    noticeSent: async ({ target, key }, now) => {
      await database.run([statement(SENT, target, key, now.getTime())]);
    },

    retryNotice: async ({ target, key }, at) => {
      await database.run([statement(RETRY, target, key, at.getTime())]);
    },

    giveUpNotices: async (since, now) =>
      counted(await rowsOf(database, statement(GIVE_UP, since.getTime(), now.getTime()))),

    forgetNotices: async (before) => {
      await database.run([statement(FORGET, before.getTime())]);
    },

    waitingNotices: async () =>
      (await rowsOf(database, statement(WAITING))).map(({ target, notices }) => ({
        target: String(target),
        notices: Number(notices),
      })),
  };
}

/** The last answers with a row for each that was dropped. */
function noteStatements(notices: readonly NewNotice[], now: number, dueAt: number): readonly Statement[] {
  const rows = notices.map((notice, place) => ({
    ...notice,
    ...{ routine: Number(notice.routine), place: place + 1 },
  }));
  const targets = [...new Set(notices.map(({ target }) => target))].map((target) => ({ target }));
  return [statement(NOTE, given(rows), now, dueAt), statement(DROP, given(targets), now)];
}

function counted(rows: readonly Row[]): readonly NoticeCount[] {
  const byTarget = Map.groupBy(rows, ({ target }) => String(target));
  return [...byTarget].map(([target, own]) => ({ target, notices: own.length }));
}

function claimed(target: string, { key, record, attempts }: Row): ClaimedNotice {
  return { target, key: String(key), record: String(record), attempts: Number(attempts) };
}

// What is found again was not forgotten: it is remembered as long as it is found.
const NOTE = `
  INSERT INTO main.notice (target, key, place, routine, record, noted_at, due_at)
  SELECT value ->> 'target', value ->> 'key',
    coalesce((SELECT max(own.place) FROM main.notice AS own WHERE own.target = value ->> 'target'), 0)
      + CAST(value ->> 'place' AS BIGINT),
    CAST(value ->> 'routine' AS BIGINT), value ->> 'record', CAST($2 AS BIGINT), CAST($3 AS BIGINT)
  FROM GIVEN($1) WHERE true
  ON CONFLICT (target, key) DO UPDATE SET ended_at = excluded.noted_at WHERE notice.ended_at IS NOT NULL`;

const DROP = `
  UPDATE main.notice SET ended_at = CAST($2 AS BIGINT), record = '' WHERE (target, key) IN (
    SELECT target, key FROM (
      SELECT target, key, row_number() OVER (PARTITION BY target ORDER BY routine, place DESC) AS number
      FROM main.notice
      WHERE ended_at IS NULL AND target IN (SELECT value ->> 'target' FROM GIVEN($1))) AS numbered
    WHERE number > ${MOST_WAITING})
  RETURNING target`;

const UNTRIED = "attempts = 0 AND ended_at IS NULL AND key IN (SELECT value ->> 'key' FROM GIVEN($1))";
const RELEASE = `UPDATE main.notice SET due_at = CAST($2 AS BIGINT) WHERE ${UNTRIED}`;
const WITHDRAW = `DELETE FROM main.notice WHERE ${UNTRIED}`;

const FIRST = `
  FROM main.notice AS own WHERE own.target = $1 AND own.ended_at IS NULL ORDER BY own.place, own.key LIMIT 1`;
const CLAIM = `
  UPDATE main.notice SET due_at = CAST($3 AS BIGINT), attempts = attempts + 1
  WHERE target = $1 AND ended_at IS NULL AND due_at <= CAST($2 AS BIGINT) AND key = (SELECT own.key ${FIRST})
  RETURNING key, record, attempts`;
const DUE_AT = `SELECT own.due_at ${FIRST}`;

const SENT = `
  UPDATE main.notice SET ended_at = CAST($3 AS BIGINT), record = ''
  WHERE target = $1 AND key = $2 AND ended_at IS NULL`;
const RETRY = `
  UPDATE main.notice SET due_at = CAST($3 AS BIGINT) WHERE target = $1 AND key = $2 AND ended_at IS NULL`;

const GIVE_UP = `
  UPDATE main.notice SET ended_at = CAST($2 AS BIGINT), record = ''
  WHERE ended_at IS NULL AND noted_at < CAST($1 AS BIGINT) RETURNING target`;
const FORGET = "DELETE FROM main.notice WHERE ended_at < $1";

const WAITING = `
  SELECT target, count(*) AS notices FROM main.notice WHERE ended_at IS NULL GROUP BY target ORDER BY target`;
