import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { promisify } from "node:util";
import { findProgram } from "../local-git/process/executable.ts";
import { type Environment, hostOf } from "./host.ts";

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;

/** The token of whoever is logged in with GitHub's own command line; `null` where there is none. */
export async function tokenOfGh(environment: Environment, folder: string): Promise<string | null> {
  const gh = await findProgram("gh", { folder, path: environment.PATH ?? "" });
  if (gh === null) return null;
  try {
    // Not from `folder`: the settings of a repository there are not ours.
    const options = { timeout: TIMEOUT_MS, cwd: homedir(), env: { ...environment } };
    const { stdout } = await run(gh, ["auth", "token", "--hostname", hostOf(environment)], options);
    const token = stdout.trim();
    return /^[\w.-]+$/.test(token) ? token : null;
  } catch {
    // It says why on its own error output, which may quote a token; that there is none says enough.
    return null;
  }
}
