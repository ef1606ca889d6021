import type { Writable } from "node:stream";
import { styleText } from "node:util";
import type { GitLimits } from "./local-git/process/start.ts";
import type { Asked } from "./local-git/repository/folder.ts";
import type { Page } from "./report/lines.ts";

/** The world around a command: given by `main`, or by a test. */
export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** The working directory. */
  readonly directory: string;
  readonly now: () => Date;
  /** Asks a person for a yes; absent where there is none to answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** How much git may take; its own measure where it is left out. */
  readonly limits?: GitLimits;
}

/** A folder that a command is given, to be opened as a repository. */
export function askedFolder(
  { directory: from, limits }: Terminal,
  directory: string,
  naming = "--repo DIR",
): Asked {
  return { from, directory, naming, ...(limits !== undefined && { limits }) };
}

/** Narrower than 60 columns nothing is readable, and lines over 100 tire the eye. */
export function pageOf(stream: Writable): Page {
  const columns = "columns" in stream && typeof stream.columns === "number" ? stream.columns : 80;
  return {
    width: Math.min(Math.max(columns, 60), 100),
    // The stream decides whether it takes colours; NO_COLOR and FORCE_COLOR overrule it.
    paint: (style, text) => styleText(style, text, { stream, validateStream: true }),
  };
}
