import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, fingerprint, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";

/** What decides when a job runs and who is asked before. */
function isGuardedAlike(gone: Tree | undefined, come: Tree | undefined): boolean {
  return ["if", "environment"].every((key) => fingerprint(at(gone, key)) === fingerprint(at(come, key)));
}

/** Whether a job that comes is one of the same file that goes, guarded alike, and that had the same. */
export function isRenamed(part: ChangedPart, all: Parts, has: (job: Tree) => boolean): boolean {
  if (part.type !== "job" || part.before !== undefined) return false;
  const jobs = all.changed.filter(({ type, file }) => type === "job" && file === part.file);
  const gone = jobs.flatMap(({ before, after }) =>
    after === undefined && before !== undefined ? before : [],
  );
  const come = jobs.flatMap(({ before, after }) =>
    before === undefined && after !== undefined ? after : [],
  );
  const had = gone.filter((job) => has(job) && isGuardedAlike(job, part.after));
  return (
    had.length >= come.filter((job) => has(job) && isGuardedAlike(job, part.after)).length && had.length > 0
  );
}

function isOnlyCalled(workflow: Tree | undefined): boolean {
  const on = at(workflow, "on") ?? at(workflow, "true");
  const events = on?.kind === "map" ? entriesOf(on).map(({ key }) => key) : oneOrMore(on).map(textOf);
  return events.length > 0 && events.every((event) => event === "workflow_call");
}

/** Whether a workflow is only called, and said nothing of its rights: it has no more of them than who calls it. */
export function isLimitedByCaller({ type, file, before }: ChangedPart, { changed }: Parts): boolean {
  const whole = changed.find((part) => part.type === "file" && part.file === file);
  if (whole === undefined || !isOnlyCalled(whole.after)) return false;
  if (whole.before !== undefined && !isOnlyCalled(whole.before)) return false;
  const limits = [at(whole.before, "permissions"), type === "job" ? at(before, "permissions") : undefined];
  return limits.every((each) => each === undefined);
}
