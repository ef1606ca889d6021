import type { FileChange } from "../../reading/change.ts";

interface Where {
  readonly file: FileChange;
  readonly pattern: RegExp;
}

/** What may keep a command from running. */
const GUARD = /&&|\|\||\?|\[|\b(?:if|elif|unless|test|case|while|confirm\w*|read)\b/;

const known = new WeakMap<FileChange, Map<RegExp, ReadonlyMap<string, number>>>();

/** Whether as many lines went that ran the same from the command on, with no guard before it. */
export function isRunAsBefore({ input, index }: RegExpExecArray, { file, pattern }: Where): boolean {
  const ofFile = known.get(file) ?? new Map<RegExp, ReadonlyMap<string, number>>();
  known.set(file, ofFile);
  const balances = ofFile.get(pattern) ?? balancesOf(pattern, file);
  ofFile.set(pattern, balances);
  return (balances.get(tailOf(input, index)) ?? -1) >= 0;
}

/** Of each command, how many more lines went than came. */
function balancesOf(pattern: RegExp, { lines }: FileChange): ReadonlyMap<string, number> {
  const balances = new Map<string, number>();
  const add = (text: string, step: number) => {
    const found = pattern.exec(text);
    if (found === null || (step > 0 && GUARD.test(text.slice(0, found.index)))) return;
    const tail = tailOf(text, found.index);
    balances.set(tail, (balances.get(tail) ?? 0) + step);
  };
  for (const { text } of lines.before) add(text, 1);
  for (const { text } of lines.after) add(text, -1);
  return balances;
}

function tailOf(line: string, index: number): string {
  return line.slice(index).trim().replaceAll(/\s+/g, " ");
}
