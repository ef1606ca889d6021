import { falsePositivesOf, matcherKey } from "../../provenance/check-catalogue.ts";
import { patternProblem } from "../../provenance/text/safe-pattern.ts";
import type { SignalMatcher } from "../../provenance/tool/tool.ts";
import { MATCHERS, matchersOf, type SignalRow } from "../keys/signal.ts";
import type { Path } from "../place.ts";
import { show, showPath } from "../show.ts";
import type { Finding } from "./validate-schema.ts";

type Row = { readonly signal: SignalRow; readonly path: Path };

/**
 * The same that is asked of the catalogue: one signal a row, patterns that cannot be slow, no signal twice, and none that
 * people write too. A signal that the catalogue has is allowed: it may be weak there, or be added later.
 */
export function validateSignals(signals: readonly SignalRow[], path: Path): readonly Finding[] {
  const rows = signals.map((signal, index): Row => ({ signal, path: [...path, index] }));
  const single = rows.flatMap((row) => [...checkOneMatcher(row), ...checkPatterns(row)]);
  return single.length > 0 ? single : [...checkRepeated(rows), ...checkFalsePositives(rows)];
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

function checkOneMatcher({ signal, path }: Row): readonly Finding[] {
  const where = showPath(path);
  const given = MATCHERS.filter((key) => signal[key] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? "no signal" : `${given.length} signals (${given.join(", ")})`;
    const remedy = `Give it exactly one of ${MATCHERS.join(", ")}; write a row for each signal.`;
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
    matchersOf(signal).flatMap((matcher) => {
      const key = matcherKey(matcher);
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

function checkFalsePositives(rows: readonly Row[]): readonly Finding[] {
  const matchers = rows.flatMap(({ signal }) => matchersOf(signal));
  // Mostly none matches one, which a single look at all of them shows.
  if (falsePositivesIn(matchers).length === 0) return [];
  return rows.flatMap(({ signal, path }) => {
    const [text] = falsePositivesIn(matchersOf(signal));
    if (text === undefined) return [];
    const [place, found] = placeOf(signal, path);
    const message = `${showPath(place)} is ${found}, but people write that too: it matches ${show(text)}.`;
    return [invalid(place, message, "Write a signal that only the tool leaves, whole and from its start.")];
  });
}

function falsePositivesIn(matchers: readonly SignalMatcher[]): readonly string[] {
  return falsePositivesOf(
    matchers.map((matcher) => ({ ...matcher, strength: "strong", source: "the config" })),
  );
}

/** Where the signal of a row stands, and what it is. */
function placeOf(signal: SignalRow, path: Path): readonly [Path, string] {
  const key = MATCHERS.find((each) => signal[each] !== undefined) ?? "tool";
  const value = signal[key];
  return [[...path, key], show(typeof value === "object" ? value.login : value)];
}

function invalid(path: Path, message: string, remedy: string): Finding {
  return { code: "config/invalid-value", path, at: "value", message, remedy };
}
