import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, fingerprint, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";

function isOnlyCalled(workflow: Tree | undefined): boolean {
  const on = at(workflow, "on") ?? at(workflow, "true");
  const events = on?.kind === "map" ? entriesOf(on).map(({ key }) => key) : oneOrMore(on).map(textOf);
  return events.length > 0 && events.every((event) => event === "workflow_call");
}

/** Whether what was there keeps its limits, so that who calls has no more to hand on than before. */
function areLimitsKept({ changed }: Parts): boolean {
  return changed.every(
    ({ notation, before, after }) =>
      notation !== "workflow" ||
      before === undefined ||
      fingerprint(at(before, "permissions")) === fingerprint(at(after, "permissions")),
  );
}

/** Whether a workflow that comes is only called: it has no more rights than who calls it. */
export function isLimitedByCaller({ file }: ChangedPart, all: Parts): boolean {
  const whole = all.changed.find((part) => part.type === "file" && part.file === file);
  return whole?.before === undefined && isOnlyCalled(whole?.after) && areLimitsKept(all);
}
