import { createHash } from "node:crypto";
import type { Evidence } from "../../provenance/evidence.ts";
import type { CommitRecord, Participant } from "../../signoff/snapshot.ts";
import type { Learner, RepositoryRef } from "../store.ts";
import { DROP, DROPPED, dayOf, IS_USED_UP, keptStatement, sizeOf } from "./caps.ts";
import { learningStatements } from "./learning.ts";
import { given, type Row, record, type Statement, some, statement } from "./sql.ts";

/** Asks for what is known of commits, by id, and of whatever else has evidence and participants. */
export function recordsStatements(repositoryId: number, subjects: readonly string[]): readonly Statement[] {
  const list = given(subjects.map((subject) => ({ subject })));
  return [
    statement(EVIDENCE, repositoryId, list),
    statement(PARTICIPANTS, repositoryId, list),
    statement(DROPPED, repositoryId, list),
  ];
}

/** The answers. What nothing is known of is left out. */
export function toCommitRecords(
  [evidence = [], participants = [], dropped = []]: readonly (readonly Row[])[],
  subjects: readonly string[],
): readonly CommitRecord[] {
  const evidenceOf = Map.groupBy(evidence, ({ subject }) => subject);
  const droppedOnes = new Set(dropped.map(({ subject }) => subject));
  const participantsOf = Map.groupBy(participants, ({ subject }) => subject);
  return subjects.flatMap((sha): readonly CommitRecord[] => {
    const known = {
      evidence: (evidenceOf.get(sha) ?? []).map(record<Evidence>),
      participants: (participantsOf.get(sha) ?? []).map(record<Participant>),
    };
    if (droppedOnes.has(sha)) return [{ sha, ...known, dropped: true }];
    return known.evidence.length + known.participants.length === 0 ? [] : [{ sha, ...known }];
  });
}

/** Records what is seen of commits, and puts in doubt what passed without it. */
export function commitStatements(
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
  return [
    ...learnt(repository, { evidence, participants }, by),
    ...evidenceStatements(repository, evidence),
    ...participantStatements(repository, participants),
  ];
}

interface SeenOfCommits {
  readonly evidence: readonly SeenEvidence[];
  readonly participants: readonly Seen[];
}

/** To be run before it is recorded. What is pushed to a fork is of its head alone, which is a fact of its own. */
function learnt(
  repository: RepositoryRef,
  { evidence, participants }: SeenOfCommits,
  by: Learner,
): readonly Statement[] {
  const elsewhere = participants.filter(({ participant }) => participant.toFork !== true);
  if (evidence.length + elsewhere.length === 0) return [];
  const rows = {
    participants: given(elsewhere.map(participantRow)),
    evidence: given(evidence.map(evidenceRow)),
  };
  return learningStatements(repository, rows, by);
}

interface SeenEvidence {
  readonly subject: string;
  readonly item: Evidence;
}

export function evidenceStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly SeenEvidence[],
): readonly Statement[] {
  return some(seen, (rows) => statement(RECORD_EVIDENCE, repositoryId, rows), evidenceRow);
}

function evidenceRow({ subject, item }: SeenEvidence, place: number): object {
  const text = JSON.stringify(item);
  return { subject, place, record: text, digest: createHash("sha256").update(text).digest("hex") };
}

interface Seen {
  /** A pull request or a commit. */
  readonly subject: string;
  readonly participant: Participant;
}

export function participantStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly Seen[],
): readonly Statement[] {
  return some(seen, (rows) => statement(RECORD_PARTICIPANTS, repositoryId, rows), participantRow);
}

interface Heard {
  readonly pulls: readonly Seen[];
  readonly commits: readonly Seen[];
}

/**
 * The same of what a delivery tells. Who pushes to a fork may be anybody: of what is beyond the cap it is kept only that
 * there was something.
 */
export function heardStatements(
  repository: RepositoryRef,
  { pulls, commits }: Heard,
  now: Date,
): readonly Statement[] {
  const seen = [...pulls, ...commits];
  if (seen.length === 0) return [];
  const day = dayOf(now);
  const rows = given(
    seen.map((each) => ({ ...participantRow(each), ...(isCounted(each) && { counted: true }) })),
  );
  const byAccount = Map.groupBy(seen.filter(isCounted), ({ participant }) => participant.account.id);
  return [
    ...learnt(repository, { evidence: [], participants: commits }, { headSha: "", asOf: 0, at: now }),
    statement(DROP_HEARD, repository.repositoryId, rows, day),
    statement(RECORD_HEARD, repository.repositoryId, rows, day),
    ...[...byAccount].flatMap(([account, own]) => keptStatement(repository, { account, day }, sizeOf(own))),
  ];
}

function isCounted({ participant }: Seen): boolean {
  return participant.toFork === true && participant.account.type === "User";
}

function participantRow({ subject, participant }: Seen): object {
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

export function ofPull(pull: number): string {
  return `#${pull}`;
}

const OF_SUBJECTS = "WHERE repository = $1 AND subject IN (SELECT value ->> 'subject' FROM GIVEN($2))";
const EVIDENCE = `SELECT subject, record FROM main.evidence ${OF_SUBJECTS} ORDER BY subject, place, digest`;
const PARTICIPANTS = `
  SELECT subject, record FROM main.participant ${OF_SUBJECTS} ORDER BY subject, role, account, push`;

const RECORD_EVIDENCE = `
  INSERT INTO main.evidence (repository, subject, digest, place, record)
  SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'digest',
    CAST(value ->> 'place' AS BIGINT) + (SELECT count(*) FROM main.evidence AS known
      WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'),
    value ->> 'record'
  FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`;

// By bringing other people's commits to a fork nobody becomes one who pushed them.
const UNLESS_KNOWN = `(value ->> 'unlessKnown' IS NULL OR NOT EXISTS (
    SELECT 1 FROM main.participant AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.role = 'pusher' AND known.account <> CAST(value ->> 'account' AS BIGINT)))`;

const recordParticipants = (condition: string) => `
  INSERT INTO main.participant (repository, subject, role, account, push, record)
  SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'role', CAST(value ->> 'account' AS BIGINT),
    value ->> 'push', value ->> 'record'
  FROM GIVEN($2) WHERE ${condition} ON CONFLICT DO NOTHING`;

const RECORD_PARTICIPANTS = recordParticipants(UNLESS_KNOWN);

const IS_BEYOND = `(value ->> 'counted' IS NOT NULL AND ${IS_USED_UP})`;
const RECORD_HEARD = recordParticipants(`${UNLESS_KNOWN} AND NOT ${IS_BEYOND}`);

// Whose part is known already adds nothing.
const DROP_HEARD = `${DROP}
  FROM GIVEN($2) WHERE ${UNLESS_KNOWN} AND ${IS_BEYOND} AND NOT EXISTS (
    SELECT 1 FROM main.participant AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.role = value ->> 'role' AND known.account = CAST(value ->> 'account' AS BIGINT))
  ON CONFLICT DO NOTHING`;
