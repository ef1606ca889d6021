import type { HeadCheck } from "../app/work/checks.ts";
import { labelsAndReviewersOf } from "../app/work/labels-and-reviewers.ts";
import { PASSING_CONCLUSIONS } from "../app/work/passing.ts";
import type { OpenHead } from "../github/listing/open-heads.ts";
import type { NotApplied } from "../github/writing/write.ts";
import type { JudgedCommit } from "./judged.ts";

/** What became of one check of a commit. */
interface Published {
  readonly check: HeadCheck;
  readonly written: boolean;
  /** What GitHub shows now lets the commit merge. */
  readonly passes: boolean;
}

export interface Publication {
  readonly published: readonly Published[];
  readonly notApplied: readonly NotApplied[];
}

/** How a verdict is shown on GitHub: as a commit status, or as a check of the own App. */
export interface Publisher {
  /**
   * @throws {GitHubUnavailable | GitHubProblem | NotFound} where GitHub shows something else than it should
   */
  readonly publish: (judged: JudgedCommit, how: HowPublished) => Promise<Publication>;
  /** Takes back what lets a commit merge, and tells whether there may have been something. @throws as `publish` */
  readonly takeBack: (commit: TakenBack) => Promise<boolean>;
  /** When a head was last looked at, in ISO 8601; `null` where that is not told. */
  readonly seenAt: (head: OpenHead) => string | null;
}

interface HowPublished {
  /** As it was listed; `null` for a commit that is no open pull request's head. */
  readonly head: OpenHead | null;
  /** Nothing that lets it merge is written: what was just written is only confirmed or taken back. */
  readonly onlyStricter: boolean;
}

interface TakenBack {
  readonly headSha: string;
  readonly head: OpenHead | null;
  /** Checks that this run may have shown, beside those that were there. */
  readonly names: readonly string[];
  readonly title: string;
  /** Whether it could not be judged, rather than that nothing is there to be judged. */
  readonly failed: boolean;
}

export function passes({ conclusion }: HeadCheck): boolean {
  return PASSING_CONCLUSIONS.has(conclusion);
}

export function labelsOf({ findings }: JudgedCommit) {
  return findings.judged.flatMap((one) => labelsAndReviewersOf(one) ?? []);
}
