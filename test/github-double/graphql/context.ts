import { GraphQLError } from "graphql";
import { canSee, satisfies } from "../rest/access.ts";
import type { Caller, Need } from "../rest/route.ts";
import type { Issue, Pull, Repository } from "../world/model.ts";
import type { State } from "../world/state.ts";
import type { World } from "../world/world.ts";

/** The objects that others point back at: reached through the context, as their files cannot import each other. */
export interface Graph {
  readonly pullRequest: (pull: Pull) => Node;
  readonly issue: (issue: Issue) => Node;
  readonly repository: (repo: Repository) => Node;
  readonly ref: (repo: Repository, qualified: string) => Node | null;
}

/** What resolvers know of the request. */
export interface Context {
  readonly graph: Graph;
  /** Whether pull requests from forks are named at their commits. */
  readonly namesForks: boolean;
  readonly state: State;
  readonly world: World;
  readonly caller: Caller;
  readonly rate: {
    readonly limit: number;
    readonly used: number;
    readonly remaining: number;
    readonly reset: number;
  };
  readonly cost: { readonly points: number; readonly nodes: number };
}

/** An object of the graph: fields as values, or as functions of their arguments. */
export interface Node {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** An error with GitHub's `type` beside its message. */
export function refusal(type: "NOT_FOUND" | "FORBIDDEN" | string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

export function need(context: Context, need: Need, repo: Repository | null): void {
  needOneOf(context, [need], repo);
}

export function needOneOf(context: Context, needs: readonly Need[], repo: Repository | null): void {
  if (!needs.some((need) => satisfies(context.caller, need, repo)))
    throw refusal("FORBIDDEN", "Resource not accessible by integration");
}

export function visible(context: Context, repo: Repository): boolean {
  return canSee(context.caller, repo);
}
