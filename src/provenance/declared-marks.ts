import { declarations } from "./declared.ts";
import type { Line } from "./lines.ts";
import type { Found } from "./marks.ts";
import { UNNAMED_TOOL } from "./tool-names.ts";
import { declaringKey } from "./trailers.ts";

const TICKED = /^.{0,6}\[x\]/i;

/** The marks of what a text declares; `lines` are those of it that may carry a mark at all. */
export function declaredMarks(text: string, lines: readonly Line[]): readonly Found[] {
  if (!lines.some(mayDeclare)) return [];
  return declarations(text).flatMap(({ kind, tool = UNNAMED_TOOL, strength, text: shown }) =>
    kind === "ai" ? [{ tool, strength, kind: "declared", text: shown }] : [],
  );
}

function mayDeclare({ text, trailer }: Line): boolean {
  return trailer === null ? TICKED.test(text) : declaringKey(trailer.key) !== null;
}
