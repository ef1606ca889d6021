import type { Site } from "../../signoff/report/site.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { Priority } from "../../store/task.ts";
import type { Watched, WatchRules } from "../../store/watch.ts";
import type { BranchMove } from "../../watch/moves.ts";
import type { AttestChange } from "../attesting/attest-change.ts";
import type { GitHubPort } from "../github/port.ts";
import type { Judged } from "../judging/judges.ts";
import type { NoticePorts } from "../notices/note.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { ReadPasskeys } from "../passkeys/facts.ts";
import type { JudgedChange } from "./changes.ts";

/**
 * What follows a bypass beside its label and comment, as an issue for the owners passed over. It is told before the
 * bypass is in the ledger, and once more after a crash in between, so it has to do the same thing once only.
 */
export type FollowBypass = (bypass: {
  readonly repository: RepositoryRef;
  readonly rules: WatchRules;
  readonly move: BranchMove;
  readonly change: JudgedChange;
}) => Promise<void>;

export interface WatchPorts extends Pick<NoticePorts, "addresses"> {
  readonly store: Store;
  readonly github: Pick<
    GitHubPort,
    | "moves"
    | "mergedWith"
    | "commitFacts"
    | "readRange"
    | "branchRules"
    | "branches"
    | "markBypassed"
    | "read"
  >;
  readonly judge: (snapshot: Snapshot, priority: Priority) => Promise<Judged>;
  readonly passkeys: ReadPasskeys;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** Where the pages are that people are led to. */
  readonly site: Pick<Site, "docs">;
  readonly followUp: FollowBypass;
  readonly attest: AttestChange;
}

/** A repository in work. */
export interface Watch extends WatchPorts {
  readonly repository: RepositoryRef;
  readonly known: Watched;
  /** What commits hold, as events told. */
  readonly trees: ReadonlyMap<string, string>;
  readonly priority: Priority;
  /** GitHub was asked often enough for what it may tell late: it is judged by what there is. */
  readonly patient: boolean;
}
