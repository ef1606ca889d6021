import { statSync } from "node:fs";

/** A secret that may stand in a file of its own. */
export interface SecretText {
  readonly text?: string;
  readonly file?: string;
  readonly problem?: string;
}

/** What `read` finds in the file that the variable names. */
export function secretIn(variable: string, path: string, read: (path: string) => string): SecretText {
  try {
    return { text: read(path), file: path };
  } catch {
    return { problem: `${variable} names ${path}, which cannot be read` };
  }
}

const GROUP_AND_OTHERS = 0o077;
const OTHERS = 0o007;

/** How to close a file to those whom its secrets do not concern, as a sentence; `null` where it is closed or gone. */
export function openness(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const { mode, uid } = stats;
  // Whoever does not own the file reads it through its group, as in Kubernetes.
  const closed = uid === process.getuid?.() ? GROUP_AND_OTHERS : OTHERS;
  if ((mode & closed) === 0) return null;
  const shown = (mode & 0o777).toString(8).padStart(4, "0");
  return `${path} has mode ${shown}: others on this machine can read or change it; run chmod 0400 on it`;
}
