import { readPatch } from "../../production/hazards/patch.ts";
import type { ChangedFile } from "../snapshot.ts";
import type { JudgedHazard } from "../verdict.ts";
import { digestOf } from "./digest.ts";

/** Rules about many files at once, which name one of them as the place. */
const OF_MANY_FILES = "files/";

/**
 * Of the clock of a hazard: it belongs to rule, resource and content. Content is what came and went in the part of the
 * diff that the hazard lies in, so that a rebase starts nothing anew; of a file without a diff, all of it. A hazard of
 * many files is about everything that goes: nobody waits with rubbish and then deletes something else.
 */
export function hazardClockKey(hazard: JudgedHazard, files: ReadonlyMap<string, ChangedFile>): string {
  const { id, file, what, why } = hazard;
  const content = id.startsWith(OF_MANY_FILES) ? goneIn(files) : contentAt(hazard, files.get(file));
  return `${HAZARD_CLOCK}${digestOf(id, file, what, why, content)}`;
}

/** How the key of such a clock begins. */
export const HAZARD_CLOCK = "hazard ";

function goneIn(files: ReadonlyMap<string, ChangedFile>): string {
  const gone = [...files].flatMap(([name, { status, path, base }]) =>
    status === "removed" || (status === "renamed" && name !== path) ? [[name, base?.contentId ?? ""]] : [],
  );
  return JSON.stringify(gone.toSorted());
}

/** Files by both of their names. */
export function filesByName(files: readonly ChangedFile[]): ReadonlyMap<string, ChangedFile> {
  return new Map([
    ...files.flatMap((file) => (file.previousPath === undefined ? [] : [[file.previousPath, file] as const])),
    ...files.map((file) => [file.path, file] as const),
  ]);
}

function contentAt({ line, side }: JudgedHazard, file: ChangedFile | undefined): string {
  const patch = file?.patch === undefined ? null : readPatch(file.patch, file);
  if (file === undefined || patch === null) return file?.contentId ?? "";
  const changed = patch.map(({ oldStart, newStart, lines }) => {
    const start = side === "before" ? oldStart : newStart;
    const length = lines.filter(({ kind }) => kind !== (side === "before" ? "+" : "-")).length;
    const isHere = line >= start && line < start + Math.max(1, length);
    return { isHere, text: lines.filter(({ kind }) => kind !== " ").map(({ kind, text }) => kind + text) };
  });
  const here = changed.filter(({ isHere }) => isHere);
  return (here.length > 0 ? here : changed).flatMap(({ text }) => text).join("\n");
}
