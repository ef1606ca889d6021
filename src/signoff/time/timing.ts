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
  /** Since when what stands at these paths was there, in milliseconds. */
  thereAt(paths: readonly string[]): number;
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
  let marks: ReadonlyMap<string, string> | null = null;
  const markOf = (path: string) => {
    marks ??= headMarks(snapshot.files);
    return marks.get(path) ?? "";
  };
  const keys = new Map<readonly string[], string>();
  const pathsKey = (paths: readonly string[]) => {
    const key = keys.get(paths) ?? digestOf("paths", ...paths.map(markOf));
    keys.set(paths, key);
    return key;
  };
  const thereAt = fastApprovals === "off" ? () => 0 : contentClock(snapshot, clocks, markOf);
  return {
    ...{ clocks, lines, pathsKey, thereAt },
    pace: (approval, { from: { paths } }) =>
      fastApprovals === "off"
        ? null
        : paceOf(snapshot, { ...approval, lines: lines.in(paths), thereAt: thereAt(paths) }),
  };
}

/** The clock of the time in which approvals of the pull request are looked at. */
const LOOKED_AT = "pace";
/** That of what was there at the first look. */
const THERE_BEFORE = "there before";

/**
 * Since when what stands at some paths was there, in milliseconds. Each path has a clock of its own, so that an approval
 * is not measured anew where other paths are grouped with it. What was there at the first look was there since the pull
 * request was written, or its author pushed, replied or opened it again last, as far as anybody can tell.
 */
function contentClock(
  { pullRequest: { writtenAt }, time }: Snapshot,
  clocks: Clocks,
  markOf: (path: string) => string,
): Timing["thereAt"] {
  const firstLook = clocks.firstSeen(LOOKED_AT);
  const written = clocks.firstSeen(THERE_BEFORE, laterOf(writtenAt, time?.activeAt));
  return (paths) => {
    const seen = paths.map((path) => clocks.firstSeen(digestOf("path", markOf(path))));
    const latest = Math.max(...seen, firstLook);
    return latest === firstLook ? written : latest;
  };
}

/** Of what is not told to have been written before, nothing is known before it was looked at. */
function laterOf(writtenAt: string | undefined, activeAt = writtenAt): string | undefined {
  if (writtenAt === undefined || activeAt === undefined) return undefined;
  return Date.parse(activeAt) > Date.parse(writtenAt) ? activeAt : writtenAt;
}

/** What a change leaves at its paths: the same after a rebase. A name may be that of two files, before and after. */
function headMarks(files: readonly ChangedFile[]): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  for (const { path, previousPath = path, status, contentId, mode = "" } of files) {
    const mark = JSON.stringify([path, status, contentId, mode, previousPath]);
    for (const end of new Set([path, previousPath])) marks.set(end, `${marks.get(end) ?? ""}${mark}`);
  }
  return marks;
}
