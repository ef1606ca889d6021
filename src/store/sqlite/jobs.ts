import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { groupCommit } from "../group-commit.ts";
import type { Jobs, QueuedDelivery } from "../jobs.ts";
import { byPart, SET_ASIDE, toJob, toTask } from "../rows.ts";
import type { Adopt } from "../sql/adoption.ts";
import { newsStatements } from "../sql/news.ts";
import { ensureStatement, passesFirst, scheduleStatement } from "../sql/passes.ts";
import type { Priority, Task } from "../task.ts";
import { askedAt, mergeTasks, taskKey, urgencyOf } from "../task.ts";
import type { Execute } from "./database.ts";
import { deliveryNotes } from "./deliveries.ts";
import { transaction, withoutFsync } from "./transaction.ts";

interface Statements {
  readonly execute: Execute;
  readonly adopt: Adopt;
}

/**
 * The inbox and the queue. Who works on a job, and that it is done, is not waited for: a job is rather done twice
 * than held up by the disk. Leases left by an earlier process are dropped: the folder's lock proves it is gone.
 */
export function sqliteJobs(database: DatabaseSync, { execute, adopt }: Statements): Jobs {
  database.exec(
    "UPDATE job SET lease = NULL, leased_until = NULL, attempts = attempts + 1 WHERE lease IS NOT NULL",
  );
  const put = putter(database, execute);
  const sql = statements(database);
  const deliveries = deliveryNotes(database);
  const acceptOne = ({ delivery, news, now }: QueuedDelivery): boolean => {
    if (!deliveries.note(delivery.id, now)) return false;
    for (const each of newsStatements(news, now, adopt)) execute(each);
    put(news.tasks, { priority: "direct", now });
    return true;
  };
  const accept = groupCommit(async (inFlight: readonly QueuedDelivery[]) =>
    transaction(database, () => inFlight.map(acceptOne)),
  );

  return {
    accept: (delivery, news, now) => accept({ delivery, news, now }),

    accepted: async (ids) => new Set(ids.filter((id) => deliveries.isKnown(id))),

    enqueue: async (tasks, priority, now) => {
      if (tasks.length > 0) transaction(database, () => put(tasks, { priority, now }));
    },

    ensure: async (task, now) => {
      execute(ensureStatement(task, now));
    },

    schedule: async (task, at) => {
      execute(scheduleStatement(task, at));
    },

    claim: async (now, leaseMs, { part, last = [] } = {}) => {
      const values = { now: now.getTime(), until: now.getTime() + leaseMs, lease: randomUUID() };
      const row = withoutFsync(database, () =>
        last.length === 0
          ? sql.claim(part).get(values)
          : sql.claimFairly(part).get({ ...values, last: JSON.stringify(last) }),
      );
      return row ? toJob(row) : null;
    },

    renew: async (job, now, leaseMs) =>
      withoutFsync(database, () =>
        sql.renew.run({ key: job.key, lease: job.lease, until: now.getTime() + leaseMs }),
      ).changes === 1,

    finish: async (job) =>
      withoutFsync(database, () =>
        transaction(database, () => {
          const { key, lease, generation } = job;
          sql.remove.run({ key, lease, generation });
          sql.followUp.run({ key, lease });
        }),
      ),

    retry: async (job, retryAt, error) => {
      const { key, lease, generation } = job;
      withoutFsync(database, () =>
        sql.retry.run({ key, lease, generation, retryAt: retryAt.getTime(), error }),
      );
    },

    defer: async ({ key, lease, generation }, until) => {
      withoutFsync(database, () => sql.defer.run({ key, lease, generation, until: until.getTime() }));
    },

    setAside: async ({ key, lease, generation }) => {
      withoutFsync(database, () => sql.setAside.run({ key, lease, generation }));
    },

    nextDueAt: async (part) => {
      const at = sql.nextDueAt(part).get()?.at;
      return typeof at === "number" ? new Date(at) : null;
    },

    depth: async () => Number(sql.depth.get()?.jobs),

    active: async (now) => Number(sql.active.get(now.getTime())?.jobs),
  };
}

function statements(database: DatabaseSync) {
  return {
    claim: byPart((condition) => database.prepare(claimSql(condition, "urgency, due_at, place"))),
    claimFairly: byPart((condition) => database.prepare(claimSql(condition, FAIR_ORDER))),
    renew: database.prepare("UPDATE job SET leased_until = :until WHERE key = :key AND lease = :lease"),
    remove: database.prepare(
      "DELETE FROM job WHERE key = :key AND lease = :lease AND generation = :generation AND ensured = 0",
    ),
    followUp: database.prepare(`
      UPDATE job SET lease = NULL, leased_until = NULL, attempts = 0, ensured = 0, last_error = NULL
      WHERE key = :key AND lease = :lease`),
    // A request that came meanwhile brings news, and does not wait for the pause of the old one.
    retry: database.prepare(`
      UPDATE job
      SET lease = NULL, leased_until = NULL, attempts = attempts + 1, ensured = 0, last_error = :error,
          due_at = CASE WHEN generation = :generation THEN :retryAt ELSE due_at END
      WHERE key = :key AND lease = :lease`),
    defer: database.prepare(`
      UPDATE job
      SET lease = NULL, leased_until = NULL,
          due_at = CASE WHEN generation = :generation THEN :until ELSE due_at END
      WHERE key = :key AND lease = :lease`),
    setAside: database.prepare(`
      UPDATE job
      SET lease = NULL, leased_until = NULL,
          urgency = CASE WHEN generation = :generation THEN ${SET_ASIDE} ELSE urgency END
      WHERE key = :key AND lease = :lease`),
    nextDueAt: byPart((condition) =>
      database.prepare(
        `SELECT min(max(due_at, coalesce(leased_until, due_at))) AS at FROM job WHERE ${condition}`,
      ),
    ),
    depth: database.prepare("SELECT count(*) AS jobs FROM job"),
    active: database.prepare(`
      SELECT (SELECT count(*) FROM job WHERE due_at <= ?1 OR lease IS NOT NULL)
        + (SELECT count(*) FROM published_check WHERE state = 'doubted' AND (due_at <= ?1 OR leased_until IS NOT NULL))
        AS jobs`),
  };
}

/** Every job of the first class is looked at, so that this is for when somebody has many. */
const FAIR_ORDER =
  "urgency, coalesce(task ->> 'repositoryId', 0) IN (SELECT value FROM json_each(:last)), due_at, place";

// An expired lease means a try without an end: it counts as a failed one.
function claimSql(condition: string, order: string): string {
  return `
    UPDATE job
    SET attempts = attempts + (lease IS NOT NULL), lease = :lease, leased_until = :until
    WHERE key = (
      SELECT key FROM job
      WHERE ${condition} AND due_at <= :now AND (leased_until IS NULL OR leased_until <= :now)
      ORDER BY ${order} LIMIT 1
    )
    RETURNING key, task, urgency, attempts, generation, lease`;
}

interface Request {
  readonly priority: Priority;
  readonly now: Date;
}

/** Adds tasks to the queue, or to the jobs of the same keys: the more urgent and the earlier of two wins. */
function putter(
  database: DatabaseSync,
  execute: Execute,
): (tasks: readonly Task[], request: Request) => void {
  const find = database.prepare("SELECT task FROM job WHERE key = ?");
  const upsert = database.prepare(`
    INSERT INTO job (key, task, urgency, due_at, place) VALUES (:key, :task, :urgency, :now, :place)
    ON CONFLICT (key) DO UPDATE SET
      task = excluded.task,
      urgency = min(urgency, excluded.urgency),
      due_at = min(due_at, excluded.due_at),
      generation = generation + 1`);
  return (tasks, { priority, now }) => {
    for (const [place, task] of tasks.entries()) {
      const key = taskKey(task);
      const queued = find.get(key);
      const asked = askedAt(task, now);
      const merged = queued ? mergeTasks(toTask(queued.task), asked) : asked;
      upsert.run({
        key,
        task: JSON.stringify(merged),
        urgency: urgencyOf(task, priority),
        now: now.getTime(),
        place,
      });
    }
    for (const each of passesFirst(tasks)) execute(each);
  };
}
