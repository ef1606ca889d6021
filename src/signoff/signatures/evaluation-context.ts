import type { CoverageOf } from "../requirements/coverage.ts";
import type { Content } from "../requirements/fingerprints.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Contributors } from "../writers/contributors.ts";
import type { MachineList } from "../writers/people.ts";
import type { LatestReview } from "./latest-reviews.ts";
import type { Signers } from "./signers.ts";

/** Everybody around one pull request, worked out once. */
export interface EvaluationContext {
  readonly snapshot: Snapshot;
  readonly machines: MachineList;
  readonly contributors: Contributors;
  readonly signers: Signers;
  readonly latestReviews: readonly LatestReview[];
  readonly content: Content;
  readonly coverage: CoverageOf;
}
