import { entriesOf, fingerprint, type Tree, textOf } from "../../hazards/reading/tree.ts";
import { valuesOf } from "./alike.ts";
import { holdsAll } from "./growth.ts";

/** Lists by which events are chosen, where more in the list means more runs. */
const WIDENS = /^(?:branches|tags|paths|types)$/;
/** Without these it runs on more. */
const FILTERS = /^(?:branches|paths)(?:-ignore)?$/;
/** Events that a workflow may gain: those who start it can push as well. */
const STARTS = /^(?:pull_request|push|merge_group|workflow_dispatch|schedule)$/;

/** Whether a workflow still runs whenever it ran. */
export function onlyRunsMore(was: Tree | undefined, is: Tree | undefined): boolean {
  if (was === undefined || is === undefined) return false;
  const [before, after] = [eventsIn(was), eventsIn(is)];
  const comes = [...after.keys()].filter((event) => !before.has(event));
  return (
    comes.every((event) => STARTS.test(event)) &&
    [...before].every(
      ([event, value]) => after.has(event) && isWidened(event, { was: value, is: after.get(event) }),
    )
  );
}

function eventsIn(on: Tree): ReadonlyMap<string, Tree | undefined> {
  if (on.kind === "map") return valuesOf(on);
  const names = on.kind === "list" ? on.items : [on];
  return new Map(names.map((name) => [textOf(name), undefined]));
}

interface Both {
  readonly was: Tree | undefined;
  readonly is: Tree | undefined;
}

function isWidened(event: string, { was, is }: Both): boolean {
  if (event === "workflow_dispatch") return true;
  if (isNothing(is)) return isNothing(was) || entriesOf(was).every(({ key }) => FILTERS.test(key));
  if (was?.kind !== "map" || is?.kind !== "map") return fingerprint(was) === fingerprint(is);
  const [before, after] = [valuesOf(was), valuesOf(is)];
  return [...new Set([...before.keys(), ...after.keys()])].every((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (fingerprint(old) === fingerprint(now)) return true;
    return WIDENS.test(key) && holdsAll(old, now) && !fingerprint(now).includes('"!');
  });
}

/** An event without filters runs most often. */
function isNothing(tree: Tree | undefined): boolean {
  return tree === undefined || (tree.kind === "scalar" && tree.value === null);
}
