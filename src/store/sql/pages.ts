import type { FollowUpState } from "../follow-up.ts";
import type { ListedVerdict, PageMemory } from "../pages.ts";
import { ENTRY, opened, toLinked } from "./ledger.ts";
import { repositoryCalled, toRepository } from "./repositories.ts";
import { type Database, type Row, record, rowsOf, type Statement, statement } from "./sql.ts";

/** What the pages show, and who is logged in there. */
export function sqlPages(database: Database): PageMemory {
  const rows = (one: Statement) => rowsOf(database, one);
  const run = async (...statements: readonly Statement[]) => {
    await database.run(statements);
  };
  return {
    keepShown: ({ repositoryId }, { pull, headSha, conclusion, summary, record: whole }, now) =>
      run(statement(KEEP, repositoryId, pull, headSha, conclusion, now.getTime(), summary, whole)),

    shown: async ({ repositoryId }, pull) => {
      const [row] = await rows(statement(SHOWN, repositoryId, pull));
      return row === undefined ? null : { ...toListed(row), record: String(row.record) };
    },

    allShown: async ({ repositoryId }, most) =>
      (await rows(statement(ALL_SHOWN, repositoryId, most))).map(toListed),

    shownRepositories: async (most) => (await rows(statement(REPOSITORIES, most))).map(toRepository),

    repositoryCalled: (owner, repo) => repositoryCalled(database, owner, repo),

    ledgerOf: async ({ repositoryId }, pull, most) =>
      (await rows(statement(LEDGER_OF, repositoryId, pull, most))).map(toLinked).map(opened),

    exceptions: async ({ repositoryId }, most) =>
      (await rows(statement(EXCEPTIONS, repositoryId, most))).map(toLinked).map(opened),

    answers: async ({ repositoryId }, most) =>
      (await rows(statement(ANSWERS, repositoryId, most))).map(toLinked).map(opened),

    waits: async ({ repositoryId }, most) =>
      (await rows(statement(WAITS, repositoryId, most))).flatMap(({ judged, signed }) => {
        const wait = Date.parse(String(signed)) - Date.parse(String(judged));
        return Number.isNaN(wait) ? [] : [Math.max(0, wait)];
      }),

    openFollowUpsIn: async ({ repositoryId }) =>
      (await rows(statement(FOLLOW_UPS, repositoryId))).map(record<FollowUpState>),

    beginSession: ({ id, account, login }, now, until) =>
      run(
        statement("DELETE FROM main.page_session WHERE ends_at <= $1", now.getTime()),
        statement(BEGIN, id, account, login, now.getTime(), until.getTime()),
      ),

    session: async (id, now) => {
      const [row] = await rows(statement(SESSION, id, now.getTime()));
      if (row === undefined) return null;
      return { account: Number(row.account), login: String(row.login), begunAt: Number(row.begun_at) };
    },

    endSession: (id) => run(statement("DELETE FROM main.page_session WHERE id = $1", id)),

    endSessionsOf: (account, begunBefore) => run(statement(END_OF, account, begunBefore.getTime())),

    useLogin: async (id, now, until) => {
      const [, used = []] = await database.run([
        statement("DELETE FROM main.used_login WHERE until <= $1", now.getTime()),
        statement(USE, id, until.getTime()),
      ]);
      return used.length > 0;
    },
  };
}

function toListed({ pull, head_sha, conclusion, judged_at, since, summary, in_doubt }: Row): ListedVerdict {
  return {
    ...{ pull: Number(pull), headSha: String(head_sha), conclusion: String(conclusion) },
    ...{ judgedAt: Number(judged_at), since: Number(since), summary: String(summary) },
    inDoubt: Number(in_doubt) === 1,
  };
}

const KEEP = `
  INSERT INTO main.shown_verdict (repository, pull, head_sha, conclusion, judged_at, since, summary, record)
  VALUES ($1, $2, $3, $4, $5, $5, $6, $7)
  ON CONFLICT (repository, pull) DO UPDATE SET
    since = CASE WHEN shown_verdict.conclusion = excluded.conclusion THEN shown_verdict.since ELSE excluded.since END,
    head_sha = excluded.head_sha, conclusion = excluded.conclusion, judged_at = excluded.judged_at,
    summary = excluded.summary, record = excluded.record`;

const LISTED = `
  shown.pull, shown.head_sha, shown.conclusion, shown.judged_at, shown.since, shown.summary,
  CASE WHEN EXISTS (
      SELECT 1 FROM main.published_check AS published
      WHERE published.repository = shown.repository AND published.head_sha = shown.head_sha
        AND published.state <> 'standing')
    OR EXISTS (
      SELECT 1 FROM main.pull_head AS heard
      WHERE heard.repository = shown.repository AND heard.pull = shown.pull
        AND heard.head_sha <> shown.head_sha AND heard.heard_at > shown.judged_at)
    THEN 1 ELSE 0 END AS in_doubt`;
const SHOWN = `
  SELECT ${LISTED}, shown.record FROM main.shown_verdict AS shown WHERE shown.repository = $1 AND shown.pull = $2`;
const ALL_SHOWN = `
  SELECT ${LISTED} FROM main.shown_verdict AS shown WHERE shown.repository = $1
  ORDER BY shown.since, shown.pull LIMIT CAST($2 AS BIGINT)`;

const REPOSITORIES = `
  SELECT id, node_id, installation, owner, name, created_at FROM main.repository
  INNER JOIN (SELECT repository, max(judged_at) AS judged_at FROM main.shown_verdict GROUP BY repository) AS judged
    ON judged.repository = main.repository.id
  ORDER BY judged.judged_at DESC, id LIMIT CAST($1 AS BIGINT)`;

const LEDGER_OF = `${ENTRY}
  WHERE own.repository = $1 AND own.pull = $2
  ORDER BY own.installation DESC, own.seq DESC LIMIT CAST($3 AS BIGINT)`;
const EXCEPTIONS = `${ENTRY}
  WHERE own.repository = $1 AND own.kind IN ('override', 'freeze', 'follow-up', 'bypass')
  ORDER BY own.installation DESC, own.seq DESC LIMIT CAST($2 AS BIGINT)`;
const ANSWERS = `${ENTRY}
  WHERE own.repository = $1 AND own.kind = 'answer'
  ORDER BY own.installation DESC, own.seq DESC LIMIT CAST($2 AS BIGINT)`;
const WAITS = `
  SELECT signed.pull, signed.at AS signed, (
    SELECT min(verdict.at) FROM main.ledger_entry AS verdict
    WHERE verdict.repository = $1 AND verdict.pull = signed.pull AND verdict.kind = 'verdict') AS judged
  FROM (
    SELECT pull, min(COALESCE(happened_at, at)) AS at FROM (
      SELECT pull, happened_at, at FROM main.ledger_entry
      WHERE repository = $1 AND kind = 'countersignature'
      ORDER BY installation DESC, seq DESC LIMIT CAST($2 AS BIGINT)) AS lately
    GROUP BY pull) AS signed
  ORDER BY signed.pull`;
const FOLLOW_UPS = "SELECT record FROM main.follow_up WHERE repository = $1 AND open = 1";

const BEGIN = `
  INSERT INTO main.page_session (id, account, login, begun_at, ends_at) VALUES ($1, $2, $3, $4, $5)`;
const SESSION = "SELECT account, login, begun_at FROM main.page_session WHERE id = $1 AND ends_at > $2";
const END_OF = "DELETE FROM main.page_session WHERE account = $1 AND begun_at < $2";
const USE = "INSERT INTO main.used_login (id, until) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id";
