import { randomBytes } from "node:crypto";
import { genesisOf, hashOf } from "../../ledger/chain.ts";
import type { Entry, LinkedEntry } from "../../ledger/entry.ts";
import { seal } from "../../ledger/sealing.ts";
import type { LedgerEntry } from "../ledger.ts";
import { type Row, type Statement, type Steps, some, statement } from "./sql.ts";

/** An entry without its place in the chain. Its data still has its texts. */
export type Draft = Omit<Entry, "seq" | "data"> & { readonly data: unknown };

function draftOf({ at, happenedAt, repository, pull, headSha, kind, data }: LedgerEntry): Draft {
  return {
    ...{
      installation: repository.installationId,
      at,
      happenedAt: happenedAt ?? null,
      pull,
      headSha,
      kind,
      data,
    },
    repository:
      "repositoryId" in repository
        ? { id: repository.repositoryId, name: `${repository.owner}/${repository.repo}` }
        : null,
    carriedOver: false,
  };
}

/**
 * Appends entries to their chains, whose rows are held until all of it is committed: whoever comes next goes on behind
 * them. While entries of earlier versions wait to be chained, these wait behind them.
 */
export function* appendSteps(entries: readonly LedgerEntry[]): Steps<void> {
  if (entries.length === 0) return;
  const drafts = entries.map(draftOf);
  const held = yield [...holdStatements(drafts), statement(IS_WAITING)];
  if (held.at(-1)?.length === 1) {
    yield some(drafts, (rows) => statement(WAIT, rows), waitingRow);
    return;
  }
  yield chainStatements(drafts, endsIn(held));
}

type Ends = ReadonlyMap<number, { readonly seq: number; readonly hash: string }>;

/** Holds the chains of these entries, in one order for all who hold several. Made when absent. */
export function holdStatements(drafts: readonly Pick<Draft, "installation">[]): readonly Statement[] {
  const installations = [...new Set(drafts.map(({ installation }) => installation))].toSorted(
    (a, b) => a - b,
  );
  return installations.flatMap((one) => [statement(BEGIN, one, genesisOf(one)), statement(HOLD, one)]);
}

/** The ends of held chains. */
export function endsIn(answers: readonly (readonly Row[])[]): Ends {
  const rows = answers.flat().filter((row) => "hash" in row);
  return new Map(
    rows.map(({ installation, seq, hash }) => [
      Number(installation),
      { seq: Number(seq), hash: String(hash) },
    ]),
  );
}

/** Behind the ends of their chains, which are held. */
export function chainStatements(drafts: readonly Draft[], ends: Ends): readonly Statement[] {
  const byInstallation = Map.groupBy(drafts, ({ installation }) => installation);
  return [...byInstallation].flatMap(([installation, own]) => {
    const end = ends.get(installation);
    if (end === undefined) throw new Error(`the chain of installation ${installation} is not held`);
    const linked = link(own, end);
    const last = linked.at(-1);
    return [
      ...some(linked, (rows) => statement(APPEND, rows), entryRow),
      ...some(
        linked.filter(({ texts }) => Object.keys(texts).length > 0),
        (rows) => statement(KEEP_TEXTS, rows),
        ({ entry: { seq }, texts }) => ({ installation, seq, record: JSON.stringify(texts) }),
      ),
      ...(last === undefined ? [] : [statement(GO_ON, installation, last.entry.seq, last.hash)]),
    ];
  });
}

function link(
  drafts: readonly Draft[],
  end: { readonly seq: number; readonly hash: string },
): readonly LinkedEntry[] {
  let { seq, hash } = end;
  return drafts.map((draft) => {
    const { data, texts } = seal(draft.data, newKey);
    const prev = hash;
    seq += 1;
    const entry = { ...draft, seq, data };
    hash = hashOf(prev, entry);
    return { entry, prev, hash, texts };
  });
}

/** 128 random bits, in 22 letters. */
function newKey(): string {
  return randomBytes(16).toString("base64url");
}

function entryRow({ entry, prev, hash }: LinkedEntry): object {
  const { installation, seq, at, happenedAt, repository, pull, headSha, kind, carriedOver, data } = entry;
  return {
    ...{ installation, seq, prev, hash, at, happenedAt, pull, headSha, kind },
    ...{ repository: repository?.id ?? null, name: repository?.name ?? null },
    ...{ carriedOver: Number(carriedOver), data: JSON.stringify(data) },
  };
}

function waitingRow({ installation, at, happenedAt, repository, pull, headSha, kind, data }: Draft): object {
  return {
    ...{ installation, at, happenedAt, pull, headSha, kind, data: JSON.stringify(data ?? null) },
    ...{ repositoryId: repository?.id ?? null, repository: repository?.name ?? "" },
  };
}

const BEGIN =
  "INSERT INTO main.ledger_chain (installation, seq, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING";
const HOLD = "SELECT installation, seq, hash FROM main.ledger_chain WHERE installation = $1 FOR UPDATE";
const GO_ON = "UPDATE main.ledger_chain SET seq = $2, hash = $3 WHERE installation = $1";

export const IS_WAITING = "SELECT id FROM main.ledger ORDER BY id LIMIT 1";
const WAIT = `
  INSERT INTO main.ledger (installation, repository_id, at, happened_at, repository, pull, head_sha, kind, data)
  SELECT CAST(value ->> 'installation' AS BIGINT), CAST(value ->> 'repositoryId' AS BIGINT), value ->> 'at',
    value ->> 'happenedAt', value ->> 'repository', CAST(value ->> 'pull' AS INTEGER), value ->> 'headSha',
    value ->> 'kind', value ->> 'data'
  FROM GIVEN($1)`;

const APPEND = `
  INSERT INTO main.ledger_entry (installation, seq, prev, hash, at, happened_at, repository, name, pull, head_sha,
    kind, carried_over, data)
  SELECT CAST(value ->> 'installation' AS BIGINT), CAST(value ->> 'seq' AS BIGINT), value ->> 'prev',
    value ->> 'hash', value ->> 'at', value ->> 'happenedAt', CAST(value ->> 'repository' AS BIGINT),
    value ->> 'name', CAST(value ->> 'pull' AS BIGINT), value ->> 'headSha', value ->> 'kind',
    CAST(value ->> 'carriedOver' AS BIGINT), value ->> 'data'
  FROM GIVEN($1)`;

const KEEP_TEXTS = `
  INSERT INTO main.ledger_text (installation, seq, record)
  SELECT CAST(value ->> 'installation' AS BIGINT), CAST(value ->> 'seq' AS BIGINT), value ->> 'record'
  FROM GIVEN($1)`;
