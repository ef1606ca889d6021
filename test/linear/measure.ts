import { threadTime } from "../thread-time.ts";
import { type Repetition, repetitionsOf, textOf } from "./repeated-units.ts";

const SAMPLE = 4_000;
/** How many of the slowest texts are tried at full length. */
const TRIED = 3;

/** At `length` characters nothing may take `mostMs` milliseconds. */
export interface Bound {
  readonly length: number;
  readonly mostMs: number;
}

/** The text that takes longest at full length, and how long, in milliseconds of this thread. */
export interface Slowest {
  readonly text: string;
  readonly ms: number;
}

/** `run` reads a whole text with the expression, as its callers do. */
export function slowest(pattern: RegExp, run: (text: string) => void, bound: Bound): Slowest {
  const samples: { readonly repetition: Repetition; readonly ms: number }[] = [];
  for (const repetition of repetitionsOf(pattern)) {
    const ms = shortest(() => run(textOf(repetition, SAMPLE)), SHORT_MS);
    samples.push({ repetition, ms });
    if (ms * (bound.length / SAMPLE) > bound.mostMs) break;
  }
  const tried = samples.toSorted((one, other) => other.ms - one.ms).slice(0, TRIED);
  const whole = tried.map(({ repetition }) => measured(repetition, run, bound));
  return whole.toSorted((one, other) => other.ms - one.ms)[0] ?? { text: "", ms: 0 };
}

/**
 * Doubles the length while that is quick: what is quadratic is seen long before it takes minutes, and what would stay
 * far below `mostMs` even if it were cubic need not be read to the end.
 */
function measured(repetition: Repetition, run: (text: string) => void, { length, mostMs }: Bound): Slowest {
  const text = JSON.stringify(repetition);
  for (let tried = SAMPLE; ; tried *= 2) {
    const size = Math.min(tried, length);
    const inProportion =
      shortest(() => run(textOf(repetition, size)), (mostMs * size) / length) * (length / size);
    const isQuick = inProportion * (length / size) ** 2 < mostMs / 2;
    if (size === length || isQuick || inProportion > 2 * mostMs) return { text, ms: inProportion };
  }
}

const SHORT_MS = 1;

/** The shortest of several times where the first is long: a collection of garbage in a short text is no slow expression. */
function shortest(run: () => void, longMs: number): number {
  const first = threadTime(run);
  return first > longMs ? Math.min(first, threadTime(run), threadTime(run)) : first;
}

/** All matches of one that looks for all, the first of another; of one that is told where to look, at every word. */
export function readWith(pattern: RegExp): (text: string) => void {
  if (pattern.sticky) return (text) => readWords(pattern, text);
  return (text) => {
    pattern.lastIndex = 0;
    if (pattern.global) text.replaceAll(pattern, "");
    else pattern.exec(text);
  };
}

const WORD = /[\p{ID_Continue}$]+|[\s\S]/uy;

function readWords(pattern: RegExp, text: string): void {
  for (let at = 0; at < text.length; ) {
    pattern.lastIndex = at;
    WORD.lastIndex = at;
    const found = pattern.exec(text)?.[0] || WORD.exec(text)?.[0] || "";
    at += found.length;
  }
}
