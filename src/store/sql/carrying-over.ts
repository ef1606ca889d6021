import type { EntryKind } from "../../ledger/entry.ts";
import { chainStatements, type Draft, endsIn, holdStatements, IS_WAITING } from "./chaining.ts";
import { given, type Row, type Steps, statement } from "./sql.ts";

/** Some hundredths of a second's work. */
const AT_ONCE = 200;

/** The chain of what earlier versions wrote of repositories that are not known any more. */
const UNKNOWN = 0;

/** Chains the entries that wait longest; answers how many. Whoever does this holds one row, so nobody else does. */
export function* carryOverSteps(): Steps<number> {
  const [waiting = []] = yield [statement(IS_WAITING)];
  if (waiting.length === 0) return 0;
  const answers = yield [...holdStatements([{ installation: UNKNOWN }]), statement(NEXT)];
  const rows = answers.at(-1) ?? [];
  if (rows.length === 0) return 0;
  const names = [...new Set(rows.map(({ repository }) => String(repository).toLowerCase()))];
  const [known = []] = yield [statement(CALLED, given(names.map((name) => ({ name }))))];
  const drafts = rows.map((row) => draftIn(row, known));
  const held = yield holdStatements([{ installation: UNKNOWN }, ...drafts]);
  yield [
    ...chainStatements(drafts, endsIn(held)),
    // These alone: others may have come with a smaller number.
    statement(DROP, given(rows.map(({ id }) => ({ id: Number(id) })))),
  ];
  return rows.length;
}

/** What an earlier version wrote has only the repository's name. */
function draftIn(row: Row, known: readonly Row[]): Draft {
  const name = String(row.repository);
  const called = known.findLast((one) => one.called === name.toLowerCase());
  const carriedOver = row.installation === null;
  return {
    installation: Number(row.installation ?? called?.installation ?? UNKNOWN),
    ...{ at: String(row.at), happenedAt: row.happened_at === null ? null : String(row.happened_at) },
    repository: name === "" ? null : { id: idIn(row.repository_id ?? called?.id), name },
    ...{ pull: row.pull === null ? null : Number(row.pull), kind: String(row.kind) as EntryKind },
    headSha: row.head_sha === null ? null : String(row.head_sha),
    ...{ carriedOver, data: JSON.parse(String(row.data)) as unknown },
  };
}

function idIn(column: unknown): number | null {
  return column === null || column === undefined ? null : Number(column);
}

const NEXT = `
  SELECT id, installation, repository_id, at, happened_at, repository, pull, head_sha, kind, data
  FROM main.ledger ORDER BY id LIMIT ${AT_ONCE}`;

// Of several that had the name, the newest is the last.
const CALLED = `
  SELECT id, installation, lower(owner || '/' || name) AS called FROM main.repository
  WHERE lower(owner || '/' || name) IN (SELECT value ->> 'name' FROM GIVEN($1)) ORDER BY id`;

const DROP = `
  DELETE FROM main.ledger WHERE id IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM GIVEN($1))`;
