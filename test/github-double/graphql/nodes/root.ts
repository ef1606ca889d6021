import { type Context, type Graph, refusal, visible } from "../context.ts";
import { actor, organization } from "./actor.ts";
import { nodeById } from "./by-id.ts";
import { issue } from "./issue.ts";
import { pullRequest } from "./pull.ts";
import { ref, repository } from "./repository.ts";

export const graph: Graph = { pullRequest, issue, repository, ref };

interface RepositoryArguments {
  readonly owner: string;
  readonly name: string;
  readonly followRenames?: boolean | null;
}

/** Where queries start. */
export const root = {
  rateLimit: (_: unknown, { cost, rate }: Context) => ({
    __typename: "RateLimit",
    cost: cost.points,
    nodeCount: cost.nodes,
    limit: rate.limit,
    used: rate.used,
    remaining: rate.remaining,
    resetAt: new Date(rate.reset * 1000).toISOString().replace(".000", ""),
  }),

  repository: ({ owner, name, followRenames }: RepositoryArguments, context: Context) => {
    const { state } = context;
    const repo = state.repository(owner, name) ?? (followRenames ? state.formerly(owner, name) : undefined);
    if (!repo || !visible(context, repo))
      throw refusal("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    return repository(repo);
  },

  node: ({ id }: { readonly id: string }, context: Context) => {
    const found = nodeById(context, id);
    if (!found) throw refusal("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
    return found;
  },

  organization: ({ login }: { readonly login: string }, { state }: Context) => {
    const org = state.orgs.get(login.toLowerCase());
    if (!org)
      throw refusal("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
    return organization(org);
  },

  user: ({ login }: { readonly login: string }, { state }: Context) => {
    const account = state.account(login);
    if (account?.kind !== "User")
      throw refusal("NOT_FOUND", `Could not resolve to a User with the login of '${login}'.`);
    return actor(account);
  },
};
