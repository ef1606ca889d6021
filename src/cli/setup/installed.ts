import { rest } from "../../github/client/client.ts";
import { GitHubUnavailable, NotFound } from "../../github/client/errors.ts";
import { Failure } from "../failure.ts";
import type { Environment } from "../github/host.ts";
import { openOctokit } from "../github/octokit.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import { appToken } from "./app-token.ts";
import type { Registered } from "./registration.ts";

const LOOK_EVERY_MS = 2_000;
const MOST_LOOKS = 1_800;

export interface Waiting {
  readonly registered: Registered;
  readonly repository: RepositoryName;
  readonly environment: Environment;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Resolves once the App is installed where the repository is. Throws a `Failure` after an hour. */
export async function installed(waiting: Waiting): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    if (await isInstalled(waiting)) return;
    await waiting.sleep(LOOK_EVERY_MS);
  }
  const { owner, repo } = waiting.repository;
  throw new Failure(`the App was not installed on ${owner}/${repo} within an hour: install it from its page`);
}

async function isInstalled({ registered, repository, environment, now }: Waiting): Promise<boolean> {
  const { owner, repo } = repository;
  const client = openOctokit({ ...environment, GITHUB_TOKEN: appToken(registered, now()) });
  const route = "GET /repos/{owner}/{repo}/installation";
  try {
    const need = "the new App's own key";
    await rest(client, { route, parameters: { owner, repo }, need, absent: "not-there" });
    return true;
  } catch (error) {
    // A new App's key may not be known everywhere at once.
    if (error instanceof NotFound || error instanceof GitHubUnavailable) return false;
    throw error;
  }
}
