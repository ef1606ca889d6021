import type { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Budget } from "../cli/backtest/budget.ts";
import { hearQuota } from "../cli/backtest/metered-client.ts";
import { Failure } from "../cli/failure.ts";
import { openOctokit } from "../cli/github/octokit.ts";
import { appToken } from "../cli/setup/app-token.ts";
import { type GitHubClient, parsed, rest } from "../github/client/client.ts";
import { NotFound } from "../github/client/errors.ts";
import type { Inputs } from "./inputs.ts";
import { type Access, GITHUB_ACTIONS } from "./ports.ts";
import type { Runner } from "./runner.ts";
import { teamsMayBeHidden } from "./teams.ts";

interface Asked {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly hour: Budget;
  readonly now: () => Date;
  /** Given each secret that is made on the way. */
  readonly withheld: (secret: string) => void;
}

/**
 * By the own App where its key is given, else by the token.
 * @throws {Failure | GitHubUnavailable | GitHubProblem}
 */
export async function openAccess({ inputs, runner, hour, now, withheld }: Asked): Promise<Access> {
  const { server, repository: name } = runner;
  const open = (token: string): GitHubClient => {
    const octokit = openOctokit({
      ...{ GITHUB_TOKEN: token, GHE_HOST: server.host, GHE_PROTOCOL: server.protocol.replace(":", "") },
    });
    hearQuota(octokit, hour);
    return clientOf(octokit);
  };
  const repository = { ...name, installationId: 0 };
  if (inputs.app === null)
    return { client: teamsMayBeHidden(open(inputs.token)), repository, appId: GITHUB_ACTIONS, now };
  const { id: appId, pem } = inputs.app;
  const asApp = signed({ id: appId, pem }, now());
  withheld(asApp);
  const token = await installationToken(open(asApp), appId, runner);
  withheld(token);
  return { client: open(token), repository, appId, now };
}

function clientOf(octokit: Octokit): GitHubClient {
  return {
    request: (route, parameters) => octokit.request(route, parameters),
    graphql: (document, variables) => octokit.graphql(document, variables),
  };
}

function signed(app: { readonly id: number; readonly pem: string }, now: Date): string {
  try {
    return appToken(app, now);
  } catch {
    // What the key's reader says may quote the key.
    throw new Failure("`private-key` is no key that can sign: give the whole text of the PEM file");
  }
}

const installationAnswer = z.object({ id: z.int() });
const tokenAnswer = z.object({ token: z.string().min(1) });

/** For all that the App is installed on: the organization's floor lies in another repository. */
async function installationToken(
  client: GitHubClient,
  appId: number,
  { repository }: Runner,
): Promise<string> {
  const { owner, repo } = repository;
  const route = "GET /repos/{owner}/{repo}/installation";
  const found = await rest(client, {
    ...{ route, parameters: { owner, repo }, need: "Metadata: read", absent: "not-there" },
  }).catch((error: unknown) => {
    throw error instanceof NotFound
      ? new Failure(`the App ${appId} is not installed on ${owner}/${repo}: install it there`)
      : error;
  });
  const { id } = parsed(installationAnswer, found.data, "the App's installation");
  const { data } = await rest(client, {
    route: "POST /app/installations/{installation_id}/access_tokens",
    parameters: { installation_id: id },
    need: "Metadata: read",
  });
  return parsed(tokenAnswer, data, "the App's token").token;
}
