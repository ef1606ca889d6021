import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CLI = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

const run = promisify(execFile);

/** What stands on a person's machine when the story is over. */
export interface Proof {
  /** A page that shows every change, exceptions first. */
  readonly report: string;
  /** A statement that the app signed of a merge; `null` where nothing was merged. */
  readonly statement: string | null;
  /** What checking both said. */
  readonly said: readonly string[];
}

/** Exports the ledger of the app, and has the export and a signed statement checked by the command line. */
export async function prove(data: string, now: Date): Promise<Proof> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-proof-"));
  const ledger = async (...args: readonly string[]) => {
    const env = { PATH: process.env.PATH ?? "", COUNTERSIGN_DATA: data };
    const { stdout } = await run(process.execPath, [...process.execArgv, CLI, "ledger", ...args], {
      cwd: folder,
      env,
    });
    return stdout.split("\n", 1)[0] ?? "";
  };
  const year = String(now.getUTCFullYear());
  const exported = await ledger("export", "--from", year, "--to", year, "--out", "export");
  const whole = await ledger("verify", "export");
  const report = join(folder, "export", "report.html");
  const said = [exported, `the export: ${whole}`];
  const [bundle = ""] = (await readFile(join(folder, "export", "attestations.jsonl"), "utf8")).split("\n");
  if (bundle === "") return { report, statement: null, said };
  const statement = join(folder, "statement.json");
  await writeFile(statement, bundle);
  const signed = await ledger("verify", "statement.json", "--keys", join("export", "keys.json"));
  return { report, statement, said: [...said, `the statement: ${signed}`] };
}
