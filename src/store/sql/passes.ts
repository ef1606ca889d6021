import { CONCLUSIONS } from "../../signoff/verdict.ts";
import { type Fact, peopleFact } from "../fact.ts";
import { toTask } from "../rows.ts";
import type { Invalidation, Passes, Publication, PublishedCheck, Task, Withdrawal } from "../store.ts";
import { taskKey, URGENCY } from "../task.ts";
import { repositoryStatement, toRepository } from "./repositories.ts";
import { type Database, given, type Row, rowsOf, type Statement, statement } from "./sql.ts";

/** What was published, what that rests on, and what is to be withdrawn. */
export function sqlPasses(database: Database): Passes {
  const claimed = async (row: Row): Promise<Withdrawal | null> => {
    const [repository] = await rowsOf(database, repositoryStatement(Number(row.repository)));
    const task = toTask(row.task);
    if (repository === undefined || task.kind !== "head") return null;
    return toWithdrawal(row, { repository: toRepository(repository), task });
  };
  return {
    moment: async (installationId) => {
      const [[count], [people]] = await two(
        database,
        statement("SELECT number FROM main.invalidation_count WHERE id = 1"),
        statement("SELECT at FROM main.invalidation WHERE fact = $1", peopleFact({ installationId })),
      );
      return { invalidations: Number(count?.number), peopleSince: Number(people?.at ?? 0) };
    },

    publishedCheck: async ({ repositoryId }, headSha) => {
      const [row] = await rowsOf(database, statement(PUBLISHED, repositoryId, headSha));
      return row === undefined ? null : toPublishedCheck(row);
    },

    intend: async (publication, until) => {
      const [, inserted = []] = await database.run(intention(publication, until));
      return inserted.length > 0;
    },

    stillRests: async ({ repository: { repositoryId }, headSha, facts, asOf }) => {
      const list = given(facts.map((fact) => ({ fact })));
      const at = [list, asOf, repositoryId, headSha] as const;
      const [, kept = []] = await database.run([
        statement(HOLD_INVALIDATIONS),
        statement(STANDS_UNDOUBTED, ...at),
        statement(REPLACE_FACTS, ...at),
        statement(ADD_FACTS, ...at),
      ]);
      return kept.length > 0;
    },

    published: async (publication, { id, nodeId }, now) => {
      const { repository, headSha, conclusion, digest, passing } = publication;
      const at = [repository.repositoryId, headSha] as const;
      await database.run([
        statement(CONFIRM, ...at, conclusion, digest, Number(passing), id, nodeId, now.getTime()),
        statement(DROP_FORMER_FACTS, ...at),
        statement(CONFIRM_FACTS, ...at),
        statement(DROP_FACTS_OF_NO_PASS, ...at),
      ]);
    },

    notPublished: async ({ repository: { repositoryId }, headSha, digest }) => {
      await database.run([
        statement(DROP_INTENDED_FACTS, repositoryId, headSha),
        statement(DROP_INTENTION, repositoryId, headSha, digest),
        statement(DROP_EMPTY, repositoryId, headSha),
      ]);
    },

    invalidate: async (invalidation, now) => {
      await database.run(invalidationStatements(invalidation, now));
    },

    claimWithdrawal: async (now, leaseMs) => {
      const [row] = await rowsOf(database, statement(CLAIM, now.getTime(), now.getTime() + leaseMs));
      return row === undefined ? null : claimed(row);
    },

    withdrawn: async ({ repository: { repositoryId }, headSha, leasedUntil }, now) => {
      const at = [repositoryId, headSha] as const;
      const [held = []] = await database.run([
        statement(WITHDRAWN, ...at, leasedUntil, now.getTime()),
        statement(OVERTAKEN, ...at),
        statement(DROP_FACTS_OF_NO_PASS, ...at),
      ]);
      return held.length > 0;
    },

    spared: async ({ repository: { repositoryId }, headSha, leasedUntil, onlyIf }) => {
      const accounts = (onlyIf ?? []).map((one) => JSON.stringify(one)).join(",");
      await database.run([statement(SPARED, repositoryId, headSha, leasedUntil, accounts)]);
    },

    retryWithdrawal: async ({ repository: { repositoryId }, headSha, leasedUntil }, retryAt) => {
      await database.run([
        statement(RETRY_WITHDRAWAL, repositoryId, headSha, leasedUntil, retryAt.getTime()),
      ]);
    },

    nextWithdrawalAt: async () => {
      const [row] = await rowsOf(database, statement(NEXT_WITHDRAWAL));
      return row?.at == null ? null : new Date(Number(row.at));
    },
  };
}

/** Puts facts in doubt: counts it, and marks every pass that rests on one of them. */
export function invalidationStatements({ facts, onlyIf }: Invalidation, now: Date): readonly Statement[] {
  const list = given(facts.map((fact) => ({ fact })));
  return [
    statement("UPDATE main.invalidation_count SET number = number + 1 WHERE id = 1"),
    statement(
      `INSERT INTO main.invalidation (fact, number, at)
       SELECT DISTINCT value ->> 'fact', (SELECT number FROM main.invalidation_count WHERE id = 1), CAST($2 AS BIGINT)
       FROM GIVEN($1) WHERE true
       ON CONFLICT (fact) DO UPDATE SET number = excluded.number, at = excluded.at`,
      list,
      now.getTime(),
    ),
    statement(DOUBT, list, now.getTime(), onlyIf === undefined ? null : JSON.stringify(onlyIf)),
  ];
}

// A doubt in any case stays one; one that depends on somebody is joined by the next who does.
const DOUBT = `
  UPDATE main.published_check SET
    only_if = CASE
      WHEN CAST($3 AS TEXT) IS NULL OR (state = 'doubted' AND only_if IS NULL) THEN NULL
      WHEN state = 'doubted' THEN only_if || ',' || CAST($3 AS TEXT)
      ELSE CAST($3 AS TEXT)
    END,
    due_at = CASE WHEN state = 'doubted' THEN due_at ELSE CAST($2 AS BIGINT) END,
    attempts = 0,
    state = 'doubted'
  WHERE (passing = 1 OR intended_passing = 1) AND EXISTS (
    SELECT 1 FROM main.pass_fact AS basis
    WHERE basis.repository = published_check.repository AND basis.head_sha = published_check.head_sha
      AND basis.fact IN (SELECT value ->> 'fact' FROM GIVEN($1)))`;

/** Jobs on commits that have passed go before the others of their priority: only they may be wrongly green. */
export function passesFirst(tasks: readonly Task[]): readonly Statement[] {
  const heads = tasks.flatMap((task) =>
    task.kind === "head" ? [{ key: taskKey(task), repository: task.repositoryId, head: task.headSha }] : [],
  );
  if (heads.length === 0) return [];
  const urgency = `CASE WHEN urgency >= ${URGENCY.sweep - 1} THEN ${URGENCY.sweep - 1} ELSE ${URGENCY.direct - 1} END`;
  return [
    statement(
      `UPDATE main.job SET urgency = ${urgency} WHERE key IN (
         SELECT value ->> 'key' FROM GIVEN($1) JOIN main.published_check AS known
           ON known.repository = CAST(value ->> 'repository' AS BIGINT) AND known.head_sha = value ->> 'head'
         WHERE known.passing = 1 OR known.intended_passing = 1)`,
      given(heads),
    ),
  ];
}

const AT = "repository = $1 AND head_sha = $2";
const PUBLISHED = `
  SELECT check_run_id, conclusion, digest, intended_digest, state FROM main.published_check WHERE ${AT}`;

/** Facts that were put in doubt since the questions were asked. */
const DOUBTED_SINCE = `
  SELECT 1 FROM main.invalidation
  WHERE number > $2 AND fact IN (SELECT value ->> 'fact' FROM GIVEN($1))`;

// Holds invalidations off until the end of the transaction, so that none falls between the look and the note.
const HOLD_INVALIDATIONS = "UPDATE main.invalidation_count SET number = number WHERE id = 1";

const UNDOUBTED = `repository = $3 AND head_sha = $4 AND state = 'standing' AND NOT EXISTS (${DOUBTED_SINCE})`;
const STANDS_UNDOUBTED = `SELECT head_sha FROM main.published_check WHERE ${UNDOUBTED}`;
const REPLACE_FACTS = `
  DELETE FROM main.pass_fact WHERE repository = $3 AND head_sha = $4 AND intended = 0
    AND fact NOT IN (SELECT value ->> 'fact' FROM GIVEN($1))
    AND EXISTS (SELECT 1 FROM main.published_check WHERE ${UNDOUBTED})`;
const ADD_FACTS = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, intended)
  SELECT DISTINCT value ->> 'fact', CAST($3 AS BIGINT), $4, 0 FROM GIVEN($1)
  WHERE EXISTS (SELECT 1 FROM main.published_check WHERE ${UNDOUBTED})
  ON CONFLICT DO NOTHING`;

// An intention whose outcome is not known stands beside the next one.
const INTEND = `
  INSERT INTO main.published_check (
    repository, head_sha, intended_conclusion, intended_digest, intended_passing, written_until, state, urgent,
    in_group, task
  )
  SELECT CAST($3 AS BIGINT), $4, $5, $6, CAST($7 AS BIGINT), CAST($8 AS BIGINT), 'standing', CAST($9 AS BIGINT),
    CAST($10 AS BIGINT), $11
  WHERE NOT EXISTS (${DOUBTED_SINCE})
  ON CONFLICT (repository, head_sha) DO UPDATE SET
    passing = CASE WHEN published_check.intended_passing = 1 THEN 1 ELSE published_check.passing END,
    intended_conclusion = excluded.intended_conclusion, intended_digest = excluded.intended_digest,
    intended_passing = excluded.intended_passing, written_until = excluded.written_until,
    urgent = excluded.urgent, in_group = excluded.in_group, task = excluded.task,
    state = CASE WHEN excluded.intended_passing = 1 THEN 'standing' ELSE published_check.state END
  RETURNING head_sha`;

const KEEP_FORMER_INTENTION = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, intended)
  SELECT fact, repository, head_sha, 0 FROM main.pass_fact WHERE ${AT} AND intended = 1
  ON CONFLICT DO NOTHING`;
const DROP_INTENDED_FACTS = `DELETE FROM main.pass_fact WHERE ${AT} AND intended = 1`;

const INTEND_FACTS = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, intended)
  SELECT DISTINCT value ->> 'fact', CAST($3 AS BIGINT), $4, 1 FROM GIVEN($1)
  WHERE NOT EXISTS (${DOUBTED_SINCE})
  ON CONFLICT DO NOTHING`;

function intention(publication: Publication, until: Date): readonly Statement[] {
  const { repository, headSha, conclusion, digest, passing, asOf, urgent, task } = publication;
  const { repositoryId } = repository;
  const facts = passing ? publication.facts : [];
  const list = given(facts.map((fact: Fact) => ({ fact })));
  const group = Number(task.group !== undefined);
  return [
    statement(HOLD_INVALIDATIONS),
    statement(
      INTEND,
      list,
      asOf,
      repositoryId,
      headSha,
      conclusion,
      digest,
      Number(passing),
      until.getTime(),
      Number(urgent),
      group,
      JSON.stringify(task),
    ),
    statement(KEEP_FORMER_INTENTION, repositoryId, headSha),
    statement(DROP_INTENDED_FACTS, repositoryId, headSha),
    statement(INTEND_FACTS, list, asOf, repositoryId, headSha),
  ];
}

// What was put in doubt while it was being written is withdrawn although it was only just written.
const CONFIRM = `
  UPDATE main.published_check SET
    check_run_id = CAST($6 AS BIGINT), check_node_id = $7, conclusion = $3, digest = CAST($4 AS TEXT),
    passing = CAST($5 AS BIGINT),
    state = CASE WHEN CAST($5 AS BIGINT) = 1 AND state <> 'standing' THEN 'doubted' ELSE 'standing' END,
    due_at = CASE WHEN CAST($5 AS BIGINT) = 1 AND state <> 'standing' THEN CAST($8 AS BIGINT) ELSE NULL END,
    intended_conclusion = CASE WHEN intended_digest = CAST($4 AS TEXT) THEN NULL ELSE intended_conclusion END,
    intended_passing = CASE WHEN intended_digest = CAST($4 AS TEXT) THEN 0 ELSE intended_passing END,
    written_until = CASE WHEN intended_digest = CAST($4 AS TEXT) THEN NULL ELSE written_until END,
    intended_digest = CASE WHEN intended_digest = CAST($4 AS TEXT) THEN NULL ELSE intended_digest END
  WHERE ${AT}`;
const DROP_FORMER_FACTS = `DELETE FROM main.pass_fact WHERE ${AT} AND intended = 0`;
const CONFIRM_FACTS = `
  UPDATE main.pass_fact SET intended = 0 WHERE ${AT} AND NOT EXISTS (
    SELECT 1 FROM main.published_check WHERE ${AT} AND intended_digest IS NOT NULL)`;
const DROP_FACTS_OF_NO_PASS = `
  DELETE FROM main.pass_fact WHERE ${AT} AND NOT EXISTS (
    SELECT 1 FROM main.published_check WHERE ${AT} AND (passing = 1 OR intended_passing = 1))`;

const DROP_INTENTION = `
  UPDATE main.published_check
  SET intended_conclusion = NULL, intended_digest = NULL, intended_passing = 0, written_until = NULL
  WHERE ${AT} AND intended_digest = $3`;
const DROP_EMPTY = `DELETE FROM main.published_check WHERE ${AT} AND conclusion IS NULL AND intended_digest IS NULL`;

// First what acts by itself on a pass, then what was doubted first.
const CLAIM = `
  UPDATE main.published_check SET leased_until = $2
  WHERE (repository, head_sha) = (
    SELECT repository, head_sha FROM main.published_check
    WHERE state = 'doubted' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
    ORDER BY in_group DESC, urgent DESC, due_at, repository, head_sha LIMIT 1
    FOR UPDATE SKIP LOCKED
  )
  RETURNING repository, head_sha, check_run_id, check_node_id, in_group, only_if, task, attempts, leased_until`;

// A write that may still reach GitHub would undo the withdrawal, which is then made once more.
const WITHDRAWN = `
  UPDATE main.published_check SET
    leased_until = NULL,
    due_at = CASE WHEN written_until > CAST($4 AS BIGINT) THEN written_until ELSE NULL END,
    passing = CASE WHEN written_until > CAST($4 AS BIGINT) THEN passing ELSE 0 END,
    intended_passing = CASE WHEN written_until > CAST($4 AS BIGINT) THEN intended_passing ELSE 0 END,
    intended_digest = CASE WHEN written_until > CAST($4 AS BIGINT) THEN intended_digest ELSE NULL END,
    intended_conclusion = CASE WHEN written_until > CAST($4 AS BIGINT) THEN intended_conclusion ELSE NULL END,
    conclusion = 'action_required',
    digest = '',
    state = CASE WHEN written_until > CAST($4 AS BIGINT) THEN 'doubted' ELSE 'withdrawn' END
  WHERE ${AT} AND state = 'doubted' AND leased_until = $3
  RETURNING head_sha`;

/** Something newer was written while it was being withdrawn, and GitHub may show the withdrawal now. */
const OVERTAKEN = `UPDATE main.published_check SET digest = '', leased_until = NULL WHERE ${AT} AND state = 'standing'`;

const SPARED = `
  UPDATE main.published_check SET state = 'standing', only_if = NULL, due_at = NULL, leased_until = NULL
  WHERE ${AT} AND state = 'doubted' AND leased_until = $3 AND only_if = $4`;

const RETRY_WITHDRAWAL = `
  UPDATE main.published_check SET leased_until = NULL, due_at = $4, attempts = attempts + 1
  WHERE ${AT} AND leased_until = $3`;

const NEXT_WITHDRAWAL = `
  SELECT min(CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END) AS at
  FROM main.published_check WHERE state = 'doubted'`;

function toPublishedCheck(row: Row): PublishedCheck | null {
  const conclusion = CONCLUSIONS.find((known) => known === row.conclusion);
  const state = STATES.find((known) => known === row.state);
  if (conclusion === undefined || state === undefined) return null;
  return {
    checkRunId: row.check_run_id === null ? null : Number(row.check_run_id),
    conclusion,
    // Where a write's outcome is not known, nobody knows what GitHub shows.
    digest: row.intended_digest === null ? String(row.digest) : "",
    state,
  };
}

const STATES = ["standing", "doubted", "withdrawn"] as const;

function toWithdrawal(row: Row, { repository, task }: Pick<Withdrawal, "repository" | "task">): Withdrawal {
  return {
    repository,
    task,
    headSha: String(row.head_sha),
    checkRunId: row.check_run_id === null ? null : Number(row.check_run_id),
    checkNodeId: row.check_node_id === null ? null : String(row.check_node_id),
    inGroup: Number(row.in_group) === 1,
    onlyIf: row.only_if === null ? null : (JSON.parse(`[${row.only_if}]`) as Withdrawal["onlyIf"]),
    attempts: Number(row.attempts),
    leasedUntil: Number(row.leased_until),
  };
}

async function two(
  database: Database,
  one: Statement,
  other: Statement,
): Promise<readonly [readonly Row[], readonly Row[]]> {
  const [first = [], second = []] = await database.run([one, other]);
  return [first, second];
}
