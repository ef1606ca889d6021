import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { printTable } from "../table.ts";
import { AREAS, COMMITS, FILES } from "./large-snapshot.ts";

const RUN = fileURLToPath(new URL("./run.ts", import.meta.url));

/** CPU time of judging a very large pull request, beside that of reading its snapshot from text. */
export function benchEvaluate(runs: number): void {
  const flags = ["--disable-warning=ExperimentalWarning", RUN, String(runs)];
  const { size, times }: Run = JSON.parse(execFileSync(process.execPath, flags, { encoding: "utf8" }));
  const [whole, hazards] = [figuresOf(times.evaluate), figuresOf(times.hazards)];
  const rows = [
    ["JSON.parse of the snapshot", figuresOf(times.parse)],
    ["evaluate", whole],
    ["of it, to find the hazards", hazards],
    ["of it, all else", whole.map((figure, index) => figure - (hazards[index] ?? 0))],
    ["judge (with the policy read from YAML)", figuresOf(times.judge)],
    ["judge and explain", figuresOf(times.explain)],
  ] as const;
  console.log(
    `CPU time of judging ${FILES} files, ${COMMITS} commits, ${AREAS} areas, a snapshot of ${Math.round(size / 1024)} KiB (${runs} runs; aim: 50 ms for evaluate)`,
  );
  printTable(
    ["what", "first", "best", "median"],
    rows.map(([what, figures]) => [what, ...figures.map((figure) => `${figure.toFixed(1)} ms`)]),
  );
}

interface Run {
  /** Of the snapshot, in characters. */
  readonly size: number;
  /** In milliseconds. */
  readonly times: Readonly<Record<"parse" | "evaluate" | "hazards" | "judge" | "explain", readonly number[]>>;
}

/** The first, the best and the median, in milliseconds. */
function figuresOf(times: readonly number[]): readonly number[] {
  const [first = 0, ...rest] = times;
  const sorted = rest.toSorted((one, other) => one - other);
  return [first, sorted[0] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
}
