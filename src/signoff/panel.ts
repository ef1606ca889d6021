import type { Contributors } from "./contributors.ts";
import type { Content, CoverageOf } from "./coverage.ts";
import type { MachineList } from "./people.ts";
import type { Stance } from "./reviews.ts";
import type { Signers } from "./signers.ts";
import type { Snapshot } from "./snapshot.ts";

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
