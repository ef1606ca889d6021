import { expect, test } from "@jest/globals";
import { suggest } from "../../../src/policy/file/suggest.ts";

const LONG = "a".repeat(40);

test.each<{ why: string; word: string; of: readonly string[]; meant: string | undefined }>([
  { why: "one letter too few", word: "mod", of: ["mode"], meant: "mode" },
  { why: "one letter too many at its beginning", word: "xmode", of: ["mode"], meant: "mode" },
  {
    why: "two too many at its beginning are too far from a short word",
    word: "zzmode",
    of: ["mode"],
    meant: undefined,
  },
  { why: "a third of the letters may be wrong", word: "paterms", of: ["patterns"], meant: "patterns" },
  { why: "more may not", word: "ptrms", of: ["patterns"], meant: undefined },
  {
    why: "case and marks between words do not count",
    word: "appliesTo",
    of: ["applies-to"],
    meant: "applies-to",
  },
  {
    why: "the nearest of several, wherever it stands",
    word: "countersig",
    of: ["countersigns", "countersign"],
    meant: "countersign",
  },
  { why: "the first of those that are as near", word: "modx", of: ["mode", "mods"], meant: "mode" },
  { why: "a word of forty letters", word: LONG, of: [LONG], meant: LONG },
  { why: "no longer one, however near", word: `${LONG}a`, of: [LONG], meant: undefined },
  { why: "nothing among nothing", word: "mode", of: [], meant: undefined },
])("$why", ({ word, of, meant }) => {
  expect(suggest(word, of)).toBe(meant);
});
