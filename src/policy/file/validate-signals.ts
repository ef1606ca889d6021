import { markKey, trapsOf } from "../../provenance/check-catalogue.ts";
import { patternProblem } from "../../provenance/safe-pattern.ts";
import type { SignalMark } from "../../provenance/tool.ts";
import { MARKS, marksOf, type SignalRow } from "../keys/signal.ts";
import type { Path } from "../place.ts";
import { show, showPath } from "../show.ts";
import type { Finding } from "./validate-schema.ts";

type Row = { readonly signal: SignalRow; readonly path: Path };

/**
 * The same that is asked of the catalogue: one mark a row, patterns that cannot be slow, no mark twice, and none that
 * people make. A mark that the catalogue has is none too many: it may be weak there, or be learned later.
 */
export function validateSignals(signals: readonly SignalRow[], path: Path): readonly Finding[] {
  const rows = signals.map((signal, index): Row => ({ signal, path: [...path, index] }));
  const single = rows.flatMap((row) => [...checkMarks(row), ...checkPatterns(row)]);
  return single.length > 0 ? single : [...checkRepeated(rows), ...checkTraps(rows)];
}

function checkPatterns({ signal, path }: Row): readonly Finding[] {
  return (["value", "line", "branch"] as const).flatMap((key) => {
    const pattern = signal[key];
    const defect = pattern === undefined ? null : patternProblem(pattern);
    if (defect === null) return [];
    const message = `${showPath([...path, key])} is ${show(pattern)}, but ${defect}.`;
    const remedy = "Write a regular expression that is simple and bounded.";
    return [{ code: "config/invalid-pattern", path: [...path, key], at: "value", message, remedy }];
  });
}

function checkMarks({ signal, path }: Row): readonly Finding[] {
  const where = showPath(path);
  const marks = MARKS.filter((mark) => signal[mark] !== undefined);
  if (marks.length !== 1) {
    const found = marks.length === 0 ? "no mark" : `${marks.length} marks (${marks.join(", ")})`;
    const remedy = `Give it exactly one of ${MARKS.join(", ")}; write a row for each mark.`;
    return [invalid(path, `${where} has ${found}.`, remedy)];
  }
  if (signal.value !== undefined && signal.trailer === undefined) {
    const remedy = "Remove it, or name the trailer whose value it is.";
    return [invalid([...path, "value"], `${where} has a value, but no trailer.`, remedy)];
  }
  const { account } = signal;
  if (account === undefined || account.id !== undefined || account.login.endsWith("[bot]")) return [];
  const message = `${where}.account has no "id", but a login alone proves nothing for a user.`;
  const remedy = `Add the id that \`gh api users/${account.login} --jq .id\` prints.`;
  return [invalid([...path, "account"], message, remedy)];
}

function checkRepeated(rows: readonly Row[]): readonly Finding[] {
  const first = new Map<string, Path>();
  return rows.flatMap(({ signal, path }) =>
    marksOf(signal).flatMap((mark) => {
      const key = markKey(mark);
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, path);
        return [];
      }
      const [place, found] = placeOf(signal, path);
      const message = `${showPath(place)} is ${found}, which ${showPath(earlier)} says already.`;
      return [invalid(place, message, "Remove one of the two rows.")];
    }),
  );
}

function checkTraps(rows: readonly Row[]): readonly Finding[] {
  const marks = rows.flatMap(({ signal }) => marksOf(signal));
  // Mostly none is trapped, which one look at all of them tells.
  if (marks.length === 0 || trapsIn(marks).length === 0) return [];
  return rows.flatMap(({ signal, path }) => {
    const [trap] = trapsIn(marksOf(signal));
    if (trap === undefined) return [];
    const [place, found] = placeOf(signal, path);
    const message = `${showPath(place)} is ${found}, but people write that too: it matches ${show(trap)}.`;
    return [invalid(place, message, "Write a mark that only the tool leaves, whole and from its start.")];
  });
}

function trapsIn(marks: readonly SignalMark[]): readonly string[] {
  return trapsOf(marks.map((mark) => ({ ...mark, strength: "strong", source: "the config" })));
}

/** Where the mark of a row stands, and what it is. */
function placeOf(signal: SignalRow, path: Path): readonly [Path, string] {
  const key = MARKS.find((mark) => signal[mark] !== undefined) ?? "tool";
  const value = signal[key];
  return [[...path, key], show(typeof value === "object" ? value.login : value)];
}

function invalid(path: Path, message: string, remedy: string): Finding {
  return { code: "config/invalid-value", path, at: "value", message, remedy };
}
