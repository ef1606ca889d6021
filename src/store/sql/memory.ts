import { createHash } from "node:crypto";
import type { Evidence } from "../../provenance/evidence.ts";
import type { CommitRecord, Participant, RefusalRecord } from "../../signoff/snapshot.ts";
import { contentSubject } from "../fact.ts";
import { toSweepRecords } from "../rows.ts";
import type { Learner, Memory, News, RepositoryRef, Seen } from "../store.ts";
import { approvalsStatements, recordApprovals, toApprovals } from "./approvals.ts";
import { invalidationStatements, ONE_BY_ONE } from "./invalidations.ts";
import { learningStatements } from "./learning.ts";
import { destroyedStatements } from "./passes.ts";
import { repositoryStatement, seenStatements, toRepository } from "./repositories.ts";
import { type Database, given, type Row, rowsOf, type Statement, statement } from "./sql.ts";

/** What was seen of each pull request and each commit. The first sight of anything is the one kept. */
export function sqlMemory(database: Database): Memory {
  return {
    remember: async ({ installationId, repositoryId }, pull) => {
      const [
        [head] = [],
        approvals = [],
        contents = [],
        refusals = [],
        evidence = [],
        participants = [],
        accounts = [],
        floors = [],
      ] = await database.run([
        statement(HEAD, repositoryId, pull),
        ...approvalsStatements(repositoryId, pull),
        statement(REFUSALS, repositoryId, pull),
        statement(EVIDENCE, repositoryId, given([{ subject: ofPull(pull) }])),
        statement(PARTICIPANTS, repositoryId, given([{ subject: ofPull(pull) }])),
        statement(ACCOUNTS, repositoryId),
        statement(FLOOR_SEEN, installationId),
      ]);
      return {
        approvals: toApprovals(approvals, contents),
        refusals: refusals.map(record<RefusalRecord>),
        evidence: evidence.map(record<Evidence>),
        participants: participants.map(record<Participant>),
        accounts: accounts.map(({ login, account }) => ({ login: String(login), id: Number(account) })),
        headSha: head ? String(head.head_sha) : null,
        headSeenAt: head ? String(head.head_seen_at) : null,
        ...(floors.length > 0 && { floorSeen: true }),
      };
    },

    recall: async ({ repositoryId }, shas) => {
      const list = given(shas.map((subject) => ({ subject })));
      const [evidence = [], participants = []] = await database.run([
        statement(EVIDENCE, repositoryId, list),
        statement(PARTICIPANTS, repositoryId, list),
      ]);
      const evidenceOf = Map.groupBy(evidence, ({ subject }) => subject);
      const participantsOf = Map.groupBy(participants, ({ subject }) => subject);
      return shas.flatMap((sha): readonly CommitRecord[] => {
        const known = {
          evidence: (evidenceOf.get(sha) ?? []).map(record<Evidence>),
          participants: (participantsOf.get(sha) ?? []).map(record<Participant>),
        };
        return known.evidence.length + known.participants.length === 0 ? [] : [{ sha, ...known }];
      });
    },

    recallSameContent: async ({ repositoryId }, contentDigest) => {
      const subject = contentSubject(contentDigest);
      const list = given([{ subject }]);
      const [evidence = [], participants = []] = await database.run([
        statement(EVIDENCE, repositoryId, list),
        statement(PARTICIPANTS, repositoryId, list),
      ]);
      if (evidence.length + participants.length === 0) return [];
      const known = {
        evidence: evidence.map(record<Evidence>),
        participants: participants.map(record<Participant>),
      };
      return [{ sha: subject, ...known }];
    },

    recordHead: async (repository, pull, headSha, now) => {
      const { repositoryId } = repository;
      await database.run([
        statement(RECORD_HEAD, repositoryId, pull, headSha, now.toISOString()),
        statement(RECORD_PULL_HEAD, repositoryId, pull, headSha),
      ]);
    },

    record: async (repository, pull, seen) => {
      const { approvals, refusals, evidence, participants, commits, accounts } = seen;
      const { floor, contentDigest, by } = seen;
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
        ...commitStatements(
          repository,
          // By its content a rewritten head is known as the work of an earlier one.
          [
            ...commits,
            ...(contentDigest === null ? [] : commits).map((commit) => ({
              ...commit,
              sha: contentSubject(contentDigest ?? ""),
            })),
          ],
          by,
        ),
        ...some(
          accounts,
          (rows) => statement(RECORD_ACCOUNTS, repositoryId, rows),
          (account) => account,
        ),
        ...(floor === undefined ? [] : [statement(FLOOR[floor], installationId)]),
      ]);
    },

    pullsWithHead: async ({ repositoryId }, headSha) =>
      (await rowsOf(database, statement(WITH_HEAD, repositoryId, headSha))).map((row) => Number(row.pull)),

    seeRepositories: async (repositories) => {
      await database.run([ONE_BY_ONE, ...seenStatements(repositories)]);
    },

    repository: async (repositoryId) => {
      const [row] = await rowsOf(database, repositoryStatement(repositoryId));
      return row === undefined ? null : toRepository(row);
    },

    sweepRecords: async ({ repositoryId }) =>
      toSweepRecords((await rowsOf(database, statement(SWEEP, repositoryId)))[0]?.record),

    recordSweeps: async ({ repositoryId }, records) => {
      await database.run([statement(RECORD_SWEEP, repositoryId, JSON.stringify(records))]);
    },
  };
}

/** What a delivery tells, beside its tasks. */
export function newsStatements(news: News, now: Date): readonly Statement[] {
  const { about, repositories = [], heads = [], participants = [], commits = [] } = news;
  const { destroyed = [], evidence = [], invalidation } = news;
  return [
    ...seenStatements(repositories),
    ...(about === undefined
      ? []
      : [
          // The head that was judged last stays known until the new one is judged: it tells a rewritten history.
          ...heads.map(({ pull, headSha }) => statement(RECORD_PULL_HEAD, about.repositoryId, pull, headSha)),
          ...participantStatements(
            about,
            participants.map(({ pull, participant }) => ({ subject: ofPull(pull), participant })),
          ),
          ...evidenceStatements(
            about,
            evidence.map(({ pull, evidence: item }) => ({ subject: ofPull(pull), item })),
          ),
          ...commitStatements(about, commits, { headSha: "", asOf: 0, at: now }),
          ...destroyedStatements(about, destroyed),
        ]),
    ...(invalidation === undefined ? [] : invalidationStatements(invalidation, now)),
  ];
}

function commitStatements(
  repository: RepositoryRef,
  commits: readonly CommitRecord[],
  by: Learner,
): readonly Statement[] {
  const evidence = commits.flatMap(({ sha: subject, evidence }) =>
    evidence.map((item) => ({ subject, item })),
  );
  const participants = commits.flatMap(({ sha: subject, participants }) =>
    participants.map((participant) => ({ subject, participant })),
  );
  if (evidence.length + participants.length === 0) return [];
  // What is pushed to a fork is of its head alone, which is a fact of its own.
  const elsewhere = participants.filter(({ participant }) => participant.toFork !== true);
  const rows = {
    participants: given(elsewhere.map(participantRow)),
    evidence: given(evidence.map(evidenceRow)),
  };
  return [
    ...learningStatements(repository, rows, by),
    ...evidenceStatements(repository, evidence),
    ...participantStatements(repository, participants),
  ];
}

interface SeenEvidence {
  readonly subject: string;
  readonly item: Evidence;
}

interface SeenParticipant {
  readonly subject: string;
  readonly participant: Participant;
}

function evidenceStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly SeenEvidence[],
): readonly Statement[] {
  return some(seen, (rows) => statement(RECORD_EVIDENCE, repositoryId, rows), evidenceRow);
}

function evidenceRow({ subject, item }: SeenEvidence, place: number): object {
  const text = JSON.stringify(item);
  return { subject, place, record: text, digest: createHash("sha256").update(text).digest("hex") };
}

function participantStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly SeenParticipant[],
): readonly Statement[] {
  return some(seen, (rows) => statement(RECORD_PARTICIPANTS, repositoryId, rows), participantRow);
}

function participantRow({ subject, participant }: SeenParticipant): object {
  return {
    subject,
    role: participant.role,
    account: participant.account.id,
    push: pushOf(participant),
    record: JSON.stringify(participant),
    ...(participant.toFork && participant.sha === subject && { unlessKnown: true }),
  };
}

function pushOf({ sha = "", forced, introduced, presumed, toFork }: Participant): string {
  const how = [
    forced && "forced",
    introduced && "introduced",
    presumed && "presumed",
    toFork && "to a fork",
  ].filter((each) => each);
  return [sha, ...how].join(" ");
}

/** No statement for no rows. */
function some<T>(
  items: readonly T[],
  make: (rows: string) => Statement,
  row: (item: T, place: number) => object,
): readonly Statement[] {
  return items.length === 0 ? [] : [make(given(items.map(row)))];
}

function refusalRow(refusal: RefusalRecord): object {
  return { review: refusal.reviewId, area: refusal.area, record: JSON.stringify(refusal) };
}

function ofPull(pull: number): string {
  return `#${pull}`;
}

/** Records are written by this file alone, as the type they are read back as. */
function record<T>(row: Row): T {
  return JSON.parse(String(row.record)) as T;
}

const OF_PULL = "WHERE repository = $1 AND pull = $2";
const HEAD = `SELECT head_sha, head_seen_at FROM main.pull_request ${OF_PULL}`;
const REFUSALS = `SELECT record FROM main.refusal ${OF_PULL} ORDER BY review_id, area`;
const OF_SUBJECTS = "WHERE repository = $1 AND subject IN (SELECT value ->> 'subject' FROM GIVEN($2))";
const EVIDENCE = `SELECT subject, record FROM main.evidence ${OF_SUBJECTS} ORDER BY subject, place, digest`;
const PARTICIPANTS = `
  SELECT subject, record FROM main.participant ${OF_SUBJECTS} ORDER BY subject, role, account, push`;

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

const RECORD_PULL_HEAD = `
  INSERT INTO main.pull_head (repository, pull, head_sha) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;

const RECORD_REFUSALS = `
  INSERT INTO main.refusal (repository, pull, review_id, area, record)
  SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST(value ->> 'review' AS BIGINT), value ->> 'area',
    value ->> 'record'
  FROM GIVEN($3) WHERE true ON CONFLICT DO NOTHING`;

const RECORD_EVIDENCE = `
  INSERT INTO main.evidence (repository, subject, digest, place, record)
  SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'digest',
    CAST(value ->> 'place' AS BIGINT) + (SELECT count(*) FROM main.evidence AS known
      WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'),
    value ->> 'record'
  FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`;

// By bringing other people's commits to a fork nobody becomes one who pushed them.
const RECORD_PARTICIPANTS = `
  INSERT INTO main.participant (repository, subject, role, account, push, record)
  SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'role', CAST(value ->> 'account' AS BIGINT),
    value ->> 'push', value ->> 'record'
  FROM GIVEN($2)
  WHERE value ->> 'unlessKnown' IS NULL OR NOT EXISTS (
    SELECT 1 FROM main.participant AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.role = 'pusher' AND known.account <> CAST(value ->> 'account' AS BIGINT))
  ON CONFLICT DO NOTHING`;

const WITH_HEAD = "SELECT pull FROM main.pull_head WHERE repository = $1 AND head_sha = $2 ORDER BY pull";

const SWEEP = "SELECT record FROM main.sweep WHERE repository = $1";
const RECORD_SWEEP = `
  INSERT INTO main.sweep (repository, record) VALUES ($1, $2)
  ON CONFLICT (repository) DO UPDATE SET record = excluded.record`;
