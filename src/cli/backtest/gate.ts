import { diagnose, type Finding } from "../../doctor/finding.ts";
import type { GitHubClient } from "../../github/client/client.ts";
import { GitHubProblem, GitHubUnavailable, NotFound } from "../../github/client/errors.ts";
import { readFacts } from "../../github/protection/read-facts.ts";
import { Stopped } from "./budget.ts";

interface Asked {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
  /** Where people see GitHub. */
  readonly host: string;
  readonly now: Date;
}

/** Whether the gate is real here today; `null` where that was not read, as when the requests were used up before. */
export async function gateOf({ host, now, ...asker }: Asked): Promise<readonly Finding[] | null> {
  try {
    return diagnose(await readFacts({ asker, host, now }));
  } catch (error) {
    if (IN_VAIN.some((kind) => error instanceof kind)) return null;
    throw error;
  }
}

const IN_VAIN = [Stopped, NotFound, GitHubProblem, GitHubUnavailable];
