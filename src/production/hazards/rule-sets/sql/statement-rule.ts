import type { Asks, Finding, HazardKind } from "../../hazard.ts";
import { HAZARD_LIMITS } from "../../limits.ts";
import { added, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { readChanges, type SqlPlace } from "./change.ts";
import { plain } from "./names.ts";
import { isWayBackFile } from "./way-back-file.ts";

interface StatementRule {
  readonly id: string;
  readonly kind: HazardKind;
  readonly asks: Asks;
  readonly when: string;
  readonly pattern: RegExp;
  /** `null` stays ignores. */
  readonly why: (found: RegExpExecArray, place: SqlPlace) => string | null;
  readonly reports: readonly Example[];
  readonly ignores: readonly Example[];
}

export function statementRule({ pattern, why: sentence, ...rest }: StatementRule): Rule {
  const global = new RegExp(pattern.source, "gi");
  return {
    ...rest,
    *file(file, files): Generator<Finding> {
      if (isWayBackFile(file, files)) return;
      for (const { came, by } of readChanges(file)) {
        for (const place of came) {
          for (const text of inPieces(place.text)) {
            for (const found of text.matchAll(global)) {
              const why = sentence(found, place);
              if (why === null) continue;
              const what = shown(plain(found[1] ?? found[0]));
              const after = text.slice(0, HAZARD_LIMITS.quoteLength);
              yield { by, what, file: file.path, line: place.line, side: "after", why, after };
            }
          }
        }
      }
    },
  };
}

/** A very long statement in pieces, each after the words it begins with. */
function inPieces(text: string): readonly string[] {
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  if (text.length <= lineLength) return [text];
  const head = text.slice(0, lineOverlap);
  const pieces = Array.from({ length: Math.ceil(text.length / (lineLength - lineOverlap)) }, (_, index) =>
    text.slice(index * (lineLength - lineOverlap), index * (lineLength - lineOverlap) + lineLength),
  );
  return pieces.map((piece, index) => (index === 0 ? piece : `${head} ${piece}`));
}

export const isOwn = (name: string, { own }: SqlPlace) => own.replaced.has(name);

export const isCreated = (name: string, { own }: SqlPlace) => own.created.has(name);

export const migration = (text: string) => added("db/migrations/0007_step.sql", text);
