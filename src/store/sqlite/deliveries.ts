import type { DatabaseSync } from "node:sqlite";
import { DELIVERIES_KEPT_MS } from "../rows.ts";

/** The ids of deliveries that were accepted. */
interface Deliveries {
  readonly isKnown: (id: string) => boolean;
  /** False where it was noted before. Forgets those that are too old. */
  readonly note: (id: string, now: Date) => boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Strangers cause most deliveries, so a row is as short as it can be: one index, by the day and the id. The days are
 * few, and the first of each is found without looking at the rest.
 */
const KNOWN = `
  WITH RECURSIVE days (day) AS (
    SELECT min(day) FROM delivery
    UNION ALL SELECT (SELECT min(day) FROM delivery WHERE delivery.day > days.day) FROM days WHERE days.day IS NOT NULL)
  SELECT 1 FROM days CROSS JOIN delivery ON delivery.day = days.day AND delivery.id = ? LIMIT 1`;

export function deliveryNotes(database: DatabaseSync): Deliveries {
  const known = database.prepare(KNOWN);
  const forget = database.prepare("DELETE FROM delivery WHERE day < ?");
  const insert = database.prepare("INSERT INTO delivery (day, id) VALUES (?, ?)");
  const isKnown = (id: string) => known.get(shortened(id)) !== undefined;
  return {
    isKnown,
    note: (id, now) => {
      forget.run(dayOf(now.getTime() - DELIVERIES_KEPT_MS));
      if (isKnown(id)) return false;
      insert.run(dayOf(now.getTime()), shortened(id));
      return true;
    },
  };
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** GitHub's ids are UUIDs: 16 bytes. */
function shortened(id: string): string | Uint8Array {
  return UUID.test(id) ? Buffer.from(id.replaceAll("-", ""), "hex") : id;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const HEX = (digits: number) => "[0-9a-f]".repeat(digits);

/** Nothing reads the events and actions that earlier versions kept with them. */
export const SHORT_DELIVERIES = `
  ALTER TABLE delivery RENAME TO former_delivery;
  CREATE TABLE delivery (day INTEGER NOT NULL, id ANY NOT NULL, PRIMARY KEY (day, id)) STRICT, WITHOUT ROWID;
  INSERT INTO delivery (day, id)
    SELECT accepted_at / ${DAY_MS}, CASE
      WHEN id GLOB '${[8, 4, 4, 4, 12].map(HEX).join("-")}' THEN unhex(replace(id, '-', ''))
      ELSE id
    END
    FROM former_delivery;
  DROP TABLE former_delivery;
`;
