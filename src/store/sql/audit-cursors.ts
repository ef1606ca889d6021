import type { AuditCursors } from "../ledger.ts";
import { type Database, rowsOf, statement } from "./sql.ts";

export function sqlAuditCursors(database: Database): AuditCursors {
  return {
    holdAudit: async (sink, holder, now, until) => {
      const rows = await rowsOf(database, statement(HOLD, sink, holder, until.getTime(), now.getTime()));
      return rows.length === 1;
    },

    auditCursors: async (sink) => {
      const rows = await rowsOf(database, statement(CURSORS, sink));
      return new Map(rows.map(({ installation, seq }) => [Number(installation), Number(seq)]));
    },

    moveAuditCursor: async (sink, installation, seq) => {
      await database.run([statement(MOVE, sink, installation, seq)]);
    },
  };
}

const HOLD = `
  INSERT INTO main.audit_turn (sink, holder, held_until) VALUES ($1, $2, $3)
  ON CONFLICT (sink) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
    WHERE audit_turn.holder = excluded.holder OR audit_turn.held_until < CAST($4 AS BIGINT)
  RETURNING sink`;

const CURSORS = "SELECT installation, seq FROM main.audit_cursor WHERE sink = $1";

const MOVE = `
  INSERT INTO main.audit_cursor (sink, installation, seq) VALUES ($1, $2, $3)
  ON CONFLICT (sink, installation) DO UPDATE SET seq = excluded.seq WHERE audit_cursor.seq < excluded.seq`;
