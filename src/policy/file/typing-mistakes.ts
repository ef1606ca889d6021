import { lookalikeIn } from "../../ownership/lookalike.ts";

/** A mistake in typing YAML that shows in the line itself, where the parser speaks of what follows from it. */
interface Mistake {
  readonly found: RegExp;
  /** By the line, and by what was found in it. */
  readonly remedy: (line: string, found: string) => string;
}

/** `key:` with quotes or a hyphen before it, as lines of a config begin. */
const KEY = String.raw`^\s*(?:-\s*)?["']?[\w-]+["']?`;

/** Behind a key or a hyphen, or in a list. */
const OPENED = /(?<=^\s*(?:-\s+)?(?:[\w-]+:\s+)?|[[,]\s*)(?:\{[^{}]*\}|\[[^[\]]*\])[^\s,\]}#]+/;

const MISTAKES: readonly Mistake[] = [
  {
    found: new RegExp(`${KEY}:(?=[^\\s:/])`),
    remedy: (line) => `Put a blank after the colon: ${quoted(line.trim().replace(/:(?=\S)/, ": "))}.`,
  },
  {
    found: /^\s*-(?=[^\s-])/,
    remedy: (line) => `Put a blank after the hyphen: ${quoted(line.trim().replace("-", "- "))}.`,
  },
  {
    found: new RegExp(`${KEY}\\s*\\uff1a`),
    remedy: () => "Write a plain colon and a blank after the key; this colon is another character.",
  },
  {
    found: new RegExp(`${KEY}\\s*=`),
    remedy: () => "Write a colon and a blank after the key, not an equals sign.",
  },
  {
    found: OPENED,
    remedy: (_, found) => `Put it in quotes: ${quoted(found)}.`,
  },
  {
    found: /(?<=[[,]\s*)[^\s[\]{},"'#]+[[{][^[\]{}]*[\]}][^\s,\]}#]*/,
    remedy: () => "Put text with brackets or braces in quotes.",
  },
  {
    found: /(?<=:\s+|-\s+|[[,]\s*)(["'])(?:(?!\1).)+\1[^\s,\]}:#]/,
    remedy: () =>
      "Put the whole text in one pair of quotes, and write an apostrophe within single quotes twice.",
  },
  {
    found: new RegExp(`${KEY}:\\s+[^"'\\s[{][^"']*:\\s`),
    remedy: () => "Put the text in quotes, because it holds a colon with a blank behind it.",
  },
];

/** What is longer was not typed. */
export const LONGEST_LINE = 200;

/** What to do about the line in which a defect begins, if the mistake shows there. */
export function typingMistake(line: string): string | null {
  const code = line.slice(0, LONGEST_LINE).replace(/(?:^|\s)#.*/, "");
  const character = lookalikeIn(code);
  if (character !== null) {
    return `Replace ${character} by a plain blank, or leave it out: it looks like a blank or like nothing.`;
  }
  for (const { found, remedy } of MISTAKES) {
    const match = found.exec(code);
    if (match !== null) return remedy(code, match[0]);
  }
  return null;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
