import type { PasskeySignature, Vouch } from "../../signoff/passkey-facts.ts";
import { signaturesFact } from "../fact.ts";
import type { Assertion, OpenStatement, PasskeyMemory, StoredPasskey, StoredProof } from "../passkeys.ts";
import { invalidationStatements } from "./invalidations.ts";
import { type Database, type Row, record, rowsOf, type Statement, statement } from "./sql.ts";

/** Of one person: statements that are open at once, and keys. */
const MOST_OPEN = 20;
const MOST_KEYS = 20;

/** Keys of people, and what was signed with them. */
export function sqlPasskeys(database: Database): PasskeyMemory {
  return {
    passkeys: async (installationId) => (await rowsOf(database, statement(KEYS, installationId))).map(toKey),

    passkeyFacts: async ({ installationId, repositoryId }, pull) => {
      const [keys = [], vouches = [], signed = []] = await database.run([
        statement(KEYS, installationId),
        statement(VOUCHES, installationId),
        statement(SIGNED, repositoryId, pull),
      ]);
      return {
        keys: keys.map(toKey).map(({ id, owner, enrolledAt, byCode }) => {
          return { id, owner, enrolledAt, ...(byCode && { byCode }) };
        }),
        vouches: vouches.map(record<Vouch>),
        signed: signed.map(record<PasskeySignature>),
      };
    },

    passkeyProofs: async ({ repositoryId }, pull) => {
      const rows = await rowsOf(database, statement(PROOFS, repositoryId, pull));
      return new Map(rows.map((row) => [String(row.challenge), record<StoredProof>(row)]));
    },

    keepStatement: async ({ challenge, installationId, account, record: text }, now, until) => {
      const [, kept = []] = await database.run([
        statement(FORGET, now.getTime()),
        statement(KEEP, challenge, installationId, account, text, until.getTime(), now.getTime()),
      ]);
      return kept.length === 1;
    },

    takeStatement: async ({ challenge, account, installationId }, now) => {
      const [row] = await rowsOf(
        database,
        statement(TAKE, challenge, installationId, account, now.getTime()),
      );
      return row === undefined ? null : toStatement(row);
    },

    enrolPasskey: async (installationId, key) => {
      const { id, owner, counter } = key;
      const rows = await rowsOf(
        database,
        statement(ENROL, installationId, id, owner.id, JSON.stringify(key), counter),
      );
      return rows.length === 1;
    },

    recordAssertion: async (assertion, now) => {
      const { installationId, account, key, challenge, state } = assertion;
      const { device, backedUp, counter } = state;
      const [, counted = []] = await database.run([
        statement(HOLD, installationId, key),
        statement(
          COUNT,
          installationId,
          key,
          account,
          counter,
          challenge,
          JSON.stringify({ device, backedUp }),
        ),
        ...outcomeStatements(assertion, now),
      ]);
      return counted.length === 1;
    },

    spendCode: async ({ installationId, hash }, now) =>
      (await rowsOf(database, statement(SPEND, installationId, hash, now.getTime()))).length === 1,
  };
}

/** Each only where the assertion was counted before, in the same transaction. */
function outcomeStatements(
  { installationId, key, challenge, outcome }: Assertion,
  now: Date,
): readonly Statement[] {
  const counted = [installationId, key, challenge] as const;
  switch (outcome.kind) {
    case "signature": {
      const { repository, pull, signature, proof } = outcome;
      return [
        statement(
          SIGN,
          ...counted,
          repository.repositoryId,
          pull,
          JSON.stringify(signature),
          JSON.stringify(proof),
        ),
      ];
    }
    case "vouch": {
      const { vouch, proof } = outcome;
      return [statement(VOUCH, ...counted, vouch.key, JSON.stringify(vouch), JSON.stringify(proof))];
    }
    case "removal":
      // What passed may rest on the key, or on one that it vouched for.
      return [
        statement(REMOVE, ...counted, outcome.key, now.getTime()),
        ...invalidationStatements({ facts: [signaturesFact({ installationId })] }, now),
      ];
  }
}

function toKey(row: Row): StoredPasskey {
  const { device, backedUp } = JSON.parse(String(row.state ?? row.record)) as StoredPasskey;
  return { ...record<StoredPasskey>(row), counter: Number(row.counter), device, backedUp };
}

function toStatement({ challenge, installation, account, record: text }: Row): OpenStatement {
  return {
    ...{ challenge: String(challenge), installationId: Number(installation) },
    ...{ account: Number(account), record: String(text) },
  };
}

const KEYS = `
  SELECT record, state, counter FROM main.passkey WHERE installation = $1 AND removed_at IS NULL ORDER BY id`;

const VOUCHES = `
  SELECT vouch.record FROM main.passkey_vouch AS vouch
  JOIN main.passkey AS key ON key.installation = vouch.installation AND key.id = vouch.with_key
  WHERE vouch.installation = $1 AND key.removed_at IS NULL ORDER BY vouch.id, vouch.with_key`;

const SIGNED =
  "SELECT record FROM main.passkey_signature WHERE repository = $1 AND pull = $2 ORDER BY challenge";
const PROOFS =
  "SELECT challenge, proof AS record FROM main.passkey_signature WHERE repository = $1 AND pull = $2";

const FORGET = "DELETE FROM main.passkey_statement WHERE until <= $1";
const KEEP = `
  INSERT INTO main.passkey_statement (challenge, installation, account, record, until)
  SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
  WHERE (SELECT count(*) FROM main.passkey_statement AS open
    WHERE open.installation = CAST($2 AS BIGINT) AND open.account = CAST($3 AS BIGINT)
      AND open.used_at IS NULL AND open.until > CAST($6 AS BIGINT)) < ${MOST_OPEN}
  ON CONFLICT DO NOTHING RETURNING challenge`;

const TAKE = `
  UPDATE main.passkey_statement SET used_at = CAST($4 AS BIGINT)
  WHERE challenge = $1 AND installation = $2 AND account = $3 AND used_at IS NULL AND until > CAST($4 AS BIGINT)
  RETURNING challenge, installation, account, record`;

const ENROL = `
  INSERT INTO main.passkey (installation, id, account, record, counter)
  SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
  WHERE (SELECT count(*) FROM main.passkey AS own
    WHERE own.installation = CAST($1 AS BIGINT) AND own.account = CAST($3 AS BIGINT) AND own.removed_at IS NULL)
    < ${MOST_KEYS}
  ON CONFLICT DO NOTHING RETURNING id`;

// Two assertions of one key are counted one after the other.
const HOLD = "SELECT id FROM main.passkey WHERE installation = $1 AND id = $2 FOR UPDATE";
const COUNT = `
  UPDATE main.passkey SET counter = CAST($4 AS BIGINT), used_for = CAST($5 AS TEXT), state = CAST($6 AS TEXT)
  WHERE installation = $1 AND id = $2 AND account = $3 AND removed_at IS NULL
    AND (counter < CAST($4 AS BIGINT) OR (counter = 0 AND CAST($4 AS BIGINT) = 0))
    AND (used_for IS NULL OR used_for <> CAST($5 AS TEXT))
  RETURNING id`;
const COUNTED = `
  EXISTS (SELECT 1 FROM main.passkey AS signing WHERE signing.installation = CAST($1 AS BIGINT)
    AND signing.id = CAST($2 AS TEXT) AND signing.used_for = CAST($3 AS TEXT))`;

const SIGN = `
  INSERT INTO main.passkey_signature (repository, pull, challenge, record, proof)
  SELECT CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($3 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT)
  WHERE ${COUNTED} ON CONFLICT DO NOTHING`;
const VOUCH = `
  INSERT INTO main.passkey_vouch (installation, id, with_key, record, proof)
  SELECT CAST($1 AS BIGINT), CAST($4 AS TEXT), CAST($2 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT)
  WHERE ${COUNTED} ON CONFLICT DO NOTHING`;
const REMOVE = `
  UPDATE main.passkey SET removed_at = CAST($5 AS BIGINT)
  WHERE installation = CAST($1 AS BIGINT) AND id = CAST($4 AS TEXT) AND removed_at IS NULL AND ${COUNTED}`;

const SPEND = `
  INSERT INTO main.passkey_code (installation, hash, spent_at) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING hash`;
