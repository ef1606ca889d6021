import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { printTable } from "../table.ts";
import type { EngineName } from "./engines.ts";
import { measureBacktracking, measureHeldUp } from "./hostile.ts";
import { generateTree, realTrees, type Tree } from "./trees.ts";
import { measureWarm } from "./warm.ts";

const RUN = fileURLToPath(new URL("run.ts", import.meta.url));

export interface OwnershipBench {
  /** Processes for each engine and tree; the best counts. */
  readonly runs: number;
  readonly rules: number;
  /** Paths that the slow engines are asked for at most; their time for all of them is worked out from that. */
  readonly sample: number;
  readonly real: boolean;
}

/** Who owns a whole tree: cold beside other readers, warm beside one look-up in a map; then what is hostile. */
export function benchOwnership({ runs, rules, sample, real }: OwnershipBench): void {
  const parent = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  try {
    const trees = [...(real ? realTrees() : []), generateTree(parent, rules)];
    printCold(trees, { runs, sample });
    printWarm(trees);
  } finally {
    rmSync(parent, { recursive: true });
  }
  printHostile(16 * rules);
}

interface Cold {
  readonly files: number;
  readonly asked: number;
  /** Milliseconds for all files. */
  readonly cold: number;
  readonly wrong: number;
}

function printCold(trees: readonly Tree[], { runs, sample }: Pick<OwnershipBench, "runs" | "sample">): void {
  const rows = trees.flatMap((tree) => {
    const ours = bestOf(runs, () => measure("countersign", tree, Number.MAX_SAFE_INTEGER));
    const peers = (["minimatch", "codeowners"] as const).map((engine) => {
      const peer = bestOf(Math.min(runs, 2), () => measure(engine, tree, sample));
      return [engine, peer, `${(peer.cold / ours.cold).toFixed(1)} x`] as const;
    });
    return ([["countersign", ours, ""], ...peers] as const).map(([engine, cold, ratio]) => [
      tree.name,
      engine,
      perSecond(cold),
      ratio,
      `${((100 * cold.wrong) / cold.asked).toFixed(1)} %`,
      cold.asked === cold.files ? "all" : `${cold.asked} of ${cold.files}`,
    ]);
  });
  console.log(`owners of a whole tree, cold: files a second of the main thread, best of ${runs} processes`);
  printTable(["tree", "reader", "files/s", "ours is", "wrong owners", "asked"], rows);
}

function measure(engine: EngineName, { folder }: Tree, most: number): Cold {
  const args = ["--disable-warning=ExperimentalWarning", RUN, engine, folder, String(most)];
  const measured: Cold = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  return measured;
}

function bestOf(runs: number, measureOnce: () => Cold): Cold {
  return Array.from({ length: runs }, measureOnce).reduce((best, each) =>
    each.cold < best.cold ? each : best,
  );
}

function perSecond({ files, cold }: Cold): string {
  return Math.round((1000 * files) / cold).toLocaleString("en");
}

function printWarm(trees: readonly Tree[]): void {
  const rows = trees.map((tree) => {
    const { ours, map } = measureWarm(tree);
    return [tree.name, `${ours.toFixed(0)} ns`, `${map.toFixed(0)} ns`, `${(ours / map).toFixed(1)} x`];
  });
  console.log("owners of one file, warm, beside one look-up in a map that holds every path (aim: 5 x)");
  printTable(["tree", "ours", "map", "ratio"], rows);
}

function printHostile(rules: number): void {
  console.log("hostile input (aims: 5 ms; 2,000 ms in all, 50 ms at a stretch)");
  const rows = measureHeldUp(rules).map(({ why, inAll, longest, refused }) => [
    `${rules} rules: ${why}, 230 files`,
    `${inAll.toFixed(0)} ms`,
    `${longest.toFixed(0)} ms`,
    refused ? "refused" : "answered",
  ]);
  const first = ["/*a*a*a*a*b against 200 a", `${measureBacktracking().toFixed(1)} ms`, "", "answered"];
  printTable(["what", "in all", "at a stretch", ""], [first, ...rows]);
}
