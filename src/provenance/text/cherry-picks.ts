const LINE = /\(cherry picked from commit ([0-9a-f]{40}|[0-9a-f]{64})\)/g;

/** The commits that a message says it was picked from, as `git cherry-pick -x` writes it, each once. */
export function cherryPickedFrom(message: string): readonly string[] {
  return [...new Set([...message.matchAll(LINE)].flatMap(([, sha]) => sha ?? []))];
}
