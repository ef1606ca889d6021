import { UNLINKED } from "../../signoff/snapshot.ts";
import { subjectFacts } from "../fact.ts";
import type { Learner } from "../memory.ts";
import type { RepositoryRef } from "../repository.ts";
import { given, type Statement, statement } from "./sql.ts";

/** What is about to be recorded, as rows of JSON. */
export interface Rows {
  readonly participants: string;
  readonly evidence: string;
}

/**
 * Puts in doubt what passed before something was known of its commits. To be run before the rows are recorded: what is
 * known already is no news. Whoever learnt it knows it, so their own commits are left alone.
 */
export function learningStatements(
  { repositoryId }: Pick<RepositoryRef, "repositoryId">,
  { participants, evidence }: Rows,
  { headSha, groups = [], asOf, at }: Learner,
): readonly Statement[] {
  const { prefix, unknown } = subjectFacts({ repositoryId });
  const knowing = given([headSha, ...groups].map((sha) => ({ sha })));
  const news = [repositoryId, participants, evidence, prefix, unknown] as const;
  return [
    statement(COUNT, ...news),
    statement(NOTE, ...news, at.getTime(), headSha, asOf),
    statement(DOUBT, ...news, at.getTime(), knowing),
    statement(DOUBT_INTENTIONS, ...news, knowing),
  ];
}

// By which push somebody is known to have pushed a commit changes nothing, unless it replaced the history before it.
const NEWS = `
  SELECT value ->> 'subject' AS subject FROM GIVEN($2)
  WHERE NOT EXISTS (
    SELECT 1 FROM main.participant AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.role = value ->> 'role' AND known.account = CAST(value ->> 'account' AS BIGINT)
      AND (known.account <> ${UNLINKED.id} OR known.push = value ->> 'push')
      AND ((value ->> 'push') NOT LIKE '% forced%' OR known.push LIKE '% forced%'))
  UNION
  SELECT value ->> 'subject' AS subject FROM GIVEN($3)
  WHERE NOT EXISTS (
    SELECT 1 FROM main.evidence AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND known.subject = value ->> 'subject'
      AND known.digest = value ->> 'digest')`;

// What is news of a commit is news of whatever was made of it: from what is new to that, not through all edges there are.
const MADE = `
  WITH RECURSIVE made (subject) AS (
    SELECT subject FROM (${NEWS}) AS news
    UNION
    SELECT edge.sha FROM made CROSS JOIN main.commit_source AS edge INDEXED BY commit_source_by_source
    WHERE edge.repository = CAST($1 AS BIGINT) AND edge.source = CAST(made.subject AS TEXT)
  )
  SELECT subject FROM made`;

const FACTS = `
  SELECT CAST($4 AS TEXT) || subject AS fact FROM (${MADE}) AS news
  UNION
  SELECT CAST($5 AS TEXT) AS fact FROM (${NEWS}) AS news`;

const COUNT = `UPDATE main.invalidation_count SET number = number + 1 WHERE id = 1 AND EXISTS (${FACTS})`;

// What somebody else told since the learner asked is news to the learner as well.
const NOTE = `
  INSERT INTO main.invalidation (fact, number, at, learnt_by)
  SELECT fact, (SELECT number FROM main.invalidation_count WHERE id = 1), CAST($6 AS BIGINT), CAST($7 AS TEXT)
  FROM (${FACTS}) AS facts WHERE true
  ON CONFLICT (fact) DO UPDATE SET number = excluded.number, at = excluded.at,
    learnt_by = CASE
      WHEN invalidation.number <= CAST($8 AS BIGINT) OR invalidation.learnt_by = excluded.learnt_by
        THEN excluded.learnt_by
      ELSE ''
    END`;

const OF_FACTS = `FROM main.pass_fact WHERE fact IN (${FACTS})`;

const DOUBT = `
  UPDATE main.published_check SET
    only_if = NULL,
    due_at = CASE WHEN state = 'doubted' AND due_at < CAST($6 AS BIGINT) THEN due_at ELSE CAST($6 AS BIGINT) END,
    attempts = 0,
    state = 'doubted'
  WHERE head_sha NOT IN (SELECT value ->> 'sha' FROM GIVEN($7)) AND (repository, head_sha, name) IN (SELECT repository, head_sha, name ${OF_FACTS})`;

const DOUBT_INTENTIONS = `
  UPDATE main.intention SET doubted = 1
  WHERE head_sha NOT IN (SELECT value ->> 'sha' FROM GIVEN($6))
    AND (repository, head_sha, name, id) IN (SELECT repository, head_sha, name, intention ${OF_FACTS})`;
