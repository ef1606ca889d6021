import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { START_OPTIONS } from "../../test/app/process.ts";
import { printTable } from "../table.ts";
import type { Size } from "./diffs.ts";

const RUNS = 3;
const RUN = fileURLToPath(new URL("./run.ts", import.meta.url));

/** CPU time and peak memory of finding the hazards of a large diff and of a hostile one, each cold. */
export function benchHazards({ files, lines }: Size): void {
  console.log(
    `hazards of a diff (best of ${RUNS} processes that are started as the app is; aim: 2 s and 300 MB for 3,000 files of 100,000 lines in all)`,
  );
  printTable(
    ["diff", "files", "found", "CPU time", "peak memory"],
    [
      measured(`${lines} changed lines`, ["large", String(files), String(lines)]),
      measured("1 MB on one line, 1 MB of nesting", ["hostile"]),
    ],
  );
}

function measured(name: string, args: readonly string[]): readonly string[] {
  const runs = Array.from({ length: RUNS }, () => run(args)).toSorted((one, other) => one.time - other.time);
  const [best] = runs;
  if (best === undefined) throw new Error("nothing was run");
  const memory = Math.max(...runs.map((each) => each.memory));
  return [
    name,
    String(best.files),
    String(best.found),
    `${Math.round(best.time)} ms`,
    `${Math.round(memory / 1e6)} MB`,
  ];
}

interface Run {
  readonly files: number;
  readonly found: number;
  /** Of the CPU, in milliseconds, with what collecting garbage and compiling take beside. */
  readonly time: number;
  /** In bytes. */
  readonly memory: number;
}

function run(args: readonly string[]): Run {
  return JSON.parse(execFileSync(process.execPath, [...START_OPTIONS, RUN, ...args], { encoding: "utf8" }));
}
