import type { LedgerEntry } from "../ledger.ts";
import type { KeyNews, SigningKeyMemory, SigningKeyRecord } from "../signing-keys.ts";
import { appendSteps } from "./chaining.ts";
import {
  type Database,
  type Row,
  rowsOf,
  type Statement,
  type Steps,
  statement,
  type Transactions,
} from "./sql.ts";

/** What the App signs with. */
export function sqlSigningKeys(database: Database & Transactions): SigningKeyMemory {
  return {
    ...sqlSigningKeyReader(database),

    offerSigningKey: ({ keyid, publicKey, privateKey }, told) =>
      database.transact(() =>
        keySteps([statement(OFFER, keyid, publicKey, privateKey, told.now.getTime())], told),
      ),

    replaceSigningKey: ({ keyid, publicKey, privateKey }, told) => {
      const now = told.now.getTime();
      const statements = [
        statement(HOLD),
        statement(REVOKE, keyid, now),
        statement(OFFER, keyid, publicKey, privateKey, now),
      ];
      return database.transact(() => keySteps(statements, told));
    },
  };
}

/** The last statement answers with a row where the key signs from now on. */
function* keySteps(statements: readonly Statement[], { now, events }: KeyNews): Steps<boolean> {
  const isMade = (yield statements).at(-1)?.length === 1;
  if (!isMade) return false;
  const [chains = []] = yield [statement(CHAINS)];
  const entries = chains.flatMap(({ installation }) =>
    events.map((data): LedgerEntry => {
      const repository = { installationId: Number(installation) };
      return { at: now.toISOString(), repository, pull: null, headSha: null, kind: "key", data };
    }),
  );
  yield* appendSteps(entries);
  return true;
}

export function sqlSigningKeyReader(database: Database): Pick<SigningKeyMemory, "signingKeys"> {
  return {
    signingKeys: async () => (await rowsOf(database, statement(KEYS))).map(toKey),
  };
}

function toKey({ keyid, public_key, private_key, made_at, revoked_at }: Row): SigningKeyRecord {
  return {
    keyid: String(keyid),
    publicKey: String(public_key),
    privateKey: private_key === null ? null : String(private_key),
    madeAt: Number(made_at),
    revokedAt: revoked_at === null ? null : Number(revoked_at),
  };
}

const KEYS = `
  SELECT keyid, public_key, private_key, made_at, revoked_at FROM main.signing_key
  ORDER BY CASE WHEN slot = '' THEN 1 ELSE 0 END, made_at, keyid`;

// One that was known before was revoked, or signs already.
const OFFER = `
  INSERT INTO main.signing_key (slot, keyid, public_key, private_key, made_at)
  SELECT '', $1, $2, CAST($3 AS TEXT), CAST($4 AS BIGINT)
  WHERE NOT EXISTS (SELECT 1 FROM main.signing_key AS known WHERE known.keyid = $1)
  ON CONFLICT DO NOTHING RETURNING keyid`;

// Two that replace it at once do so one after the other.
const HOLD = "SELECT keyid FROM main.signing_key WHERE slot = '' FOR UPDATE";

const REVOKE = `
  UPDATE main.signing_key SET slot = keyid, private_key = NULL, revoked_at = CAST($2 AS BIGINT)
  WHERE slot = '' AND NOT EXISTS (SELECT 1 FROM main.signing_key AS known WHERE known.keyid = $1)`;

const CHAINS = "SELECT installation FROM main.ledger_chain ORDER BY installation";
