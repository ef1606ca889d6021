import type { Finding, Side, Unread } from "./hazard.ts";
import { shown } from "./words.ts";

export const UNREADABLE = { id: "files/unreadable", kind: "destructive", asks: "block" } as const;

const WHY: Readonly<Record<Unread, string>> = {
  binary: "it is no text",
  "too-large": "it is too large",
  "no-diff": "there is no diff of it",
  "odd-diff": "its diff is not whole or does not fit its content",
  broken: "it is not written as its name says",
  "too-many-steps": "reading it takes more steps than there are for one change",
};

interface UnreadFile {
  readonly path: string;
  readonly status: string;
}

/**
 * What is said of a file that rules would read, and cannot; or would read together with another one, which is the one
 * that cannot be read.
 */
export function unreadable({ path, status }: UnreadFile, unread: Unread, culprit = path): Finding {
  const side: Side = status === "removed" ? "before" : "after";
  const why =
    culprit === path
      ? `changes ${shown(path)}, which cannot be read here, because ${WHY[unread]}: an owner has to look`
      : `changes ${shown(path)}, which is judged together with ${shown(culprit)}, and that cannot be read here, because ${WHY[unread]}: an owner has to look`;
  return { what: shown(path), file: path, line: 1, side, why };
}
