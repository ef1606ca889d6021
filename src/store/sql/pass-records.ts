import type { LetIn, Publication } from "../passes.ts";
import { given, type Statement, some, statement } from "./sql.ts";

const AT = "repository = $1 AND head_sha = $2 AND name = $3";

type Place = readonly [repository: number, headSha: string, name: string];

/** Notes what a pass lets in from the write on, once the write is intended. */
export function beginPassStatements(
  place: Place,
  { id, into = [], passing, overridden }: Publication,
): readonly Statement[] {
  if (!passing) return [];
  return some(into, (rows) => statement(BEGIN, ...place, id, rows, Number(overridden === true)), row);
}

/** The same for a pass that is not written anew, as it is unchanged. */
export function stillPassStatements(place: Place, publication: Publication, now: Date): readonly Statement[] {
  const { id, into = [], overridden } = publication;
  return some(
    into,
    (rows) => statement(GO_ON, ...place, id, rows, Number(overridden === true), now.getTime()),
    row,
  );
}

/** What the check that stands now does not let in any more. */
export function endPassStatements(
  place: Place,
  { into = [], passing, overridden }: Publication,
  now: Date,
): readonly Statement[] {
  const rows = given((passing ? into : []).map(row));
  return [statement(END_OTHERS, ...place, rows, now.getTime(), Number(overridden === true))];
}

/** The write did not reach GitHub. */
export function dropPassStatement(place: Place, publication: string): Statement {
  return statement(`DELETE FROM main.pass_record WHERE ${AT} AND publication = $4`, ...place, publication);
}

/** GitHub shows it as withdrawn. */
export function withdrawnPassStatement(place: Place, now: Date): Statement {
  return statement(END_WITHDRAWN, ...place, now.getTime());
}

/** Nothing is withdrawn any more from a merge group that was given up, so that it lets nothing in from then on. */
export function givenUpStatement(repositoryId: number, headSha: string, now: Date): Statement {
  return statement(END_GROUP, repositoryId, headSha, now.getTime());
}

function row({ branch, content, above }: LetIn): object {
  return { branch, content: content ?? "", ...(above !== undefined && { above }) };
}

const OPEN = `
  SELECT 1 FROM main.pass_record AS open
  WHERE open.repository = $1 AND open.head_sha = $2 AND open.name = $3 AND open.ended_at IS NULL
    AND open.served_at IS NULL
    AND open.branch = value ->> 'branch' AND open.content = value ->> 'content'
    AND open.overridden = CAST($6 AS BIGINT)`;

const INSERT = `
  INSERT INTO main.pass_record (repository, head_sha, name, branch, content, above, publication, since, overridden)`;

const BEGIN = `${INSERT}
  SELECT CAST($1 AS BIGINT), $2, $3, value ->> 'branch', value ->> 'content', value ->> 'above', $4,
    (SELECT since FROM main.intention WHERE ${AT} AND id = $4), CAST($6 AS BIGINT)
  FROM GIVEN($5)
  WHERE EXISTS (SELECT 1 FROM main.intention WHERE ${AT} AND id = $4) AND NOT EXISTS (${OPEN})
  ON CONFLICT DO NOTHING`;

const STANDING = `SELECT 1 FROM main.published_check WHERE ${AT} AND state = 'standing' AND passing = 1`;

const GO_ON = `${INSERT}
  SELECT CAST($1 AS BIGINT), $2, $3, value ->> 'branch', value ->> 'content', value ->> 'above', $4, CAST($7 AS BIGINT),
    CAST($6 AS BIGINT)
  FROM GIVEN($5) WHERE EXISTS (${STANDING}) AND NOT EXISTS (${OPEN}) ON CONFLICT DO NOTHING`;

// Where another write may still show, or may have taken its place, that one's passes go on.
const END_OTHERS = `
  UPDATE main.pass_record SET ended_at = CAST($5 AS BIGINT)
  WHERE ${AT} AND ended_at IS NULL
    AND EXISTS (SELECT 1 FROM main.published_check WHERE ${AT} AND state = 'standing')
    AND (overridden <> CAST($6 AS BIGINT) OR NOT EXISTS (
      SELECT 1 FROM GIVEN($4)
      WHERE value ->> 'branch' = pass_record.branch AND value ->> 'content' = pass_record.content))`;

const END_WITHDRAWN = `
  UPDATE main.pass_record SET ended_at = CAST($4 AS BIGINT)
  WHERE ${AT} AND ended_at IS NULL
    AND EXISTS (SELECT 1 FROM main.published_check WHERE ${AT} AND state = 'withdrawn')`;

const END_GROUP = `
  UPDATE main.pass_record SET ended_at = CAST($3 AS BIGINT)
  WHERE repository = $1 AND head_sha = $2 AND above IS NOT NULL AND ended_at IS NULL`;
