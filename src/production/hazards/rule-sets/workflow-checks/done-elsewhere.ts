import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, fingerprint, itemsOf, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";

/** What decides of a job when it runs and what its failure means; the rest is where and as whom it does so. */
const DECIDES = ["if", "strategy", "continue-on-error", "environment", "uses", "with", "env", "defaults"];

const stepsOf = (job: Tree) => itemsOf(at(job, "steps")).map((step) => ({ key: fingerprint(step) }));

/** Whether one job does all that another did, and as often. */
function doesAllOf(gone: Tree, come: Tree): boolean {
  const isAlike = DECIDES.every((key) => fingerprint(at(gone, key)) === fingerprint(at(come, key)));
  return isAlike && gained(stepsOf(come), stepsOf(gone)).length === 0;
}

/** Whether one workflow runs on all that another ran on by itself, in the same surroundings. */
function runsOnAllOf(gone: Tree, come: Tree): boolean {
  const isAlike = ["env", "defaults"].every(
    (key) => fingerprint(at(gone, key)) === fingerprint(at(come, key)),
  );
  const is = eventsOf(come);
  return (
    isAlike && [...eventsOf(gone)].every(([event, how]) => is.get(event) === "" || is.get(event) === how)
  );
}

/** The events that start a workflow by themselves, and what each is limited to. */
function eventsOf(workflow: Tree): ReadonlyMap<string, string> {
  const on = at(workflow, "on") ?? at(workflow, "true");
  const events =
    on?.kind === "map"
      ? on.entries.map(({ key, value }) => ({ event: key, how: value }))
      : oneOrMore(on).map((event) => ({ event: textOf(event), how: undefined }));
  return new Map(
    events
      .filter(({ event }) => BY_ITSELF.test(event))
      .map(({ event, how }) => [event, how?.kind === "scalar" ? textOf(how) : fingerprint(how)]),
  );
}

const BY_ITSELF = /^(?:pull_request(?:_target)?|push|merge_group|schedule)$/;

/** Whether workflows that stay, and run as often, take up every job of one that goes. */
export function isDoneElsewhere(gone: FileChange, files: readonly FileChange[]): boolean {
  const { before } = sidesOf(gone);
  const jobs = jobsOf(before);
  if (before === undefined || jobs.length === 0) return false;
  const come = files.flatMap((file) => {
    if (file.status !== "modified" || !WORKFLOW_FILE.test(file.path)) return [];
    const { before: was, after: is } = sidesOf(file);
    return was !== undefined && is !== undefined && runsOnAllOf(before, is) ? [{ was, is }] : [];
  });
  return jobs.every((job) =>
    come.some(({ was, is }) => {
      const isDoneBy = (workflow: Tree) => jobsOf(workflow).some((other) => doesAllOf(job, other));
      return isDoneBy(is) && !isDoneBy(was);
    }),
  );
}

const jobsOf = (workflow: Tree | undefined) => entriesOf(at(workflow, "jobs")).map(({ value }) => value);
