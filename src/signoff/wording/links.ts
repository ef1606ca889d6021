import type { ReadAs } from "../../production/links/read-as.ts";
import { quote } from "./visible.ts";

/** Enough to see what it is about. */
const MOST = 3;

/** What to say of paths that count as control files through links: nothing, or sentences after a space. */
export function readThroughLinks(paths: readonly string[], readAs: (path: string) => ReadAs | null): string {
  const sentences = new Set<string>();
  for (const path of paths) {
    const how = readAs(path);
    if (how !== null) sentences.add(sentenceOf(path, how));
    if (sentences.size === MOST) break;
  }
  return [...sentences].map((sentence) => ` ${sentence}`).join("");
}

function sentenceOf(path: string, how: ReadAs): string {
  switch (how.kind) {
    case "linked":
      return `${quote(path)} is read through the link ${quote(how.link)}.`;
    case "in-place":
      return `Control files are looked for behind ${quote(path)}.`;
    case "anywhere":
      return `It is not known where the link ${quote(how.link)} leads, so every file counts: replace it with a file.`;
  }
}
