import { CONCLUSIONS } from "../../signoff/verdict.ts";
import { peopleFact } from "../fact.ts";
import type { DestroyedGroup } from "../jobs.ts";
import { firstUrgency, PASSED_URGENCY } from "../order.ts";
import type { Passes, PublishedCheck } from "../passes.ts";
import type { RepositoryRef } from "../repository.ts";
import { SET_PASSED, toTask } from "../rows.ts";
import type { Task } from "../task.ts";
import { taskKey } from "../task.ts";
import { invalidationStatements } from "./invalidations.ts";
import { givenUpStatement } from "./pass-records.ts";
import {
  intendStatements,
  notPublishedStatements,
  publishedStatements,
  restsStatements,
} from "./publishing.ts";
import { type Database, given, type Row, rowsOf, type Statement, statement } from "./sql.ts";
import { sqlWithdrawing } from "./withdrawing.ts";

/** What was published, what that rests on, and what is to be withdrawn. */
export function sqlPasses(database: Database): Passes {
  return {
    moment: async (installationId) => {
      const [row] = await rowsOf(database, statement(MOMENT, peopleFact({ installationId })));
      return { invalidations: Number(row?.number), peopleSince: Number(row?.at ?? 0) };
    },

    publishedChecks: async ({ repositoryId }, headSha) =>
      (await rowsOf(database, statement(PUBLISHED, repositoryId, headSha))).flatMap(toPublishedCheck),

    intend: async (publication, now, until) => {
      const [, noted = []] = await database.run(intendStatements(publication, now, until));
      return noted.length > 0;
    },

    published: async (publication, run, now) => {
      await database.run(publishedStatements(publication, run, now));
    },

    notPublished: async (publication) => {
      await database.run(notPublishedStatements(publication));
    },

    stillRests: async (publication, now) => {
      const [, , kept = []] = await database.run(restsStatements(publication, now));
      return kept.length > 0;
    },

    blockedGroups: async ({ repositoryId }, pulls) => {
      const rows = await rowsOf(database, statement(BLOCKED_GROUPS, repositoryId));
      return rows
        .map(({ task }) => toTask(task))
        .filter((task) => task.kind === "head" && task.pulls.some((pull) => pulls.includes(pull)));
    },

    groupAt: async ({ repositoryId }, headSha) => {
      const [row] = await rowsOf(database, statement(GROUP_AT, repositoryId, headSha));
      const task = row === undefined ? null : toTask(row.task);
      return task?.kind === "head" ? (task.group ?? null) : null;
    },

    passingGroups: async ({ repositoryId }) =>
      (await rowsOf(database, statement(PASSING_GROUPS, repositoryId)))
        .map(({ task }) => toTask(task))
        .filter((task) => task.kind === "head"),

    invalidate: async (invalidation, now) => {
      await database.run(invalidationStatements(invalidation, now));
    },

    ...sqlWithdrawing(database),
  };
}

/** Sees to it that a task is done after now, without bringing a job forward that waits for its time. */
export function ensureStatement(task: Task, now: Date): Statement {
  // It has passed, and people wait for it: before everything else.
  const values = [taskKey(task), JSON.stringify(task), PASSED_URGENCY.direct, now.getTime()] as const;
  return statement(ENSURE, ...values);
}

const ENSURE = `
  INSERT INTO main.job (key, task, urgency, due_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (key) DO UPDATE SET
    urgency = CASE WHEN job.urgency >= ${firstUrgency("aside")} THEN excluded.urgency ELSE job.urgency END,
    ensured = CASE WHEN job.lease IS NULL THEN job.ensured ELSE 1 END`;

/** Puts a task to this moment, or leaves it at an earlier one. One in work is done once more then. */
export function scheduleStatement(task: Task, at: Date): Statement {
  return statement(SCHEDULE, taskKey(task), JSON.stringify(task), PASSED_URGENCY.direct, at.getTime());
}

const SCHEDULE = `
  INSERT INTO main.job (key, task, urgency, due_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (key) DO UPDATE SET
    task = excluded.task,
    due_at = CASE
      WHEN job.lease IS NULL AND job.due_at < excluded.due_at THEN job.due_at
      ELSE excluded.due_at
    END,
    generation = job.generation + 1`;

/** Jobs on commits that have passed go before the others of their priority: only they may be wrongly green. */
export function passesFirst(tasks: readonly Task[]): readonly Statement[] {
  const heads = tasks.flatMap((task) =>
    task.kind === "head" ? [{ key: taskKey(task), repository: task.repositoryId, head: task.headSha }] : [],
  );
  return heads.length === 0 ? [] : [statement(PASSES_FIRST, given(heads))];
}

const PASSES_FIRST = `
  UPDATE main.job SET urgency = ${SET_PASSED}
  WHERE key IN (
    SELECT value ->> 'key' FROM GIVEN($1) JOIN main.pass_fact AS known
      ON known.repository = CAST(value ->> 'repository' AS BIGINT) AND known.head_sha = value ->> 'head')`;

const GROUP_AT = `
  SELECT task FROM main.published_check WHERE repository = $1 AND head_sha = $2 AND in_group = 1 LIMIT 1`;

const BLOCKED_GROUPS = `
  SELECT DISTINCT task FROM main.published_check
  WHERE repository = $1 AND in_group = 1 AND passing = 0 ORDER BY task`;

// A write whose outcome is not known may have passed.
const PASSING_GROUPS = `
  SELECT DISTINCT task FROM main.published_check AS shown
  WHERE repository = $1 AND in_group = 1 AND (passing = 1 OR EXISTS (
    SELECT 1 FROM main.intention AS open
    WHERE open.repository = shown.repository AND open.head_sha = shown.head_sha AND open.passing = 1))
  ORDER BY task`;

/** What merges by itself is withdrawn before what somebody has to merge. */
export function urgentStatement({ repositoryId }: RepositoryRef, headSha: string): Statement {
  return statement(
    "UPDATE main.published_check SET urgent = 1 WHERE repository = $1 AND head_sha = $2",
    repositoryId,
    headSha,
  );
}

/**
 * Forgets what was published on the commits of groups that are gone. One that a pull request has as its head, as where
 * the branch is opened into another one, is that one's alone from then on.
 */
export function destroyedStatements(
  { repositoryId }: RepositoryRef,
  groups: readonly DestroyedGroup[],
  now: Date,
): readonly Statement[] {
  return groups.flatMap(({ headSha, merged }) => [
    statement(HOLD_CHECKS, repositoryId, headSha),
    ...(merged ? [] : [givenUpStatement(repositoryId, headSha, now)]),
    ...["pass_fact", "intention", "published_check"].map((table) =>
      statement(`DELETE FROM main.${table} ${OF_NO_PULL}`, repositoryId, headSha),
    ),
    statement(NO_GROUPS, repositoryId, headSha),
  ]);
}

// As whoever notes a write begins: neither then waits for the other.
const HOLD_CHECKS = `
  SELECT name FROM main.published_check WHERE repository = $1 AND head_sha = $2 ORDER BY name FOR UPDATE`;
const OF_NO_PULL = `WHERE repository = $1 AND head_sha = $2
  AND NOT EXISTS (SELECT 1 FROM main.pull_head AS known WHERE known.repository = $1 AND known.head_sha = $2)`;
const NO_GROUPS = "UPDATE main.published_check SET in_group = 0 WHERE repository = $1 AND head_sha = $2";

const MOMENT = `
  SELECT number, (SELECT at FROM main.invalidation WHERE fact = $1) AS at
  FROM main.invalidation_count WHERE id = 1`;

// Where a write's outcome is not known, nobody knows what GitHub shows.
const PUBLISHED = `
  SELECT name, check_run_id, conclusion, state, CASE
    WHEN EXISTS (
      SELECT 1 FROM main.intention AS open
      WHERE open.repository = $1 AND open.head_sha = $2 AND open.name = shown.name) THEN ''
    ELSE digest
  END AS digest
  FROM main.published_check AS shown WHERE repository = $1 AND head_sha = $2 ORDER BY name`;

const STATES = ["standing", "doubted", "withdrawn"] as const;

function toPublishedCheck(row: Row): readonly PublishedCheck[] {
  const conclusion = CONCLUSIONS.find((known) => known === row.conclusion);
  const state = STATES.find((known) => known === row.state);
  if (conclusion === undefined || state === undefined) return [];
  const checkRunId = row.check_run_id === null ? null : Number(row.check_run_id);
  return [{ name: String(row.name), checkRunId, conclusion, digest: String(row.digest), state }];
}
