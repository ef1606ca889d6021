import type { Steps } from "../../notation/steps.ts";
import {
  at,
  type Entry,
  entriesOf,
  fingerprint,
  itemsOf,
  type Tree,
  textOf,
} from "../hazards/reading/tree.ts";
import { parseYaml } from "../hazards/reading/yaml.ts";
import { isOrdinary } from "./commands.ts";
import { isDoubtful } from "./text.ts";

export interface Texts {
  readonly before: string | null;
  readonly after: string | null;
  /** What reading may take. */
  readonly steps: Steps;
}

/**
 * Why a change of a workflow cannot be taken for harmless, as a clause to follow the path; `null` where it can. What
 * is harmless is listed and nothing else is, because a list of what is not could be got round: names of steps,
 * longer or shorter times, versions of what runs already, and one more command that builds, tests or checks in a job
 * that does so already. A new job is none: the check that it makes can bear the name of one that a branch requires.
 */
export function doubtInWorkflow({ before, after, steps }: Texts): string | null {
  if (after === null) return "is deleted, and what it ran no longer runs";
  if (before === null) return "is a new workflow, whose checks can stand for required ones";
  const [was, is] = [readWorkflow(before, steps), readWorkflow(after, steps)];
  if (was === null || is === null) return "cannot be read as a plain workflow";
  const other = [...changedKeys(was, is)].find((key) => key !== "jobs");
  if (other !== undefined) return `changes \`${other}\``;
  return doubtInJobs(at(was, "jobs"), at(is, "jobs"));
}

/** Anchors, aliases, tags and repeated keys mean more than the tree shows. */
function readWorkflow(text: string, steps: Steps): Tree | null {
  if (isDoubtful(text)) return null;
  const tree = parseYaml(text, { steps });
  return tree?.kind === "map" && isPlain(tree) && !TAG_OR_ANCHOR.test(text) ? tree : null;
}

/** Where a value begins. */
const TAG_OR_ANCHOR = /(?:^[ \t]*|[:?-][ \t]+|[[,][ \t]*)(?:![\w<!]|&[\w-]+(?:\s|$))/m;

export function isPlain(tree: Tree): boolean {
  if (tree.kind === "scalar") return tree.literal;
  if (tree.kind === "list") return tree.items.every(isPlain);
  const keys = new Set(tree.entries.map(({ key }) => key));
  return (
    keys.size === tree.entries.length && !keys.has("<<") && tree.entries.every(({ value }) => isPlain(value))
  );
}

function changedKeys(was: Tree | undefined, is: Tree | undefined): ReadonlySet<string> {
  const [before, after] = [valuesOf(was), valuesOf(is)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return new Set(
    [...keys].filter((key) => harmonized(before.get(key), key) !== harmonized(after.get(key), key)),
  );
}

function valuesOf(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  return new Map(entriesOf(tree).map(({ key, value }) => [key, value]));
}

function doubtInJobs(was: Tree | undefined, is: Tree | undefined): string | null {
  const [old, now] = [valuesOf(was), valuesOf(is)];
  for (const name of changedKeys(was, is)) {
    const [before, after] = [old.get(name), now.get(name)];
    if (before === undefined) return `adds the job \`${name}\`, whose check can stand for a required one`;
    if (after === undefined) return `removes the job \`${name}\``;
    if (before.kind !== "map" || after.kind !== "map") return `changes the job \`${name}\``;
    const other = [...changedKeys(before, after)].find((key) => key !== "steps");
    if (other !== undefined) return `changes \`${other}\` of the job \`${name}\``;
    const doubt = doubtInSteps(itemsOf(at(before, "steps")), itemsOf(at(after, "steps")));
    if (doubt !== null) return `${doubt} in the job \`${name}\``;
  }
  return null;
}

/** What was there has to stay, in its order; what comes has to be ordinary in a job that runs such things already. */
function doubtInSteps(was: readonly Tree[], is: readonly Tree[]): string | null {
  const runsOwn = was.some((step) => isOrdinary(textOf(at(step, "run"))));
  let next = 0;
  for (const step of is) {
    const expected = was[next];
    if (expected !== undefined && stepPrint(expected) === stepPrint(step)) next += 1;
    else if (!runsOwn || !isOrdinaryStep(step)) return "runs something else";
  }
  return next < was.length ? "takes or changes a step" : null;
}

function isOrdinaryStep(step: Tree): boolean {
  const rest = entriesOf(step).filter((entry) => !isLabel(entry));
  return rest.every(({ key }) => key === "run") && isOrdinary(textOf(at(step, "run")));
}

/** What people read of a step, and how long it may take: with an expression in it, it could tell a secret. */
function isLabel({ key, value }: Entry): boolean {
  if (key === "timeout-minutes") return /^\d+$/.test(textOf(value));
  return key === "name" && value.kind === "scalar" && !textOf(value).includes("${{");
}

function stepPrint(step: Tree): string {
  if (step.kind !== "map") return fingerprint(step);
  return harmonized({ ...step, entries: step.entries.filter((entry) => !isLabel(entry)) }, "");
}

const VERSION = /^v?\d+(?:\.(?:\d+|x))*$/;
const RUNTIME = /^(?:node|python|go|java|ruby|php|dotnet|deno|bun|elixir|otp|dart|flutter)(?:[-_]version)?$/i;
/** Names that GitHub keeps for machines of its own. */
const HOSTED = /^(ubuntu|windows|macos)-(?:latest|\d\d(?:\.\d\d)?)$/;
const ACTION = /^(\w[\w.-]*\/[\w./-]+)@(.+)$/;

/** The same for what differs by the versions of runtimes and of actions alone. Whoever can tag an action ran before. */
function harmonized(tree: Tree | undefined, key: string): string {
  if (tree === undefined) return "";
  if (tree.kind === "list") return `[${tree.items.map((item) => harmonized(item, key)).join(",")}]`;
  if (tree.kind === "map") {
    const entries = tree.entries.map(
      (each) => `${JSON.stringify(each.key)}:${harmonized(each.value, each.key)}`,
    );
    return `{${entries.toSorted().join(",")}}`;
  }
  const text = textOf(tree);
  if (key === "timeout-minutes" && /^\d+$/.test(text)) return "a time";
  if (RUNTIME.test(key) && VERSION.test(text)) return "a version";
  const machine = key === "runs-on" ? HOSTED.exec(text)?.[1] : undefined;
  if (machine !== undefined) return `GitHub's own ${machine}`;
  const [, action, version = ""] = key === "uses" ? (ACTION.exec(text) ?? []) : [];
  return action !== undefined && VERSION.test(version) ? `${action} at a version` : fingerprint(tree);
}
