/** Work that people wait for took the place of the first class, which now comes before it. */
export const ORDER: readonly string[] = [`UPDATE main.job SET urgency = -1 WHERE urgency = 0`];
