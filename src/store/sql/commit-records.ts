import { createHash } from "node:crypto";
import type { Evidence } from "../../provenance/evidence.ts";
import type { CommitRecord, Participant } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../store.ts";
import { given, type Row, record, type Statement, some, statement } from "./sql.ts";

/** Asks for what is known of commits, by id, and of whatever else has evidence and participants. */
export function recordsStatements(repositoryId: number, subjects: readonly string[]): readonly Statement[] {
  const list = given(subjects.map((subject) => ({ subject })));
  return [statement(EVIDENCE, repositoryId, list), statement(PARTICIPANTS, repositoryId, list)];
}

/** The answers. What nothing is known of is left out. */
export function toCommitRecords(
  [evidence = [], participants = []]: readonly (readonly Row[])[],
  subjects: readonly string[],
): readonly CommitRecord[] {
  const evidenceOf = Map.groupBy(evidence, ({ subject }) => subject);
  const participantsOf = Map.groupBy(participants, ({ subject }) => subject);
  return subjects.flatMap((sha): readonly CommitRecord[] => {
    const known = {
      evidence: (evidenceOf.get(sha) ?? []).map(record<Evidence>),
      participants: (participantsOf.get(sha) ?? []).map(record<Participant>),
    };
    return known.evidence.length + known.participants.length === 0 ? [] : [{ sha, ...known }];
  });
}

export function commitStatements(
  repository: RepositoryRef,
  commits: readonly CommitRecord[],
): readonly Statement[] {
  return [
    ...evidenceStatements(
      repository,
      commits.flatMap(({ sha: subject, evidence }) => evidence.map((item) => ({ subject, item }))),
    ),
    ...participantStatements(
      repository,
      commits.flatMap(({ sha: subject, participants }) =>
        participants.map((participant) => ({ subject, participant })),
      ),
    ),
  ];
}

export function evidenceStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly { readonly subject: string; readonly item: Evidence }[],
): readonly Statement[] {
  return some(
    seen,
    (rows) => statement(RECORD_EVIDENCE, repositoryId, rows),
    ({ subject, item }, place) => {
      const text = JSON.stringify(item);
      return { subject, place, record: text, digest: createHash("sha256").update(text).digest("hex") };
    },
  );
}

export function participantStatements(
  { repositoryId }: RepositoryRef,
  seen: readonly { readonly subject: string; readonly participant: Participant }[],
): readonly Statement[] {
  return some(
    seen,
    (rows) => statement(RECORD_PARTICIPANTS, repositoryId, rows),
    ({ subject, participant }) => ({
      subject,
      role: participant.role,
      account: participant.account.id,
      push: pushOf(participant),
      record: JSON.stringify(participant),
      ...(participant.toFork && participant.sha === subject && { unlessKnown: true }),
    }),
  );
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

export function ofContent(contentDigest: string): string {
  return `content ${contentDigest}`;
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
