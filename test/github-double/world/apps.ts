import type { Account, App, Installation, Repository } from "./model.ts";
import { people } from "./people.ts";
import type { State } from "./state.ts";

/** What the app asks for in its manifest (permission to level) unless a test says otherwise. */
const MINIMAL_PERMISSIONS: Readonly<Record<string, "read" | "write">> = {
  metadata: "read",
  contents: "read",
  pull_requests: "write",
  issues: "read",
  checks: "write",
  statuses: "write",
  members: "read",
  merge_queues: "read",
};

/** What such an app listens to; its own checks and its installation are announced to it anyway. */
const EVENTS: readonly string[] = [
  "pull_request",
  "pull_request_review",
  "issue_comment",
  "push",
  "label",
  "member",
  "membership",
  "organization",
  "team",
  "team_add",
];

export interface NewApp {
  readonly id?: number;
  readonly owner?: Account;
  readonly publicKey?: string;
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly events?: readonly string[];
}

/** Apps, their bot accounts and where they are installed. */
export function apps(state: State) {
  const { bot } = people(state);
  return {
    /** An app with its bot account; it acts only where it is installed. */
    app(slug: string, given: NewApp = {}): App {
      const account = state.account(`${slug}[bot]`) ?? bot(slug);
      const app: App = {
        id: given.id ?? state.nextId(),
        slug,
        bot: account,
        owner: given.owner ?? account,
        publicKeys: given.publicKey === undefined ? [] : [given.publicKey],
        permissions: given.permissions ?? MINIMAL_PERMISSIONS,
        events: given.events ?? EVENTS,
        createdAt: state.now(),
      };
      state.apps.set(app.id, app);
      return app;
    },

    /** One more private key, which counts beside the others, by its public one. */
    addKey: (app: App, publicKey: string): void => void app.publicKeys.push(publicKey),

    deleteKey(app: App, publicKey: string): void {
      const at = app.publicKeys.indexOf(publicKey);
      if (at === -1) throw new Error("the app has no such key");
      app.publicKeys.splice(at, 1);
    },

    /** Installs an app on all repositories of an account; it is told of it where somebody is named who did. */
    install(app: App, account: Account, by?: Account): Installation {
      const installation: Installation = {
        id: state.nextId(),
        app,
        account,
        permissions: { ...app.permissions },
        selected: null,
        suspendedAt: null,
        createdAt: state.now(),
      };
      state.installations.set(installation.id, installation);
      if (by) state.announce({ event: "installation", action: "created", installation, sender: by });
      return installation;
    },

    /** Leaves an installation these repositories and takes all others out of its sight; `null`: all of them. */
    selectRepositories(installation: Installation, chosen: readonly Repository[] | null, by: Account): void {
      const all = [...state.repositories.values()].filter(({ owner }) => owner === installation.account);
      const before = installation.selected ?? new Set(all);
      const after = new Set(chosen ?? all);
      installation.selected = chosen === null ? null : after;
      const added = [...after].filter((repo) => !before.has(repo));
      const removed = [...before].filter((repo) => !after.has(repo));
      const about = { event: "installation_repositories", installation, sender: by } as const;
      if (added.length > 0) state.announce({ ...about, action: "added", repositories: added });
      if (removed.length > 0) state.announce({ ...about, action: "removed", repositories: removed });
    },

    uninstall(installation: Installation, by: Account): void {
      state.announce({ event: "installation", action: "deleted", installation, sender: by });
      state.installations.delete(installation.id);
    },

    suspend(installation: Installation, by: Account): void {
      installation.suspendedAt = state.now();
      state.announce({ event: "installation", action: "suspend", installation, sender: by });
    },

    unsuspend(installation: Installation, by: Account): void {
      installation.suspendedAt = null;
      state.announce({ event: "installation", action: "unsuspend", installation, sender: by });
    },

    /** An owner accepts all that the app asks for. */
    acceptPermissions(installation: Installation, by: Account): void {
      Object.assign(installation.permissions, installation.app.permissions);
      const about = { event: "installation", installation, sender: by } as const;
      state.announce({ ...about, action: "new_permissions_accepted" });
    },

    /** Takes a permission from an installation, as an owner who did not accept it would. */
    withdrawPermission(installation: Installation, permission: string): void {
      delete installation.permissions[permission];
    },
  };
}
