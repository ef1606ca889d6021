/**
 * What a reading found of when head and base were moved, which GitHub may tell late. heard_at: when a webhook told of the
 * head, last; null where none did.
 */
export const HEAD_MOVES: readonly string[] = [
  "ALTER TABLE main.pull_head ADD COLUMN heard_at BIGINT",
  "CREATE INDEX pull_head_by_pull ON main.pull_head (repository, pull)",
  "ALTER TABLE main.pull_request ADD COLUMN head_moved_at TEXT",
  "ALTER TABLE main.pull_request ADD COLUMN base_ref TEXT",
  "ALTER TABLE main.pull_request ADD COLUMN base_changed_at TEXT",
];
