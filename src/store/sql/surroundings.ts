import type { News } from "../jobs.ts";
import type { RewrittenBranch } from "../memory.ts";
import { type Row, type Statement, statement } from "./sql.ts";

/** Those of an installation that matter to a pull request: of many more it is not known by now. */
const MOST = 1000;

/** Notes which branches were rewritten. */
export function surroundingsStatements({ about, rewritten = [] }: News, now: Date): readonly Statement[] {
  if (about === undefined || rewritten.length === 0) return [];
  const at = now.getTime();
  return [
    statement(FORGET, at - KEPT_MS),
    ...rewritten.map((branch) => statement(REWRITTEN, about.repositoryId, branch, at)),
  ];
}

/** Far longer than anything that can be weighed by it stays unread. */
const KEPT_MS = 90 * 24 * 60 * 60_000;

const FORGET = "DELETE FROM main.rewritten_branch WHERE at < CAST($1 AS BIGINT)";

export function rewrittenStatement(repositoryId: number, pull: number): Statement {
  return statement(REWRITTEN_BRANCHES, repositoryId, pull);
}

export function toRewritten(rows: readonly Row[]): readonly RewrittenBranch[] {
  return rows.map(({ branch, at }) => ({ branch: String(branch), at: isoOf(at) }));
}

function isoOf(ms: unknown): string {
  return new Date(Number(ms)).toISOString();
}

const REWRITTEN = `
  INSERT INTO main.rewritten_branch (repository, branch, at)
  VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT))
  ON CONFLICT (repository, branch) DO UPDATE SET at = excluded.at WHERE rewritten_branch.at < excluded.at`;

// Of one that was never judged the base is not known.
const REWRITTEN_BRANCHES = `
  SELECT branch, at FROM main.rewritten_branch
  WHERE repository = $1 AND branch = coalesce(
    (SELECT base_ref FROM main.pull_request WHERE repository = $1 AND pull = $2), branch)
  ORDER BY at DESC, branch LIMIT ${MOST}`;
