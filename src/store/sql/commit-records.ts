import { createHash } from "node:crypto";
import type { Evidence } from "../../provenance/evidence.ts";
import type { CommitRecord, Participant } from "../../signoff/snapshot.ts";
import type { Learner } from "../memory.ts";
import type { RepositoryRef } from "../repository.ts";
import { DROPPED } from "./caps.ts";
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
export function learnt(
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

export interface SeenEvidence {
  readonly subject: string;
  readonly item: Evidence;
}

export function evidenceStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly SeenEvidence[],
): readonly Statement[] {
  return some(seen, (rows) => statement(RECORD_EVIDENCE, repositoryId, rows), evidenceRow);
}

export function evidenceRow({ subject, item }: SeenEvidence, place: number): object {
  const text = JSON.stringify(item);
  return { subject, place, record: text, digest: createHash("sha256").update(text).digest("hex") };
}

export interface Seen {
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

export function participantRow({ subject, participant }: Seen): object {
  return {
    subject,
    role: participant.role,
    account: participant.account.id,
    push: pushOf(participant),
    record: JSON.stringify(participant),
    ...(participant.toFork && participant.sha === subject && { unlessKnown: true }),
  };
}

function pushOf(participant: Participant): string {
  const { sha = "", forced, introduced, web, presumed, toFork, mergedIn, identity } = participant;
  const how = [
    forced && "forced",
    introduced && "introduced",
    web && "made by GitHub",
    presumed && "presumed",
    toFork && "to a fork",
    mergedIn !== undefined && `in ${ofPull(mergedIn)}`,
    // No two of them are told apart by their accounts.
    identity && `as ${createHash("sha256").update(JSON.stringify(identity)).digest("hex")}`,
  ].filter((each) => each);
  return [sha, ...how].join(" ");
}

export function ofPull(pull: number): string {
  return `#${pull}`;
}

/** What is not known to have been somewhere, and may have been anywhere in the repository. */
export const ANYWHERE = "*";

const OF_SUBJECTS = "WHERE repository = $1 AND subject IN (SELECT value ->> 'subject' FROM GIVEN($2))";
const EVIDENCE = `SELECT subject, record FROM main.evidence ${OF_SUBJECTS} ORDER BY subject, place, digest`;
const PARTICIPANTS = `
  SELECT subject, record FROM main.participant ${OF_SUBJECTS} ORDER BY subject, role, account, push`;

export const recordEvidence = (condition: string) => `
  INSERT INTO main.evidence (repository, subject, digest, place, record)
  SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'digest',
    CAST(value ->> 'place' AS BIGINT) + (SELECT count(*) FROM main.evidence AS known
      WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'),
    value ->> 'record'
  FROM GIVEN($2) WHERE ${condition} ON CONFLICT DO NOTHING`;

const RECORD_EVIDENCE = recordEvidence("true");

// By bringing other people's commits to a fork nobody becomes one who pushed them.
export const UNLESS_KNOWN = `(value ->> 'unlessKnown' IS NULL OR NOT EXISTS (
    SELECT 1 FROM main.participant AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.role = 'pusher' AND known.account <> CAST(value ->> 'account' AS BIGINT)))`;

export const recordParticipants = (condition: string) => `
  INSERT INTO main.participant (repository, subject, role, account, push, record)
  SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'role', CAST(value ->> 'account' AS BIGINT),
    value ->> 'push', value ->> 'record'
  FROM GIVEN($2) WHERE ${condition} ON CONFLICT DO NOTHING`;

const RECORD_PARTICIPANTS = recordParticipants(UNLESS_KNOWN);
