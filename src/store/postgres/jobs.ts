import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { groupCommit } from "../group-commit.ts";
import type { Jobs, QueuedDelivery } from "../jobs.ts";
import { byPart, DELIVERIES_KEPT_MS, SET_ASIDE, toJob, toTask } from "../rows.ts";
import type { Adopt } from "../sql/adoption.ts";
import { ONE_BY_ONE } from "../sql/invalidations.ts";
import { newsStatements } from "../sql/news.ts";
import { ensureStatement, passesFirst, scheduleStatement } from "../sql/passes.ts";
import type { Priority, Task } from "../task.ts";
import { askedAt, mergeTasks, taskKey, urgencyOf } from "../task.ts";
import { execute, named } from "./database.ts";
import { CHANNEL, DROP_ORPHANED_LEASES, type Presence } from "./presence.ts";
import { allAnswers, type Queryable, single, transaction } from "./transaction.ts";

interface Parts {
  readonly presence: Presence;
  readonly adopt: Adopt;
}

/** The inbox and the queue, shared by all processes on the database: a row's lock decides who takes a job. */
export async function postgresJobs(pool: Pool, { presence, adopt }: Parts): Promise<Jobs> {
  const alone = single(pool);
  await alone.query(DROP_ORPHANED_LEASES);
  const accept = groupCommit((inFlight: readonly QueuedDelivery[]) =>
    transaction(pool, (client) => acceptAll(client, inFlight, adopt)),
  );

  return {
    accept: (delivery, news, now) => accept({ delivery, news, now }),

    accepted: async (ids) =>
      new Set((await alone.query(named(ACCEPTED, [ids]))).rows.map(({ id }) => String(id))),

    enqueue: async (tasks, priority, now) => {
      if (tasks.length > 0) await transaction(pool, (client) => put(client, tasks, { priority, now }));
    },

    ensure: async (task, now) => {
      await execute(alone, ensureStatement(task, now));
      await alone.query(named("SELECT pg_notify($1, '')", [CHANNEL]));
    },

    schedule: async (task, at) => {
      await execute(pool, scheduleStatement(task, at));
    },

    claim: async (now, leaseMs, { part, last = [] } = {}) => {
      const values = [now.getTime(), now.getTime() + leaseMs, randomUUID(), presence.holder];
      const { rows } = await alone.query(
        last.length === 0 ? named(CLAIM(part), values) : named(CLAIM_FAIRLY(part), [...values, last]),
      );
      const [row] = rows;
      return row ? toJob(row) : null;
    },

    renew: async ({ key, lease }, now, leaseMs) =>
      (await alone.query(named(RENEW, [key, lease, now.getTime() + leaseMs]))).rowCount === 1,

    finish: async ({ key, lease, generation }) => {
      const removed = await alone.query(named(REMOVE, [key, lease, generation]));
      if (removed.rowCount === 0) await alone.query(named(FOLLOW_UP, [key, lease]));
    },

    retry: async ({ key, lease, generation }, retryAt, error) => {
      await alone.query(
        named(RETRY, [key, lease, generation, retryAt.getTime(), error.replaceAll("\0", "")]),
      );
    },

    defer: async ({ key, lease, generation }, until) => {
      await alone.query(named(DEFER, [key, lease, generation, until.getTime()]));
    },

    setAside: async ({ key, lease, generation }) => {
      await alone.query(named(SET_JOB_ASIDE, [key, lease, generation]));
    },

    nextDueAt: async (part) => {
      const [row] = (await alone.query(named(NEXT_DUE(part)))).rows;
      return row?.at == null ? null : new Date(Number(row.at));
    },

    depth: async () => Number((await alone.query(named(DEPTH))).rows[0]?.jobs),

    active: async (now) => Number((await alone.query(named(ACTIVE, [now.getTime()]))).rows[0]?.jobs),
  };
}

const CLAIM = byPart((condition) => claimSql(condition, "urgency, due_at, place"));

/** Every job of the first class is looked at, so that this is for when somebody has many. */
const CLAIM_FAIRLY = byPart((condition) =>
  claimSql(
    condition,
    "urgency, coalesce(task::json ->> 'repositoryId', '0')::bigint = ANY ($5::bigint[]), due_at, place",
  ),
);

// An expired lease means a try without an end: it counts as a failed one.
function claimSql(condition: string, order: string): string {
  return `
  UPDATE countersign.job
  SET attempts = attempts + (lease IS NOT NULL)::int, holder = $4, lease = $3, leased_until = $2
  WHERE key = (
    SELECT key FROM countersign.job
    WHERE ${condition} AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
    ORDER BY ${order} LIMIT 1
    FOR UPDATE SKIP LOCKED
  )
  RETURNING key, task, urgency, attempts, generation, lease`;
}

const RENEW = "UPDATE countersign.job SET leased_until = $3 WHERE key = $1 AND lease = $2";

const REMOVE =
  "DELETE FROM countersign.job WHERE key = $1 AND lease = $2 AND generation = $3 AND ensured = 0";

const FOLLOW_UP = `
  UPDATE countersign.job SET holder = NULL, lease = NULL, leased_until = NULL, attempts = 0, ensured = 0,
    last_error = NULL
  WHERE key = $1 AND lease = $2`;

// A request that came meanwhile brings news, and does not wait for the pause of the old one.
const RETRY = `
  UPDATE countersign.job
  SET holder = NULL, lease = NULL, leased_until = NULL, attempts = attempts + 1, ensured = 0,
      last_error = $5,
      due_at = CASE WHEN generation = $3 THEN $4::bigint ELSE due_at END
  WHERE key = $1 AND lease = $2`;

const DEFER = `
  UPDATE countersign.job
  SET holder = NULL, lease = NULL, leased_until = NULL,
      due_at = CASE WHEN generation = $3 THEN $4::bigint ELSE due_at END
  WHERE key = $1 AND lease = $2`;

const SET_JOB_ASIDE = `
  UPDATE countersign.job
  SET holder = NULL, lease = NULL, leased_until = NULL,
      urgency = CASE WHEN generation = $3 THEN ${SET_ASIDE} ELSE urgency END
  WHERE key = $1 AND lease = $2`;

const NEXT_DUE = byPart(
  (condition) =>
    `SELECT min(greatest(due_at, coalesce(leased_until, due_at))) AS at FROM countersign.job WHERE ${condition}`,
);
const DEPTH = "SELECT count(*) AS jobs FROM countersign.job";
const ACTIVE = `
  SELECT (SELECT count(*) FROM countersign.job WHERE due_at <= $1 OR lease IS NOT NULL)
    + (SELECT count(*) FROM countersign.published_check
       WHERE state = 'doubted' AND (due_at <= $1 OR leased_until IS NOT NULL)) AS jobs`;

const ACCEPTED = "SELECT id FROM countersign.delivery WHERE id = ANY ($1::text[])";
const FORGET = "DELETE FROM countersign.delivery WHERE accepted_at < $1";
const NOTE = `
  INSERT INTO countersign.delivery (id, accepted_at)
  SELECT id, accepted_at FROM unnest($1::text[], $2::bigint[]) AS given (id, accepted_at)
  ORDER BY id
  ON CONFLICT DO NOTHING
  RETURNING id`;

const WAKE = "SELECT pg_notify($1, '')";

/** Of two arrivals of one delivery the first is news. */
async function acceptAll(
  client: Queryable,
  inFlight: readonly QueuedDelivery[],
  adopt: Adopt,
): Promise<readonly boolean[]> {
  const times = inFlight.map(({ now }) => now.getTime());
  const earliest = Math.min(...times);
  await client.query(named(FORGET, [earliest - DELIVERIES_KEPT_MS]));
  const noted = await client.query(named(NOTE, [inFlight.map(({ delivery }) => delivery.id), times]));
  const unseen = new Set(noted.rows.map(({ id }) => String(id)));
  const accepted = inFlight.map(({ delivery }) => unseen.delete(delivery.id));
  const fresh = inFlight.filter((_, index) => accepted[index]);
  const told = fresh.flatMap(({ news, now }) => newsStatements(news, now, adopt));
  if (fresh.length > 0) await allAnswers([ONE_BY_ONE, ...told].map((each) => execute(client, each)));
  const tasks = fresh.flatMap(({ news }) => news.tasks);
  await put(client, tasks, { priority: "direct", now: new Date(earliest) });
  if (fresh.some(({ news }) => news.invalidation !== undefined)) await client.query(named(WAKE, [CHANNEL]));
  return accepted;
}

// Holds each row until the end of the transaction, whoever made it, and answers what it asks for so far. Rows are
// taken in one order, so that two requests never wait for each other.
const HOLD = `
  INSERT INTO countersign.job (key, task, urgency, due_at, place)
  SELECT key, task, urgency, $4, place
  FROM unnest($1::text[], $2::text[], $3::integer[]) WITH ORDINALITY AS given (key, task, urgency, place)
  ORDER BY key
  ON CONFLICT (key) DO UPDATE SET key = excluded.key
  RETURNING key, task`;

const REQUEST = `
  UPDATE countersign.job
  SET task = given.task, urgency = least(job.urgency, given.urgency), due_at = least(due_at, $4),
    generation = generation + 1
  FROM unnest($1::text[], $2::text[], $3::integer[]) AS given (key, task, urgency)
  WHERE job.key = given.key`;

/** Adds tasks to the queue, or to the jobs of the same keys: the more urgent and the earlier of two wins. */
async function put(
  client: Queryable,
  tasks: readonly Task[],
  { priority, now }: { readonly priority: Priority; readonly now: Date },
): Promise<void> {
  if (tasks.length === 0) return;
  const wanted = merged(tasks.map((task) => [taskKey(task), askedAt(task, now)] as const));
  const values = (some: ReadonlyMap<string, Task>) => [...columns(some, priority), now.getTime()];
  const { rows } = await client.query(named(HOLD, values(wanted)));
  const queued = rows.map((row) => [String(row.key), toTask(row.task)] as const);
  await client.query(named(REQUEST, values(merged([...queued, ...wanted]))));
  for (const each of passesFirst(tasks)) await execute(client, each);
  await client.query(named(WAKE, [CHANNEL]));
}

function merged(tasks: Iterable<readonly [string, Task]>): ReadonlyMap<string, Task> {
  const byKey = new Map<string, Task>();
  for (const [key, task] of tasks) {
    const older = byKey.get(key);
    byKey.set(key, older ? mergeTasks(older, task) : task);
  }
  return byKey;
}

/** Keys, tasks and urgencies. */
function columns(byKey: ReadonlyMap<string, Task>, priority: Priority): readonly (readonly unknown[])[] {
  const tasks = [...byKey.values()];
  return [
    [...byKey.keys()],
    tasks.map((task) => JSON.stringify(task)),
    tasks.map((task) => urgencyOf(task, priority)),
  ];
}
