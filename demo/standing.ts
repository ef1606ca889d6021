import {
  latestRuns,
  requiredChecksFor,
  type Standing,
  standingOf,
} from "../test/github-double/world/merge-requirements.ts";
import type { CheckRun, Pull, Review } from "../test/github-double/world/model.ts";
import { latestOpinionated } from "../test/github-double/world/reviews.ts";

export interface CheckLine {
  readonly name: string;
  readonly required: boolean;
  readonly standing: Standing;
  /** `null` if it is required but not reported yet. */
  readonly run: CheckRun | null;
}

/** What the merge box lists: the base's required checks, then any others reported on the head. */
export function checkLines({ repo, baseRef, headSha }: Pull): readonly CheckLine[] {
  const runs = latestRuns(repo, headSha);
  const required = requiredChecksFor(repo, baseRef, null);
  const asked = required.map((check) => ({
    name: check.context,
    required: true,
    standing: standingOf(repo, headSha, check),
    run:
      runs.find(({ name, suite }) => name === check.context && suite.appId === check.integrationId) ?? null,
  }));
  const others = runs
    .filter((run) => !asked.some((line) => line.run === run))
    .map((run) => ({
      name: run.name,
      required: false,
      standing: standingOf(repo, headSha, { context: run.name, integrationId: run.suite.appId }),
      run,
    }));
  return [...asked, ...others];
}

export type PullState = "open" | "draft" | "merged" | "closed";

export function stateOf({ mergedAt, state, draft }: Pull): PullState {
  if (mergedAt !== null) return "merged";
  if (state === "closed") return "closed";
  return draft ? "draft" : "open";
}

/** Each reviewer's newest approval or refusal, or their newest comment if they gave neither. */
export function reviewsByPerson(pull: Pull): readonly Review[] {
  const opinions = latestOpinionated(pull, { writersOnly: false });
  const heard = new Set(opinions.map(({ author }) => author));
  const comments = new Map(
    pull.reviews.filter(({ author }) => !heard.has(author)).map((review) => [review.author, review]),
  );
  return [...opinions, ...comments.values()];
}
