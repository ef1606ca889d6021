import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EVERY, makeHistory } from "./history.ts";
import { installCommand } from "./installed.ts";
import { printTable } from "./table.ts";

/**
 * What `countersign scan` may cost, beside the `git log` that delivers the same text. Told not to flush after every
 * commit, as the scan tells it, git itself is faster.
 */
const MOST_TIME = 1.25;
const MOST_MEGABYTES = 200;

/** One command that prints all that a scan reads. */
const HISTORY_LOG = [
  ...["log", "-z", "--name-status", "--no-renames", "--diff-merges=off", "--ignore-submodules=none"],
  "--format=tformat:%H%x00%P%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B",
];

interface Length {
  readonly commits: number;
  readonly runs: number;
}

/** `countersign scan` of whole histories: its time beside git's own, and its memory, which must not grow with them. */
export async function benchScan({ commits, runs }: Length): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  try {
    const command = installCommand(folder);
    const rows: (readonly string[])[] = [];
    for (const part of [commits / 10, commits]) {
      const directory = join(folder, `${part}.git`);
      makeHistory(directory, { commits: part, files: 3_000 });
      rows.push(await measured({ command, directory }, { commits: part, runs }));
    }
    const bounds = `bounds from 100,000 commits on: ratio ${MOST_TIME}, memory ${MOST_MEGABYTES} MB`;
    console.log(`countersign scan of a whole history (best of ${runs}; ${bounds})`);
    printTable(
      [
        "commits",
        "scan",
        "git log",
        "ratio",
        "git log, GIT_FLUSH=0",
        "ratio",
        "scan of one commit",
        "peak memory",
      ],
      rows,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured(
  { command, directory }: { readonly command: string; readonly directory: string },
  { commits, runs }: Length,
): Promise<readonly string[]> {
  const scanning = [...TELLING, command, "scan", directory, "--json"];
  const root = String(execFileSync("git", ["-C", directory, "rev-list", "--max-parents=0", "HEAD"])).trim();
  const log = ["-C", directory, ...HISTORY_LOG, "HEAD", "--"];
  const took = { log: [] as Run[], buffered: [] as Run[], scan: [] as Run[], one: [] as Run[] };
  // In turns, so that whatever else the machine does falls on each alike.
  for (let round = 0; round < runs; round += 1) {
    took.log.push(await run("git", log));
    took.buffered.push(await run("git", log, { GIT_FLUSH: "0" }));
    took.scan.push(await run(process.execPath, scanning));
    took.one.push(await run(process.execPath, [...scanning, "--ref", root]));
  }
  for (const { output } of took.scan) hold(output, commits);
  const [scan, plain, buffered] = [best(took.scan), best(took.log), best(took.buffered)];
  const peak = Math.max(...took.scan.map(({ complaint }) => Number(PEAK.exec(complaint)?.[1])));
  return [
    String(commits),
    ms(scan),
    ms(plain),
    (scan / plain).toFixed(2),
    ms(buffered),
    (scan / buffered).toFixed(2),
    ms(best(took.one)),
    `${Math.round(peak / 1024)} MB`,
  ];
}

function best(runs: readonly Run[]): number {
  return Math.min(...runs.map(({ time }) => time));
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

const TELLING = ["--import", `data:text/javascript,${encodeURIComponent(TELL_PEAK)}`];

interface Run {
  readonly time: number;
  readonly output: string;
  readonly complaint: string;
}

/** Git's output is read and dropped: a hundred megabytes of it would measure this process instead. */
async function run(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
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

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
