import type { FileChange } from "../../reading/change.ts";
import { piecesOf } from "../../reading/pieces.ts";
import type { Judgement } from "../../tables/check.ts";
import { begunBy } from "./constructs.ts";
import { bare, type KnownName, knownName } from "./known.ts";

/** A setting as a line of a program says it. */
export interface Said {
  readonly name: string;
  readonly value: string;
  readonly judgement: Judgement;
  readonly line: number;
  readonly text: string;
  readonly meaning: KnownName;
}

/** What is made, by its type and name, with what is said of it. */
export type Made = ReadonlyMap<string, readonly Said[]>;

const SAYS =
  /(?<![\w$])["']?([A-Za-z][\w-]{2,50})["']?\s{0,10}(?:[:=]>?|\()\s{0,10}(?:(?:pulumi|jsii|aws)\.\w{1,12}\()?(?:"([^"]{0,80})"|'([^']{0,80})'|([\w.+-]{1,80}))/g;
const COMMENT = /^\s*(?:#|\/\/|\*|\/\*)/;
const KNOWN_WORD = /^(?:true|false|yes|no|\d+(?:\.\d+)?)$/i;
const YES: Readonly<Record<string, string>> = { yes: "true", no: "false" };

/** An enumeration's member by its last name; any other word of a program is a variable, of which nothing is known. */
function valueIn(quoted: string | undefined, word: string, isData: boolean): string | null {
  if (quoted !== undefined) return quoted;
  const plain = word.replace(/[.,]+$/, "");
  if (KNOWN_WORD.test(plain)) return YES[plain.toLowerCase()] ?? plain;
  if (isData) return plain;
  return /\.[A-Z]\w*$/.test(plain) ? plain.slice(plain.lastIndexOf(".") + 1) : null;
}

/** @throws {OutOfSteps} */
export function madeIn({ path, steps }: FileChange, text: string | null | undefined): Made {
  const made = new Map<string, Said[]>();
  if (typeof text !== "string") return made;
  steps.take(text.length);
  const isData = /\.ya?ml$/.test(path);
  const lines = text.split("\n");
  let label = "";
  for (const [index, line] of lines.entries()) {
    if (COMMENT.test(line)) continue;
    label = begunBy(line, lines[index + 1] ?? "") ?? label;
    const said = made.get(label) ?? [];
    made.set(label, said);
    for (const found of piecesOf(line).flatMap((piece) => [...piece.matchAll(SAYS)])) {
      const [, name = "", double, single, word = ""] = found;
      const meaning = knownName(name);
      if (meaning === undefined) continue;
      const value = valueIn(double ?? single, word, isData);
      const judgement = value === null ? "unknown" : meaning.judge(value);
      said.push({ name, value: value ?? word, judgement, line: index + 1, text: line.trim(), meaning });
    }
  }
  return made;
}

export function saidOf(said: readonly Said[], name: string): readonly Said[] {
  return said.filter((each) => bare(each.name) === bare(name));
}
