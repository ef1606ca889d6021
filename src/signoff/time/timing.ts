import type { Policy } from "../../policy/policy.ts";
import type { Account, ChangedFile, Review, Snapshot } from "../snapshot.ts";
import type { ReviewRequest } from "../time-facts.ts";
import type { Pace } from "../time-verdict.ts";
import type { Requirement } from "../verdict.ts";
import { type ChangedLines, changedLines } from "./changed-lines.ts";
import { type Clocks, clocksAt } from "./clocks.ts";
import { digestOf } from "./digest.ts";
import { paceOf } from "./pace.ts";

/** What an evaluation knows of time, worked out once. */
export interface Timing {
  readonly clocks: Clocks;
  readonly lines: ChangedLines;
  /** How fast an approval came, where that is looked at and it was faster than anybody reads. */
  pace(approval: Approval, requirement: Requirement): Pace | null;
  /** Of a clock that starts anew when one of these paths is changed otherwise. */
  pathsKey(paths: readonly string[]): string;
}

interface Approval {
  readonly review: Review;
  readonly by: Account;
  readonly isAsked: (request: ReviewRequest) => boolean;
}

export function timingOf(snapshot: Snapshot, { fastApprovals }: Policy["time"]): Timing {
  const { draft, state } = snapshot.pullRequest;
  const clocks = clocksAt(snapshot.recorded.clocks ?? [], {
    now: snapshot.now,
    runs: state === "open" && !draft,
  });
  const lines = changedLines(snapshot);
  const marks = headMarks(snapshot.files);
  const keys = new Map<readonly string[], string>();
  const pathsKey = (paths: readonly string[]) => {
    const key = keys.get(paths) ?? digestOf("paths", ...paths.map((path) => marks.get(path) ?? ""));
    keys.set(paths, key);
    return key;
  };
  return {
    ...{ clocks, lines, pathsKey },
    pace: (approval, { from: { paths } }) =>
      fastApprovals === "off"
        ? null
        : paceOf(snapshot, {
            ...{ ...approval, lines: lines.in(paths) },
            pushedAt: clocks.firstSeen(pathsKey(paths)),
          }),
  };
}

/** What a change leaves at its paths: the same after a rebase. */
function headMarks(files: readonly ChangedFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ path, previousPath, status, contentId, mode = "" }) => {
      const mark = JSON.stringify([path, status, contentId, mode, previousPath ?? ""]);
      return [path, ...(previousPath === undefined ? [] : [previousPath])].map((end) => [end, mark] as const);
    }),
  );
}
