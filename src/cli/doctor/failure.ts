import { GitHubProblem, GitHubUnavailable, NotFound } from "../../github/client/errors.ts";
import { Failure } from "../failure.ts";
import type { RepositoryName } from "../github/repository-name.ts";

/** What GitHub's answers mean to whoever ran the command; other errors as they are. */
export function asFailure(error: unknown, { owner, repo }: RepositoryName): unknown {
  if (error instanceof NotFound) {
    return new Failure(
      `${owner}/${repo} does not exist or is not visible: check its spelling, and that the token can read it`,
    );
  }
  if (error instanceof GitHubProblem) return new Failure(error.message);
  return error instanceof GitHubUnavailable ? new Failure(`${error.message}; try again`) : error;
}
