import type { EntryKind, Texts } from "../../ledger/entry.ts";
import type { CheckpointData, ErasureData } from "../../ledger/records.ts";
import type { Erasure, LedgerKeeping, Retention } from "../ledger.ts";
import { chainStatements, type Draft, endsIn, holdStatements } from "./chaining.ts";
import { type Database, given, type Row, type Steps, statement, type Transactions } from "./sql.ts";

/** Entries at a time, while their chain is held. */
const AT_ONCE = 500;

export function sqlLedgerKeeping(database: Database & Transactions): LedgerKeeping {
  return {
    erase: async (installation, erasure) => {
      let erased = 0;
      for (let after: number | null = 0; after !== null; ) {
        const from: number = after;
        const done = await database.transact(() => eraseSteps(installation, from, erasure));
        erased += done.erased;
        after = done.last;
      }
      return erased;
    },

    checkpoint: (installation, retention) =>
      database.transact(() => checkpointSteps(installation, retention)),

    removeOld: async () => {
      const answers = await database.run([statement(DROP_TEXTS), statement(DROP_ENTRIES)]);
      return answers[1]?.length ?? 0;
    },
  };
}

/** Whoever erases holds the chain, so that no two do at once. */
function* eraseSteps(
  installation: number,
  after: number,
  { places, because, now }: Erasure,
): Steps<{ readonly erased: number; readonly last: number | null }> {
  const held = yield [...holdStatements([{ installation }]), statement(TEXTS, installation, after)];
  const rows = held.at(-1) ?? [];
  const last = rows.length < AT_ONCE ? null : Number(rows.at(-1)?.seq);
  const affected = rows.flatMap((row) => {
    const seq = Number(row.seq);
    const texts = JSON.parse(String(row.record)) as Texts;
    const gone = places(texts, seq).filter((place) => "text" in (texts[place] ?? {}));
    return gone.length === 0 ? [] : [{ seq, texts, gone }];
  });
  if (affected.length === 0) return { erased: 0, last };
  const data: ErasureData = {
    erased: Object.fromEntries(affected.map(({ seq, gone }) => [String(seq), gone])),
    because,
  };
  const ends = endsIn(held);
  const erasedBy = (ends.get(installation)?.seq ?? 0) + 1;
  const left = affected.map(({ seq, texts, gone }) => {
    const without = gone.map((place) => [place, { erasedBy }] as const);
    return { seq, record: JSON.stringify({ ...texts, ...Object.fromEntries(without) }) };
  });
  yield [
    ...chainStatements([ownEntry(installation, "erasure", { data, now })], ends),
    statement(KEEP_LEFT, installation, given(left)),
  ];
  return { erased: affected.reduce((sum, { gone }) => sum + gone.length, 0), last };
}

function* checkpointSteps(installation: number, { before, now, sign }: Retention): Steps<number> {
  const held = yield [
    ...holdStatements([{ installation }]),
    statement(FIRST_KEPT, installation, before.toISOString()),
    statement(REMOVABLE, installation),
  ];
  const end = endsIn(held).get(installation)?.seq ?? 0;
  const firstKept = numberIn(held.at(-2), "seq") ?? end + 1;
  const removable = numberIn(held.at(-1), "seq") ?? 0;
  const through = firstKept - 1;
  if (through <= removable) return 0;
  const [[row] = []] = yield [statement(HASH, installation, through)];
  const fields = { through, hash: String(row?.hash), before: before.toISOString() };
  const data: CheckpointData = { ...fields, ...(sign && { signature: sign(fields) }) };
  yield [
    ...chainStatements([ownEntry(installation, "checkpoint", { data, now })], endsIn(held)),
    statement(MAY_REMOVE, installation, through),
  ];
  return through - removable;
}

/** What the App itself does with a chain. */
function ownEntry(
  installation: number,
  kind: EntryKind,
  { data, now }: { readonly data: object; readonly now: Date },
): Draft {
  return {
    ...{ installation, at: now.toISOString(), happenedAt: null, repository: null, pull: null, headSha: null },
    ...{ kind, carriedOver: false, data },
  };
}

function numberIn(rows: readonly Row[] | undefined, column: string): number | null {
  const value = rows?.[0]?.[column];
  return value === null || value === undefined ? null : Number(value);
}

const TEXTS = `
  SELECT seq, record FROM main.ledger_text WHERE installation = $1 AND seq > $2 ORDER BY seq LIMIT ${AT_ONCE}`;

const KEEP_LEFT = `
  UPDATE main.ledger_text SET record = value ->> 'record' FROM GIVEN($2)
  WHERE installation = CAST($1 AS BIGINT) AND seq = CAST(value ->> 'seq' AS BIGINT)`;

// Entries of earlier versions may have been chained late: the first that is not old enough ends it.
const FIRST_KEPT = `
  SELECT seq FROM main.ledger_entry WHERE installation = $1 AND at >= $2 ORDER BY seq LIMIT 1`;
const REMOVABLE = "SELECT removable_through AS seq FROM main.ledger_chain WHERE installation = $1";
const HASH = "SELECT hash FROM main.ledger_entry WHERE installation = $1 AND seq = $2";
const MAY_REMOVE = "UPDATE main.ledger_chain SET removable_through = $2 WHERE installation = $1";

const OLD = `
  SELECT own.installation, own.seq FROM main.ledger_entry AS own
  JOIN main.ledger_chain AS chain ON chain.installation = own.installation
  WHERE own.seq <= chain.removable_through ORDER BY own.installation, own.seq LIMIT ${AT_ONCE}`;
const DROP_TEXTS = `DELETE FROM main.ledger_text WHERE (installation, seq) IN (${OLD})`;
const DROP_ENTRIES = `DELETE FROM main.ledger_entry WHERE (installation, seq) IN (${OLD}) RETURNING seq`;
