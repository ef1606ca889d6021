import { unknownFacts } from "../fact.ts";
import type { SeenRepository } from "../repository.ts";
import { type Row, type Statement, statement } from "./sql.ts";

/** Statements by which a repository that is seen takes over what was kept under its name. */
export type Adopt = (repository: SeenRepository) => readonly Statement[];

/** A row while anything is kept by name. Nothing is added to it any more: once there is none, there is none for ever. */
export const KEPT_BY_NAME = statement(
  ["approval", "evidence", "participant", "published_check", "pull_request"]
    .map((table) => `SELECT 1 AS kept WHERE EXISTS (SELECT 1 FROM main.named_${table})`)
    .join(" UNION ALL "),
);

/** By the answer to {@link KEPT_BY_NAME} when the store was opened: most stores never kept anything by name. */
export function adoptFrom(kept: readonly Row[]): Adopt {
  return kept.length > 0 ? adoptionStatements : () => [];
}

/**
 * Earlier versions kept their memory by name. A repository takes over what was kept under its name, or under the one
 * it had until now, if it was there before: one that was deleted and made anew under the same name inherits nothing.
 * Where nobody tells when it was made, it takes over what can only make the gate stricter once that is known.
 */
function adoptionStatements(repository: SeenRepository): readonly Statement[] {
  const { createdAt, formerly, owner, repo } = repository;
  if (createdAt === null) return [];
  const names = [{ owner, repo }, ...(formerly === undefined ? [] : [formerly])].map((name) =>
    `${name.owner}/${name.repo}`.toLowerCase(),
  );
  return names.flatMap((name) => adopted(repository, name, new Date(createdAt).toISOString()));
}

/** When the app first saw the pull request at the head it had last. */
const SEEN = `(
  SELECT seen.head_seen_at FROM main.named_pull_request AS seen
  WHERE seen.repository = named.repository AND seen.pull = named.pull)`;

/** When the app last saw the commit become a head. */
const HEAD_SEEN = `(
  SELECT max(seen.head_seen_at) FROM main.named_pull_request AS seen
  WHERE seen.repository = named.repository AND seen.head_sha = named.head_sha)`;

/** By what time a row is judged; pull requests come last, since the others are judged by theirs. */
const TAKEN = [
  ["named_approval", `coalesce(SEEN_AT(named.record), ${SEEN})`],
  ["named_evidence", SEEN],
  ["named_participant", SEEN],
  ["named_published_check", HEAD_SEEN],
  ["named_pull_request", "named.head_seen_at"],
] as const;

function adopted(repository: SeenRepository, name: string, createdAt: string): readonly Statement[] {
  const { repositoryId } = repository;
  const values = [repositoryId, name, createdAt] as const;
  const later = (time: string) =>
    `named.repository = $2 AND coalesce(${time}, CAST($3 AS TEXT)) >= CAST($3 AS TEXT)`;
  const task = JSON.stringify({ kind: "head", headSha: "", pulls: [], ...refOf(repository) });
  return [
    statement(
      `INSERT INTO main.approval (repository, pull, review_id, record)
       SELECT CAST($1 AS BIGINT), named.pull, named.review_id, named.record FROM main.named_approval AS named
       WHERE ${later(`coalesce(SEEN_AT(named.record), ${SEEN})`)}
       ON CONFLICT DO NOTHING`,
      ...values,
    ),
    statement(
      `INSERT INTO main.evidence (repository, subject, digest, place, record)
       SELECT CAST($1 AS BIGINT), '#' || named.pull, DIGEST(named.record), named.id, named.record
       FROM main.named_evidence AS named WHERE ${later(SEEN)}
       ON CONFLICT DO NOTHING`,
      ...values,
    ),
    statement(
      `INSERT INTO main.participant (repository, subject, role, account, push, record)
       SELECT CAST($1 AS BIGINT), '#' || named.pull, named.role, named.account, '', named.record
       FROM main.named_participant AS named WHERE ${later(SEEN)}
       ON CONFLICT DO NOTHING`,
      ...values,
    ),
    statement(
      `INSERT INTO main.pull_head (repository, pull, head_sha)
       SELECT CAST($1 AS BIGINT), named.pull, named.head_sha FROM main.named_pull_request AS named
       WHERE ${later("named.head_seen_at")}
       ON CONFLICT DO NOTHING`,
      ...values,
    ),
    statement(
      `INSERT INTO main.pull_request (repository, pull, head_sha, head_seen_at)
       SELECT CAST($1 AS BIGINT), named.pull, named.head_sha, named.head_seen_at
       FROM main.named_pull_request AS named
       WHERE ${later("named.head_seen_at")}
       ON CONFLICT DO NOTHING`,
      ...values,
    ),
    ...passes(repository, values, task),
    // What is older belongs to a repository that had the name before: it may be seen yet, renamed.
    ...TAKEN.map(([table, time]) =>
      statement(
        `DELETE FROM main.${table} AS named WHERE named.repository = $1
           AND coalesce(${time}, CAST($2 AS TEXT)) >= CAST($2 AS TEXT)`,
        name,
        createdAt,
      ),
    ),
  ];
}

/** Of a pass of before nobody knows what it rests on. */
function passes(
  repository: SeenRepository,
  [repositoryId, name, createdAt]: readonly [number, string, string],
  task: string,
): readonly Statement[] {
  const where = `named.repository = $2 AND coalesce(${HEAD_SEEN}, CAST($3 AS TEXT)) >= CAST($3 AS TEXT)`;
  return [
    statement(
      `INSERT INTO main.published_check (repository, head_sha, check_run_id, conclusion, digest, passing, state, task)
       SELECT CAST($1 AS BIGINT), named.head_sha, named.check_run_id, named.conclusion, named.digest,
         CASE WHEN named.conclusion IN ('success', 'neutral') THEN 1 ELSE 0 END, 'standing',
         replace($4, '"headSha":""', '"headSha":"' || named.head_sha || '"')
       FROM main.named_published_check AS named WHERE ${where}
       ON CONFLICT DO NOTHING`,
      repositoryId,
      name,
      createdAt,
      task,
    ),
    ...unknownFacts(repository).map((fact) =>
      statement(
        `INSERT INTO main.pass_fact (fact, repository, head_sha, intention)
         SELECT CAST($4 AS TEXT), CAST($1 AS BIGINT), named.head_sha, ''
         FROM main.named_published_check AS named
         WHERE ${where} AND named.conclusion IN ('success', 'neutral')
         ON CONFLICT DO NOTHING`,
        repositoryId,
        name,
        createdAt,
        fact,
      ),
    ),
  ];
}

function refOf({ installationId, repositoryId, owner, repo }: SeenRepository) {
  return { installationId, repositoryId, owner, repo };
}
