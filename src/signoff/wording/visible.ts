/**
 * Characters that control a terminal, change the reading direction or are invisible: controls, format characters,
 * fillers, lone surrogates, private use, unassigned ones, and every space but the plain one.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** Text that others wrote, with each invisible character written out: `\u{202e}`. */
export function escapeInvisible(text: string): string {
  return text.replace(HIDDEN, writtenOut);
}

/** Whether a reader sees all that a text holds. */
export function isVisible(text: string): boolean {
  return escapeInvisible(text) === text;
}

const LONGEST = 200;
const HEAD = 120;
const TAIL = 60;

/** Cuts a long value in the middle and says how much was left out. */
export function truncateMiddle(text: string): string {
  if (text.length <= LONGEST) return text;
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  const left = characters.length - HEAD - TAIL;
  return `${characters.slice(0, HEAD).join("")}…(${left} characters left out)…${characters.slice(-TAIL).join("")}`;
}

/**
 * A value that others chose, in quotation marks that the value itself cannot contain. So a printer can tell the value
 * from the sentence around it.
 */
export function quote(text: string): string {
  return `“${truncateMiddle(escapeInvisible(text)).replace(/[“”]/g, writtenOut)}”`;
}

function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
