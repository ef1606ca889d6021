import { relevantLines } from "../../src/ownership/relevant.ts";
import { createMatcher } from "../../src/paths/matcher.ts";
import { parsePattern } from "../../src/paths/pattern.ts";

/** Milliseconds of the main thread that one pattern takes, reading it included. */
export function measureBacktracking(): number {
  const start = process.threadCpuUsage();
  const parsed = parsePattern("/*a*a*a*a*b");
  if (!parsed.ok || createMatcher([parsed.pattern]).matches("a".repeat(200)))
    throw new Error("it must not match");
  return milliseconds(process.threadCpuUsage(start));
}

export interface HeldUp {
  readonly why: string;
  readonly rules: number;
  /** Milliseconds of the main thread. */
  readonly inAll: number;
  /** The longest time without a pause. */
  readonly longest: number;
  readonly refused: boolean;
}

const FILES = 230;

/** A file just under 3 MB for a pull request of 230 files, in slices as a server does it. */
export function measureHeldUp(rules: number): readonly HeldUp[] {
  const files = Array.from(
    { length: FILES },
    (_, index) => `src/part-${index}/${"ab".repeat(12)}-${index}.ts`,
  );
  const makes = [
    { why: "floating wildcards", line: (index: number) => `*a*${index.toString(36)}*b @o` },
    { why: "names in one directory", line: (index: number) => `/src/part-${index}/ @o` },
  ];
  return makes.map(({ why, line }) => {
    const text = Array.from({ length: rules }, (_, index) => line(index)).join("\n");
    return { why, rules, ...measureSlices(text, files) };
  });
}

function measureSlices(text: string, files: readonly string[]): Omit<HeldUp, "why" | "rules"> {
  const slices = relevantLines(text, files);
  let [inAll, longest] = [0, 0];
  for (;;) {
    const before = process.threadCpuUsage();
    const { done, value } = slices.next();
    const time = milliseconds(process.threadCpuUsage(before));
    inAll += time;
    longest = Math.max(longest, time);
    if (done) return { inAll, longest, refused: !value.ok };
  }
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
