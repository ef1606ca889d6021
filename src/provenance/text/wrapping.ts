/*
 * Web forms and pages wrap a line: in tags that set it small or in bold, in blanks written out, in names of emoji. Tags of
 * quotations and of code are not among them.
 */

const TAG =
  "<\\/?(?:sub|sup|small|big|p|div|span|center|em|i|b|u|strong|font|li|summary|details)(?:\\s[^<>]{0,200})?>";
const BEFORE = new RegExp(
  `^(?:\\s|:[a-z\\d_+-]{1,40}:|${TAG}|&nbsp;|&#(?:9|160|xa0);|\\\\{1,2}t){1,24}`,
  "i",
);
const AFTER = new RegExp(`${TAG}$`, "i");
const MOST_AFTER = 8;
const LONGEST_TAG = 32;

const SPACE = 0x20;
const AMPERSAND = 0x26;
const COLON = 0x3a;
const LESS_THAN = 0x3c;
const BACKSLASH = 0x5c;
const DEEPEST = 8;

/** Whether a line may be wrapped, by its first character. */
export function isWrapped(text: string, from: number): boolean {
  let at = from;
  while (at < from + DEEPEST && text.charCodeAt(at) === SPACE) at += 1;
  switch (text.charCodeAt(at)) {
    case LESS_THAN:
    case COLON:
    case AMPERSAND:
    case BACKSLASH:
      return true;
    default:
      return false;
  }
}

/** The line without what it is wrapped in. */
export function unwrapped(line: string): string {
  let plain = isWrapped(line, 0) ? line.replace(BEFORE, "") : line;
  for (let left = MOST_AFTER; left > 0 && plain.endsWith(">"); left -= 1) {
    const tag = AFTER.exec(plain.slice(-LONGEST_TAG));
    if (tag === null) break;
    plain = plain.slice(0, -tag[0].length).trimEnd();
  }
  return plain;
}
