const LINE = /\bThis reverts commit ([0-9a-f]{40}|[0-9a-f]{64})\b/g;

/** The commits that a message says it undoes, as `git revert` and GitHub's button write it, each once. */
export function revertedIn(message: string): readonly string[] {
  return [...new Set([...message.matchAll(LINE)].flatMap(([, sha]) => sha ?? []))];
}
