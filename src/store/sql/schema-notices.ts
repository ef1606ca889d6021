/**
 * What addresses are told. `place` is their order. `due_at`: not before; whoever tells it moves it on, so that nobody else
 * does. `ended_at`: it was told, dropped or given up; the row then only keeps it from being told again.
 */
export const NOTICES: readonly string[] = [
  `CREATE TABLE main.notice (
    target TEXT NOT NULL,
    key TEXT NOT NULL,
    place BIGINT NOT NULL,
    routine BIGINT NOT NULL,
    record TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT,
    PRIMARY KEY (target, key)
  ) WITHOUT ROWID`,
  "CREATE INDEX notice_by_place ON main.notice (target, place)",
];
