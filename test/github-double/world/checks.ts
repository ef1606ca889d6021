import type {
  Account,
  Annotation,
  App,
  CheckAction,
  CheckRun,
  CheckStatus,
  CommitStatus,
  Conclusion,
  Repository,
} from "./model.ts";
import { fullName } from "./model.ts";
import type { State } from "./state.ts";
import { botOf, suiteFor } from "./suites.ts";

export interface CheckRunFields {
  readonly name?: string;
  readonly status?: CheckStatus;
  readonly conclusion?: Conclusion;
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string | null;
  readonly annotations?: readonly Annotation[];
  readonly actions?: readonly CheckAction[];
  readonly externalId?: string;
  readonly detailsUrl?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
}

/** Check runs and commit statuses. */
export function checks(state: State) {
  return {
    /** A check run of any app, as its own API call would make it. */
    checkRun(
      repo: Repository,
      sha: string,
      { app, name, ...fields }: CheckRunFields & { readonly app: App; readonly name: string },
    ): CheckRun {
      repo.objects.commitAt(sha);
      const run: CheckRun = {
        id: state.nextId(),
        suite: suiteFor(state, repo, sha, app),
        name,
        status: "queued",
        conclusion: null,
        title: null,
        summary: null,
        text: null,
        annotations: [],
        actions: [],
        externalId: null,
        detailsUrl: null,
        startedAt: fields.startedAt ?? state.now(),
        completedAt: null,
      };
      repo.runs.push(run);
      change(state, run, fields);
      const sender = app.bot;
      state.announce({ event: "check_run", action: "created", run, sender });
      if (run.status === "completed")
        state.announce({ event: "check_run", action: "completed", run, sender });
      return run;
    },

    updateCheckRun(run: CheckRun, fields: CheckRunFields): void {
      const before = run.status;
      change(state, run, fields);
      if (run.status === "completed" && before !== "completed")
        state.announce({
          event: "check_run",
          action: "completed",
          run,
          sender: botOf(state, run.suite.appId),
        });
    },

    /** Somebody presses "Re-run" on a check. */
    rerequest(run: CheckRun, by: Account): void {
      state.announce({ event: "check_run", action: "rerequested", run, sender: by });
    },

    /** Somebody presses one of the buttons a check offers. */
    pressAction(run: CheckRun, identifier: string, by: Account): void {
      if (!run.actions.some((action) => action.identifier === identifier))
        throw new Error(`${run.name} offers no action ${identifier}`);
      state.announce({ event: "check_run", action: "requested_action", run, identifier, sender: by });
    },

    /** The old kind of check: anybody with write may set it, under any name. */
    status(
      repo: Repository,
      sha: string,
      given: Pick<CommitStatus, "context" | "state"> & Partial<CommitStatus> & { readonly by: Account },
    ): CommitStatus {
      const { by, ...fields } = given;
      const status: CommitStatus = {
        description: null,
        targetUrl: null,
        appId: null,
        ...fields,
        id: state.nextId(),
        sha,
        creator: by,
        createdAt: state.now(),
      };
      repo.statuses.push(status);
      state.announce({ event: "status", repo, status, sender: by });
      return status;
    },
  };
}

function change(state: State, run: CheckRun, fields: CheckRunFields): void {
  const at = state.now();
  run.name = fields.name ?? run.name;
  run.status = fields.conclusion !== undefined ? "completed" : (fields.status ?? run.status);
  run.conclusion = run.status === "completed" ? (fields.conclusion ?? run.conclusion) : null;
  run.title = fields.title ?? run.title;
  run.summary = fields.summary ?? run.summary;
  if (fields.text !== undefined) run.text = fields.text;
  run.annotations.push(...(fields.annotations ?? []));
  run.actions = fields.actions ?? run.actions;
  run.externalId = fields.externalId ?? run.externalId;
  run.detailsUrl = fields.detailsUrl ?? run.detailsUrl;
  run.startedAt = fields.startedAt ?? run.startedAt;
  run.completedAt = run.status === "completed" ? (fields.completedAt ?? run.completedAt ?? at) : null;
  const { name, status, conclusion, title } = run;
  state.transitions.push({
    at,
    repo: fullName(run.suite.repo),
    sha: run.suite.sha,
    name,
    status,
    conclusion,
    title,
  });
}
