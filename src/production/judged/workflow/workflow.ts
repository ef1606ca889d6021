import type { Steps } from "../../../notation/steps.ts";
import { marksNodes } from "../../../notation/yaml.ts";
import { at, placesIn, type Tree } from "../../hazards/reading/tree.ts";
import { parseYaml } from "../../hazards/reading/yaml.ts";
import { isDoubtful } from "../text.ts";
import { changedKeys, likeness } from "./alike.ts";
import { onlyGainsPlain } from "./growth.ts";
import { doubtInJobs, isOwnGroup, loses, type Workflows } from "./jobs.ts";
import { powersOf, triggersOf } from "./power.ts";
import { onlyRunsMore } from "./triggers.ts";

export interface Texts {
  readonly before: string | null;
  readonly after: string | null;
  /** What reading may take. */
  readonly steps: Steps;
}

/**
 * Why a change of a workflow cannot be taken for harmless, as a clause to follow the path; `null` where it can. What
 * is harmless is listed and nothing else is, because a list of what is not could be got round. How much is depends on
 * what a job can do: one with secrets or rights may change in names, times and versions, one without may change in all
 * but what it checks. A new job is never harmless: the check that it makes can bear the name of one that a branch requires.
 */
export function doubtInWorkflow({ before, after, steps }: Texts): string | null {
  if (after === null) return "is deleted, and what it ran no longer runs";
  if (before === null) return "is a new workflow, whose checks can stand for required ones";
  const [was, is] = [readWorkflow(before, steps), readWorkflow(after, steps)];
  if (was === null || is === null) return "cannot be read as a plain workflow";
  const power = [...powersOf(was), ...powersOf(is)][0] ?? null;
  const other = [...changedKeys(was, is)].find(
    (key) => !mayChange(key, { was, is, isPowerful: power !== null }),
  );
  if (other === undefined) return doubtInJobs({ was, is });
  if (power === null) return `changes \`${other}\``;
  return `changes \`${other}\`, and its job \`${power[0]}\` ${power[1].does}`;
}

/** Whether no job of the text can do more than run what the repository holds. */
export function isPowerless(text: string | null, steps: Steps): boolean {
  const workflow = readWorkflow(text ?? "", steps);
  return workflow !== null && powersOf(workflow).size === 0;
}

/** Whether a workflow uses and runs on both sides the same, but for versions. */
export function runsAlike({ before, after, steps }: Texts): boolean {
  const [was, is] = [readWorkflow(before ?? "", steps), readWorkflow(after ?? "", steps)];
  if (was === null || is === null) return false;
  const [old, now] = [was, is].map((tree) =>
    [...placesIn(tree)].flatMap(({ key, value }) => (RUNS.test(key) ? [likeness(value, key)] : [])),
  );
  return old?.join("\n") === now?.join("\n");
}

const RUNS = /^(?:run|uses|shell|working-directory)$/;

interface Judged extends Workflows {
  readonly isPowerful: boolean;
}

function mayChange(key: string, { was, is, isPowerful }: Judged): boolean {
  const [old, now] = [at(was, key), at(is, key)];
  if (key === "jobs") return true;
  if (key === "permissions") return loses(old, now);
  if (isPowerful) return false;
  if (key === "on" || key === "true") return onlyRunsMore(triggersOf(was), triggersOf(is));
  if (key === "env") return onlyGainsPlain(old, now);
  return key === "run-name" || (key === "concurrency" && isOwnGroup(now));
}

/** Anchors, aliases, tags and repeated keys mean more than the tree shows. */
function readWorkflow(text: string, steps: Steps): Tree | null {
  if (isDoubtful(text)) return null;
  const tree = parseYaml(text, { steps });
  return tree?.kind === "map" && isPlain(tree) && !marksNodes(text, steps) ? tree : null;
}

export function isPlain(tree: Tree): boolean {
  if (tree.kind === "scalar") return tree.literal;
  if (tree.kind === "list") return tree.items.every(isPlain);
  const keys = new Set(tree.entries.map(({ key }) => key));
  return (
    keys.size === tree.entries.length && !keys.has("<<") && tree.entries.every(({ value }) => isPlain(value))
  );
}
