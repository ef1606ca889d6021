import { Steps } from "../../notation/steps.ts";
import type { Hazard, HazardInput } from "./hazard.ts";
import { HAZARD_LIMITS } from "./limits.ts";
import { type FileChange, readChange } from "./reading/change.ts";
import { readParts } from "./reading/parts.ts";
import { findBy, type Reading } from "./rule.ts";
import { RULE_SETS } from "./rule-sets.ts";
import { UNREADABLE, unreadable } from "./unreadable.ts";

export interface HazardOptions {
  /** Ids of rules that are switched off. */
  readonly off?: readonly string[];
  /** The account that the repository belongs to: its own actions are not those of strangers. */
  readonly owner?: string;
  /** The CODEOWNERS file that is in force before the change. */
  readonly codeowners?: { readonly path: string; readonly text: string } | null;
}

/**
 * What a change destroys and what it lets in, in the order of files and lines. Pure and total: the same files give
 * the same hazards, and no text makes it throw.
 */
export function findHazards(
  files: readonly HazardInput[],
  { off = [], owner, codeowners = null }: HazardOptions = {},
): readonly Hazard[] {
  const steps = new Steps(HAZARD_LIMITS.steps);
  const changes = files.filter(isChanged).map((file) => readChange(file, steps));
  const parts = readParts(changes, owner);
  const byNotation = Map.groupBy(parts.changed, ({ notation }) => notation);
  const reading = { files: changes, standing: standingOf(codeowners, changes, steps), parts, byNotation };
  const found = new Map<string, Hazard>();
  for (const hazard of [...unjudged(reading), ...findBy(RULE_SETS, reading)]) {
    const key = JSON.stringify([hazard.id, hazard.file, hazard.line, hazard.side, hazard.what]);
    if (!off.includes(hazard.id) && !found.has(key)) found.set(key, hazard);
  }
  return [...found.values()].sort(inOrder);
}

/** A file in force that the change leaves as it is. */
function standingOf(
  file: HazardOptions["codeowners"],
  changes: readonly FileChange[],
  steps: Steps,
): readonly FileChange[] {
  if (file == null || changes.some(({ path, previousPath }) => [path, previousPath].includes(file.path)))
    return [];
  const { path, text } = file;
  return [readChange({ path, status: "modified", before: text, after: text }, steps)];
}

/** What a rule would read and what takes too many steps could not be judged. */
function unjudged({ parts }: Reading): readonly Hazard[] {
  return [...parts.exceeding]
    .filter((file) => RULE_SETS.some((set) => set.reads(file)))
    .map((file) => ({ ...UNREADABLE, by: "parser", ...unreadable(file, "too-many-steps") }));
}

function inOrder(one: Hazard, other: Hazard): number {
  return (
    compare(one.file, other.file) ||
    one.line - other.line ||
    compare(one.id, other.id) ||
    compare(one.side, other.side) ||
    compare(one.what, other.what)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A file whose both sides are known to be the same raises nothing. */
function isChanged({ status, before, after }: HazardInput): boolean {
  return status !== "modified" || before == null || before !== after;
}
