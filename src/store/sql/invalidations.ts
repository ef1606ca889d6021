import { gainsFact, installationFact, REFUSABLE, withUnknown } from "../fact.ts";
import type { Gained, Invalidation } from "../passes.ts";
import { given, type Statement, statement } from "./sql.ts";

/**
 * Transactions that begin with this run one after the other: none of them puts anything in doubt while another looks
 * at what was, and those that hold several rows never wait for each other in a circle.
 */
export const ONE_BY_ONE = statement("SELECT number FROM main.invalidation_count WHERE id = 1 FOR UPDATE");

/** Puts facts in doubt: counts it, and marks every pass that rests on one of them. */
export function invalidationStatements(
  { facts, onlyIf, patient, gained, also }: Invalidation,
  now: Date,
): readonly Statement[] {
  const list = given(withUnknown(facts).map((fact) => ({ fact })));
  return [
    statement("UPDATE main.invalidation_count SET number = number + 1 WHERE id = 1"),
    statement(NOTE, list, now.getTime()),
    statement(
      DOUBT,
      list,
      now.getTime(),
      onlyIf === undefined ? null : JSON.stringify(onlyIf),
      patient ? 1 : 0,
    ),
    statement(DOUBT_INTENTIONS, list),
    ...(gained === undefined ? [] : gainStatements(gained, now)),
    ...(also === undefined
      ? []
      : [statement(REST_ON, also.where, given(also.facts.map((fact) => ({ fact }))))]),
  ];
}

/** What has passed may be refused by more people from now on, and what is judged right now may not know of them. */
function gainStatements({ installationId, repositoryId, account }: Gained, now: Date): readonly Statement[] {
  const noted = given([{ fact: gainsFact({ installationId }) }]);
  const [kind, end] = account === null ? ["refusers", ""] : ["refuser", `/${account}`];
  const of = installationFact({ installationId });
  return [
    statement(NOTE, noted, now.getTime()),
    statement(MAY_BE_REFUSED, kind, end, of, repositoryId ?? null),
  ];
}

const NOTE = `
  INSERT INTO main.invalidation (fact, number, at)
  SELECT DISTINCT value ->> 'fact', (SELECT number FROM main.invalidation_count WHERE id = 1), CAST($2 AS BIGINT)
  FROM GIVEN($1) WHERE true
  ON CONFLICT (fact) DO UPDATE SET number = excluded.number, at = excluded.at, learnt_by = NULL`;

const OF_FACTS = "FROM main.pass_fact WHERE fact IN (SELECT value ->> 'fact' FROM GIVEN($1))";

// A doubt in any case stays one; one that depends on somebody is joined by the next who does.
const DOUBT = `
  UPDATE main.published_check SET
    only_if = CASE
      WHEN CAST($3 AS TEXT) IS NULL OR (state = 'doubted' AND only_if IS NULL) THEN NULL
      WHEN state = 'doubted' THEN only_if || ',' || CAST($3 AS TEXT)
      ELSE CAST($3 AS TEXT)
    END,
    due_at = CASE
      WHEN state = 'doubted' AND (due_at < CAST($2 AS BIGINT) OR CAST($4 AS INTEGER) = 1) THEN due_at
      ELSE CAST($2 AS BIGINT)
    END,
    attempts = CASE WHEN state = 'doubted' AND CAST($4 AS INTEGER) = 1 THEN attempts ELSE 0 END,
    state = 'doubted'
  WHERE (repository, head_sha, name) IN (SELECT repository, head_sha, name ${OF_FACTS})`;

// "refusable/12/7" becomes "refuser/12/7/5", or "refusers/12/7" for whoever it may be.
const MAY_BE_REFUSED = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, name, intention)
  SELECT DISTINCT $1 || substr(rests.fact, ${REFUSABLE.length + 1}) || $2,
    rests.repository, rests.head_sha, rests.name, rests.intention
  FROM main.pass_fact AS rests
  JOIN main.pass_fact AS whole ON whole.fact = $3 AND whole.repository = rests.repository
    AND whole.head_sha = rests.head_sha AND whole.name = rests.name AND whole.intention = rests.intention
  WHERE rests.fact LIKE '${REFUSABLE}/%'
    AND (CAST($4 AS BIGINT) IS NULL OR rests.repository = CAST($4 AS BIGINT))
  ON CONFLICT DO NOTHING`;

const REST_ON = `
  INSERT INTO main.pass_fact (fact, repository, head_sha, name, intention)
  SELECT DISTINCT value ->> 'fact', rests.repository, rests.head_sha, rests.name, rests.intention
  FROM main.pass_fact AS rests CROSS JOIN GIVEN($2) WHERE rests.fact = $1
  ON CONFLICT DO NOTHING`;

const DOUBT_INTENTIONS = `
  UPDATE main.intention SET doubted = 1
  WHERE (repository, head_sha, name, id) IN (SELECT repository, head_sha, name, intention ${OF_FACTS})`;
