import { lookalikeIn, withPlainBlanks } from "../../ownership/lookalike.ts";
import { QUOTED } from "../../ownership/readings.ts";
import { show } from "../show.ts";

/** How a text can be valid and yet not be what was meant. */
interface Slip {
  readonly says: (text: string) => string | null;
  readonly fixed: (text: string) => string;
  /** What to do, where one text in its place is not enough. */
  readonly remedy?: string;
}

const PLAIN_SLIPS: readonly Slip[] = [
  {
    says: (text) => {
      const character = lookalikeIn(text);
      return character === null ? null : `holds ${character}, which looks like a blank or like nothing`;
    },
    fixed: withPlainBlanks,
  },
  { says: where(QUOTED, "has quotes as a part of it"), fixed: (text) => text.replace(QUOTED, "") },
  { says: where(/^[ \t]|[ \t]$/, "begins or ends with a blank"), fixed: (text) => text.trim() },
  {
    says: where(/[,;]$/, "ends with a comma or semicolon"),
    fixed: (text) => text.replace(/(?<![,;])[,;]+$/, ""),
  },
];

const PATTERN_SLIPS: readonly Slip[] = [
  ...PLAIN_SLIPS,
  {
    says: where(/[ \t]@/, "holds an owner, which belongs under from or senior"),
    fixed: (text) => text.replace(/\\?(?<![ \t])[ \t]+@[\s\S]*/, ""),
  },
  {
    says: where(/\\[\p{L}\p{N}_]/u, "parts folders by a backslash, which stands for nothing"),
    fixed: (text) => text.replace(/\\(?=[\p{L}\p{N}_])/gu, "/"),
  },
  {
    says: where(/(?<=[/*]),|,[ \t]*(?=\/)/, "joins several paths by a comma, which is a part of a name here"),
    fixed: (text) => text,
    remedy: "Write each path as an entry of its own.",
  },
  {
    says: where(/\/\//, "holds two slashes in a row, between which no folder can be"),
    fixed: (text) => text.replace(/\/(?:\.{0,2}\/)+/g, "/"),
  },
];

export interface FoundSlip {
  /** Goes on after the text that has it. */
  readonly says: string;
  readonly remedy: string;
}

/** The slip in the name of a branch or of an owner. */
export function slipIn(text: string): FoundSlip | null {
  return firstSlip(text, PLAIN_SLIPS);
}

export function slipInPattern(text: string): FoundSlip | null {
  return firstSlip(text, PATTERN_SLIPS);
}

function firstSlip(text: string, slips: readonly Slip[]): FoundSlip | null {
  let says: string | null = null;
  let remedy: string | undefined;
  let fixed = text;
  for (const slip of slips) {
    const found = slip.says(fixed);
    if (found === null) continue;
    fixed = slip.fixed(fixed);
    says ??= found;
    remedy ??= slip.remedy;
  }
  if (says === null) return null;
  return { says, remedy: remedy ?? (fixed === "" ? "Leave it out." : `Write ${show(fixed)}.`) };
}

function where(mark: RegExp, says: string): Slip["says"] {
  return (text) => (text.search(mark) === -1 ? null : says);
}
