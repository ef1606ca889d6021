import { inherited } from "../../signoff/inherited.ts";
import { type CommitRecord, type Participant, unlinkedKey } from "../../signoff/snapshot.ts";
import type { CommitSource } from "../memory.ts";
import { given, type Row, type Statement, some, statement } from "./sql.ts";

/** Notes what commits were made of. */
export function sourceStatements(
  repositoryId: number,
  sources: readonly CommitSource[],
): readonly Statement[] {
  return some(
    sources,
    (rows) => statement(RECORD, repositoryId, rows),
    (source) => source,
  );
}

/** Asks of what commits were made, and that of what, to the beginning. */
export function sourcesStatement(repositoryId: number, shas: readonly string[]): Statement {
  return statement(SOURCES, repositoryId, given(shas.map((sha) => ({ sha }))));
}

export function toSources(rows: readonly Row[]): readonly CommitSource[] {
  return rows.map(({ sha, source }) => ({ sha: String(sha), source: String(source) }));
}

/** The records with what was learnt of the sources since: what was known of them before is known of the commits. */
export function withSources(
  records: readonly CommitRecord[],
  sources: readonly CommitSource[],
  ofSources: readonly CommitRecord[],
): readonly CommitRecord[] {
  const known = new Map(records.map((record) => [record.sha, record]));
  const bySource = new Map(ofSources.map((record) => [record.sha, record]));
  for (const { sha, source } of sources) {
    const record = bySource.get(source);
    if (record === undefined) continue;
    const there = known.get(sha) ?? { sha, evidence: [], participants: [] };
    known.set(sha, together(there, inherited(record, { sha, how: `as ${source.slice(0, 7)}` })));
  }
  return [...known.values()];
}

function together(there: CommitRecord, heir: CommitRecord): CommitRecord {
  const marks = new Set(there.evidence.map((each) => JSON.stringify(each)));
  const people = new Set(there.participants.map(keyOf));
  return {
    ...there,
    evidence: [...there.evidence, ...heir.evidence.filter((each) => !marks.has(JSON.stringify(each)))],
    participants: [...there.participants, ...heir.participants.filter((each) => !people.has(keyOf(each)))],
    ...(heir.dropped && { dropped: true }),
  };
}

function keyOf({ role, account, identity }: Participant): string {
  return `${role} ${account.id} ${identity ? unlinkedKey(identity) : ""}`;
}

const RECORD = `
  INSERT INTO main.commit_source (repository, sha, source)
  SELECT CAST($1 AS BIGINT), value ->> 'sha', value ->> 'source' FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`;

const SOURCES = `
  WITH RECURSIVE below (sha, source) AS (
    SELECT edge.sha, edge.source FROM main.commit_source AS edge
    WHERE edge.repository = $1 AND edge.sha IN (SELECT value ->> 'sha' FROM GIVEN($2))
    UNION
    SELECT below.sha, edge.source FROM below CROSS JOIN main.commit_source AS edge
    WHERE edge.repository = $1 AND edge.sha = below.source
  )
  SELECT sha, source FROM below ORDER BY sha, source`;
