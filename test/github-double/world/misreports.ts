import type { Misreport, Pull, Repository } from "./model.ts";

/** What GitHub says wrongly, or does not say, of what there is. */
export function misreports() {
  return {
    /** Has REST or GraphQL count the changed files wrongly, or leave files out of the list; `{}` ends it. */
    misreportFiles(pull: Pull, wrong: Misreport): void {
      pull.misreported = wrong;
    },

    /** Has GraphQL's `Commit.file` show nothing at a path, so that its mode is not told; trees still hold it. */
    hideMode(repo: Repository, path: string): void {
      repo.unseen.add(path);
    },

    showMode(repo: Repository, path: string): void {
      repo.unseen.delete(path);
    },
  };
}
