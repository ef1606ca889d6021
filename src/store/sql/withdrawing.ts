import type { Passes, Withdrawal } from "../passes.ts";
import type { SeenRepository } from "../repository.ts";
import { toTask } from "../rows.ts";
import type { Task } from "../task.ts";
import { withdrawnPassStatement } from "./pass-records.ts";
import { repositoryStatement, toRepository } from "./repositories.ts";
import { type Database, type Row, rowsOf, type Statement, statement } from "./sql.ts";

type Withdrawing = Pick<
  Passes,
  "claimWithdrawal" | "withdrawn" | "restsOn" | "spared" | "retryWithdrawal" | "nextWithdrawalAt"
>;

/** Passes in doubt, until GitHub shows them as withdrawn. */
export function sqlWithdrawing(database: Database): Withdrawing {
  return {
    claimWithdrawal: async (now, leaseMs) => {
      const [row] = await rowsOf(database, statement(CLAIM, now.getTime(), now.getTime() + leaseMs));
      if (row === undefined) return null;
      const task = toTask(row.task);
      if (task.kind !== "head") throw new Error("a published check is judged again by its head");
      const [known] = await rowsOf(database, repositoryStatement(Number(row.repository)));
      return toWithdrawal(row, {
        task,
        repository: known === undefined ? unseen(task) : toRepository(known),
      });
    },

    withdrawn: async (withdrawal, now) => {
      const held = own(withdrawal);
      const answers = await database.run([
        held(HOLD),
        held(DROP_FACTS),
        held(DROP_INTENTIONS),
        held(WITHDRAWN, now.getTime()),
        statement(OVERTAKEN, ...placeOf(withdrawal)),
        withdrawnPassStatement(placeOf(withdrawal), now),
      ]);
      return answers[3]?.length === 1;
    },

    restsOn: async ({ repository: { repositoryId }, headSha, name }, fact) =>
      (await rowsOf(database, statement(RESTS_ON, repositoryId, headSha, name, fact))).length > 0,

    spared: async (withdrawal) => {
      const accounts = (withdrawal.onlyIf ?? []).map((one) => JSON.stringify(one)).join(",");
      const held = own(withdrawal);
      await database.run([
        held(HOLD),
        held(SPARED_INTENTIONS, accounts),
        held(SPARED, accounts),
        held(RELEASE),
      ]);
    },

    retryWithdrawal: async (withdrawal, retryAt) => {
      await database.run([own(withdrawal)(RETRY, retryAt.getTime())]);
    },

    nextWithdrawalAt: async () => {
      const [row] = await rowsOf(database, statement(NEXT));
      return row?.at == null ? null : new Date(Number(row.at));
    },
  };
}

/** Statements about a claim by its first three values. */
function own(withdrawal: Withdrawal): (sql: string, ...values: readonly (string | number)[]) => Statement {
  const { repository, headSha, name, leasedUntil } = withdrawal;
  return (sql, ...values) => statement(sql, repository.repositoryId, headSha, name, leasedUntil, ...values);
}

function placeOf({ repository, headSha, name }: Withdrawal): readonly [number, string, string] {
  return [repository.repositoryId, headSha, name];
}

const AT = "repository = $1 AND head_sha = $2 AND name = $3";
const HELD = `${AT} AND state = 'doubted' AND leased_until = $4`;
const HOLD = `SELECT head_sha FROM main.published_check WHERE ${HELD} FOR UPDATE`;

// First what acts by itself on a pass, then what was doubted first.
const CLAIM = `
  UPDATE main.published_check SET leased_at = $1, leased_until = $2
  WHERE (repository, head_sha, name) = (
    SELECT repository, head_sha, name FROM main.published_check
    WHERE state = 'doubted' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
    ORDER BY in_group DESC, urgent DESC, due_at, repository, head_sha, name LIMIT 1
    FOR UPDATE SKIP LOCKED
  )
  RETURNING repository, head_sha, name, check_run_id, check_node_id, in_group, only_if, task, attempts, leased_until`;

/** What had reached GitHub, if at all, before the withdrawal was begun. */
const BEFORE = `written_until <= (SELECT leased_at FROM main.published_check WHERE ${HELD})`;
const DROP_FACTS = `
  DELETE FROM main.pass_fact WHERE ${AT} AND EXISTS (SELECT 1 FROM main.published_check WHERE ${HELD}) AND (
    intention = '' OR intention IN (SELECT id FROM main.intention WHERE ${AT} AND ${BEFORE}))`;
const DROP_INTENTIONS = `DELETE FROM main.intention WHERE ${AT} AND ${BEFORE}`;

// A pass that may still reach GitHub would undo the withdrawal, which is then made once more.
const STILL_UNTIL = `(SELECT max(written_until) FROM main.intention WHERE ${AT} AND passing = 1)`;
const WITHDRAWN = `
  UPDATE main.published_check SET
    publication = NULL, conclusion = 'action_required', digest = '', passing = 0, shown_at = CAST($5 AS BIGINT),
    state = CASE WHEN ${STILL_UNTIL} IS NULL THEN 'withdrawn' ELSE 'doubted' END,
    due_at = ${STILL_UNTIL}, only_if = NULL, attempts = 0, leased_until = NULL
  WHERE ${HELD}
  RETURNING head_sha`;

/** Something newer was written while it was being withdrawn, and GitHub may show the withdrawal now. */
const OVERTAKEN = `UPDATE main.published_check SET digest = '' WHERE ${AT} AND state = 'standing'`;

// What else may be shown there is not looked at: a write whose outcome is not known may rest on something else.
const RESTS_ON = `
  SELECT fact FROM main.pass_fact WHERE ${AT} AND fact = $4 AND intention = ''
    AND NOT EXISTS (SELECT 1 FROM main.intention WHERE ${AT})`;

const SPARED = `
  UPDATE main.published_check SET state = 'standing', only_if = NULL, due_at = NULL, leased_until = NULL
  WHERE ${HELD} AND only_if = $5`;
const SPARED_INTENTIONS = `
  UPDATE main.intention SET doubted = 0
  WHERE ${AT} AND EXISTS (SELECT 1 FROM main.published_check WHERE ${HELD} AND only_if = $5)`;
const RELEASE = `UPDATE main.published_check SET leased_until = NULL WHERE ${HELD}`;

const RETRY = `
  UPDATE main.published_check SET leased_until = NULL, due_at = $5, attempts = attempts + 1 WHERE ${HELD}`;

const NEXT = `
  SELECT min(CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END) AS at
  FROM main.published_check WHERE state = 'doubted'`;

function toWithdrawal(row: Row, { repository, task }: Pick<Withdrawal, "repository" | "task">): Withdrawal {
  return {
    repository,
    task,
    headSha: String(row.head_sha),
    name: String(row.name),
    checkRunId: row.check_run_id === null ? null : Number(row.check_run_id),
    checkNodeId: row.check_node_id === null ? null : String(row.check_node_id),
    inGroup: Number(row.in_group) === 1,
    onlyIf: row.only_if === null ? null : (JSON.parse(`[${row.only_if}]`) as Withdrawal["onlyIf"]),
    attempts: Number(row.attempts),
    leasedUntil: Number(row.leased_until),
  };
}

function unseen(task: Extract<Task, { kind: "head" }>): SeenRepository {
  const { installationId, repositoryId, owner, repo } = task;
  return { installationId, repositoryId, owner, repo, nodeId: null, createdAt: null };
}
