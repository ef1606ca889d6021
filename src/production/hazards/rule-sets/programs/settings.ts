import type { Side } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { piecesOf } from "../../reading/pieces.ts";
import type { Judgement } from "../../tables/check.ts";
import { begunBy } from "./constructs.ts";
import { bare, type KnownName, knownName } from "./known.ts";
import { programLines } from "./program-lines.ts";

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

/**
 * Of what may be a comment, only what asks for more counts: what is unsafe now, and what was safe before.
 * @throws {OutOfSteps}
 */
export function madeIn(file: FileChange, side: Side): Made {
  const made = new Map<string, Said[]>();
  const lines = programLines(file, side);
  let label = "";
  for (const [index, { line, text, plain }] of lines.entries()) {
    label = begunBy(plain, lines[index + 1]?.plain ?? "") ?? label;
    const said = made.get(label) ?? [];
    made.set(label, said);
    for (const { isCertain, ...each } of saidIn(text, plain, /\.ya?ml$/.test(file.path)))
      if (isCertain || (each.judgement === "unsafe") === (side === "after"))
        said.push({ ...each, line, text: text.trim() });
  }
  return made;
}

type SaidThere = Omit<Said, "line" | "text"> & { readonly isCertain: boolean };

function* saidIn(line: string, plain: string, isData: boolean): Generator<SaidThere> {
  const certain = piecesOf(plain);
  for (const [index, piece] of piecesOf(line).entries())
    for (const found of piece.matchAll(SAYS)) {
      const [all, name = "", double, single, word = ""] = found;
      const meaning = knownName(name);
      if (meaning === undefined) continue;
      const value = valueIn(double ?? single, word, isData);
      const judgement = value === null ? "unknown" : meaning.judge(value);
      const isCertain = certain[index]?.startsWith(all, found.index) === true;
      yield { name, value: value ?? word, judgement, meaning, isCertain };
    }
}

export function saidOf(said: readonly Said[], name: string): readonly Said[] {
  return said.filter((each) => bare(each.name) === bare(name));
}
