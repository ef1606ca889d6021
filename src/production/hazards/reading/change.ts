import { Steps } from "../../../notation/steps.ts";
import type { HazardInput, Unread } from "../hazard.ts";
import { HAZARD_LIMITS } from "../limits.ts";
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
  /** What all readings of the change may take together, beside that of its parts. */
  readonly steps: Steps;
}

const NO_FILE = null;

export function readChange(input: HazardInput, steps: Steps = new Steps(HAZARD_LIMITS.steps)): FileChange {
  return new ReadFile(input, steps);
}

/** A class, because thousands are alive at a time, and few are asked for all they can tell. */
class ReadFile implements FileChange {
  readonly path: string;
  readonly previousPath: string;
  readonly status: FileChange["status"];
  readonly unread: FileChange["unread"];
  readonly before: FileChange["before"];
  readonly after: FileChange["after"];
  readonly steps: Steps;
  /** Where a side is not known, the diff has its lines where they stand. */
  readonly #patch: string | undefined;
  #isLive: boolean | undefined;
  #lines: ChangedLines | undefined;

  constructor({ path, previousPath, status, unread, patch, ...sides }: HazardInput, steps: Steps) {
    this.steps = steps;
    const before = status === "added" || status === "copied" ? NO_FILE : unix(sides.before);
    const after = status === "removed" ? NO_FILE : unix(sides.after);
    this.path = path;
    this.previousPath = status === "renamed" ? (previousPath ?? path) : path;
    this.status = status;
    this.unread = unread;
    this.before = before === undefined && after === NO_FILE ? wholeOf(patch, "before") : before;
    this.after = after === undefined && before === NO_FILE ? wholeOf(patch, "after") : after;
    const isKnown = before !== undefined && after !== undefined && (before ?? after) !== NO_FILE;
    this.#patch = isKnown ? undefined : patch;
  }

  get isLive(): boolean {
    this.#isLive ??= isLive(this.path);
    return this.#isLive;
  }

  get lines(): ChangedLines {
    this.#lines ??= this.#patch === undefined ? linesOf(this.before, this.after) : linesOfPatch(this.#patch);
    return this.#lines;
  }
}

function linesOf(before: FileChange["before"], after: FileChange["after"]): ChangedLines {
  if (before === undefined || after === undefined) return { before: [], after: [] };
  return linesBetween(before ?? "", after ?? "");
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
