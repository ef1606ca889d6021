import { createHash } from "node:crypto";
import type { ApprovalRecord } from "../../signoff/snapshot.ts";
import { given, type Row, type Statement, statement } from "./sql.ts";

/** What approvals of one moment have in common: what was there to be approved. */
type Content = Pick<ApprovalRecord, "content" | "hazards">;

/** Asks for the approvals of a pull request, and for what they covered. */
export function approvalsStatements(repositoryId: number, pull: number): readonly [Statement, Statement] {
  return [statement(APPROVALS, repositoryId, pull), statement(CONTENTS, repositoryId, pull)];
}

/** The answers as records. An approval whose content is gone covers nothing. */
export function toApprovals(approvals: readonly Row[], contents: readonly Row[]): readonly ApprovalRecord[] {
  const known = new Map(contents.map(({ digest, record }) => [String(digest), toContent(record)]));
  return approvals.map(({ record, content }) => {
    const own: Omit<ApprovalRecord, "content"> & Partial<Content> = JSON.parse(String(record));
    if (content === null) return { ...own, ...NOTHING, ...own };
    const covered = known.get(String(content));
    return covered === undefined ? { ...own, ...NOTHING, gone: true } : { ...own, ...covered };
  });
}

const NOTHING: Content = { content: {} };

/** The column is written by this file alone. */
function toContent(column: unknown): Content {
  const content: Content = JSON.parse(String(column));
  return content;
}

/**
 * Forgets what approvals covered that were all given before the moment (ISO 8601), on pull requests that are not among
 * the open ones and have had no new head since.
 */
export function forgetContents(repositoryId: number, open: readonly number[], before: string): Statement {
  return statement(FORGET, repositoryId, given(open.map((pull) => ({ pull }))), before);
}

/** The first sight of an approval is the one kept. */
export function recordApprovals(
  repositoryId: number,
  pull: number,
  approvals: readonly ApprovalRecord[],
): readonly Statement[] {
  if (approvals.length === 0) return [];
  const digestOf = new Map<string, string>();
  const rows = approvals.map(({ content, hazards, ...approval }) => {
    const covered: Content = { content, ...(hazards && { hazards }) };
    const text = JSON.stringify(covered);
    const digest = digestOf.get(text) ?? createHash("sha256").update(text).digest("hex");
    digestOf.set(text, digest);
    return { review: approval.reviewId, record: JSON.stringify(approval), content: digest };
  });
  const contents = [...digestOf].map(([record, digest]) => ({ digest, record }));
  return [
    statement(RECORD_CONTENTS, repositoryId, given(contents)),
    statement(RECORD_APPROVALS, repositoryId, pull, given(rows)),
  ];
}

const OF_PULL = "WHERE repository = $1 AND pull = $2";
const APPROVALS = `SELECT record, content FROM main.approval ${OF_PULL} ORDER BY review_id`;
const CONTENTS = `
  SELECT digest, record FROM main.content
  WHERE repository = $1 AND digest IN (SELECT content FROM main.approval ${OF_PULL})`;

const RECORD_CONTENTS = `
  INSERT INTO main.content (repository, digest, record)
  SELECT CAST($1 AS BIGINT), value ->> 'digest', value ->> 'record'
  FROM GIVEN($2) WHERE true ON CONFLICT DO NOTHING`;

const RECORD_APPROVALS = `
  INSERT INTO main.approval (repository, pull, review_id, record, content)
  SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST(value ->> 'review' AS BIGINT), value ->> 'record',
    value ->> 'content'
  FROM GIVEN($3) WHERE true ON CONFLICT DO NOTHING`;

const FORGET = `
  DELETE FROM main.content WHERE repository = $1 AND digest NOT IN (
    SELECT content FROM main.approval AS known
    WHERE known.repository = CAST($1 AS BIGINT) AND content IS NOT NULL AND (
      SEEN_AT(known.record) >= CAST($3 AS TEXT)
      OR known.pull IN (SELECT CAST(value ->> 'pull' AS BIGINT) FROM GIVEN($2))
      OR known.pull IN (SELECT pull FROM main.pull_request
        WHERE repository = CAST($1 AS BIGINT) AND head_seen_at >= CAST($3 AS TEXT))))
  RETURNING digest`;
