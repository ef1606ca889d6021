/**
 * What steers a terminal, turns the direction of reading or cannot be seen: controls, format characters, fillers,
 * lone surrogates, private use, what is not assigned, and every space but the plain one.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** Text that others wrote, with each character that cannot be seen written out: `\u{202e}`. */
export function escapeInvisible(text: string): string {
  return text.replace(HIDDEN, writtenOut);
}

const LONGEST = 200;
const HEAD = 120;
const TAIL = 60;

/** Shortens a value in its middle and says by how much. */
export function truncateMiddle(text: string): string {
  if (text.length <= LONGEST) return text;
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  const left = characters.length - HEAD - TAIL;
  return `${characters.slice(0, HEAD).join("")}…(${left} characters left out)…${characters.slice(-TAIL).join("")}`;
}

/**
 * A value that others chose, as our sentences hold it: between quotation marks that the value itself cannot hold, so
 * that a printer can tell the value from the sentence around it.
 */
export function quote(text: string): string {
  return `“${truncateMiddle(escapeInvisible(text)).replace(/[“”]/g, writtenOut)}”`;
}

function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
