import { parseSync, Visitor } from "oxc-parser";
import type { Term } from "../../scripts/architecture/glossary.ts";

/** A file with the path that it is reported under. */
export interface SourceFile {
  readonly file: string;
  readonly source: string;
}

/** A word, or a text, and where it starts in its file. */
interface Passage {
  readonly start: number;
  readonly text: string;
}

/** Old words among the identifiers of a source file: each with its line and the word to use. */
export function oldIdentifiers(file: SourceFile, glossary: readonly Term[]): readonly string[] {
  const { names, identify } = identifierIndex(glossary);
  return found(file, parse(file).identifiers, (name) => names.get(name) ?? identify(name));
}

/** Old words in the quoted texts of a source file. A text of one word is a key, not a sentence. */
export function oldSentences(file: SourceFile, glossary: readonly Term[]): readonly string[] {
  return found(file, parse(file).sentences, textMatcher(glossary));
}

/** Old words in a page. */
export function oldTexts(file: SourceFile, glossary: readonly Term[]): readonly string[] {
  const lines = [...file.source.matchAll(/^.+$/gm)].map(({ 0: text, index }) => ({ start: index, text }));
  return found(file, lines, textMatcher(glossary));
}

type Matcher = (text: string) => Term | undefined;

function found(
  { file, source }: SourceFile,
  passages: readonly Passage[],
  match: Matcher,
): readonly string[] {
  const sentences = passages.flatMap(({ start, text }) => {
    const term = match(text);
    if (term === undefined) return [];
    const line = source.slice(0, start).split("\n").length;
    return [`${file}:${line}: "${text.trim()}": the word is "${term.term}".`];
  });
  return [...new Set(sentences)];
}

function identifierIndex(glossary: readonly Term[]) {
  const names = new Map(
    glossary.flatMap((term) => (term.identifiers ?? []).map((name) => [name, term] as const)),
  );
  const parts = new Map(glossary.flatMap((term) => (term.parts ?? []).map((part) => [part, term] as const)));
  const identify: Matcher = (name) => {
    const part = partsOf(name).find((each) => parts.has(each));
    return part === undefined ? undefined : parts.get(part);
  };
  return { names, identify };
}

/** `readOwnerReviews` and `OWNER_REVIEWS` hold `owner` and `reviews`. */
function partsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[\s_$]+/)
    .map((part) => part.toLowerCase());
}

function textMatcher(glossary: readonly Term[]): Matcher {
  const words = new Map(glossary.flatMap((term) => (term.texts ?? []).map((text) => [text, term] as const)));
  return (text) => {
    const word = text
      .toLowerCase()
      .match(/[\p{L}-]+/gu)
      ?.find((each) => words.has(each));
    return word === undefined ? undefined : words.get(word);
  };
}

function parse({ file, source }: SourceFile) {
  const identifiers: Passage[] = [];
  const sentences: Passage[] = [];
  const quoted = (start: number, text: unknown) => {
    if (typeof text === "string" && text.trim().includes(" ")) sentences.push({ start, text });
  };
  new Visitor({
    Identifier: ({ name, start }) => identifiers.push({ start, text: name }),
    Literal: ({ value, start }) => quoted(start, value),
    TemplateLiteral: ({ start, quasis }) => quoted(start, quasis.map(({ value }) => value.cooked).join("…")),
  }).visit(parseSync(file, source).program);
  return { identifiers, sentences };
}
