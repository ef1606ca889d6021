import type { Terminal } from "../terminal.ts";
import { overwrite } from "./print.ts";

export interface Progress {
  readonly report: (text: string) => void;
  readonly end: () => void;
}

const EVERY_MS = 100;

/** One line on a terminal that is overwritten and at last removed; silent where nobody watches. */
export function showProgress(terminal: Terminal): Progress {
  const { stderr, now } = terminal;
  if (!("isTTY" in stderr) || stderr.isTTY !== true) return { report: () => {}, end: () => {} };
  let shownAt = now().getTime();
  let shown = false;
  return {
    report(text) {
      const at = now().getTime();
      if (at - shownAt < EVERY_MS) return;
      shownAt = at;
      shown = true;
      overwrite(terminal, text);
    },
    end() {
      if (shown) overwrite(terminal, null);
    },
  };
}
