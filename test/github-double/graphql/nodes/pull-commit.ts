import { nodeId } from "../../shapes/links.ts";
import type { Pull } from "../../world/model.ts";
import type { Commit } from "../../world/objects.ts";
import type { Context, Node } from "../context.ts";
import { commit } from "./commit.ts";

export function pullCommit(pull: Pull, each: Commit): Node {
  return {
    __typename: "PullRequestCommit",
    id: nodeId("PullRequestCommit", `${pull.id}:${each.sha}`),
    commit: () => commit(pull.repo, each),
    pullRequest: (_: unknown, { graph }: Context) => graph.pullRequest(pull),
  };
}
