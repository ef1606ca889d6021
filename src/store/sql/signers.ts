import type { SignerSet } from "../../signoff/snapshot.ts";
import { type Row, record, type Statement, some, statement } from "./sql.ts";

/** Who could sign in a repository, as one statement's rows. */
export function signersStatement(repositoryId: number): Statement {
  return statement(SIGNER_SETS, repositoryId);
}

export function toSigners(rows: readonly Row[]): readonly SignerSet[] {
  return rows.map(record<SignerSet>);
}

export function recordSignersStatements(
  repositoryId: number,
  signers: readonly SignerSet[] = [],
): readonly Statement[] {
  return some(
    signers,
    (rows) => statement(RECORD, repositoryId, rows),
    (set) => ({ owner: set.owner, record: JSON.stringify(set) }),
  );
}

const SIGNER_SETS = "SELECT record FROM main.signer_set WHERE repository = $1 ORDER BY owner";

const RECORD = `
  INSERT INTO main.signer_set (repository, owner, record)
  SELECT CAST($1 AS BIGINT), value ->> 'owner', value ->> 'record' FROM GIVEN($2) WHERE true
  ON CONFLICT (repository, owner) DO UPDATE SET record = excluded.record`;
