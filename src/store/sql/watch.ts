import type { RepositoryRef } from "../repository.ts";
import type {
  CountedOutcome,
  JudgedMove,
  PassRecord,
  WatchedBranch,
  WatchMemory,
  WatchRules,
} from "../watch.ts";
import { appendSteps } from "./chaining.ts";
import {
  type Database,
  given,
  type Row,
  record,
  rowsOf,
  type Statement,
  type Steps,
  some,
  statement,
  type Transactions,
} from "./sql.ts";

/** How governed branches came to be what they are, as far as it was judged. */
export function sqlWatch(database: Database & Transactions): WatchMemory {
  return {
    watched: async ({ repositoryId }) => {
      const [[found] = [], branches = []] = await database.run([
        statement(WATCHED, repositoryId),
        statement(BRANCHES, repositoryId),
      ]);
      if (found === undefined) return null;
      const { read_at: readAt, since, swept_at: sweptAt } = found;
      return {
        rules: record<WatchRules>(found),
        ...{ readAt: Number(readAt), since: Number(since), sweptAt: Number(sweptAt) },
        branches: branches.map(toBranch),
      };
    },

    beginWatch: async ({ repositoryId }, { rules, branches }, now) => {
      await database.run([
        statement(BEGIN, repositoryId, JSON.stringify(rules), now.getTime()),
        ...some(
          branches,
          (rows) => statement(BEGIN_BRANCHES, repositoryId, rows),
          (branch) => branch,
        ),
      ]);
    },

    recordWatchRules: async ({ repositoryId }, rules, now) => {
      await database.run([statement(RULES, repositoryId, JSON.stringify(rules), now.getTime())]);
    },

    recordWatchSweep: async ({ repositoryId }, until) => {
      await database.run([statement(SWEPT, repositoryId, until.getTime())]);
    },

    recordMove: (repository, move, now) => database.transact(() => moveSteps(repository, move, now)),

    passesOf: async ({ repositoryId }, headSha) =>
      (await rowsOf(database, statement(PASSES, repositoryId, headSha))).map(toPass),

    passesOfContent: async ({ repositoryId }, { content, branch }) =>
      (await rowsOf(database, statement(PASSES_OF_CONTENT, repositoryId, content, branch))).map(toPass),

    forgetPasses: async (before) => {
      await database.run([statement(FORGET_PASSES, before.getTime())]);
    },

    ...sqlOutcomes(database),

    oldestWatchSweep: async () => {
      const [row] = await rowsOf(database, statement(OLDEST_SWEEP));
      return row?.swept_at == null ? null : Number(row.swept_at);
    },

    watchOnly: async (installations) => {
      await database.run([statement(ONLY, ids(installations))]);
    },

    watchOnlyIn: async (installationId, repositories) => {
      await database.run([statement(ONLY_IN, installationId, ids(repositories))]);
    },
  };
}

export function sqlOutcomes(database: Database): Pick<WatchMemory, "outcomes"> {
  return { outcomes: async () => (await rowsOf(database, statement(OUTCOMES))).map(toCount) };
}

/** Whether the branch was as it was thought to be: what is noted of its move is noted only then. */
function* moveSteps(repository: RepositoryRef, move: JudgedMove, now: Date): Steps<boolean> {
  const goneOn = (yield moveStatements(repository, move, now)).at(-1);
  if (goneOn?.length !== 1) return false;
  yield* appendSteps(move.entries);
  return true;
}

/** The last answer tells whether the branch was as it was thought to be; it goes on last. */
function moveStatements(
  { repositoryId }: RepositoryRef,
  { was, now: then, outcomes, served }: JudgedMove,
  now: Date,
): readonly Statement[] {
  const { branch } = then;
  const before = [repositoryId, branch, was?.tip ?? null, was?.move ?? null] as const;
  return [
    statement(HOLD, repositoryId),
    ...some(outcomes, (rows) => statement(COUNT, ...before, rows), countRow),
    ...some(
      served,
      (rows) => statement(SERVE, ...before, rows, now.getTime()),
      (pass) => pass,
    ),
    was === null
      ? statement(FIRST, repositoryId, branch, then.tip, then.move)
      : statement(GO_ON, ...before, then.tip, then.move),
  ];
}

function countRow({ outcome, allowed, count }: CountedOutcome): object {
  return { outcome, allowed: Number(allowed), count };
}

function toBranch({ branch, tip, move }: Row): WatchedBranch {
  return { branch: String(branch), tip: String(tip), move: move === null ? null : String(move) };
}

function toPass(row: Row): PassRecord {
  return {
    headSha: String(row.head_sha),
    branch: String(row.branch),
    content: row.content === "" ? null : String(row.content),
    above: row.above === null ? null : String(row.above),
    since: Number(row.since),
    until: row.ended_at === null ? null : Number(row.ended_at),
    overridden: Number(row.overridden) === 1,
    served: row.served_at !== null,
  };
}

function toCount({ outcome, allowed, changes }: Row): CountedOutcome {
  return { outcome: String(outcome), allowed: Number(allowed) === 1, count: Number(changes) };
}

function ids(numbers: readonly number[]): string {
  return given(numbers.map((id) => ({ id })));
}

const WATCHED = "SELECT rules AS record, read_at, since, swept_at FROM main.watched WHERE repository = $1";
const BRANCHES = "SELECT branch, tip, move FROM main.watched_branch WHERE repository = $1 ORDER BY branch";

const BEGIN = `
  INSERT INTO main.watched (repository, rules, read_at, since, swept_at)
  VALUES ($1, $2, $3, $3, $3) ON CONFLICT DO NOTHING`;
const BEGIN_BRANCHES = `
  INSERT INTO main.watched_branch (repository, branch, tip, move)
  SELECT CAST($1 AS BIGINT), value ->> 'branch', value ->> 'tip', value ->> 'move'
  FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`;

const RULES = "UPDATE main.watched SET rules = $2, read_at = $3 WHERE repository = $1";
const SWEPT = "UPDATE main.watched SET swept_at = $2, away = 0 WHERE repository = $1";

// Moves of one repository are noted one after the other.
const HOLD = "SELECT repository FROM main.watched WHERE repository = $1 FOR UPDATE";

const AS_BEFORE = `((CAST($3 AS TEXT) IS NULL AND NOT EXISTS (
    SELECT 1 FROM main.watched_branch AS own WHERE own.repository = $1 AND own.branch = $2))
  OR EXISTS (
    SELECT 1 FROM main.watched_branch AS own
    WHERE own.repository = $1 AND own.branch = $2 AND own.tip = $3
      AND coalesce(own.move, '') = coalesce(CAST($4 AS TEXT), '')))`;

const COUNT = `
  INSERT INTO main.change_count (outcome, allowed, changes)
  SELECT value ->> 'outcome', CAST(value ->> 'allowed' AS BIGINT), CAST(value ->> 'count' AS BIGINT)
  FROM GIVEN($5) WHERE ${AS_BEFORE}
  ON CONFLICT (outcome, allowed) DO UPDATE SET changes = change_count.changes + excluded.changes`;

const SERVE = `
  UPDATE main.pass_record SET served_at = CAST($6 AS BIGINT)
  WHERE repository = $1 AND served_at IS NULL AND ${AS_BEFORE} AND EXISTS (
    SELECT 1 FROM GIVEN($5)
    WHERE value ->> 'headSha' = pass_record.head_sha AND value ->> 'branch' = pass_record.branch)`;

const FIRST = `
  INSERT INTO main.watched_branch (repository, branch, tip, move) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING branch`;
const GO_ON = `
  UPDATE main.watched_branch SET tip = $5, move = $6
  WHERE repository = $1 AND branch = $2 AND tip = $3 AND coalesce(move, '') = coalesce(CAST($4 AS TEXT), '')
  RETURNING branch`;

const PASS = "SELECT head_sha, branch, content, above, since, ended_at, overridden, served_at";

// What passed before the watch began may be for whichever branch, as long as it stands.
const PASSES = `
  ${PASS}, name FROM main.pass_record WHERE repository = $1 AND head_sha = $2
  UNION ALL
  SELECT head_sha, '*', '', NULL, coalesce(shown_at, 0), NULL, 0, NULL, name FROM main.published_check AS shown
  WHERE repository = $1 AND head_sha = $2 AND passing = 1
    AND coalesce(shown_at, 0) < (SELECT since FROM main.watched WHERE repository = $1)
    AND NOT EXISTS (
    SELECT 1 FROM main.pass_record AS known
    WHERE known.repository = shown.repository AND known.head_sha = shown.head_sha AND known.name = shown.name)
  ORDER BY since, branch, name`;
const PASSES_OF_CONTENT = `
  ${PASS} FROM main.pass_record
  WHERE repository = $1 AND content = $2 AND branch = $3 AND served_at IS NULL ORDER BY since, head_sha, name`;
// That a merge group was given up may be told to nobody: it lasts for hours.
const FORGET_PASSES = `
  DELETE FROM main.pass_record
  WHERE ended_at < $1 OR served_at < $1 OR (above IS NOT NULL AND since < $1)`;

const OUTCOMES = "SELECT outcome, allowed, changes FROM main.change_count ORDER BY outcome, allowed";
const OLDEST_SWEEP = "SELECT min(swept_at) AS swept_at FROM main.watched WHERE away = 0";

const OWN = "SELECT CAST(value ->> 'id' AS BIGINT) FROM";
const ONLY = `
  UPDATE main.watched SET away = 1 WHERE repository NOT IN (
    SELECT id FROM main.repository WHERE installation IN (${OWN} GIVEN($1)))`;
const ONLY_IN = `
  UPDATE main.watched SET away = 1
  WHERE repository IN (SELECT id FROM main.repository WHERE installation = $1)
    AND repository NOT IN (${OWN} GIVEN($2))`;
