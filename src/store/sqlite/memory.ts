import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Evidence } from "../../provenance/evidence.ts";
import type { ApprovalRecord, Participant } from "../../signoff/snapshot.ts";
import { REPOSITORY_TABLES } from "../renaming.ts";
import { toPublishedCheck, toSweepRecords } from "../rows.ts";
import type { Memory } from "../store.ts";
import { repositoryKey } from "../task.ts";
import { transaction } from "./transaction.ts";

/** What was seen of each pull request. The first sight of an approval or a piece of evidence is the one kept. */
export function sqliteMemory(database: DatabaseSync): Memory {
  const sql = statements(database);
  return {
    remember: async (repository, pull) => {
      const of = { repository: repositoryKey(repository), pull };
      const head = sql.head.get(of);
      return {
        approvals: records<ApprovalRecord>(sql.approvals, of),
        evidence: records<Evidence>(sql.evidence, of),
        participants: records<Participant>(sql.participants, of),
        headSha: head ? String(head.head_sha) : null,
        headSeenAt: head ? String(head.head_seen_at) : null,
      };
    },

    recordHead: async (repository, pull, headSha, now) => {
      sql.recordHead.run({ repository: repositoryKey(repository), pull, headSha, now: now.toISOString() });
    },

    recordApprovals: async (repository, pull, approvals) =>
      transaction(database, () => {
        for (const approval of approvals) {
          sql.recordApproval.run({
            repository: repositoryKey(repository),
            pull,
            review: approval.reviewId,
            record: JSON.stringify(approval),
          });
        }
      }),

    recordEvidence: async (repository, pull, evidence) =>
      transaction(database, () => {
        for (const item of evidence) {
          sql.recordEvidence.run({
            repository: repositoryKey(repository),
            pull,
            record: JSON.stringify(item),
          });
        }
      }),

    recordParticipants: async (repository, pull, participants) =>
      transaction(database, () => {
        for (const participant of participants) {
          sql.recordParticipant.run({
            repository: repositoryKey(repository),
            pull,
            role: participant.role,
            account: participant.account.id,
            record: JSON.stringify(participant),
          });
        }
      }),

    pullsWithHead: async (repository, headSha) =>
      sql.withHead.all({ repository: repositoryKey(repository), headSha }).map((row) => Number(row.pull)),

    publishedCheck: async (repository, headSha) => {
      const row = sql.published.get({ repository: repositoryKey(repository), headSha });
      return row ? toPublishedCheck(row) : null;
    },

    sweepRecords: async (repository) =>
      toSweepRecords(sql.sweepRecords.get(repositoryKey(repository))?.record),

    recordSweeps: async (repository, sweepRecords) => {
      sql.recordSweeps.run(repositoryKey(repository), JSON.stringify(sweepRecords));
    },

    rename: async (from, to) => {
      const names = { from: repositoryKey(from), to: repositoryKey(to) };
      if (names.from === names.to) return;
      transaction(database, () => {
        for (const sql of RENAMINGS) database.prepare(sql).run(names);
        for (const { table } of REPOSITORY_TABLES)
          database.prepare(`DELETE FROM ${table} WHERE repository = ?`).run(names.from);
      });
    },

    recordPublishedCheck: async (repository, headSha, check) => {
      sql.recordPublished.run({
        repository: repositoryKey(repository),
        headSha,
        id: check.checkRunId,
        conclusion: check.conclusion,
        digest: check.digest,
        signed: Number(check.signed ?? true),
      });
    },
  };
}

const RENAMINGS = REPOSITORY_TABLES.map(
  ({ table, onConflict }) =>
    `UPDATE OR ${onConflict === "older" ? "REPLACE" : "IGNORE"} ${table} SET repository = :to WHERE repository = :from`,
);

function statements(database: DatabaseSync) {
  const ofPull = "WHERE repository = :repository AND pull = :pull";
  return {
    head: database.prepare(`SELECT head_sha, head_seen_at FROM pull_request ${ofPull}`),
    approvals: database.prepare(`SELECT record FROM approval ${ofPull} ORDER BY review_id`),
    evidence: database.prepare(`SELECT record FROM evidence ${ofPull} ORDER BY id`),
    recordHead: database.prepare(`
      INSERT INTO pull_request (repository, pull, head_sha, head_seen_at)
      VALUES (:repository, :pull, :headSha, :now)
      ON CONFLICT DO UPDATE SET head_sha = excluded.head_sha, head_seen_at = excluded.head_seen_at
      WHERE head_sha <> excluded.head_sha`),
    recordApproval: database.prepare(`
      INSERT INTO approval (repository, pull, review_id, record) VALUES (:repository, :pull, :review, :record)
      ON CONFLICT DO NOTHING`),
    recordEvidence: database.prepare(`
      INSERT INTO evidence (repository, pull, record) VALUES (:repository, :pull, :record)
      ON CONFLICT DO NOTHING`),
    participants: database.prepare(`SELECT record FROM participant ${ofPull} ORDER BY role, account`),
    recordParticipant: database.prepare(`
      INSERT INTO participant (repository, pull, role, account, record)
      VALUES (:repository, :pull, :role, :account, :record)
      ON CONFLICT DO NOTHING`),
    withHead: database.prepare(
      "SELECT pull FROM pull_request WHERE repository = :repository AND head_sha = :headSha ORDER BY pull",
    ),
    published: database.prepare(`
      SELECT check_run_id, conclusion, digest, signed FROM published_check
      WHERE repository = :repository AND head_sha = :headSha`),
    sweepRecords: database.prepare("SELECT record FROM look WHERE repository = ?"),
    recordSweeps: database.prepare("INSERT OR REPLACE INTO look (repository, record) VALUES (?, ?)"),
    recordPublished: database.prepare(`
      INSERT INTO published_check (repository, head_sha, check_run_id, conclusion, digest, signed)
      VALUES (:repository, :headSha, :id, :conclusion, :digest, :signed)
      ON CONFLICT DO UPDATE SET
        check_run_id = excluded.check_run_id, conclusion = excluded.conclusion, digest = excluded.digest,
        signed = excluded.signed`),
  };
}

/** Records are written by this file alone, as the type they are read back as. */
function records<T>(statement: StatementSync, of: { repository: string; pull: number }): readonly T[] {
  return statement.all(of).map((row) => JSON.parse(String(row.record)) as T);
}
