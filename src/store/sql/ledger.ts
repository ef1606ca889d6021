import type { Entry, EntryKind, Json, LinkedEntry, Texts } from "../../ledger/entry.ts";
import { open } from "../../ledger/sealing.ts";
import type { ChainEnd, LedgerReader, LedgerWriter } from "../ledger.ts";
import { carryOverSteps } from "./carrying-over.ts";
import { appendSteps } from "./chaining.ts";
import { toRepository } from "./repositories.ts";
import { type Database, given, type Row, rowsOf, statement, type Transactions } from "./sql.ts";

/** Rows at a time: a ledger may be larger than memory. */
const AT_ONCE = 200;

/** As many as one head has, unless somebody makes it change its verdict all the time. */
const MOST_NOTED = 300;

/** The record of what was decided and why. The database itself refuses to change or remove an entry. */
export function sqlLedger(database: Database & Transactions): LedgerWriter {
  return {
    append: (entries) => database.transact(() => appendSteps(entries)),

    noted: async ({ repositoryId }, headSha, kinds) => {
      const wanted = given(kinds.map((kind) => ({ kind })));
      const asked =
        headSha === null
          ? statement(NOTED_OF_NO_HEAD, repositoryId, wanted)
          : statement(NOTED, repositoryId, wanted, headSha);
      const rows = await rowsOf(database, asked);
      return rows.toReversed().map((row) => {
        const { entry, texts } = toLinked(row);
        return { pull: entry.pull, kind: entry.kind, data: open(entry.data, texts) };
      });
    },

    chainEnd: async (installationId) => {
      const [row] = await rowsOf(database, statement(`${CHAINS} WHERE installation = $1`, installationId));
      return row === undefined ? null : toEnd(row);
    },

    lastCommit: async (installationId) => {
      const [row] = await rowsOf(database, statement(LAST_COMMIT, installationId));
      if (row === undefined) return null;
      const { repositoryId, owner, repo } = toRepository(row);
      return { repository: { installationId, repositoryId, owner, repo }, sha: String(row.head_sha) };
    },

    carryOver: () => database.transact(carryOverSteps),
  };
}

export function sqlLedgerReader(database: Database): LedgerReader {
  return {
    async *entries(repository) {
      const name = repository.toLowerCase();
      yield* read(
        database,
        (row) => opened(toLinked(row)),
        (last) =>
          statement(OF_REPOSITORY, name, last ? Number(last.installation) : -1, last ? Number(last.seq) : 0),
      );
      // What is in no chain yet was written last.
      yield* read(database, toUnchained, (last) => statement(UNCHAINED, name, last ? Number(last.id) : 0));
    },

    chains: async () => (await rowsOf(database, statement(`${CHAINS} ORDER BY installation`))).map(toEnd),

    chain: (installation, after = 0) =>
      read(database, toLinked, (last) => statement(CHAIN, installation, last ? Number(last.seq) : after)),

    unchained: async () => {
      const [row] = await rowsOf(database, statement("SELECT count(*) AS entries FROM main.ledger"));
      return Number(row?.entries);
    },
  };
}

/** Page by page: `next` asks for those behind the last row. */
async function* read<T>(
  database: Database,
  to: (row: Row) => T,
  next: (last: Row | undefined) => ReturnType<typeof statement>,
): AsyncGenerator<T, void, undefined> {
  for (let last: Row | undefined; ; ) {
    const rows = await rowsOf(database, next(last));
    for (const row of rows) yield to(row);
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1);
  }
}

export function opened({ entry, texts }: LinkedEntry): Entry {
  return { ...entry, data: open(entry.data, texts) };
}

export function toLinked(row: Row): LinkedEntry {
  const { seq, hash, prev, texts } = row;
  return {
    entry: {
      ...{ installation: Number(row.installation), seq: Number(seq), at: String(row.at) },
      ...{ happenedAt: textIn(row.happened_at), pull: numberIn(row.pull), headSha: textIn(row.head_sha) },
      repository: row.name === null ? null : { id: numberIn(row.repository), name: String(row.name) },
      ...{ kind: String(row.kind) as EntryKind, carriedOver: Number(row.carried_over) === 1 },
      data: JSON.parse(String(row.data)) as Json,
    },
    ...{ prev: String(prev), hash: String(hash) },
    texts: texts === null ? {} : (JSON.parse(String(texts)) as Texts),
  };
}

function toUnchained(row: Row): Entry {
  return {
    ...{ installation: numberIn(row.installation) ?? 0, seq: 0, at: String(row.at) },
    ...{ happenedAt: textIn(row.happened_at), pull: numberIn(row.pull), headSha: textIn(row.head_sha) },
    repository: { id: numberIn(row.repository_id), name: String(row.repository) },
    ...{ kind: String(row.kind) as EntryKind, carriedOver: row.installation === null },
    data: JSON.parse(String(row.data)) as Json,
  };
}

function toEnd({ installation, seq, hash }: Row): ChainEnd {
  return { installation: Number(installation), seq: Number(seq), hash: String(hash) };
}

function textIn(column: unknown): string | null {
  return column === null ? null : String(column);
}

function numberIn(column: unknown): number | null {
  return column === null ? null : Number(column);
}

const CHAINS = "SELECT installation, seq, hash FROM main.ledger_chain";

export const ENTRY = `
  SELECT own.installation, own.seq, prev, hash, at, happened_at, repository, name, pull, head_sha, kind, carried_over,
    data, kept.record AS texts
  FROM main.ledger_entry AS own
  LEFT JOIN main.ledger_text AS kept ON kept.installation = own.installation AND kept.seq = own.seq`;

const CHAIN = `${ENTRY} WHERE own.installation = $1 AND own.seq > $2 ORDER BY own.seq LIMIT ${AT_ONCE}`;

const OF_REPOSITORY = `${ENTRY}
  WHERE lower(name) = $1 AND (own.installation, own.seq) > ($2, $3)
  ORDER BY own.installation, own.seq LIMIT ${AT_ONCE}`;

const notedOf = (head: string) => `${ENTRY}
  WHERE repository = $1 AND head_sha ${head} AND kind IN (SELECT value ->> 'kind' FROM GIVEN($2))
  ORDER BY own.installation DESC, own.seq DESC LIMIT ${MOST_NOTED}`;
const NOTED = notedOf("= $3");
const NOTED_OF_NO_HEAD = notedOf("IS NULL");

const LAST_COMMIT = `
  SELECT known.id, known.node_id, known.installation, known.owner, known.name, known.created_at, own.head_sha
  FROM main.ledger_entry AS own JOIN main.repository AS known ON known.id = own.repository
  WHERE own.installation = $1 AND own.head_sha IS NOT NULL ORDER BY own.seq DESC LIMIT 1`;

const UNCHAINED = `
  SELECT id, installation, repository_id, at, happened_at, repository, pull, head_sha, kind, data FROM main.ledger
  WHERE lower(repository) = $1 AND id > $2 ORDER BY id LIMIT ${AT_ONCE}`;
