import type { Content, CoverageOf } from "../requirements/coverage.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Contributors } from "../writers/contributors.ts";
import type { MachineList } from "../writers/people.ts";
import type { Stance } from "./latest-reviews.ts";
import type { Signers } from "./signers.ts";

/** Everybody around one pull request, worked out once. */
export interface Panel {
  readonly snapshot: Snapshot;
  readonly machines: MachineList;
  readonly contributors: Contributors;
  readonly signers: Signers;
  readonly stances: readonly Stance[];
  readonly content: Content;
  readonly coverage: CoverageOf;
}
