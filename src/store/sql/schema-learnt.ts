/** learnt_by: the head commit in whose judging a fact came in doubt, which is no doubt about its own verdict. */
export const LEARNT_BY: readonly string[] = ["ALTER TABLE main.invalidation ADD COLUMN learnt_by TEXT"];
