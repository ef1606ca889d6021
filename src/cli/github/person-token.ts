import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { Failure } from "../failure.ts";
import { findProgram } from "../local-git/process/executable.ts";
import { type Environment, hostOf, refuseForeignAddress, tokenOf } from "./host.ts";
import type { RepositoryName } from "./repository-name.ts";

const TIMEOUT_MS = 10_000;

interface Asked {
  readonly repository: RepositoryName;
  readonly environment: Environment;
}

/**
 * The environment with the token of a person: the one given, or the one that the GitHub CLI keeps for the host that is
 * asked. Throws a `Failure` where there is none, or where the repository lies on another host.
 */
export async function withPersonToken(
  { repository, environment }: Asked,
  directory: string,
): Promise<Environment> {
  refuseForeignAddress(repository.host, environment);
  if (tokenOf(environment) !== null) return environment;
  const gh = await findProgram("gh", directory, environment.PATH ?? "");
  const token = gh === null ? null : await tokenKeptBy(gh, environment);
  if (token !== null) return { ...environment, GITHUB_TOKEN: token };
  throw new Failure(
    "no token was given: set GITHUB_TOKEN to one that can read the repository, or log in by `gh auth login`",
  );
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
