import type { Pool } from "pg";
import type { Store } from "../store.ts";
import { named } from "./database.ts";
import { single } from "./transaction.ts";

const APPEND = `
  INSERT INTO countersign.ledger (at, repository, pull, head_sha, kind, data)
  SELECT at, repository, pull, head_sha, kind, data
  FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
    WITH ORDINALITY AS given (at, repository, pull, head_sha, kind, data, place)
  ORDER BY place`;

/** The record of what was decided and why. The database itself refuses to change or remove an entry. */
export function postgresLedger(pool: Pool): Pick<Store, "append"> {
  return {
    append: async (entries) => {
      if (entries.length === 0) return;
      const columns = [
        entries.map(({ at }) => at),
        entries.map(({ repository }) => repository),
        entries.map(({ pull }) => pull),
        entries.map(({ headSha }) => headSha),
        entries.map(({ kind }) => kind),
        entries.map(({ data }) => JSON.stringify(data ?? null)),
      ];
      await single(pool).query(named(APPEND, columns));
    },
  };
}
