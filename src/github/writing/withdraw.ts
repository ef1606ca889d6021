import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, restList } from "../client/client.ts";
import { GitHubUnavailable, TokenRefused } from "../client/errors.ts";
import { mutate } from "../client/mutation.ts";
import { updateMutation } from "./check-mutation.ts";
import { type RunWrite, withdrawal } from "./check-plan.ts";
import { CHECKS, patch } from "./publish.ts";

/** A check that no longer holds. */
export interface WithdrawnCheck {
  readonly repository: RepositoryRef;
  /** GraphQL's name of the repository; `null` where it was never told. */
  readonly repositoryNodeId: string | null;
  readonly headSha: string;
  readonly name: string;
  /** `null` where it is not known which run a lost answer told of: then every pass of this name is withdrawn. */
  readonly checkRunId: number | null;
  readonly checkNodeId: string | null;
  readonly inGroup: boolean;
  readonly appId: number;
  /** A sentence for people. */
  readonly reason: string;
}

/**
 * Blocks a head commit whose verdict may no longer hold, until it is judged again: by REST, or by GraphQL where REST
 * cannot answer, since each has a limit of its own.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function withdraw(client: GitHubClient, check: WithdrawnCheck): Promise<void> {
  const write = withdrawal(check.reason, check.inGroup);
  const runs = check.checkRunId === null ? await passingRuns(client, check) : [check.checkRunId];
  for (const id of runs) {
    try {
      await patch(client, check.repository, { id, write });
    } catch (error) {
      if (!(error instanceof GitHubUnavailable) || error instanceof TokenRefused) throw error;
      if (!(await byGraphql(client, check, write))) throw error;
    }
  }
}

/**
 * The same of every check of the App on a commit, by REST alone.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function withdrawAll(
  client: GitHubClient,
  { reason, ...of }: Pick<WithdrawnCheck, "repository" | "headSha" | "appId" | "reason">,
): Promise<void> {
  for (const id of await passingRuns(client, of))
    await patch(client, of.repository, { id, write: withdrawal(reason, false) });
}

/** Whether it was done. */
async function byGraphql(
  client: GitHubClient,
  { repositoryNodeId, checkNodeId }: WithdrawnCheck,
  write: RunWrite,
): Promise<boolean> {
  if (repositoryNodeId === null || checkNodeId === null) return false;
  const place = { repositoryId: repositoryNodeId, run: checkNodeId };
  const outcomes = await mutate(client, [updateMutation("withdraw", place, write)]).catch(() => null);
  return outcomes?.get("withdraw")?.status === "done";
}

const runsAnswer = z.object({
  check_runs: z.array(z.object({ id: z.int(), conclusion: z.string().nullish() })),
});

const PASSING: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);

/** Of one name, or of all. */
async function passingRuns(
  client: GitHubClient,
  {
    repository: { owner, repo },
    headSha,
    name,
    appId,
  }: Pick<WithdrawnCheck, "repository" | "headSha" | "appId"> & Partial<Pick<WithdrawnCheck, "name">>,
): Promise<readonly number[]> {
  const runs = await restList(
    client,
    {
      route: "GET /repos/{owner}/{repo}/commits/{headSha}/check-runs",
      parameters: {
        ...{ owner, repo, headSha, app_id: appId, filter: "all" },
        ...(name !== undefined && { check_name: name }),
      },
      need: CHECKS,
    },
    (data) => parsed(runsAnswer, data, "the check runs").check_runs,
  );
  return runs.flatMap(({ id, conclusion }) => (PASSING.has(conclusion ?? "") ? [id] : []));
}
