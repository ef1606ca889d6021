import type { ProtectionLook, ProtectionMemory } from "../protection.ts";
import { type Database, given, record, rowsOf, statement } from "./sql.ts";

type Kept = Omit<ProtectionLook, "at">;

/** The last look at the rules of each repository's branches. */
export function sqlProtection(database: Database): ProtectionMemory {
  return {
    protection: async ({ repositoryId }) => {
      const [row] = await rowsOf(database, statement(LOOK, repositoryId));
      return row === undefined ? null : { at: Number(row.looked_at), ...record<Kept>(row) };
    },

    recordProtection: async ({ repositoryId }, { at, ...kept }) => {
      const [required, pinned] = [holds(kept, "check-required"), holds(kept, "check-pinned")];
      await database.run([statement(RECORD, repositoryId, at, required, pinned, JSON.stringify(kept))]);
    },

    forgetProtectionIn: async (installationId, but) => {
      await database.run([statement(FORGET_IN, installationId, ids(but))]);
    },

    forgetProtectionOutside: async (installations) => {
      await database.run([statement(FORGET_OUTSIDE, ids(installations))]);
    },

    unprotected: async () => Number((await rowsOf(database, statement(UNPROTECTED)))[0]?.repositories),
  };
}

function holds({ findings }: Kept, wanted: "check-required" | "check-pinned"): string {
  return findings.find(({ code }) => code === wanted)?.holds ?? "unknown";
}

function ids(numbers: readonly number[]): string {
  return given(numbers.map((id) => ({ id })));
}

const LOOK = "SELECT looked_at, record FROM main.protection WHERE repository = $1";

const RECORD = `
  INSERT INTO main.protection (repository, looked_at, required, pinned, record) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (repository) DO UPDATE SET looked_at = excluded.looked_at, required = excluded.required,
    pinned = excluded.pinned, record = excluded.record`;

const FORGET_IN = `
  DELETE FROM main.protection
  WHERE repository IN (SELECT id FROM main.repository WHERE installation = $1)
    AND repository NOT IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM GIVEN($2))`;

const FORGET_OUTSIDE = `
  DELETE FROM main.protection WHERE repository NOT IN (
    SELECT id FROM main.repository
    WHERE installation IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM GIVEN($1)))`;

const UNPROTECTED = `
  SELECT count(*) AS repositories FROM main.protection WHERE required = 'no' OR pinned = 'no'`;
