import { createHash } from "node:crypto";
import type { Pool, Result } from "pg";
import type { Evidence } from "../../provenance/evidence.ts";
import type { ApprovalRecord, Participant } from "../../signoff/snapshot.ts";
import { REPOSITORY_TABLES } from "../renaming.ts";
import { toPublishedCheck, toSweepRecords } from "../rows.ts";
import type { Memory } from "../store.ts";
import { repositoryKey } from "../task.ts";
import { transaction } from "./transaction.ts";

/** What was seen of each pull request. The first sight of an approval or a piece of evidence is the one kept. */
export function postgresMemory(pool: Pool): Memory {
  return {
    remember: async (repository, pull) => {
      const of = [repositoryKey(repository), pull];
      const [head, approvals, evidence, participants] = await Promise.all([
        pool.query(HEAD, of),
        pool.query(APPROVALS, of),
        pool.query(EVIDENCE, of),
        pool.query(PARTICIPANTS, of),
      ]);
      const [seen] = head.rows;
      return {
        approvals: records<ApprovalRecord>(approvals),
        evidence: records<Evidence>(evidence),
        participants: records<Participant>(participants),
        headSha: seen ? String(seen.head_sha) : null,
        headSeenAt: seen ? String(seen.head_seen_at) : null,
      };
    },

    recordHead: async (repository, pull, headSha, now) => {
      await pool.query(RECORD_HEAD, [repositoryKey(repository), pull, headSha, now.toISOString()]);
    },

    recordApprovals: async (repository, pull, approvals) => {
      if (approvals.length === 0) return;
      const ids = approvals.map(({ reviewId }) => reviewId);
      const rows = approvals.map((approval) => JSON.stringify(approval));
      await pool.query(RECORD_APPROVALS, [repositoryKey(repository), pull, ids, rows]);
    },

    recordEvidence: async (repository, pull, evidence) => {
      if (evidence.length === 0) return;
      const rows = evidence.map((item) => JSON.stringify(item));
      await pool.query(RECORD_EVIDENCE, [repositoryKey(repository), pull, rows.map(sha256), rows]);
    },

    recordParticipants: async (repository, pull, participants) => {
      if (participants.length === 0) return;
      const roles = participants.map(({ role }) => role);
      const accounts = participants.map(({ account }) => account.id);
      const rows = participants.map((participant) => JSON.stringify(participant));
      await pool.query(RECORD_PARTICIPANTS, [repositoryKey(repository), pull, roles, accounts, rows]);
    },

    pullsWithHead: async (repository, headSha) =>
      (await pool.query(WITH_HEAD, [repositoryKey(repository), headSha])).rows.map(({ pull }) =>
        Number(pull),
      ),

    publishedCheck: async (repository, headSha) => {
      const [row] = (await pool.query(PUBLISHED, [repositoryKey(repository), headSha])).rows;
      return row ? toPublishedCheck(row) : null;
    },

    sweepRecords: async (repository) =>
      toSweepRecords((await pool.query(LOOKS, [repositoryKey(repository)])).rows[0]?.record),

    recordSweeps: async (repository, sweepRecords) => {
      await pool.query(RECORD_LOOKS, [repositoryKey(repository), JSON.stringify(sweepRecords)]);
    },

    rename: async (from, to) => {
      const names = [repositoryKey(from), repositoryKey(to)];
      if (names[0] === names[1]) return;
      await transaction(pool, async (client) => {
        for (const sql of RENAMINGS) await client.query(sql, names);
      });
    },

    recordPublishedCheck: async (repository, headSha, { checkRunId, conclusion, digest, signed }) => {
      await pool.query(RECORD_PUBLISHED, [
        repositoryKey(repository),
        headSha,
        checkRunId,
        conclusion,
        digest,
        signed ?? true,
      ]);
    },
  };
}

const OF_PULL = "WHERE repository = $1 AND pull = $2";
const HEAD = `SELECT head_sha, head_seen_at FROM countersign.pull_request ${OF_PULL}`;
const APPROVALS = `SELECT record FROM countersign.approval ${OF_PULL} ORDER BY review_id`;
const EVIDENCE = `SELECT record FROM countersign.evidence ${OF_PULL} ORDER BY id`;

const PARTICIPANTS = `SELECT record FROM countersign.participant ${OF_PULL} ORDER BY role, account`;

const RECORD_HEAD = `
  INSERT INTO countersign.pull_request AS known (repository, pull, head_sha, head_seen_at)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (repository, pull) DO UPDATE
    SET head_sha = excluded.head_sha, head_seen_at = excluded.head_seen_at
    WHERE known.head_sha <> excluded.head_sha`;

const RECORD_APPROVALS = `
  INSERT INTO countersign.approval (repository, pull, review_id, record)
  SELECT $1, $2, review_id, record FROM unnest($3::bigint[], $4::text[]) AS given (review_id, record)
  ON CONFLICT DO NOTHING`;

const RECORD_EVIDENCE = `
  INSERT INTO countersign.evidence (repository, pull, digest, record)
  SELECT $1, $2, digest, record
  FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS given (digest, record, place) ORDER BY place
  ON CONFLICT DO NOTHING`;

const RECORD_PARTICIPANTS = `
  INSERT INTO countersign.participant (repository, pull, role, account, record)
  SELECT $1, $2, role, account, record
  FROM unnest($3::text[], $4::bigint[], $5::text[]) AS given (role, account, record)
  ON CONFLICT DO NOTHING`;

const WITH_HEAD = `
  SELECT pull FROM countersign.pull_request WHERE repository = $1 AND head_sha = $2 ORDER BY pull`;

const PUBLISHED = `
  SELECT check_run_id, conclusion, digest, signed FROM countersign.published_check
  WHERE repository = $1 AND head_sha = $2`;

const RECORD_PUBLISHED = `
  INSERT INTO countersign.published_check (repository, head_sha, check_run_id, conclusion, digest, signed)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (repository, head_sha) DO UPDATE SET
    check_run_id = excluded.check_run_id, conclusion = excluded.conclusion, digest = excluded.digest,
    signed = excluded.signed`;

const LOOKS = "SELECT record FROM countersign.look WHERE repository = $1";
const RECORD_LOOKS = `
  INSERT INTO countersign.look (repository, record) VALUES ($1, $2)
  ON CONFLICT (repository) DO UPDATE SET record = excluded.record`;

const RENAMINGS = REPOSITORY_TABLES.flatMap(({ table, key, onConflict }) => {
  const [lost, kept] = onConflict === "older" ? ["$2", "$1"] : ["$1", "$2"];
  const same = key.map((column) => `lost.${column} = kept.${column}`).join(" AND ");
  return [
    `DELETE FROM countersign.${table} AS lost USING countersign.${table} AS kept
     WHERE lost.repository = ${lost} AND kept.repository = ${kept} AND ${same}`,
    `UPDATE countersign.${table} SET repository = $2 WHERE repository = $1`,
  ];
});

/** Records are written by this file alone, as the type they are read back as. */
function records<T>({ rows }: Result): readonly T[] {
  return rows.map(({ record }) => JSON.parse(String(record)) as T);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
