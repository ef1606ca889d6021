import type { Octokit } from "@octokit/rest";
import type { GitHubClient } from "../../github/client/client.ts";
import type { Environment } from "../github/host.ts";
import { openOctokit } from "../github/octokit.ts";

/** A client that cannot write: what would is refused before it is sent. */
export function readingClient(environment: Environment): GitHubClient {
  return onlyReading(openOctokit(environment));
}

export function onlyReading(octokit: Octokit): GitHubClient {
  return {
    request: async (route, parameters) => {
      if (!route.startsWith("GET ")) throw new Error(`${route} would write`);
      return octokit.request(route, parameters);
    },
    graphql: async (document, variables) => {
      if (/^[ \t]*mutation\b/m.test(document)) throw new Error("the GraphQL document would write");
      return octokit.graphql(document, variables);
    },
  };
}
