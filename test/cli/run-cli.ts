import { spawn } from "node:child_process";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../src/cli/command.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { COMPILE_CACHE } from "../app/compile-cache.ts";
import { leaveCi } from "./ci-environment.ts";
import { isolatedEnvironment } from "./temporary-repository.ts";

leaveCi();

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** The real command in a process of its own. */
export async function runProcess(
  directory: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  { closeOutput }: { readonly closeOutput: boolean } = { closeOutput: false },
): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: directory,
    env: { ...isolatedEnvironment(directory), ...COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  if (closeOutput) child.stdout.destroy();
  const [stdout, stderr, code] = await Promise.all([
    closeOutput ? "" : text(child.stdout),
    text(child.stderr),
    closed,
  ]);
  return { code, stdout, stderr };
}

/** The same in this process, on 2026-11-23. */
export function run(directory: string, ...args: readonly string[]): Promise<Ran> {
  return runWith({}, directory, args);
}

/** The same with a git that has less time than usual. */
export async function runWith(
  given: Pick<Terminal, "limits">,
  directory: string,
  args: readonly string[],
): Promise<Ran> {
  const stdout = sink();
  const stderr = sink();
  const code = await runCommand(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    directory,
    now: () => new Date("2026-11-23T00:00:00Z"),
    ...given,
  });
  return { code, stdout: stdout.written(), stderr: stderr.written() };
}

export function sink(): { readonly stream: Writable; readonly written: () => string } {
  let written = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  return { stream, written: () => written };
}
