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

/** Letters of other scripts that nobody can tell from the Latin ones below them. */
const TWINS =
  "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u04bb\u0501\u051b\u051d\u03bf\u03bd\u03b9\u03ba\u03c1\u0131\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0405\u0408\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7";
const LATIN = "aeopcyxisjhdqwovikpiABEKMHOPCTXISJABEZHIKMNOPTYX";
const TWIN = new RegExp(`[${TWINS}]`, "gu");

/** Words as they look, where letters of several scripts make one, or one of them has a form of its own. */
function asItLooks(word: string): string {
  const plain = word.normalize("NFKC");
  if (lookalikeLetterIn(plain) === null) return plain;
  return plain.replace(TWIN, (letter) => LATIN.charAt(TWINS.indexOf(letter)));
}

/** A letter of a word that looks like another one, or is written in a way in which paths need not be, or `null`. */
export function disguisedLetterIn(word: string): string | null {
  if (!/\P{ASCII}/u.test(word)) return null;
  const looks = asItLooks(word);
  if (looks === word) return null;
  const index = [...word].findIndex((letter, at) => letter !== [...looks][at]);
  return numberOf([...word][Math.max(0, index)]);
}

/** The ways in which somebody may have meant it: GitHub takes it as it is written. */
export function readingsOfLetters(word: string): readonly string[] {
  return [...new Set([word, word.normalize("NFC"), word.normalize("NFD"), asItLooks(word)])];
}
