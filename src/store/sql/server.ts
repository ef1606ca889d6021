import type { LearntOfServer, ServerMemory } from "../server.ts";
import { type Database, record, rowsOf, statement } from "./sql.ts";

/** What was learnt of the server, of which there is one. */
export function sqlServer(database: Database): ServerMemory {
  return {
    learntOfServer: async () => {
      const [row] = await rowsOf(database, statement(LEARNT));
      return row === undefined ? null : record<LearntOfServer>(row);
    },

    recordServer: async (learnt) => {
      await database.run([statement(RECORD, JSON.stringify(learnt))]);
    },
  };
}

const LEARNT = "SELECT record FROM main.server WHERE id = 1";

const RECORD = `
  INSERT INTO main.server (id, record) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET record = excluded.record`;
