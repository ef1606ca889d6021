import { UNNAMED_TOOL } from "../catalogue/tool-names.ts";
import { declarations } from "../declared/declarations.ts";
import type { Match } from "../signals/match.ts";
import type { Line } from "../text/line.ts";
import { declaringKey } from "../text/trailers.ts";

const TICKED = /^.{0,6}\[x\]/i;

/** What a text declares, as matches; `lines` are those of it that may carry a signal at all. */
export function declaredMatches(text: string, lines: readonly Line[]): readonly Match[] {
  if (!lines.some(mayDeclare)) return [];
  return declarations(text).flatMap(({ kind, tool = UNNAMED_TOOL, strength, text: shown }) =>
    kind === "ai" ? [{ tool, strength, kind: "declared", text: shown }] : [],
  );
}

function mayDeclare({ text, trailer }: Line): boolean {
  return trailer === null ? TICKED.test(text) : declaringKey(trailer.key) !== null;
}
