import { type Repetition, repetitionsOf, textOf } from "./repeated-units.ts";

const SAMPLE = 4_000;
/** How many of the slowest texts are tried at full length. */
const TRIED = 3;

/** The text that takes longest at full length, and how long, in milliseconds of this thread. */
export interface Slowest {
  readonly text: string;
  readonly ms: number;
}

/** `run` reads a whole text with the expression, as its callers do. */
export function slowest(pattern: RegExp, run: (text: string) => void, length: number): Slowest {
  const samples = repetitionsOf(pattern)
    .map((repetition) => ({ repetition, ms: timed(() => run(textOf(repetition, SAMPLE))) }))
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, TRIED);
  const whole = samples.map(({ repetition }) => measured(repetition, run, length));
  return whole.toSorted((one, other) => other.ms - one.ms)[0] ?? { text: "", ms: 0 };
}

/** Doubles the length while that is quick: what is quadratic is seen long before it takes minutes. */
function measured(repetition: Repetition, run: (text: string) => void, length: number): Slowest {
  const text = JSON.stringify(repetition);
  for (let tried = SAMPLE; ; tried *= 2) {
    const size = Math.min(tried, length);
    const ms = shortest(() => run(textOf(repetition, size)));
    // At full length it would take in proportion, or more.
    if (size === length || ms > GIVE_UP_MS) return { text, ms: ms * (length / size) };
  }
}

const GIVE_UP_MS = 60;

/** The shortest of several times where the first is long: a collection of garbage in a short text is no slow expression. */
function shortest(run: () => void): number {
  const first = timed(run);
  return first > GIVE_UP_MS ? Math.min(first, timed(run), timed(run)) : first;
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

/** Milliseconds of this thread: what else the machine does must not fail a test. */
function timed(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
