import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { GLOSSARY, type Term, UNDER_WAY } from "../../scripts/architecture/glossary.ts";
import { oldIdentifiers, oldSentences, oldTexts, type SourceFile } from "./words.ts";

const ROOT = new URL("../../", import.meta.url);

const sources = read("src/**/*.ts");
const pages = read("README.md", "docs/*.md", "test/cli/**/*.golden.txt").filter(
  // It names the code as it was when it was measured.
  ({ file }) => file !== "docs/mutation.md",
);

test("Identifiers use the glossary's words", () => {
  expect(sources.length).toBeGreaterThan(400);
  expect(sources.flatMap((file) => oldIdentifiers(file, wordsFor(file)))).toEqual([]);
});

test("Sentences in the sources use the glossary's words", () => {
  expect(sources.flatMap((file) => oldSentences(file, wordsFor(file)))).toEqual([]);
});

test("Pages and help texts use the glossary's words", () => {
  expect(pages.length).toBeGreaterThan(8);
  expect(pages.flatMap((file) => oldTexts(file, wordsFor(file)))).toEqual([]);
});

test("The glossary is in alphabetical order and names each term once", () => {
  const terms = GLOSSARY.map(({ term }) => term);
  expect(terms).toEqual([...new Set(terms)].toSorted((a, b) => a.localeCompare(b, "en")));
});

describe("The check itself", () => {
  const glossary: readonly Term[] = [
    { term: "fix", meaning: "", parts: ["mend"], texts: ["mend"] },
    { term: "invalidation", meaning: "", identifiers: ["Doubt"] },
  ];
  const file = (source: string) => ({ file: "a.ts", source });

  test.each([
    ["a function", "\nfunction mendConfig() {}", ['a.ts:2: "mendConfig": the word is "fix".']],
    ["a constant", "const TO_MEND = 1;", ['a.ts:1: "TO_MEND": the word is "fix".']],
    ["a property", "interface A { readonly mend: 1 }", ['a.ts:1: "mend": the word is "fix".']],
    ["a type", "type Doubt = 1;", ['a.ts:1: "Doubt": the word is "invalidation".']],
    ["a longer word", "const amendment = 1; const recommended = 2;", []],
    ["a name that only holds a forbidden name", "type DoubtedSince = 1; const doubt = 1;", []],
    ["a text or a comment", 'const a = "mend it"; // mend', []],
  ])("Reads %s", (_, source, lines) => {
    expect(oldIdentifiers(file(source), glossary)).toEqual(lines);
  });

  test.each([
    ["a sentence", 'const a = "Mend it first.";', ['a.ts:1: "Mend it first.": the word is "fix".']],
    ["a template", `const a = \`Mend \${b}.\`;`, ['a.ts:1: "Mend ….": the word is "fix".']],
    ["a longer word", 'const a = "It is recommended.";', []],
    ["a single word, which is a key", 'const a = "mend";', []],
    ["a name with a hyphen", 'const a = "by mend-bolt, a bot";', []],
    ["a comment", "// mend it", []],
  ])("Reads %s in a text", (_, source, lines) => {
    expect(oldSentences(file(source), glossary)).toEqual(lines);
  });

  test("Reads a page line by line", () => {
    expect(oldTexts(file("# Title\n\nMend it."), glossary)).toEqual([
      'a.ts:3: "Mend it.": the word is "fix".',
    ]);
  });
});

function read(...patterns: string[]): readonly SourceFile[] {
  return globSync(patterns, { cwd: ROOT.pathname }).map((file) => ({
    file,
    source: readFileSync(new URL(file, ROOT), "utf8"),
  }));
}

/** The glossary without the old words that the file may still use. */
function wordsFor({ file }: SourceFile): readonly Term[] {
  const excused = UNDER_WAY.filter(({ folder }) => file.startsWith(folder)).flatMap(({ words }) => words);
  const left = (words: readonly string[] = []) => words.filter((word) => !excused.includes(word));
  return GLOSSARY.map(({ identifiers, parts, texts, ...term }) => ({
    ...term,
    identifiers: left(identifiers),
    parts: left(parts),
    texts: left(texts),
  }));
}
