import type { HazardInput, Unread } from "../hazard.ts";
import { isLive } from "../live.ts";
import { type ChangedLines, linesBetween, linesOfPatch } from "./lines.ts";

/** A changed file with what the rules ask of it, worked out once. */
export interface FileChange {
  readonly path: string;
  /** Where the file stood before: its own path unless it was moved. */
  readonly previousPath: string;
  readonly status: HazardInput["status"];
  /** False for tests, examples and prose, which nothing runs. */
  readonly isLive: boolean;
  /** `null`: there is no file on that side. `undefined`: not known, so that only the lines can be read. */
  readonly before: string | null | undefined;
  readonly after: string | null | undefined;
  readonly lines: ChangedLines;
  readonly unread: Unread | undefined;
}

const NO_FILE = null;

export function readChange(input: HazardInput): FileChange {
  const { path, status, patch } = input;
  const before = status === "added" || status === "copied" ? NO_FILE : unix(input.before);
  const after = status === "removed" ? NO_FILE : unix(input.after);
  let lines: ChangedLines | undefined;
  let live: boolean | undefined;
  return {
    path,
    previousPath: status === "renamed" ? (input.previousPath ?? path) : path,
    status,
    unread: input.unread,
    before: before === undefined && after === null ? wholeOf(patch, "before") : before,
    after: after === undefined && before === null ? wholeOf(patch, "after") : after,
    get isLive() {
      live ??= isLive(path);
      return live;
    },
    get lines() {
      lines ??= linesOf(before, after, patch);
      return lines;
    },
  };
}

function linesOf(
  before: string | null | undefined,
  after: string | null | undefined,
  patch: string | undefined,
): ChangedLines {
  if (typeof before === "string" && typeof after === "string") return linesBetween(before, after);
  if (typeof before === "string" && after === null) return linesBetween(before, "");
  if (typeof after === "string" && before === null) return linesBetween("", after);
  return patch === undefined ? { before: [], after: [] } : linesOfPatch(patch);
}

/** The diff of a file that came or went holds the whole file. */
function wholeOf(patch: string | undefined, side: "before" | "after"): string | undefined {
  if (patch === undefined || !patch.startsWith("@@ ")) return undefined;
  return linesOfPatch(patch)
    [side].map(({ text }) => text)
    .join("\n");
}

function unix(text: string | null | undefined): string | null | undefined {
  return text?.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}
