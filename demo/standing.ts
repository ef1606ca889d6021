import {
  latestRuns,
  requiredChecksFor,
  type Standing,
  standingOf,
} from "../test/github-double/world/merge-requirements.ts";
import type { Account, CheckRun, Issue, Pull, Review } from "../test/github-double/world/model.ts";
import { latestOpinionated } from "../test/github-double/world/reviews.ts";
import type { Stage } from "./stage.ts";

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

/** What the merge button answers to whoever has write access and may not bypass the rules; `null` if it would merge. */
export function whyBlocked({ double, people }: Stage, pull: Pull): string | null {
  return double.world.whyNotMergeable(pull, people.olga);
}

/** Whether GitHub would merge for this person alone, past what blocks others. */
export function mayBypass(stage: Stage, pull: Pull, who: Account): boolean {
  return whyBlocked(stage, pull) !== null && stage.double.world.whyNotMergeable(pull, who) === null;
}

/** Issues whose text names the pull request. */
export function issuesAbout({ repo, number }: Pull): readonly Issue[] {
  const named = new RegExp(`#${number}\\b`);
  return [...repo.issues.values()].filter(({ body }) => named.test(body ?? ""));
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
