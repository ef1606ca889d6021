import type { ClockRecord } from "../../signoff/time-facts.ts";
import type { PullRequestMemory, Seen } from "../memory.ts";
import type { RepositoryRef } from "../repository.ts";
import type { HeardTime, RecordedPlace, TimeMemory } from "../time.ts";
import { type Database, given, type Row, rowsOf, type Statement, some, statement } from "./sql.ts";

/** What people have before them. */
export function sqlTime(database: Database): TimeMemory {
  return {
    linePlaces: async ({ repositoryId }) =>
      (await rowsOf(database, statement(PLACES, repositoryId))).map(toPlace),

    loadElsewhere: async ({ installationId, repositoryId }) => {
      const rows = await rowsOf(database, statement(LOAD, installationId, repositoryId));
      return Object.fromEntries(rows.map(({ account, waiting }) => [Number(account), Number(waiting)]));
    },

    leaveLines: async ({ repositoryId }, pull) => {
      await database.run([statement(LEAVE_LINES, repositoryId, pull)]);
    },

    keepTimeOf: async ({ repositoryId }, open) => {
      const pulls = given(open.map((pull) => ({ pull })));
      await database.run(KEPT.map((table) => statement(forgetOthers(table), repositoryId, pulls)));
    },
  };
}

/** How long things have stood in the open, as one statement's rows. */
export function timeStatement(repositoryId: number, pull: number): Statement {
  return statement(TIMES, repositoryId, pull);
}

export function toTime(row: Row | undefined): Pick<PullRequestMemory, "clocks" | "activeAt"> {
  const { clocks = null, active_at: activeAt = null } = row ?? {};
  return {
    ...(clocks !== null && { clocks: JSON.parse(String(clocks)) as readonly ClockRecord[] }),
    ...(activeAt !== null && { activeAt: String(activeAt) }),
  };
}

/** Of a verdict. What could not be judged stops no clock, and holds no place. */
export function recordTimeStatements(
  { repositoryId }: RepositoryRef,
  pull: number,
  { clocks, lines = [] }: Pick<Seen, "clocks" | "lines">,
): readonly Statement[] {
  return [
    ...(clocks === undefined ? [] : [statement(CLOCKS, repositoryId, pull, JSON.stringify(clocks))]),
    statement(LEAVE_LINES, repositoryId, pull),
    ...some(
      lines,
      (rows) => statement(ENTER_LINES, repositoryId, pull, rows),
      ({ area, since, asked, most, outside }) => {
        return { area, since, asked: asked ? 1 : 0, most, outside: outside ? 1 : 0 };
      },
    ),
  ];
}

/** Of a delivery. */
export function heardTimeStatements(
  { installationId, repositoryId }: RepositoryRef,
  heard: readonly HeardTime[],
  now: Date,
): readonly Statement[] {
  return heard.flatMap(({ pull, waitsFor, active, closed }) => {
    if (closed) return KEPT.map((table) => statement(forget(table), repositoryId, pull));
    return [
      ...(active ? [statement(ACTIVE, repositoryId, pull, now.toISOString())] : []),
      ...(waitsFor === undefined ? [] : [statement(forget("waiting_review"), repositoryId, pull)]),
      ...some(
        waitsFor ?? [],
        (rows) => statement(WAIT, repositoryId, pull, installationId, rows),
        (account) => ({ account }),
      ),
    ];
  });
}

function toPlace({ area, pull, since, asked, most, outside }: Row): RecordedPlace {
  return {
    ...{ area: String(area), pull: Number(pull), since: String(since) },
    ...{ asked: Number(asked) === 1, most: Number(most) },
    ...(Number(outside) === 1 && { outside: true }),
  };
}

type Table = "pull_time" | "line_place" | "waiting_review" | "shown_verdict";

const KEPT: readonly Table[] = ["pull_time", "line_place", "waiting_review", "shown_verdict"];

const forget = (table: Table) => `DELETE FROM main.${table} WHERE repository = $1 AND pull = $2`;

const forgetOthers = (table: Table) => `
  DELETE FROM main.${table} WHERE repository = $1
  AND pull NOT IN (SELECT CAST(value ->> 'pull' AS BIGINT) FROM GIVEN($2))`;

const TIMES = "SELECT clocks, active_at FROM main.pull_time WHERE repository = $1 AND pull = $2";

const CLOCKS = `
  INSERT INTO main.pull_time (repository, pull, clocks) VALUES ($1, $2, $3)
  ON CONFLICT (repository, pull) DO UPDATE SET clocks = excluded.clocks`;

/** Deliveries come in any order. */
const ACTIVE = `
  INSERT INTO main.pull_time (repository, pull, active_at) VALUES ($1, $2, $3)
  ON CONFLICT (repository, pull) DO UPDATE SET active_at =
    CASE WHEN pull_time.active_at > excluded.active_at THEN pull_time.active_at ELSE excluded.active_at END`;

const PLACES = `
  SELECT area, pull, since, asked, most, outside FROM main.line_place WHERE repository = $1 ORDER BY area, since, pull`;
const LEAVE_LINES = "DELETE FROM main.line_place WHERE repository = $1 AND pull = $2";
const ENTER_LINES = `
  INSERT INTO main.line_place (repository, area, pull, since, asked, most, outside)
  SELECT $1, value ->> 'area', $2, value ->> 'since', CAST(value ->> 'asked' AS BIGINT),
    CAST(value ->> 'most' AS BIGINT), CAST(value ->> 'outside' AS BIGINT)
  FROM GIVEN($3) WHERE true ON CONFLICT (repository, area, pull) DO NOTHING`;

const LOAD = `
  SELECT account, count(*) AS waiting FROM main.waiting_review
  WHERE installation = $1 AND repository <> $2 GROUP BY account`;
const WAIT = `
  INSERT INTO main.waiting_review (repository, pull, installation, account)
  SELECT $1, $2, $3, CAST(value ->> 'account' AS BIGINT) FROM GIVEN($4) WHERE true ON CONFLICT DO NOTHING`;
