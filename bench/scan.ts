import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HISTORY_LOG } from "../src/cli/scan/history.ts";
import { EVERY, makeHistory } from "./history.ts";
import { printTable } from "./table.ts";

const CLI = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

/** What `countersign scan` may cost, beside the `git log` that delivers the same text. */
const MOST_TIME = 1.25;
const MOST_MEGABYTES = 200;

interface Length {
  readonly commits: number;
  readonly runs: number;
}

/** `countersign scan` of whole histories: its time beside git's own, and its memory, which must not grow with them. */
export async function benchScan({ commits, runs }: Length): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  try {
    const rows: (readonly string[])[] = [];
    for (const part of [commits / 10, commits]) {
      const directory = join(folder, `${part}.git`);
      makeHistory(directory, { commits: part, files: 3_000 });
      rows.push(await measured(directory, { commits: part, runs }));
    }
    const bounds = `bounds from 100,000 commits on: ratio ${MOST_TIME}, memory ${MOST_MEGABYTES} MB`;
    console.log(`countersign scan of a whole history (best of ${runs}; ${bounds})`);
    printTable(
      ["commits", "scan", "git log of the same text", "ratio", "start-up alone", "peak memory"],
      rows,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured(directory: string, { commits, runs }: Length): Promise<readonly string[]> {
  const [logs, scans, starts]: Run[][] = [[], [], []];
  // In turns, so that whatever else the machine does falls on each alike.
  for (let round = 0; round < runs; round += 1) {
    logs?.push(await run("git", ["-C", directory, ...HISTORY_LOG, "HEAD", "--"]));
    scans?.push(await run(process.execPath, [...NODE, CLI, "scan", directory, "--json"]));
    starts?.push(await run(process.execPath, [...NODE, CLI, "--version"]));
  }
  for (const { output } of scans ?? []) hold(output, commits);
  const [log, scan, start] = [logs, scans, starts].map((each = []) =>
    Math.min(...each.map(({ time }) => time)),
  );
  const peak = Math.max(...(scans ?? []).map(({ complaint }) => Number(PEAK.exec(complaint)?.[1])));
  const ratio = ((scan ?? Number.NaN) / (log ?? Number.NaN)).toFixed(2);
  return [String(commits), ms(scan), ms(log), ratio, ms(start), `${Math.round(peak / 1024)} MB`];
}

/** A scan that counts wrongly is quick for nothing. */
function hold(output: string, commits: number): void {
  const { commits: counted, areas } = JSON.parse(output);
  const found = [counted.all.commits, counted.ai.commits, counted.ai.asked, areas[0]?.ai];
  const [marked, production] = [commits / EVERY.marked, commits / EVERY.production];
  const made = [commits, Math.ceil(marked), Math.ceil(production), Math.ceil(production)];
  if (found.join() !== made.join()) throw new Error(`the scan counted ${found}, not ${made}`);
}

/** On its way out the process tells the most memory it ever held, in kilobytes, as the kernel counted it. */
const TELL_PEAK =
  "import { readFileSync } from 'node:fs'; process.on('exit', () => process.stderr.write(readFileSync('/proc/self/status', 'utf8')))";
const PEAK = /^VmHWM:\s+(\d+) kB$/m;

const NODE = [
  "--disable-warning=ExperimentalWarning",
  "--import",
  `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`,
];

interface Run {
  readonly time: number;
  readonly output: string;
  readonly complaint: string;
}

/** Git's output is read and dropped: a hundred megabytes of it would measure this process instead. */
async function run(command: string, args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let [output, complaint] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    if (command !== "git") output += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${complaint}`);
  return { time: performance.now() - started, output, complaint };
}

function ms(time = Number.NaN): string {
  return `${Math.round(time)} ms`;
}
