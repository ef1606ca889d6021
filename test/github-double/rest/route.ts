import type { Logins } from "../login-flow.ts";
import type { Deliveries } from "../webhooks/deliveries.ts";
import type { Account, App, Installation, Repository } from "../world/model.ts";
import { Refused } from "../world/refused.ts";
import type { State, UserToken } from "../world/state.ts";
import type { World } from "../world/world.ts";
import type { Tokens } from "./auth.ts";

/** Who asks. */
export type Caller =
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Readonly<Record<string, "read" | "write">>;
      /** The repositories a narrowed token may see; `null`: all of the installation. */
      readonly only: ReadonlySet<number> | null;
    }
  | ({ readonly kind: "user" } & UserToken)
  | { readonly kind: "nobody" };

export interface Call {
  readonly state: State;
  readonly world: World;
  readonly deliveries: Deliveries;
  readonly tokens: Tokens;
  readonly logins: Logins;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** The address asked for, without its query, for links to further pages. */
  readonly address: string;
  readonly accept: string;
  /** As it was sent. */
  readonly authorization: string;
  /** Whether pull requests from forks are named at their commits. */
  readonly namesForks: boolean;
  /** The body of `GET /rate_limit` for this caller. */
  readonly rate: () => unknown;
}

export interface RepoCall extends Call {
  readonly repo: Repository;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** What is sent for the body, where that has numbers larger than JavaScript's. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One way to be allowed: each named permission at least at its level. Several needs are alternatives. */
export type Need = Readonly<Record<string, "read" | "write">>;

export interface Route {
  readonly operation: string;
  /** Whom the operation is for. */
  readonly by: "app" | "anyone" | "nobody";
  readonly needs: readonly Need[];
  readonly handle: (call: Call) => Reply;
}

/** An operation of the app itself, with its JWT. */
export function appRoute(operation: string, handle: (call: Call & { readonly app: App }) => Reply): Route {
  return {
    operation,
    by: "app",
    needs: [],
    handle: (call) => {
      if (call.caller.kind !== "app") throw new Refused(401, "A JSON web token could not be decoded");
      return handle({ ...call, app: call.caller.app });
    },
  };
}

/** An operation for which nobody has to say who they are. */
export function openRoute(operation: string, handle: (call: Call) => Reply): Route {
  return { operation, by: "nobody", needs: [], handle };
}

export function route(operation: string, needs: readonly Need[], handle: (call: Call) => Reply): Route {
  return { operation, by: "anyone", needs, handle };
}

/** An operation inside a repository, which is looked up first: what one may not see is not there. */
export function repoRoute(
  operation: string,
  needs: readonly Need[],
  handle: (call: RepoCall) => Reply,
): Route {
  return {
    operation,
    by: "anyone",
    needs,
    handle: (call) => {
      const repo = call.state.repository(param(call, "owner"), param(call, "repo"));
      if (!repo) throw new Refused(404, "Not Found");
      return handle({ ...call, repo });
    },
  };
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

/** The account an action is done as: the app's bot, or the user. */
export function actor(call: Call): Account {
  switch (call.caller.kind) {
    case "app":
      return call.caller.app.bot;
    case "installation":
      return call.caller.installation.app.bot;
    case "user":
      return call.caller.account;
    case "nobody":
      throw new Refused(401, "Requires authentication");
  }
}
