import type { Site } from "../../signoff/report/site.ts";
import type { Conclusion, Verdict } from "../../signoff/verdict.ts";
import type { Moment } from "../../store/passes.ts";
import type { ProtectionLook } from "../../store/protection.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { HeadTask } from "../../store/task.ts";
import type { GitHubPort } from "../github/port.ts";
import type { NoticePorts } from "../notices/note.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { HeadFindings, JudgedPull, JudgePorts } from "./judge-head.ts";

export interface HeadPorts extends Pick<NoticePorts, "addresses"> {
  readonly store: Store;
  readonly github: GitHubPort;
  readonly judge: JudgePorts["judge"];
  readonly passkeys: JudgePorts["passkeys"];
  readonly clock: Clock;
  readonly log: Log;
  /** Where the check's links lead. */
  readonly site: Site;
  readonly evaluated: (conclusion: Conclusion, seconds: number) => void;
  /** A pass was put in doubt. */
  readonly doubted: () => void;
}

/** One head commit in work, with what was found on it. */
export interface Work extends HeadPorts {
  readonly task: HeadTask;
  readonly repository: RepositoryRef;
  readonly findings: HeadFindings;
  /** When the first question was asked. */
  readonly moment: Moment;
  /** Branches of the repository that changes are known to get into without the check. No verdict is made of it. */
  readonly openBranches: ProtectionLook["branches"];
  /** The verdict on some of the pull requests that were judged; `null` where there is none to judge. */
  readonly verdictOf: (judged: readonly JudgedPull[]) => Verdict | null;
  /** Set for the commit of a merge group. */
  readonly group?: {
    /** The pull request whose verdict it gets. */
    readonly of: number | null;
    /** Those of the group. What else is judged has its commit as its head. */
    readonly members: readonly number[];
  };
}

/** What the checks of a commit are made of. */
export type CheckWork = Pick<
  Work,
  "repository" | "task" | "group" | "findings" | "openBranches" | "verdictOf" | "site"
>;
