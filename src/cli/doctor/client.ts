import type { GitHubClient } from "../../github/client/client.ts";
import type { Environment } from "../github/host.ts";
import { openOctokit } from "../github/octokit.ts";
import { onlyReading } from "../simulate/reading-client.ts";

const WRITES: readonly string[] = [
  "POST /repos/{owner}/{repo}/rulesets",
  "PUT /repos/{owner}/{repo}/rulesets/{id}",
];

/** A client that can read, and write rulesets alone. */
export function rulesetClient(environment: Environment): GitHubClient {
  const octokit = openOctokit(environment);
  const reading = onlyReading(octokit);
  return {
    ...reading,
    request: async (route, parameters) =>
      WRITES.includes(route) ? octokit.request(route, parameters) : reading.request(route, parameters),
  };
}
