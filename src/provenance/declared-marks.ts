import { declarations } from "./declared.ts";
import type { Line } from "./lines.ts";
import type { Found } from "./marks.ts";
import { UNNAMED_TOOL } from "./tool-names.ts";

const MAY_DECLARE = /^(?:assisted|generated|ai[ -]|.{0,6}\[x\])/i;

/** The marks of what a text declares; `lines` are those of it that may carry a mark at all. */
export function declaredMarks(text: string, lines: readonly Line[]): readonly Found[] {
  if (!lines.some((line) => MAY_DECLARE.test(line.text))) return [];
  return declarations(text).flatMap(({ kind, tool = UNNAMED_TOOL, strength, text: shown }) =>
    kind === "ai" ? [{ tool, strength, kind: "declared", text: shown }] : [],
  );
}
