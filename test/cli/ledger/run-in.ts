import { Writable } from "node:stream";
import { runCommand } from "../../../src/cli/command.ts";
import type { Ran } from "../run-cli.ts";

/** The command in this process, with settings of its own. */
export async function runIn(
  directory: string,
  settings: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Ran> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const before = { ...process.env };
  Object.assign(process.env, settings);
  try {
    const now = () => new Date("2026-11-23T00:00:00Z");
    const code = await runCommand(args, { stdout, stderr, directory, now });
    return { code, stdout: stdout.text, stderr: stderr.text };
  } finally {
    for (const name of Object.keys(settings))
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
}

class Collected extends Writable {
  text = "";

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
