import { mergePull } from "./merging.ts";
import type { Account, AutoMerge, Pull, Repository } from "./model.ts";
import { atLeast, permissionIn } from "./permissions.ts";
import { Refused } from "./refused.ts";
import type { State } from "./state.ts";
import { announcePull, record } from "./timeline.ts";

/** Auto-merge: GitHub merges by itself in the moment in which everything required passes. */
export function autoMerging(state: State) {
  state.listen((event) => {
    if (event.event === "check_run" && event.action === "completed")
      mergeWhatMay(state, event.run.suite.repo, event.run.suite.sha);
    if (event.event === "status") mergeWhatMay(state, event.repo, event.status.sha);
    if (event.event === "pull_request" && (event.action === "synchronize" || changesBase(event)))
      disableFor(state, event.pull, event.sender);
  });
  return {
    enableAutoMerge(
      pull: Pull,
      by: Account,
      given: Partial<Pick<AutoMerge, "method" | "title" | "message">> = {},
    ): void {
      if (!atLeast(permissionIn(pull.repo, by), "write"))
        throw new Refused(403, "Must have push access to the repository.");
      pull.autoMerge = { by, at: state.now(), method: "merge", title: null, message: null, ...given };
      record(state, pull, { by, type: "auto_merge_enabled" });
      announcePull(state, pull, { by, action: "auto_merge_enabled" });
    },

    disableAutoMerge: (pull: Pull, by: Account): void =>
      disable(state, pull, { by, reason: "Auto-merge was disabled." }),
  };
}

function changesBase(event: { readonly action: string; readonly changes?: object }): boolean {
  return event.action === "edited" && "base" in (event.changes ?? {});
}

/** Somebody without write access who pushes or retargets ends it (docs: automatically merging a pull request). */
function disableFor(state: State, pull: Pull, by: Account): void {
  if (atLeast(permissionIn(pull.repo, by), "write")) return;
  disable(state, pull, { by, reason: "Somebody without write access changed the pull request." });
}

function disable(
  state: State,
  pull: Pull,
  { by, reason }: { readonly by: Account; readonly reason: string },
): void {
  if (pull.autoMerge === null) return;
  pull.autoMerge = null;
  record(state, pull, { by, type: "auto_merge_disabled" });
  announcePull(state, pull, { by, action: "auto_merge_disabled", reason });
}

function mergeWhatMay(state: State, repo: Repository, sha: string): void {
  for (const pull of repo.pulls.values()) {
    const wish = pull.autoMerge;
    if (wish === null || pull.state === "closed" || pull.headSha !== sha) continue;
    const { by, method, title, message } = wish;
    mergePull(state, pull, {
      by,
      method,
      ...(title === null ? {} : { title }),
      ...(message === null ? {} : { message }),
    });
  }
}
