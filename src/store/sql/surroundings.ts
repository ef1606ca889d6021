import type { LostRight } from "../../signoff/snapshot.ts";
import type { News } from "../jobs.ts";
import type { RewrittenBranch } from "../memory.ts";
import { given, type Row, type Statement, some, statement } from "./sql.ts";

/** Those of an installation that matter to a pull request: of many more it is not known by now. */
const MOST = 1000;

/** Notes which branches were rewritten, and who lost a right. */
export function surroundingsStatements(
  { about, rewritten = [], rightsLost = [] }: News,
  now: Date,
): readonly Statement[] {
  if (rewritten.length + rightsLost.length === 0) return [];
  const at = now.getTime();
  return [
    ...FORGET.map((each) => statement(each, at - KEPT_MS)),
    ...(about === undefined
      ? []
      : rewritten.map((branch) => statement(REWRITTEN, about.repositoryId, branch, at))),
    ...some(
      rightsLost,
      (rows) => statement(LOST, rows, at),
      ({ installationId: installation, repositoryId: repository = EVERYWHERE, account }) => {
        return { installation, repository, account };
      },
    ),
  ];
}

/** Far longer than anything that can be weighed by it stays unread. */
const KEPT_MS = 90 * 24 * 60 * 60_000;

const FORGET = [
  "DELETE FROM main.rewritten_branch WHERE at < CAST($1 AS BIGINT)",
  "DELETE FROM main.lost_right WHERE at < CAST($1 AS BIGINT)",
] as const;

/** Stands for every repository of an installation. */
const EVERYWHERE = 0;

export function rewrittenStatement(repositoryId: number, pull: number): Statement {
  return statement(REWRITTEN_BRANCHES, repositoryId, pull);
}

export function lostRightsStatement(installationId: number, repositoryId: number): Statement {
  const repositories = [repositoryId, EVERYWHERE].map((repository) => ({ repository }));
  return statement(LOST_RIGHTS, installationId, given(repositories));
}

export function toRewritten(rows: readonly Row[]): readonly RewrittenBranch[] {
  return rows.map(({ branch, at }) => ({ branch: String(branch), at: isoOf(at) }));
}

export function toLostRights(rows: readonly Row[]): readonly LostRight[] {
  return rows.map(({ account, at }) => ({ account: Number(account), at: isoOf(at) }));
}

function isoOf(ms: unknown): string {
  return new Date(Number(ms)).toISOString();
}

const REWRITTEN = `
  INSERT INTO main.rewritten_branch (repository, branch, at)
  VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT))
  ON CONFLICT (repository, branch) DO UPDATE SET at = excluded.at WHERE rewritten_branch.at < excluded.at`;

const LOST = `
  INSERT INTO main.lost_right (installation, repository, account, at)
  SELECT CAST(value ->> 'installation' AS BIGINT), CAST(value ->> 'repository' AS BIGINT),
    CAST(value ->> 'account' AS BIGINT), CAST($2 AS BIGINT)
  FROM GIVEN($1) WHERE true
  ON CONFLICT (installation, repository, account) DO UPDATE SET at = excluded.at
    WHERE lost_right.at < excluded.at`;

// Of one that was never judged the base is not known.
const REWRITTEN_BRANCHES = `
  SELECT branch, at FROM main.rewritten_branch
  WHERE repository = $1 AND branch = coalesce(
    (SELECT base_ref FROM main.pull_request WHERE repository = $1 AND pull = $2), branch)
  ORDER BY at DESC, branch LIMIT ${MOST}`;

const LOST_RIGHTS = `
  SELECT account, max(at) AS at FROM main.lost_right
  WHERE installation = $1 AND repository IN (SELECT CAST(value ->> 'repository' AS BIGINT) FROM GIVEN($2))
  GROUP BY account ORDER BY max(at) DESC, account LIMIT ${MOST}`;
