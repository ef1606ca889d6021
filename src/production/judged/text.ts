/** Line ends and signs that readers of a text take differently, or do not see. */
const DOUBTFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\u{e0000}-\u{e0fff}]/u;

export function isDoubtful(text: string): boolean {
  return DOUBTFUL.test(text);
}
