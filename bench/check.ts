import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeHistory } from "./history.ts";
import { printTable } from "./table.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
const CLI = join(PROJECT, "src/cli/main.ts");
/** `countersign check` beside the `git log` that delivers the same text, over this repository and a generated one. */
export function benchCheck({ commits, runs }: { readonly commits: number; readonly runs: number }): void {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  try {
    const generated = join(folder, "generated.git");
    makeHistory(generated, { commits, files: 3_000 });
    const rows = [
      measured("this repository", { directory: PROJECT, runs }),
      measured(`generated, ${commits} commits`, { directory: generated, runs }),
    ];
    console.log(`countersign check of a whole history (best of ${runs})`);
    printTable(["history", "commits", "check", "git log --raw --numstat", "ratio", "start-up alone"], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Measuring {
  readonly directory: string;
  readonly runs: number;
}

function measured(name: string, { directory, runs }: Measuring): readonly string[] {
  const root = rootOf(directory);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", directory, ...args], { maxBuffer: 1 << 30 });
  const check = best(runs, () =>
    run(["check", "--repo", directory, "--base", root, "--head", "HEAD", "--json"]),
  );
  const log = best(runs, () =>
    git("log", "--raw", "--numstat", "--format=%H%n%an%n%ae%n%cn%n%ce%n%B", `${root}..HEAD`),
  );
  const count = String(git("rev-list", "--count", `${root}..HEAD`)).trim();
  const startUp = best(runs, () => run(["--version"]));
  return [name, count, ms(check), ms(log), (check / log).toFixed(2), ms(startUp)];
}

/** Exit codes 0 and 1 are both answers. */
function run(args: readonly string[]): void {
  try {
    execFileSync(process.execPath, ["--disable-warning=ExperimentalWarning", CLI, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 30,
    });
  } catch (error) {
    if (!(error instanceof Error) || !("status" in error) || error.status !== 1) throw error;
  }
}

function rootOf(directory: string): string {
  const roots = execFileSync("git", ["-C", directory, "rev-list", "--max-parents=0", "HEAD"]);
  return String(roots).trim().split("\n")[0] ?? "";
}

function best(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
