import type { Asks, Finding, HazardKind } from "../../hazard.ts";
import { HAZARD_LIMITS } from "../../limits.ts";
import type { SqlStatement } from "../../reading/sql.ts";
import { added, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { readChange, type SqlChange } from "./change.ts";
import { plain } from "./names.ts";

interface StatementRule {
  readonly id: string;
  readonly kind: HazardKind;
  readonly asks: Asks;
  readonly when: string;
  readonly pattern: RegExp;
  /** `null` stays ignores. */
  readonly why: (found: RegExpExecArray, change: SqlChange) => string | null;
  readonly reports: readonly Example[];
  readonly ignores: readonly Example[];
}

export function statementRule({ pattern, why, ...rest }: StatementRule): Rule {
  const global = new RegExp(pattern.source, "gi");
  return {
    ...rest,
    *file(file): Generator<Finding> {
      const change = readChange(file);
      for (const { text, line } of change.came.flatMap(inPieces)) {
        for (const found of text.matchAll(global)) {
          const sentence = why(found, change);
          if (sentence === null) continue;
          const what = shown(plain(found[1] ?? found[0]));
          yield {
            by: change.by,
            what,
            file: file.path,
            line,
            side: "after",
            why: sentence,
            after: text.slice(0, HAZARD_LIMITS.quoteLength),
          };
        }
      }
    },
  };
}

/** A very long statement in pieces, each after the words it begins with. */
function inPieces({ text, line }: SqlStatement): readonly SqlStatement[] {
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  if (text.length <= lineLength) return [{ text, line }];
  const head = text.slice(0, lineOverlap);
  const pieces = Array.from({ length: Math.ceil(text.length / (lineLength - lineOverlap)) }, (_, index) =>
    text.slice(index * (lineLength - lineOverlap), index * (lineLength - lineOverlap) + lineLength),
  );
  return pieces.map((piece, index) => ({ text: index === 0 ? piece : `${head} ${piece}`, line }));
}

export const isOwn = (name: string, { own }: SqlChange) => own.replaced.has(name);

export const isCreated = (name: string, { own }: SqlChange) => own.created.has(name);

export const migration = (text: string) => added("db/migrations/0007_step.sql", text);
