import type { CheckRunIds, Publication } from "../passes.ts";
import { ONE_BY_ONE } from "./invalidations.ts";
import {
  beginPassStatements,
  dropPassStatement,
  endPassStatements,
  stillPassStatements,
} from "./pass-records.ts";
import { given, type Statement, statement } from "./sql.ts";

/**
 * GitHub shows the write that reached it last. Of two writes that overlapped nobody knows which one that was, so both
 * count until a third one, that began after both had ended, has taken their place.
 */

const AT = "repository = $1 AND head_sha = $2 AND name = $3";

function placeOf({ repository, headSha, name }: Publication): readonly [number, string, string] {
  return [repository.repositoryId, headSha, name];
}

/** Notes the write, unless a fact was put in doubt since the questions were asked; the second answer tells. */
export function intendStatements(publication: Publication, now: Date, until: Date): readonly Statement[] {
  const { id, passing, asOf, urgent, task } = publication;
  const at = placeOf(publication);
  const list = given((passing ? publication.facts : []).map((fact) => ({ fact })));
  const group = Number(task.group !== undefined);
  return [
    ONE_BY_ONE,
    statement(EXPECT, ...at, list, asOf, Number(passing), Number(urgent), group, JSON.stringify(task)),
    statement(INTEND, ...at, list, asOf, id, Number(passing), now.getTime(), until.getTime()),
    statement(INTEND_FACTS, ...at, list, asOf, id),
    ...beginPassStatements(at, publication),
  ];
}

// What was learnt while this commit was judged is in its verdict.
const UNDOUBTED = `NOT EXISTS (
  SELECT 1 FROM main.invalidation
  WHERE number > $5 AND coalesce(learnt_by, '') <> $2 AND fact IN (SELECT value ->> 'fact' FROM GIVEN($4)))`;

// What is in doubt stays so until the write has succeeded: until then it may be what GitHub shows.
const EXPECT = `
  INSERT INTO main.published_check (repository, head_sha, name, state, urgent, in_group, task)
  SELECT CAST($1 AS BIGINT), $2, $3, 'standing', CAST($7 AS BIGINT), CAST($8 AS BIGINT), $9 WHERE ${UNDOUBTED}
  ON CONFLICT (repository, head_sha, name) DO UPDATE SET
    urgent = excluded.urgent, in_group = excluded.in_group, task = excluded.task,
    state = CASE
      WHEN published_check.state = 'withdrawn' AND CAST($6 AS BIGINT) = 1 THEN 'standing'
      ELSE published_check.state
    END
  RETURNING head_sha`;

const INTEND = `
  INSERT INTO main.intention (repository, head_sha, name, id, passing, since, written_until)
  SELECT CAST($1 AS BIGINT), $2, $3, $6, CAST($7 AS BIGINT), CAST($8 AS BIGINT), CAST($9 AS BIGINT) WHERE ${UNDOUBTED}
  ON CONFLICT DO NOTHING`;

const INTEND_FACTS = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, name, intention)
  SELECT DISTINCT value ->> 'fact', CAST($1 AS BIGINT), $2, $3, $6 FROM GIVEN($4) WHERE ${UNDOUBTED}
  ON CONFLICT DO NOTHING`;

/**
 * Notes what an unchanged pass rests on now, and whether it is urgent; the third answer tells whether it still stands
 * undoubted.
 */
export function restsStatements(publication: Publication, now: Date): readonly Statement[] {
  const { facts, asOf, urgent } = publication;
  const place = placeOf(publication);
  const at = [...place, given(facts.map((fact) => ({ fact }))), asOf] as const;
  return [
    ONE_BY_ONE,
    statement(HOLD_WITH_URGENCY, ...place, Number(urgent)),
    statement(STANDS_UNDOUBTED, ...at),
    statement(DROP_OTHER_FACTS, ...at),
    statement(ADD_FACTS, ...at),
    ...stillPassStatements(place, publication, now),
  ];
}

const STANDS_UNDOUBTED = `
  SELECT head_sha FROM main.published_check WHERE ${AT} AND state = 'standing' AND ${UNDOUBTED}`;
const DROP_OTHER_FACTS = `
  DELETE FROM main.pass_fact WHERE ${AT} AND intention = ''
    AND fact NOT IN (SELECT value ->> 'fact' FROM GIVEN($4)) AND EXISTS (${STANDS_UNDOUBTED})`;
const ADD_FACTS = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, name, intention)
  SELECT DISTINCT value ->> 'fact', CAST($1 AS BIGINT), $2, $3, '' FROM GIVEN($4) WHERE EXISTS (${STANDS_UNDOUBTED})
  ON CONFLICT DO NOTHING`;

/** Notes that the write reached GitHub. */
export function publishedStatements(
  publication: Publication,
  run: CheckRunIds,
  now: Date,
): readonly Statement[] {
  const { id, conclusion, digest, passing } = publication;
  const at = placeOf(publication);
  const shown = [conclusion, digest, Number(passing), run.id, run.nodeId] as const;
  return [
    statement(HOLD, ...at),
    ...(passing ? [statement(DOUBT_STRAGGLER, ...at, id, now.getTime())] : []),
    statement(DROP_OVERWRITTEN_FACTS, ...at, id),
    statement(DROP_OVERWRITTEN, ...at, id),
    statement(CONFIRM, ...at, id, now.getTime(), ...shown),
    statement(DROP_FORMER_FACTS, ...at, id),
    statement(CONFIRM_FACTS, ...at, id),
    ...endPassStatements(at, publication, now),
    ...dropStatements(publication),
  ];
}

/** Notes that the write did not reach GitHub. */
export function notPublishedStatements(publication: Publication): readonly Statement[] {
  const at = placeOf(publication);
  return [
    statement(HOLD, ...at),
    ...dropStatements(publication),
    dropPassStatement(at, publication.id),
    statement(DROP_EMPTY, ...at),
  ];
}

function dropStatements(publication: Publication): readonly Statement[] {
  const own = [...placeOf(publication), publication.id] as const;
  return [
    statement(`DELETE FROM main.pass_fact WHERE ${AT} AND intention = $4`, ...own),
    statement(`DELETE FROM main.intention WHERE ${AT} AND id = $4`, ...own),
  ];
}

/** Doubts and withdrawals of this check wait, so that the statements that follow see them wholly or not at all. */
const HOLD = `SELECT head_sha FROM main.published_check WHERE ${AT} FOR UPDATE`;
const HOLD_WITH_URGENCY = `UPDATE main.published_check SET urgent = CAST($4 AS BIGINT) WHERE ${AT}`;

const OWN = `SELECT since FROM main.intention WHERE ${AT} AND id = $4`;

// It should have ended before something newer was written, and arrived after all.
const DOUBT_STRAGGLER = `
  UPDATE main.published_check
  SET state = 'doubted', only_if = NULL, due_at = CAST($5 AS BIGINT), attempts = 0, leased_until = NULL
  WHERE ${AT} AND (publication IS NULL OR publication <> $4) AND NOT EXISTS (${OWN})`;

const OVERWRITTEN = `SELECT id FROM main.intention WHERE ${AT} AND id <> $4 AND written_until <= (${OWN})`;
const DROP_OVERWRITTEN_FACTS = `DELETE FROM main.pass_fact WHERE ${AT} AND intention IN (${OVERWRITTEN})`;
const DROP_OVERWRITTEN = `DELETE FROM main.intention WHERE ${AT} AND id IN (${OVERWRITTEN})`;

// others_until: when the last pass that may still overwrite it can no longer. Where something else reached GitHub while
// this was on its way, it is not known which of the two is shown.
const UNCLEAR = `(own.others_until IS NOT NULL
  OR (shown_at > own.since AND (published_check.passing = 1 OR CAST($8 AS BIGINT) = 1)))`;
const DOUBTED = `(${UNCLEAR} OR (CAST($8 AS BIGINT) = 1 AND
  (own.doubted = 1 OR (published_check.state = 'doubted' AND leased_until IS NOT NULL))))`;
const CONFIRM = `
  UPDATE main.published_check SET
    publication = $4, check_run_id = CAST($9 AS BIGINT), check_node_id = $10, conclusion = $6,
    digest = CASE WHEN shown_at > own.since THEN '' ELSE CAST($7 AS TEXT) END,
    passing = CAST($8 AS BIGINT),
    shown_at = CAST($5 AS BIGINT),
    state = CASE WHEN ${DOUBTED} THEN 'doubted' ELSE 'standing' END,
    only_if = CASE WHEN ${UNCLEAR} OR NOT ${DOUBTED} THEN NULL ELSE only_if END,
    due_at = CASE
      WHEN NOT ${DOUBTED} THEN NULL
      WHEN own.others_until > CAST($5 AS BIGINT) THEN own.others_until
      ELSE CAST($5 AS BIGINT)
    END,
    leased_until = NULL
  FROM (
    SELECT mine.since, mine.doubted, (
      SELECT max(written_until) FROM main.intention WHERE ${AT} AND id <> $4 AND passing = 1) AS others_until
    FROM main.intention AS mine WHERE mine.repository = $1 AND mine.head_sha = $2 AND mine.name = $3 AND mine.id = $4) AS own
  WHERE ${AT}`;

const DROP_FORMER_FACTS = `
  DELETE FROM main.pass_fact WHERE ${AT} AND intention = '' AND EXISTS (${OWN})
    AND EXISTS (SELECT 1 FROM main.published_check WHERE ${AT} AND state = 'standing')`;
const CONFIRM_FACTS = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, name, intention)
  SELECT fact, repository, head_sha, name, '' FROM main.pass_fact WHERE ${AT} AND intention = $4
  ON CONFLICT DO NOTHING`;
const DROP_EMPTY = `
  DELETE FROM main.published_check WHERE ${AT} AND conclusion IS NULL
    AND NOT EXISTS (SELECT 1 FROM main.intention WHERE ${AT})`;
