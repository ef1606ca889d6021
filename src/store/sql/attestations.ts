import type { AttestationMemory, SigningKeyRecord, StoredAttestation } from "../attestations.ts";
import { type Database, given, type Row, rowsOf, statement } from "./sql.ts";

/** What the App signs with, and what it signed. */
export function sqlAttestations(database: Database): AttestationMemory {
  return {
    ...sqlAttestationReader(database),

    offerSigningKey: async ({ keyid, publicKey, privateKey }, now) => {
      const made = await rowsOf(database, statement(OFFER, keyid, publicKey, privateKey, now.getTime()));
      return made.length === 1;
    },

    replaceSigningKey: async ({ keyid, publicKey, privateKey }, now) => {
      const [, , made = []] = await database.run([
        statement(HOLD),
        statement(REVOKE, keyid, now.getTime()),
        statement(OFFER, keyid, publicKey, privateKey, now.getTime()),
      ]);
      return made.length === 1;
    },
  };
}

export function sqlAttestationReader(
  database: Database,
): Pick<AttestationMemory, "signingKeys" | "attestations"> {
  return {
    signingKeys: async () => (await rowsOf(database, statement(KEYS))).map(toKey),
    attestations: async (digests) => {
      const rows = await rowsOf(database, statement(STORED, given(digests.map((digest) => ({ digest })))));
      return rows.map(toAttestation);
    },
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

function toAttestation({ digest, commit_sha: commitSha, bundle }: Row): StoredAttestation {
  return { digest: String(digest), commitSha: String(commitSha), bundle: String(bundle) };
}

const KEYS = `
  SELECT keyid, public_key, private_key, made_at, revoked_at FROM main.signing_key
  ORDER BY coalesce(signs, 0), made_at, keyid`;

const OFFER = `
  INSERT INTO main.signing_key (keyid, signs, public_key, private_key, made_at) VALUES ($1, 1, $2, $3, $4)
  ON CONFLICT DO NOTHING RETURNING keyid`;

// Two that replace it at once do so one after the other.
const HOLD = "SELECT keyid FROM main.signing_key WHERE signs = 1 FOR UPDATE";

const REVOKE = `
  UPDATE main.signing_key SET signs = NULL, private_key = NULL, revoked_at = CAST($2 AS BIGINT)
  WHERE signs = 1 AND keyid <> $1
    AND NOT EXISTS (SELECT 1 FROM main.signing_key AS known WHERE known.keyid = $1)`;

const STORED = `
  SELECT digest, commit_sha, bundle FROM main.attestation
  WHERE digest IN (SELECT value ->> 'digest' FROM GIVEN($1))`;
