import type { FreezeHistory, FreezeRecord, LiftRecord, OverrideRecord } from "../../signoff/snapshot.ts";
import { freezeFact, overrideFact } from "../fact.ts";
import type { CommandMemory, HeardCommand, Seen } from "../memory.ts";
import type { RepositoryRef } from "../repository.ts";
import { invalidationStatements } from "./invalidations.ts";
import { type Database, type Row, record, rowsOf, type Statement, some, statement } from "./sql.ts";

/** Commands of one person on one pull request that wait at once. */
const MOST_WAITING = 5;

/** Notes comments that may hold a command. */
export function heardCommandStatements(
  { repositoryId }: RepositoryRef,
  commands: readonly ({ readonly pull: number } & HeardCommand)[],
): readonly Statement[] {
  return commands.map(({ pull, commentId, account, login, said }) =>
    statement(HEAR, repositoryId, commentId, pull, account, login, said ? JSON.stringify(said) : null),
  );
}

/** What is not over of the commands on a pull request, as one statement's rows. */
export function commandsStatement(repositoryId: number, pull: number): Statement {
  return statement(COMMANDS, repositoryId, pull);
}

/** `undefined` where there is nothing. */
export async function toCommands(
  database: Database,
  rows: readonly Row[],
  { repositoryId, pull }: { readonly repositoryId: number; readonly pull: number },
): Promise<CommandMemory | undefined> {
  if (rows.length === 0) return undefined;
  const heads = await rowsOf(database, statement(HEADS, repositoryId, pull));
  const withdrawals = rows.flatMap((row) =>
    row.state === "withdrawn" ? [record<{ readonly at: string }>(row).at] : [],
  );
  const last = withdrawals.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
  return {
    heard: rows.flatMap((row) => (row.state === "heard" ? [heardIn(row)] : [])),
    overrides: rows.flatMap((row) => (row.state === "open" ? [record<OverrideRecord>(row)] : [])),
    ...(last !== undefined && { withdrawnAt: last }),
    heads: heads.map((row) => String(row.head_sha)),
  };
}

function heardIn(row: Row): HeardCommand {
  const { comment, account, login, record: said } = row;
  return {
    ...{ commentId: Number(comment), account: Number(account), login: String(login) },
    ...(said !== null && { said: record<NonNullable<HeardCommand["said"]>>(row) }),
  };
}

/** What people froze in a repository, as one statement's rows. */
export function freezesStatement(repositoryId: number): Statement {
  return statement(FREEZES, repositoryId);
}

/** `undefined` where nobody froze anything. */
export async function toFreezes(
  database: Database,
  rows: readonly Row[],
  repositoryId: number,
): Promise<FreezeHistory | undefined> {
  if (rows.length === 0) return undefined;
  const held = await rowsOf(database, statement(HELD, repositoryId));
  const recordsOf = <T extends { readonly at: string }>(state: string) =>
    rows.flatMap((row) => (row.state === state ? [record<T>(row)] : [])).toSorted(byTime);
  const thawed = recordsOf<FreezeRecord>("thawed");
  return {
    frozen: recordsOf<FreezeRecord>("frozen"),
    lifts: recordsOf<LiftRecord>("lift"),
    ...(thawed.length > 0 && { thawed }),
    recent: rows.map(record<LiftRecord>).map(({ by, at }) => ({ account: by.id, at })),
    held: [...new Set(held.flatMap((row) => record<readonly number[]>(row)))],
  };
}

function byTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return Date.parse(one.at) - Date.parse(other.at);
}

export function heldStatement(
  { repositoryId }: RepositoryRef,
  pull: number,
  people: readonly number[],
): Statement {
  return people.length === 0
    ? statement(FORGET_HELD, repositoryId, pull)
    : statement(NOTE_HELD, repositoryId, pull, JSON.stringify(people));
}

/** What became of commands, and which overrides ended. */
export function commandOutcomeStatements(
  repository: RepositoryRef,
  pull: number,
  { commands = [], ended = [], by: { at: now } }: Seen,
): readonly Statement[] {
  const { repositoryId } = repository;
  const opened = commands.flatMap(({ override }) => override ?? []);
  const frozen = commands.flatMap(({ freeze }) => freeze ?? []);
  const lifts = commands.flatMap(({ lift }) => lift ?? []);
  const withdrawals = commands.flatMap(({ withdrawal }) => withdrawal ?? []);
  const kept = new Set([...opened, ...frozen, ...lifts, ...withdrawals].map(({ commentId }) => commentId));
  const over = commands.filter(({ commentId }) => !kept.has(commentId));
  const noted = (state: string, records: readonly { readonly commentId: number }[]) =>
    some(
      records,
      (rows) => statement(BECOME, repositoryId, rows, state),
      (each) => ({ comment: each.commentId, record: JSON.stringify(each) }),
    );
  // In the transaction that notes them: no pass is published in between that does not know of them.
  const doubted = [
    ...frozen.map(({ area }) => freezeFact(repository, area)),
    ...(ended.length > 0 ? [overrideFact(repository, pull)] : []),
  ];
  return [
    ...noted("open", opened),
    ...noted("frozen", frozen),
    ...noted("lift", lifts),
    ...noted("withdrawn", withdrawals),
    ...some(
      lifts.flatMap(({ lifted }) => lifted),
      (rows) => statement(THAW, repositoryId, rows),
      (comment) => ({ comment }),
    ),
    ...(doubted.length === 0 ? [] : invalidationStatements({ facts: doubted }, now)),
    ...forgetCommandsStatements(repository, over),
    ...some(
      ended,
      (rows) => statement(END, repositoryId, rows),
      (each) => ({ comment: each.record.commentId, record: JSON.stringify(each) }),
    ),
  ];
}

/** What waits and nothing can come of. */
export function forgetCommandsStatements(
  { repositoryId }: RepositoryRef,
  commands: readonly Pick<HeardCommand, "commentId">[],
): readonly Statement[] {
  return some(
    commands,
    (rows) => statement(DROP, repositoryId, rows),
    ({ commentId: comment }) => ({ comment }),
  );
}

/** Answers with a row where nobody told the account anything there before. */
export function answerOnceStatement(
  { repositoryId }: RepositoryRef,
  pull: number,
  account: number,
): Statement {
  return statement(ANSWER, repositoryId, pull, account);
}

const HEAR = `
  INSERT INTO main.command (repository, comment, pull, account, login, record, state)
  SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS TEXT),
    CAST($6 AS TEXT), 'heard'
  WHERE (SELECT count(*) FROM main.command AS waiting
    WHERE waiting.repository = CAST($1 AS BIGINT) AND waiting.pull = CAST($3 AS BIGINT)
      AND waiting.account = CAST($4 AS BIGINT) AND waiting.state = 'heard') < ${MOST_WAITING}
  ON CONFLICT DO NOTHING`;

const COMMANDS = `
  SELECT comment, account, login, state, record FROM main.command
  WHERE repository = $1 AND pull = $2 AND state IN ('heard', 'open', 'withdrawn') ORDER BY comment`;

const HEADS = "SELECT head_sha FROM main.pull_head WHERE repository = $1 AND pull = $2 ORDER BY head_sha";

const GIVEN_COMMENT = "repository = CAST($1 AS BIGINT) AND comment = CAST(value ->> 'comment' AS BIGINT)";

// Once something came of it, nothing more comes of the same comment.
const BECOME = `
  UPDATE main.command SET state = CAST($3 AS TEXT), record = value ->> 'record' FROM GIVEN($2)
  WHERE ${GIVEN_COMMENT} AND state = 'heard'`;

const THAW = `
  UPDATE main.command SET state = 'thawed' FROM GIVEN($2)
  WHERE ${GIVEN_COMMENT} AND state = 'frozen'`;

/** As many as several people may give in an hour, by comments and on our pages each. Those on pages count down. */
const LATELY = 100;

const FREEZES = `
  SELECT comment, state, record FROM main.command WHERE repository = $1 AND state = 'frozen'
  UNION ALL
  SELECT comment, state, record FROM (
    SELECT comment, state, record FROM main.command
    WHERE repository = $1 AND state IN ('thawed', 'lift') AND comment > 0
    ORDER BY comment DESC LIMIT ${LATELY}) AS lately
  UNION ALL
  SELECT comment, state, record FROM (
    SELECT comment, state, record FROM main.command
    WHERE repository = $1 AND state IN ('thawed', 'lift') AND comment < 0
    ORDER BY comment LIMIT ${LATELY}) AS lately_on_pages
  ORDER BY comment`;

const HELD = "SELECT record FROM main.held_change WHERE repository = $1";
const NOTE_HELD = `
  INSERT INTO main.held_change (repository, pull, record) VALUES ($1, $2, $3)
  ON CONFLICT (repository, pull) DO UPDATE SET record = excluded.record`;
const FORGET_HELD = "DELETE FROM main.held_change WHERE repository = $1 AND pull = $2";

const END = `
  UPDATE main.command SET state = 'ended', record = value ->> 'record' FROM GIVEN($2)
  WHERE ${GIVEN_COMMENT} AND state = 'open'`;

const DROP = `
  DELETE FROM main.command WHERE state = 'heard' AND repository = CAST($1 AS BIGINT)
    AND comment IN (SELECT CAST(value ->> 'comment' AS BIGINT) FROM GIVEN($2))`;

const ANSWER = `
  INSERT INTO main.command_answer (repository, pull, account) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING account`;
