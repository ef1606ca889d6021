/**
 * Rows that do not hold yet, by their whole title. They run and must fail: one that starts to hold has to leave the list.
 */
export const OPEN_ROWS: ReadonlySet<string> = new Set([]);
