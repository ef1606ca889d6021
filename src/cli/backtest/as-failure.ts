import { Failure } from "../failure.ts";
import { failureAbout } from "../github/failure.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import { Stopped } from "./budget.ts";
import { stopSentence } from "./stop-sentence.ts";

/** What went wrong before there was anything to show. */
export function asFailure(error: unknown, { owner, repo }: RepositoryName): unknown {
  if (error instanceof Stopped) return new Failure(stopSentence(error.stop));
  return failureAbout(error, `${owner}/${repo}`);
}
