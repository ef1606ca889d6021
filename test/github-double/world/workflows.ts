import type { Account, Pull, WorkflowRun } from "./model.ts";
import type { State } from "./state.ts";

/** Runs of workflows: only that they are over is told, as no job runs here. */
export function workflows(state: State) {
  return {
    /** A workflow that ran for something on a pull request is over. */
    workflowRan(
      pull: Pull,
      { by, ...given }: Pick<WorkflowRun, "name" | "path" | "title" | "event"> & { readonly by: Account },
    ): WorkflowRun {
      const { headSha, headRef, headRepo, repo } = pull;
      const run = { ...given, id: state.nextId(), headSha, headRef, headRepo, at: state.now(), by };
      state.announce({ event: "workflow_run", action: "completed", repo, run, sender: by });
      return run;
    },
  };
}
