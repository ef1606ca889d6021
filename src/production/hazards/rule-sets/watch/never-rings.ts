import type { Finding } from "../../hazard.ts";
import { type Sides, sidesOf } from "../../reading/sides.ts";
import { at, isTrue, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Longer expressions are not taken apart. */
const MOST = 2_000;

const NUMBER = "[-+]?(?:\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?|inf|nan)";
/** Two constants that are compared. */
const CONSTANTS = new RegExp(
  `^(?:vector\\()?\\s?(${NUMBER})\\s?\\)?\\s?(==|!=|>=|<=|>|<)\\s?(?:vector\\()?\\s?(${NUMBER})\\s?\\)?$`,
  "i",
);
const COMPARED = new RegExp(`^(\\S.*?)\\s?(==|!=|>=|<=|>|<)\\s?(${NUMBER})$`, "i");
/** What counts, and so is never below nothing, by its function or by the endings that Prometheus asks for. */
const COUNTS =
  /^(?:count|count_over_time|rate|irate|increase|changes|resets|time|absent|absent_over_time|histogram_quantile|(?:sum|max|min|avg)(?: ?(?:by|without) ?\([^()]*\))? ?\( ?(?:rate|irate|increase|count))\b|^(?:up|probe_success|\w+_(?:total|count|bucket|bytes|seconds|up))(?:\{|\[|$)/;
/** What is 1 or 0. */
const YES_OR_NO = /^(?:up|probe_success|\w+_up)(?:\{[^{}]*\})?$/;

const HOLDS: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  ">": (one, other) => one > other,
  "<": (one, other) => one < other,
  ">=": (one, other) => one >= other,
  "<=": (one, other) => one <= other,
};

function numberOf(text: string): number {
  const word = text.toLowerCase();
  return /inf$/.test(word) ? (word.startsWith("-") ? -1 : 1) * Number.POSITIVE_INFINITY : Number(word);
}

/** Cut at a word outside of brackets and quotes. */
function cutAt(text: string, word: string): readonly string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  let quote = "";
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if ("([{".includes(sign)) depth += 1;
    else if (")]}".includes(sign)) depth -= 1;
    else if (depth === 0 && sign === " " && text.slice(index).toLowerCase().startsWith(` ${word} `)) {
      parts.push(text.slice(start, index).trim());
      start = index + word.length + 2;
    }
  }
  return [...parts, text.slice(start).trim()];
}

/** Whether brackets around all of it say nothing. */
function isEnclosed(text: string): boolean {
  if (!text.startsWith("(") || !text.endsWith(")")) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charAt(index) === "(") depth += 1;
    if (text.charAt(index) === ")") depth -= 1;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
}

/** Whether an expression of Prometheus can have no result, whatever is measured. */
function isImpossible(written: string): boolean {
  const text = isEnclosed(written) ? written.slice(1, -1).trim() : written;
  const choices = cutAt(text, "or");
  if (choices.length > 1) return choices.every(isImpossible);
  const [first = "", ...others] = cutAt(text, "and");
  if (others.length > 0)
    return [first, ...others.map((each) => each.replace(/^(?:on|ignoring) ?\([^()]*\) ?/, ""))].some(
      isImpossible,
    );
  if (text !== written) return isImpossible(text);
  if (/^absent(?:_over_time)? ?\( ?vector ?\(/.test(text)) return true;
  const [, one, sign = "", other = ""] = CONSTANTS.exec(text) ?? [];
  if (one !== undefined) return HOLDS[sign]?.(numberOf(one), numberOf(other)) === false;
  return isOutOfReach(text);
}

function isOutOfReach(text: string): boolean {
  const [, measured = "", sign = "", digits = ""] = COMPARED.exec(text) ?? [];
  const limit = numberOf(digits);
  if (measured === "" || cutAt(measured, "unless").length > 1) return false;
  if (Number.isNaN(limit)) return sign !== "!=";
  if (sign === ">" && limit === Number.POSITIVE_INFINITY) return true;
  if (YES_OR_NO.test(measured)) return !HOLDS[sign]?.(0, limit) && !HOLDS[sign]?.(1, limit);
  const isBelow = (sign === "<" && limit <= 0) || (/^(?:<=|==)$/.test(sign) && limit < 0);
  return isBelow && COUNTS.test(measured) && !/ [-+*/] /.test(measured);
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};
const WEEK = 604_800;

function secondsOf(tree: Tree | undefined): number {
  const parts = [...textOf(tree).matchAll(/(\d{1,9})([smhdwy])/g)];
  return parts.reduce((sum, [, count = "", unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}

interface Alert {
  readonly name: string;
  readonly line: number;
  readonly isSilent: boolean;
  readonly seconds: number;
}

function alertsIn(tree: Tree | undefined): readonly Alert[] {
  if (tree === undefined) return [];
  return [...placesIn(tree)]
    .filter(({ key, within }) => key === "alert" && at(within, "expr") !== undefined)
    .map(({ value, within }) => {
      const expression = at(within, "expr");
      const text = textOf(expression).replaceAll(/#.*$/gm, "").replaceAll(/\s+/g, " ").trim();
      return {
        name: textOf(value),
        line: expression?.line ?? value.line,
        isSilent: text.length <= MOST && isImpossible(text),
        seconds: secondsOf(at(within, "for")),
      };
    });
}

/** Alerts of Grafana, by their ids, and whether they rest. */
function grafanaIn(tree: Tree | undefined): ReadonlyMap<string, boolean> {
  const rules = tree === undefined ? [] : placesIn(tree).filter(({ key }) => key === "uid");
  return new Map(rules.map(({ value, within }) => [textOf(value), isTrue(at(within, "isPaused"))]));
}

function* pausedIn(file: string, { before, after }: Sides): Generator<Finding> {
  const was = grafanaIn(before);
  for (const { key, value, within, line } of after === undefined ? [] : placesIn(after)) {
    const id = textOf(at(within, "uid"));
    if (key !== "isPaused" || !isTrue(value) || was.get(id) !== false) continue;
    const name = shown(textOf(at(within, "title")) || id);
    yield {
      what: name,
      file,
      line,
      side: "after",
      why: `lets the alert ${name} rest: nobody is called when it would ring`,
    };
  }
}

const grafana = (isPaused: boolean) =>
  `groups:\n  - rules:\n      - uid: a\n        title: Down\n        isPaused: ${isPaused}\n`;

const rules = (expression: string, duration = "5m") =>
  `groups:\n  - rules:\n      - alert: Down\n        expr: ${expression}\n        for: ${duration}\n`;

export const NEVER_RINGS: Rule = {
  id: "watch/never-rings",
  kind: "destructive",
  asks: "block",
  when: "an alert of Prometheus or Grafana that was there asks for what cannot be or for what lasts a week and more, or rests",
  *file(file): Generator<Finding> {
    if (typeof file.before !== "string" || !/\balert\b|\bisPaused\b/.test(`${file.before}${file.after}`))
      return;
    const { before, after } = sidesOf(file);
    yield* pausedIn(file.path, { before, after });
    const was = Map.groupBy(alertsIn(before), ({ name }) => name);
    for (const { name, line, isSilent, seconds } of alertsIn(after)) {
      const old = was.get(name) ?? [];
      if (old.length === 0) continue;
      const found = { what: shown(name), file: file.path, line, side: "after" } as const;
      if (isSilent && old.every((each) => !each.isSilent))
        yield { ...found, why: `makes the alert ${shown(name)} ask for what cannot be: it never rings` };
      else if (seconds >= WEEK && old.every((each) => each.seconds < WEEK))
        yield { ...found, why: `makes the alert ${shown(name)} ring only after a week or more` };
    }
  },
  reports: [
    ...[
      "up < 0",
      "up > 1",
      "up == 0 and vector(0) > 1",
      "vector(0) == 1",
      "(up == 0) and on() (1 > 2)",
      "rate(errors_total[5m]) < 0",
      "sum by (job) (rate(errors_total[5m])) > Inf",
      "absent(vector(1))",
      "1 == 2 or up < 0",
    ].map(
      (expression) =>
        [
          "makes the alert `Down` ask for what cannot be: it never rings",
          changed("monitoring/rules.yml", rules("up == 0"), rules(expression)),
        ] as const,
    ),
    [
      "lets the alert `Down` rest: nobody is called when it would ring",
      changed("grafana/alerting.yaml", grafana(false), grafana(true)),
    ],
    [
      "makes the alert `Down` ring only after a week or more",
      changed("monitoring/rules.yml", rules("up == 0"), rules("up == 0", "8760h")),
    ],
  ],
  ignores: [
    ...[
      "up < 1",
      "up == 0 or vector(0) > 1",
      "temperature_celsius < 0",
      "delta(a[5m]) < 0",
      "rate(a_total[5m]) - rate(b_total[5m]) < 0",
      "absent(up) == 1",
      "vector(1) == 1",
      'up{reason="1 > 2 and 2 > 3"} == 0',
    ].map(
      (expression) =>
        ["it can be", changed("monitoring/rules.yml", rules("up == 0"), rules(`'${expression}'`))] as const,
    ),
    ["it rings again", changed("grafana/alerting.yaml", grafana(true), grafana(false))],
    ["it was so before", changed("monitoring/rules.yml", rules("up < 0"), rules("up < -1"))],
    ["a day", changed("monitoring/rules.yml", rules("up == 0"), rules("up == 0", "1d"))],
  ],
};
