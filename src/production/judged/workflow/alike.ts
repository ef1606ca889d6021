import { type Entry, entriesOf, fingerprint, type Tree, textOf } from "../../hazards/reading/tree.ts";
import { hostedKind } from "./machines.ts";

const VERSION = /^v?\d+(?:\.(?:\d+|x))*$/;
const RUNTIME = /^(?:node|python|go|java|ruby|php|dotnet|deno|bun|elixir|otp|dart|flutter)(?:[-_]version)?$/i;
const ACTION = /^(\w[\w.-]*\/[\w./-]+)@(.+)$/;
/** How long a linter may take before it fails. */
const TIMEOUT = /(?<=^|\s)(--timeout)[= ](?:\d{1,5}[smh])(?=\s|$)/g;
/** How much of the same history and the same files `actions/checkout` brings. */
const DEPTH = /^(?:fetch-depth|fetch-tags|filter|show-progress)$/;

/** The action that a step uses, without its version; `null` for what stands in the repository, and for images. */
export function actionIn(text: string): string | null {
  return ACTION.exec(text)?.[1] ?? null;
}

/** The same for what differs by the versions of runtimes and of actions alone. Whoever can tag an action ran before. */
export function likeness(tree: Tree | undefined, key: string): string {
  if (tree === undefined) return "";
  if (tree.kind === "list") return `[${tree.items.map((item) => likeness(item, key)).join(",")}]`;
  if (tree.kind === "map") return likenessOfMap(tree.entries);
  const text = textOf(tree);
  if (key === "timeout-minutes" && /^\d+$/.test(text)) return "a time";
  if (RUNTIME.test(key) && VERSION.test(text)) return "a version";
  const machine = key === "runs-on" ? hostedKind(text) : null;
  if (machine !== null) return `GitHub's own ${machine}`;
  const [, action, version = ""] = key === "uses" ? (ACTION.exec(text) ?? []) : [];
  if (action !== undefined && VERSION.test(version)) return `${action} at a version`;
  return key === "args" ? JSON.stringify(text.replaceAll(TIMEOUT, "$1 a time")) : fingerprint(tree);
}

function likenessOfMap(entries: readonly Entry[]): string {
  const uses = textOf(entries.find(({ key }) => key === "uses")?.value);
  const shown = actionIn(uses) === "actions/checkout" ? entries.flatMap(withoutDepth) : entries;
  return `{${shown
    .map(({ key, value }) => `${JSON.stringify(key)}:${likeness(value, key)}`)
    .toSorted()
    .join(",")}}`;
}

function withoutDepth(entry: Entry): readonly Entry[] {
  const { key, value } = entry;
  if (key !== "with" || value.kind !== "map") return [entry];
  const entries = value.entries.filter((each) => !DEPTH.test(each.key) || textOf(each.value).includes("${{"));
  return entries.length === 0 ? [] : [{ ...entry, value: { ...value, entries } }];
}

/** The keys under which two sides differ by more than versions. */
export function changedKeys(was: Tree | undefined, is: Tree | undefined): ReadonlySet<string> {
  const [before, after] = [valuesOf(was), valuesOf(is)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return new Set([...keys].filter((key) => likeness(before.get(key), key) !== likeness(after.get(key), key)));
}

export function valuesOf(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  return new Map(entriesOf(tree).map(({ key, value }) => [key, value]));
}

/** What people read of a step, and how long it may take: with an expression in it, it could tell a secret. */
export function isLabel({ key, value }: Entry): boolean {
  if (key === "timeout-minutes") return /^\d+$/.test(textOf(value));
  return key === "name" && value.kind === "scalar" && !textOf(value).includes("${{");
}

export function stepLikeness(step: Tree): string {
  if (step.kind !== "map") return fingerprint(step);
  return likeness({ ...step, entries: step.entries.filter((entry) => !isLabel(entry)) }, "");
}
