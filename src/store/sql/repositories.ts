import type { SeenRepository } from "../repository.ts";
import type { Adopt } from "./adoption.ts";
import { type Database, given, type Row, rowsOf, type Statement, statement } from "./sql.ts";

/** A repository under the name it has now. */
export function repositoryStatement(repositoryId: number): Statement {
  return statement(
    "SELECT id, node_id, installation, owner, name, created_at FROM main.repository WHERE id = $1",
    repositoryId,
  );
}

export function toRepository(row: Row): SeenRepository {
  return {
    installationId: Number(row.installation),
    repositoryId: Number(row.id),
    owner: String(row.owner),
    repo: String(row.name),
    nodeId: row.node_id === null ? null : String(row.node_id),
    createdAt: row.created_at === null ? null : String(row.created_at),
  };
}

// What an event does not tell stays as it was known.
const SEE = `
  INSERT INTO main.repository (id, node_id, installation, owner, name, created_at)
  SELECT CAST(value ->> 'id' AS BIGINT), value ->> 'nodeId', CAST(value ->> 'installation' AS BIGINT),
    value ->> 'owner', value ->> 'name', value ->> 'createdAt'
  FROM GIVEN($1) WHERE true
  ON CONFLICT (id) DO UPDATE SET
    node_id = coalesce(excluded.node_id, repository.node_id),
    installation = excluded.installation, owner = excluded.owner, name = excluded.name,
    created_at = coalesce(excluded.created_at, repository.created_at)`;

/** Notes repositories by id, and gives them what earlier versions kept under their names. */
export function seenStatements(repositories: readonly SeenRepository[], adopt: Adopt): readonly Statement[] {
  if (repositories.length === 0) return [];
  const byId = new Map(repositories.map((one) => [one.repositoryId, one]));
  const rows = [...byId.values()].map(
    ({ repositoryId: id, installationId: installation, repo: name, ...rest }) => {
      const { nodeId, owner, createdAt } = rest;
      return { id, installation, owner, name, nodeId, createdAt };
    },
  );
  return [statement(SEE, given(rows)), ...[...byId.values()].flatMap(adopt)];
}

/** The repository of that name, in any case; of several that had it, the newest. */
export async function repositoryCalled(
  database: Database,
  owner: string,
  repo: string,
): Promise<SeenRepository | null> {
  const [row] = await rowsOf(
    database,
    statement(
      `SELECT id, node_id, installation, owner, name, created_at FROM main.repository
       WHERE lower(owner) = $1 AND lower(name) = $2 ORDER BY id DESC LIMIT 1`,
      owner.toLowerCase(),
      repo.toLowerCase(),
    ),
  );
  return row === undefined ? null : toRepository(row);
}
