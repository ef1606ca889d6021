import type { Account, App, Installation } from "./model.ts";
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
        publicKey: given.publicKey ?? null,
        permissions: given.permissions ?? MINIMAL_PERMISSIONS,
        events: given.events ?? EVENTS,
        createdAt: state.now(),
      };
      state.apps.set(app.id, app);
      return app;
    },

    /** Installs an app on all repositories of an account. */
    install(app: App, account: Account): Installation {
      const installation: Installation = {
        id: state.nextId(),
        app,
        account,
        permissions: { ...app.permissions },
        suspendedAt: null,
        createdAt: state.now(),
      };
      state.installations.set(installation.id, installation);
      return installation;
    },

    suspend(installation: Installation, by: Account): void {
      installation.suspendedAt = state.now();
      state.announce({ event: "installation", action: "suspend", installation, sender: by });
    },

    unsuspend(installation: Installation, by: Account): void {
      installation.suspendedAt = null;
      state.announce({ event: "installation", action: "unsuspend", installation, sender: by });
    },

    /** Takes a permission from an installation, as an owner who did not accept it would. */
    withdrawPermission(installation: Installation, permission: string): void {
      delete installation.permissions[permission];
    },
  };
}
