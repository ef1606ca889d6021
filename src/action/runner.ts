import { z } from "zod";
import { Failure } from "../cli/failure.ts";
import type { Environment } from "../cli/github/host.ts";

/** What the runner tells of the run (docs.github.com, "Variables reference"). */
export interface Runner {
  readonly repository: { readonly owner: string; readonly repo: string; readonly repositoryId: number };
  /** `https://github.com`, or an Enterprise Server. */
  readonly server: URL;
  readonly event: string;
  /** Files: the event's payload, the step's outputs and its summary. */
  readonly eventPath: string;
  readonly outputPath: string | null;
  readonly summaryPath: string | null;
  /** The page of the run. */
  readonly page: string;
}

const filled = z.string().min(1);

const variables = z.object({
  GITHUB_REPOSITORY: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  GITHUB_REPOSITORY_ID: z.string().regex(/^[1-9]\d*$/),
  GITHUB_SERVER_URL: z.url({ protocol: /^https?$/ }),
  GITHUB_EVENT_NAME: filled,
  GITHUB_EVENT_PATH: filled,
  GITHUB_RUN_ID: z.string().regex(/^\d+$/),
  GITHUB_OUTPUT: filled.optional(),
  GITHUB_STEP_SUMMARY: filled.optional(),
});

/** @throws {Failure} outside of a runner */
export function runnerOf(environment: Environment): Runner {
  const result = variables.safeParse(environment);
  if (!result.success)
    throw new Failure(
      `${result.error.issues[0]?.path.join(".")} is missing: this runs in GitHub Actions only`,
    );
  const given = result.data;
  const [owner = "", repo = ""] = given.GITHUB_REPOSITORY.split("/");
  const server = new URL(given.GITHUB_SERVER_URL);
  return {
    repository: { owner, repo, repositoryId: Number(given.GITHUB_REPOSITORY_ID) },
    server,
    event: given.GITHUB_EVENT_NAME,
    eventPath: given.GITHUB_EVENT_PATH,
    outputPath: given.GITHUB_OUTPUT ?? null,
    summaryPath: given.GITHUB_STEP_SUMMARY ?? null,
    page: `${server.origin}/${owner}/${repo}/actions/runs/${given.GITHUB_RUN_ID}`,
  };
}
