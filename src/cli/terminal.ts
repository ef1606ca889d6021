import type { Writable } from "node:stream";
import { styleText } from "node:util";
import type { Page } from "./report/lines.ts";

/** The world around a command: given by `main`, or by a test. */
export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** The working directory. */
  readonly directory: string;
  readonly now: () => Date;
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

export interface Progress {
  readonly report: (text: string) => void;
  readonly end: () => void;
}

const EVERY_MS = 100;

/** One line on a terminal that is overwritten and at last removed; silent where nobody watches. */
export function showProgress({ stderr, now }: Terminal): Progress {
  if (!("isTTY" in stderr) || stderr.isTTY !== true) return { report: () => {}, end: () => {} };
  let shownAt = now().getTime();
  let shown = false;
  return {
    report(text) {
      const at = now().getTime();
      if (at - shownAt < EVERY_MS) return;
      shownAt = at;
      shown = true;
      stderr.write(`\r${text}\x1b[K`);
    },
    end() {
      if (shown) stderr.write("\r\x1b[K");
    },
  };
}
