import type { Account, App, CheckSuite, Push, Repository } from "./model.ts";
import type { State } from "./state.ts";

/** Apps that may write checks get a suite for each pushed commit, unless its message asks to skip them. */
export function createSuites(state: State, repo: Repository, push: Push): void {
  if (!push.ref.startsWith("refs/heads/")) return;
  const { message } = repo.objects.commitAt(push.after);
  if (/\n\nskip-checks:\s*true\s*$/i.test(message)) return;
  for (const { app, account, suspendedAt, permissions } of state.installations.values()) {
    if (account !== repo.owner || suspendedAt !== null || permissions.checks !== "write") continue;
    const known = repo.suites.some((suite) => suite.sha === push.after && suite.appId === app.id);
    if (known) continue;
    const suite = addSuite(state, { repo, sha: push.after, app, push });
    state.announce({ event: "check_suite", action: "requested", suite, sender: push.pusher });
  }
}

/** The suite of an app on a commit, made when it has none yet. */
export function suiteFor(state: State, repo: Repository, sha: string, app: App): CheckSuite {
  const known = repo.suites.find((suite) => suite.sha === sha && suite.appId === app.id);
  return known ?? addSuite(state, { repo, sha, app, push: null });
}

function addSuite(
  state: State,
  {
    repo,
    sha,
    app,
    push,
  }: { readonly repo: Repository; readonly sha: string; readonly app: App; readonly push: Push | null },
): CheckSuite {
  const standing = [...repo.refs].find(([ref, at]) => at === sha && ref.startsWith("refs/heads/"))?.[0];
  const branch = push?.ref ?? standing;
  const suite: CheckSuite = {
    id: state.nextId(),
    repo,
    sha,
    branch: branch?.replace("refs/heads/", "") ?? null,
    appId: app.id,
    push,
    createdAt: state.now(),
  };
  repo.suites.push(suite);
  return suite;
}

export function botOf(state: State, appId: number): Account {
  const app = state.apps.get(appId);
  if (!app) throw new Error(`no app ${appId}`);
  return app.bot;
}
