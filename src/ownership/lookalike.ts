/**
 * White space that is neither a blank nor a tab, controls, and what nobody sees: GitHub does not say whether it parts
 * words with them. The two signs that choose between text and emoji are left alone.
 */
const LOOKALIKE = /[[\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]--[ \t\ufe0e\ufe0f]]/v;
const LOOKALIKES = new RegExp(LOOKALIKE.source, "gv");

/** Those that take up room, so that they were typed for a blank. */
const SPACES = /[[\p{Z}\f\v\r\u0085\u2800\u3164\uffa0]--[ ]]+/gv;

/** The first such character as Unicode numbers it, or `null`. */
export function lookalikeIn(text: string): string | null {
  return numberOf(LOOKALIKE.exec(text)?.[0]);
}

/** Letters of the scripts that have some which look like Latin ones. */
const OTHER_LETTER = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/** The first such letter in a word with Latin ones, as Unicode numbers it, or `null`. */
export function lookalikeLetterIn(text: string): string | null {
  const mixed = text
    .match(/\p{L}{1,200}/gu)
    ?.find((word) => OTHER_LETTER.test(word) && /\p{Script=Latin}/u.test(word));
  return numberOf(mixed === undefined ? undefined : OTHER_LETTER.exec(mixed)?.[0]);
}

function numberOf(character: string | undefined): string | null {
  const code = character?.codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** What a person sees: blanks where there is room, nothing where there is none. */
export function withPlainBlanks(text: string): string {
  return text.replace(SPACES, " ").replace(LOOKALIKES, "");
}

/** The ways to read a word with such characters in it: they part words, they are nothing, they belong to it. */
export function readingsOfLookalikes(word: string): readonly string[] {
  const [first = ""] = word.split(LOOKALIKES).filter((part) => part !== "");
  return [first, word.replace(LOOKALIKES, ""), word.replace(LOOKALIKES, "?")];
}
