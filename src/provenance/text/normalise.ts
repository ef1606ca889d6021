const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Each pair: characters that look like ASCII, and the ASCII they look like, position by position. */
const LOOKALIKES: readonly (readonly [string, string])[] = [
  // Cyrillic
  ["аеорсухкіѕјһԁӏԛԝүѵмт", "aeopcyxkisjhdlqwyvmt"],
  ["АВЕКМНОРСТУХІЅЈԌԚԜҮѴӀ", "ABEKMHOPCTYXISJGQWYVI"],
  // Greek
  ["αονριυκχγτ", "aovpiukxyt"],
  ["ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"],
  // Armenian, dotless and phonetic letters
  ["օոսհıɑɡɩ", "onuhiagi"],
  // Hyphens and dashes, colons, angle brackets
  ["‐‒–—―−⁃˗", "--------"],
  ["ː˸։׃∶꞉", "::::::"],
  ["‹›⟨⟩〈〉", "<><><>"],
];

const FOLD: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.flatMap(([from, to]) => {
    const ascii = [...to];
    return [...from].map((character, at): [string, string] => [character, ascii[at] ?? character]);
  }),
);
/** Ligatures that unfold to eighteen and eight letters, none of them ASCII: nothing to compare, much to unfold. */
const UNFOLDING = /[\ufdfa\ufdfb]/g;
const FOLDABLE = new RegExp(`[${[...FOLD.keys()].join("")}]`, "gu");
const ASCII_ONLY = /^\p{ASCII}*$/u;

/**
 * The text as it is compared, never as it is shown: compatibility forms unified (full-width colon, no-break
 * space), zero-width and bidirectional characters removed, look-alikes of ASCII folded. ASCII stays as it is.
 */
export function normalise(text: string): string {
  if (ASCII_ONLY.test(text)) return text;
  return text
    .replace(UNFOLDING, "\ufffd")
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(FOLDABLE, (character) => FOLD.get(character) ?? character)
    .normalize("NFKC");
}
