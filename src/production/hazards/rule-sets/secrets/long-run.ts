/** A letter, a digit or what else stands in tokens: `[\w+/.-]`. */
const IN_RUNS = new Set(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/.-"].map((each) =>
    each.charCodeAt(0),
  ),
);

/**
 * Whether there are so many such characters in a row. Of so many the last is looked at first, since where it is none, none
 * of them begins a run: every text of every change is asked.
 */
export function hasLongRun(text: string, length: number): boolean {
  for (let from = 0; from + length <= text.length; ) {
    let at = from + length - 1;
    while (at >= from && IN_RUNS.has(text.charCodeAt(at))) at -= 1;
    if (at < from) return true;
    from = at + 1;
  }
  return false;
}
