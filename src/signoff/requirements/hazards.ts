import type { HazardPolicy, HazardRuleSetting } from "../../policy/policy.ts";
import { findHazards } from "../../production/hazards/find.ts";
import type { Asks, Hazard, HazardInput, Unread } from "../../production/hazards/hazard.ts";
import { isWholePatch, lineFinder, readPatch } from "../../production/hazards/patch.ts";
import { readAlike, relevanceOf } from "../../production/hazards/relevant.ts";
import type { ChangedFile, Snapshot } from "../snapshot.ts";
import type { HazardStatus, JudgedHazard } from "../verdict.ts";

/** What a change destroys and lets in, as far as the policy alone can say what to make of it. */
export function raiseHazards(
  { files, repository, codeowners }: Snapshot,
  policy: HazardPolicy,
  ai: boolean,
): readonly JudgedHazard[] {
  const shownAt = places(files);
  return findHazards(files.flatMap(inputsOf), { owner: repository.owner, codeowners }).map((hazard) => ({
    ...hazard,
    shownAt: shownAt(hazard),
    status: standingOf(hazard, policy, ai),
  }));
}

/** What stays the same of a hazard when something else is pushed. */
export function hazardKey({ id, file, what, why }: Hazard): string {
  return `${id} ${file}: ${what} ${why}`;
}

function standingOf({ id, kind, asks }: Hazard, policy: HazardPolicy, ai: boolean): HazardStatus {
  const setting = policy.rules.get(id);
  if (setting !== undefined && "off" in setting) {
    return { kind: "off", reason: setting.off, origin: setting.origin };
  }
  if (isShown(asks, setting)) return { kind: "shown" };
  return { kind: ai || policy[kind].appliesTo === "everyone" ? "asks" : "exempt" };
}

/** As the config says of the rule; one of which it asks for a number of signatures asks for them. */
function isShown(asks: Asks, setting: HazardRuleSetting | undefined): boolean {
  if (setting === undefined) return asks === "show";
  return "asks" in setting && setting.asks === "show";
}

/** Whoever moves a file to where other rules read it, or none, takes away what it was and adds what it is. */
function inputsOf(file: ChangedFile): readonly HazardInput[] {
  const input = inputOf(file);
  const { path, previousPath = path, before, after, unread } = input;
  if (input.status !== "renamed" || readAlike(path, previousPath)) return [input];
  if (before === undefined && relevanceOf(file) !== "named") return [input];
  const gone = before === undefined ? { unread: unread ?? ("too-large" as const) } : { before };
  const come = after === undefined ? unreadAt(path, unread) : { after };
  return [
    { path: previousPath, status: "removed", ...gone },
    { path, status: "added", ...come },
  ];
}

/** Of what comes to a place and is not known: why it cannot be read, where rules would read it. */
function unreadAt(path: string, unread: Unread | undefined): Pick<HazardInput, "unread"> {
  const interest = relevanceOf({ path });
  if (interest === "named") return { unread: unread ?? "too-large" };
  return interest === "no" || unread === "binary" || unread === undefined ? {} : { unread };
}

/** A diff that is not whole tells nothing: the file then counts as one that cannot be read. */
function inputOf(file: ChangedFile): HazardInput {
  const unread = isKnown(file) ? undefined : unreadOf(file);
  if (unread === undefined || file.mode === SUBMODULE) return file;
  const interest = relevanceOf(file);
  if (interest === "no") return file;
  const { patch: _, unread: __, ...rest } = file;
  // What is no text is nothing to read, unless its name says that it should be.
  return unread === "binary" && interest !== "named" ? rest : { ...rest, unread };
}

function unreadOf(file: ChangedFile): Unread | undefined {
  if (file.unread !== undefined) return file.unread;
  if (file.patch === undefined) return "no-diff";
  return isWholePatch(file.patch, file) ? undefined : "odd-diff";
}

const SUBMODULE = "160000";

function isKnown({ status, before, after }: ChangedFile): boolean {
  const known = { before: before !== undefined, after: after !== undefined };
  if (status === "added" || status === "copied") return known.after;
  return status === "removed" ? known.before : known.before && known.after;
}

/** A line that is gone is shown at the next that still stands; one of a file that is gone, where it stood. */
function places(files: readonly ChangedFile[]): (hazard: Hazard) => number {
  const byPath = new Map(files.map((file) => [file.path, file]));
  // A file may hold thousands of hazards, so what they ask of it is worked out once.
  const known = new Map<ChangedFile, (line: number) => number>();
  return ({ line, side, file: path }) => {
    const file = byPath.get(path);
    if (side === "after" || file === undefined || file.status === "removed") return line;
    const place = known.get(file) ?? placesIn(file);
    known.set(file, place);
    return place(line);
  };
}

function placesIn({ patch: text, after, ...file }: ChangedFile): (line: number) => number {
  const patch = text === undefined ? null : readPatch(text, file);
  const find = patch === null ? (line: number) => line : lineFinder(patch);
  const last = typeof after === "string" ? after.split("\n").length : null;
  return (line) => Math.max(1, Math.min(find(line), last ?? line));
}
