/** How a language writes texts and comments, as far as it takes to find both. */
export interface Language {
  readonly names: RegExp;
  /** What is no code up to the end of the line. */
  readonly comment: RegExp;
  readonly blockComments: boolean;
  /** Three quotes begin a text that goes on over lines. */
  readonly triple: boolean;
  /** A text between plain quotes may go on over lines. */
  readonly multiline: boolean;
  /** What the backtick begins. */
  readonly backtick: "template" | "raw" | "none";
  /** Texts that begin with a mark of their own: here-documents, `%q(…)`, `~s(…)`. */
  readonly marks: "ruby" | "elixir" | "php" | "none";
  /** Texts that stand side by side are one. */
  readonly adjacent: boolean;
}

const SLASHES = /\/\//y;
const HASH = /#/y;

const BRACES: Omit<Language, "names"> = {
  comment: SLASHES,
  blockComments: true,
  triple: true,
  multiline: false,
  backtick: "none",
  marks: "none",
  adjacent: false,
};

const LANGUAGES: readonly Language[] = [
  { ...BRACES, names: /\.[cm]?[jt]s$/, triple: false, backtick: "template" },
  { ...BRACES, names: /\.go$/, triple: false, backtick: "raw" },
  { ...BRACES, names: /\.(?:cs|kt|java)$/ },
  {
    ...BRACES,
    names: /\.php$/,
    comment: /\/\/|#(?!\[)/y,
    triple: false,
    multiline: true,
    backtick: "raw",
    marks: "php",
  },
  { ...BRACES, names: /\.py$/, comment: HASH, blockComments: false, adjacent: true },
  {
    ...BRACES,
    names: /\.rb$/,
    comment: HASH,
    blockComments: false,
    triple: false,
    multiline: true,
    backtick: "raw",
    marks: "ruby",
    adjacent: true,
  },
  { ...BRACES, names: /\.exs?$/, comment: HASH, blockComments: false, multiline: true, marks: "elixir" },
];

export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(({ names }) => names.test(path));
}
