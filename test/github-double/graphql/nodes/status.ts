import { nodeId } from "../../shapes/links.ts";
import { latestStatuses } from "../../world/merge-requirements.ts";
import type { CommitStatus, Repository } from "../../world/model.ts";
import type { Node } from "../context.ts";
import { actor } from "./actor.ts";

/** The statuses of a commit, of each context the latest; `null` where there is none. */
export function statusOf(repo: Repository, sha: string): Node | null {
  const latest = latestStatuses(repo, sha);
  if (latest.length === 0) return null;
  return {
    __typename: "Status",
    id: nodeId("Status", `${repo.id}:${sha}`),
    contexts: latest.map(statusContext),
    context: ({ name }: { readonly name: string }) => {
      const found = latest.find(({ context }) => context === name);
      return found === undefined ? null : statusContext(found);
    },
  };
}

function statusContext(given: CommitStatus): Node {
  return {
    __typename: "StatusContext",
    id: nodeId("StatusContext", given.id),
    context: given.context,
    state: given.state.toUpperCase(),
    description: given.description,
    targetUrl: given.targetUrl,
    createdAt: given.createdAt,
    creator: actor(given.creator),
  };
}
