import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { findProgram } from "../local-git/process/executable.ts";
import { type Environment, hostOf, tokenOf } from "./host.ts";

const TIMEOUT_MS = 10_000;

/**
 * The environment with the token of a person: the one given, or the one that the GitHub CLI keeps for that host. The
 * same where there is none.
 */
export async function withPersonToken(environment: Environment, directory: string): Promise<Environment> {
  if (tokenOf(environment) !== null) return environment;
  const gh = await findProgram("gh", directory, environment.PATH ?? "");
  const token = gh === null ? null : await tokenKeptBy(gh, environment);
  return token === null ? environment : { ...environment, GITHUB_TOKEN: token };
}

function tokenKeptBy(gh: string, environment: Environment): Promise<string | null> {
  const args = ["auth", "token", "--hostname", hostOf(environment)];
  // Not from the folder one stands in: the settings of a repository there are not ours.
  const options = { cwd: homedir(), env: environment, timeout: TIMEOUT_MS, windowsHide: true };
  return new Promise((resolve) => {
    execFile(gh, args, options, (error, stdout) => {
      const token = stdout.trim();
      resolve(error === null && /^[\w.-]+$/.test(token) ? token : null);
    });
  });
}
