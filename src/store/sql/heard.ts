import type { Participant } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../repository.ts";
import { DROP, dayOf, IS_USED_UP, keptStatement, sizeOf } from "./caps.ts";
import {
  ANYWHERE,
  evidenceRow,
  learnt,
  participantRow,
  recordEvidence,
  recordParticipants,
  type Seen,
  type SeenEvidence,
  UNLESS_KNOWN,
} from "./commit-records.ts";
import { given, type Statement, some, statement } from "./sql.ts";

interface HeardOf extends Seen {
  readonly outsider?: true;
}

interface Heard {
  readonly pulls: readonly HeardOf[];
  readonly commits: readonly HeardOf[];
}

/**
 * Records who took part, as a delivery tells it. Whoever pushes to a fork or gives an agent a command may be anybody. Of
 * pushes beyond the cap it is kept only that there was something; of commands, who gave them: they may have asked
 * for anything.
 */
export function heardStatements(
  repository: RepositoryRef,
  { pulls, commits }: Heard,
  now: Date,
): readonly Statement[] {
  const seen = [...pulls, ...commits];
  if (seen.length === 0) return [];
  const day = dayOf(now);
  const rows = given(seen.map((each) => ({ ...participantRow(each), ...countedAs(each) })));
  const byAccount = Map.groupBy(seen.filter(isCounted), ({ participant }) => participant.account.id);
  return [
    ...learnt(repository, { evidence: [], participants: commits }, { headSha: "", asOf: 0, at: now }),
    statement(PUSHED_AGAIN, repository.repositoryId, rows),
    ...[DROP_HEARD, RECORD_BEYOND, RECORD_HEARD].map((each) =>
      statement(each, repository.repositoryId, rows, day),
    ),
    ...[...byAccount].flatMap(([account, own]) => keptStatement(repository, { account, day }, sizeOf(own))),
  ];
}

function isCounted({ participant, outsider }: HeardOf): boolean {
  return (participant.toFork === true || outsider === true) && participant.account.type === "User";
}

function countedAs(heard: HeardOf): object {
  if (!isCounted(heard)) return {};
  const { account, role } = heard.participant;
  const anything: Participant = { account, role, because: "gave agents more commands than are kept" };
  return { counted: true, ...(role === "requester" && { anything: JSON.stringify(anything) }) };
}

/** Records what pull requests told of their writers. An outsider's text is counted as theirs. */
export function heardEvidenceStatements(
  repository: RepositoryRef,
  seen: readonly SeenEvidence[],
  now: Date,
): readonly Statement[] {
  const day = dayOf(now);
  const { repositoryId } = repository;
  const rowOf = (each: SeenEvidence, place: number) => {
    const { writtenBy } = each.item;
    const counted = writtenBy?.outsider === true && { account: writtenBy.id, counted: true };
    return { ...evidenceRow(each, place), ...counted };
  };
  const kept = seen.flatMap(({ item }) =>
    item.writtenBy?.outsider === true
      ? keptStatement(repository, { account: item.writtenBy.id, day }, sizeOf([item]))
      : [],
  );
  return [
    ...some(seen, (rows) => statement(DROP_EVIDENCE, repositoryId, rows, day), rowOf),
    ...some(seen, (rows) => statement(RECORD_EVIDENCE, repositoryId, rows, day), rowOf),
    ...kept,
  ];
}

const IS_BEYOND = `(value ->> 'counted' IS NOT NULL AND ${IS_USED_UP})`;
const RECORD_HEARD = recordParticipants(`${UNLESS_KNOWN} AND NOT ${IS_BEYOND}`);

// What was pushed again may have been taken out in between: it counts as pushed when it was pushed last.
const PUSHED_AGAIN = `
  UPDATE main.participant SET record = (
    SELECT value ->> 'record' FROM GIVEN($2)
    WHERE participant.subject = value ->> 'subject' AND participant.role = value ->> 'role'
      AND participant.account = CAST(value ->> 'account' AS BIGINT) AND participant.push = value ->> 'push' LIMIT 1)
  WHERE (repository, subject, role, account, push) IN (
    SELECT CAST($1 AS BIGINT), value ->> 'subject', value ->> 'role', CAST(value ->> 'account' AS BIGINT),
      value ->> 'push'
    FROM GIVEN($2) WHERE value ->> 'role' = 'pusher')`;

// Whose part is known already adds nothing.
const IS_NEW = `NOT EXISTS (
    SELECT 1 FROM main.participant AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.role = value ->> 'role' AND known.account = CAST(value ->> 'account' AS BIGINT))`;

const DROP_HEARD = `${DROP}
  FROM GIVEN($2) WHERE ${UNLESS_KNOWN} AND value ->> 'anything' IS NULL AND ${IS_BEYOND} AND ${IS_NEW}
  ON CONFLICT DO NOTHING`;

const RECORD_BEYOND = `
  INSERT INTO main.participant (repository, subject, role, account, push, record)
  SELECT CAST($1 AS BIGINT), '${ANYWHERE}', value ->> 'role', CAST(value ->> 'account' AS BIGINT), '',
    value ->> 'anything'
  FROM GIVEN($2) WHERE value ->> 'anything' IS NOT NULL AND ${IS_BEYOND} AND ${IS_NEW}
  ON CONFLICT DO NOTHING`;

const RECORD_EVIDENCE = recordEvidence(`NOT ${IS_BEYOND}`);
const DROP_EVIDENCE = `${DROP}
  FROM GIVEN($2) WHERE ${IS_BEYOND} AND NOT EXISTS (
    SELECT 1 FROM main.evidence AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.digest = value ->> 'digest')
  ON CONFLICT DO NOTHING`;
