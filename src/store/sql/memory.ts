import type { Tool } from "../../provenance/tool/tool.ts";
import type { CommitRecord, RefusalRecord } from "../../signoff/snapshot.ts";
import { contentSubject } from "../fact.ts";
import type { BaseOfReading, Memory, Moves, Seen } from "../memory.ts";
import { toSweepRecords } from "../rows.ts";
import type { Adopt } from "./adoption.ts";
import { approvalsStatements, forgetContents, recordApprovals, toApprovals } from "./approvals.ts";
import {
  clearStatement,
  dayOf,
  droppedStatements,
  inLedger,
  keptStatement,
  ledgerSizeOf,
  sizeOf,
  usedUpStatement,
} from "./caps.ts";
import {
  answerOnceStatement,
  commandOutcomeStatements,
  commandsStatement,
  forgetCommandsStatements,
  freezesStatement,
  heldStatement,
  toCommands,
  toFreezes,
} from "./commands.ts";
import {
  ANYWHERE,
  commitStatements,
  evidenceStatements,
  ofPull,
  participantStatements,
  recordsStatements,
  toCommitRecords,
} from "./commit-records.ts";
import { sourceStatements, sourcesStatement, toSources, withSources } from "./commit-sources.ts";
import { ONE_BY_ONE } from "./invalidations.ts";
import { RECORD_PULL_HEAD } from "./news.ts";
import { repositoryStatement, seenStatements, toRepository } from "./repositories.ts";
import { recordSignersStatements, signersStatement, toSigners } from "./signers.ts";
import { type Database, type Row, record, rowsOf, type Statement, some, statement } from "./sql.ts";
import { rewrittenStatement, toRewritten } from "./surroundings.ts";
import { recordTimeStatements, timeStatement, toTime } from "./time.ts";

/** What was seen of each pull request and each commit. The first sight of anything is the one kept. */
export function sqlMemory(database: Database, adopt: Adopt): Memory {
  return {
    remember: async ({ installationId, repositoryId }, pull) => {
      const [
        [head] = [],
        approvals = [],
        contents = [],
        refusals = [],
        accounts = [],
        floors = [],
        heard = [],
        commandRows = [],
        freezeRows = [],
        [times] = [],
        rewrittenRows = [],
        signerRows = [],
        ...ofPullItself
      ] = await database.run([
        statement(HEAD, repositoryId, pull),
        ...approvalsStatements(repositoryId, pull),
        statement(REFUSALS, repositoryId, pull),
        statement(ACCOUNTS, repositoryId),
        statement(FLOOR_SEEN, installationId),
        statement(HEARD_HEADS, repositoryId, pull),
        commandsStatement(repositoryId, pull),
        freezesStatement(repositoryId),
        timeStatement(repositoryId, pull),
        rewrittenStatement(repositoryId, pull),
        signersStatement(repositoryId),
        ...recordsStatements(repositoryId, [ofPull(pull), ANYWHERE]),
      ]);
      const [known] = toCommitRecords(ofPullItself, [ofPull(pull)]);
      const [anywhere] = toCommitRecords(ofPullItself, [ANYWHERE]);
      const commands = await toCommands(database, commandRows, { repositoryId, pull });
      const freezes = await toFreezes(database, freezeRows, repositoryId);
      return {
        approvals: toApprovals(approvals, contents),
        refusals: refusals.map(record<RefusalRecord>),
        evidence: known?.evidence ?? [],
        participants: known?.participants ?? [],
        ...(anywhere && { mayHaveAsked: anywhere.participants }),
        accounts: accounts.map(({ login, account }) => ({ login: String(login), id: Number(account) })),
        ...(signerRows.length > 0 && { signers: toSigners(signerRows) }),
        headSha: head ? String(head.head_sha) : null,
        headSeenAt: head ? String(head.head_seen_at) : null,
        ...(head?.head_moved_at != null && { headMovedAt: String(head.head_moved_at) }),
        ...(heard.length > 0 && { heardHeads: heard.map(toHeardHead) }),
        ...(rewrittenRows.length > 0 && { rewritten: toRewritten(rewrittenRows) }),
        ...(head?.base_ref != null && { base: toBase(head) }),
        ...(known?.dropped && { dropped: true }),
        ...(floors.length > 0 && { floorSeen: true }),
        ...(commands !== undefined && { commands }),
        ...(freezes !== undefined && { freezes }),
        ...toTime(times),
      };
    },

    recall: async ({ repositoryId }, shas) => {
      const [rows = [], ...own] = await database.run([
        sourcesStatement(repositoryId, shas),
        ...recordsStatements(repositoryId, shas),
      ]);
      const records = toCommitRecords(own, shas);
      const sources = toSources(rows);
      if (sources.length === 0) return records;
      const made = [...new Set(sources.map(({ source }) => source))];
      const ofSources = toCommitRecords(await database.run(recordsStatements(repositoryId, made)), made);
      return withSources(records, sources, ofSources);
    },

    recallSameContent: async ({ repositoryId }, contentDigest) => {
      const subjects = [contentSubject(contentDigest)];
      return toCommitRecords(await database.run(recordsStatements(repositoryId, subjects)), subjects);
    },

    recordHead: async (repository, pull, headSha, now, moves) => {
      const { repositoryId } = repository;
      await database.run([
        statement(RECORD_HEAD, repositoryId, pull, headSha, now.toISOString()),
        ...(moves === undefined ? [] : [movesStatement(repositoryId, pull, moves)]),
        statement(RECORD_PULL_HEAD, repositoryId, pull, headSha, null),
      ]);
    },

    record: async (repository, pull, seen) => {
      const { approvals, refusals, evidence, participants, commits, accounts, floor, change } = seen;
      const { keptFor, dropped, signals, signers, sources = [], by } = seen;
      // By the digest a rewritten head is known as the work of an earlier one.
      const records = [
        ...commits,
        ...(change === null ? [] : [{ ...change, sha: contentSubject(change.contentDigest) }]),
      ];
      const { installationId, repositoryId } = repository;
      await database.run([
        ONE_BY_ONE,
        ...recordApprovals(repositoryId, pull, approvals),
        ...some(refusals, (rows) => statement(RECORD_REFUSALS, repositoryId, pull, rows), refusalRow),
        ...evidenceStatements(
          repository,
          evidence.map((item) => ({ subject: ofPull(pull), item })),
        ),
        ...participantStatements(
          repository,
          participants.map((participant) => ({ subject: ofPull(pull), participant })),
        ),
        ...commitStatements(repository, records, by),
        ...sourceStatements(repositoryId, sources),
        ...(keptFor === undefined
          ? []
          : keptStatement(repository, keptFor, sizeOf([...evidence, ...records.flatMap(partsOf)]))),
        ...droppedStatements(repository, [
          ...(dropped?.commits ?? []),
          ...(dropped?.pullRequest ? [ofPull(pull)] : []),
        ]),
        ...some(
          accounts,
          (rows) => statement(RECORD_ACCOUNTS, repositoryId, rows),
          (account) => account,
        ),
        ...recordSignersStatements(repositoryId, signers),
        ...(floor === undefined ? [] : [statement(FLOOR[floor], installationId)]),
        ...(signals === undefined ? [] : [signalsStatement(repositoryId, signals)]),
        ...commandOutcomeStatements(repository, pull, seen),
        ...recordTimeStatements(repository, pull, seen),
      ]);
    },

    forgetContents: async (before) => {
      // Which pull requests are open is known where a sweep has looked.
      const sweeps = await rowsOf(database, statement(SWEEPS));
      let forgotten = 0;
      for (const { repository, record: list } of sweeps) {
        const open = toSweepRecords(list).map(({ pull }) => pull);
        const forget = forgetContents(Number(repository), open, before.toISOString());
        const [, rows = []] = await database.run([ONE_BY_ONE, forget]);
        forgotten += rows.length;
      }
      return forgotten;
    },

    hasUsedUp: async (repository, account, now) =>
      (await rowsOf(database, usedUpStatement(repository, account, dayOf(now)))).length > 0,

    hasUsedUpLedger: async (repository, account, now) =>
      (await rowsOf(database, usedUpStatement(repository, inLedger(account), dayOf(now)))).length > 0,

    countInLedger: async ({ repository, account }, entries, now) => {
      const kept = { account: inLedger(account), day: dayOf(now) };
      await database.run(keptStatement(repository, kept, ledgerSizeOf(entries)));
    },

    mayKeepMore: async (repository, account) => {
      await database.run([clearStatement(repository, account)]);
    },

    configuredSignals: async ({ repositoryId }) => {
      const [row] = await rowsOf(database, statement(SIGNALS, repositoryId));
      return row === undefined ? [] : record<readonly Tool[]>(row);
    },

    forgetCommands: async (repository, heard) => {
      await database.run(forgetCommandsStatements(repository, heard));
    },

    noteHeld: async (repository, pull, people) => {
      await database.run([heldStatement(repository, pull, people)]);
    },

    answerOnce: async (repository, pull, account) =>
      (await rowsOf(database, answerOnceStatement(repository, pull, account))).length > 0,

    pullsWithHead: async ({ repositoryId }, headSha) =>
      (await rowsOf(database, statement(WITH_HEAD, repositoryId, headSha))).map((row) => Number(row.pull)),

    seeRepositories: async (repositories) => {
      await database.run([ONE_BY_ONE, ...seenStatements(repositories, adopt)]);
    },

    repository: async (repositoryId) => {
      const [row] = await rowsOf(database, repositoryStatement(repositoryId));
      return row === undefined ? null : toRepository(row);
    },

    sweepRecords: async ({ repositoryId }) => {
      const [row] = await rowsOf(database, statement(SWEEP, repositoryId));
      return row === undefined ? null : toSweepRecords(row.record);
    },

    recordSweeps: async ({ repositoryId }, records) => {
      await database.run([statement(RECORD_SWEEP, repositoryId, JSON.stringify(records))]);
    },
  };
}

function signalsStatement(repositoryId: number, signals: readonly Tool[]): Statement {
  if (signals.length === 0) return statement(NO_SIGNALS, repositoryId);
  return statement(RECORD_SIGNALS, repositoryId, JSON.stringify(signals));
}

function movesStatement(repositoryId: number, pull: number, { headMovedAt, base }: Moves): Statement {
  return statement(RECORD_MOVES, repositoryId, pull, headMovedAt, base.ref, base.changedAt);
}

function toHeardHead({ head_sha: headSha, heard_at: at }: Row) {
  return { headSha: String(headSha), at: Number(at) };
}

function toBase({ base_ref: ref, base_changed_at: changedAt }: Row): BaseOfReading {
  return { ref: String(ref), changedAt: changedAt == null ? null : String(changedAt) };
}

function partsOf({ evidence, participants }: CommitRecord): readonly object[] {
  return [...evidence, ...participants];
}

function refusalRow(refusal: RefusalRecord): object {
  return { review: refusal.reviewId, area: refusal.area, record: JSON.stringify(refusal) };
}

const OF_PULL = "WHERE repository = $1 AND pull = $2";
const HEAD = `
  SELECT head_sha, head_seen_at, head_moved_at, base_ref, base_changed_at FROM main.pull_request ${OF_PULL}`;
const REFUSALS = `SELECT record FROM main.refusal ${OF_PULL} ORDER BY review_id, area`;
const ACCOUNTS = "SELECT login, account FROM main.listed_account WHERE repository = $1 ORDER BY login";
const RECORD_ACCOUNTS = `
  INSERT INTO main.listed_account (repository, login, account)
  SELECT CAST($1 AS BIGINT), value ->> 'login', CAST(value ->> 'id' AS BIGINT)
  FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`;

const FLOOR_SEEN = "SELECT installation FROM main.floor_seen WHERE installation = $1";
const FLOOR = {
  seen: "INSERT INTO main.floor_seen (installation) VALUES ($1) ON CONFLICT DO NOTHING",
  gone: "DELETE FROM main.floor_seen WHERE installation = $1",
} as const satisfies Readonly<Record<NonNullable<Seen["floor"]>, string>>;

const RECORD_HEAD = `
  INSERT INTO main.pull_request (repository, pull, head_sha, head_seen_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (repository, pull) DO UPDATE
    SET head_sha = excluded.head_sha, head_seen_at = excluded.head_seen_at
    WHERE pull_request.head_sha <> excluded.head_sha`;

const RECORD_MOVES = `
  UPDATE main.pull_request SET head_moved_at = $3, base_ref = $4, base_changed_at = $5 ${OF_PULL}`;

const SIGNALS = "SELECT record FROM main.configured_signals WHERE repository = $1";
const NO_SIGNALS = "DELETE FROM main.configured_signals WHERE repository = $1";
const RECORD_SIGNALS = `
  INSERT INTO main.configured_signals (repository, record) VALUES ($1, $2)
  ON CONFLICT (repository) DO UPDATE SET record = excluded.record
    WHERE configured_signals.record <> excluded.record`;

const HEARD_HEADS = `
  SELECT head_sha, heard_at FROM main.pull_head ${OF_PULL} AND heard_at IS NOT NULL ORDER BY heard_at, head_sha`;

const RECORD_REFUSALS = `
  INSERT INTO main.refusal (repository, pull, review_id, area, record)
  SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST(value ->> 'review' AS BIGINT), value ->> 'area',
    value ->> 'record'
  FROM GIVEN($3) WHERE true ON CONFLICT DO NOTHING`;

const WITH_HEAD = "SELECT pull FROM main.pull_head WHERE repository = $1 AND head_sha = $2 ORDER BY pull";

const SWEEPS = "SELECT repository, record FROM main.sweep ORDER BY repository";
const SWEEP = "SELECT record FROM main.sweep WHERE repository = $1";
const RECORD_SWEEP = `
  INSERT INTO main.sweep (repository, record) VALUES ($1, $2)
  ON CONFLICT (repository) DO UPDATE SET record = excluded.record`;
