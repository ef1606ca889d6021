import { nodeId } from "../../shapes/links.ts";
import type { AutoMerge, Pull, QueueEntry, Repository } from "../../world/model.ts";
import { entryState } from "../../world/queue.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Context, Node } from "../context.ts";
import { actor } from "./actor.ts";
import { commit } from "./commit.ts";

/** The merge queue of a branch; `null`: it has none. */
export function mergeQueue(repo: Repository, branch: string): Node | null {
  const entries = repo.queues.get(branch);
  if (entries === undefined) return null;
  return {
    __typename: "MergeQueue",
    id: nodeId("MergeQueue", `${repo.id}:${branch}`),
    entries: (args: PageArguments) => connection("mergeQueueEntries", entries, { args, node: queueEntry }),
  };
}

export function queueEntry(entry: QueueEntry): Node {
  const { id, pull, by, at, commit: made } = entry;
  const { repo } = pull;
  return {
    __typename: "MergeQueueEntry",
    id: nodeId("MergeQueueEntry", id),
    position: (repo.queues.get(pull.baseRef)?.indexOf(entry) ?? 0) + 1,
    state: entryState(entry),
    solo: false,
    jump: false,
    enqueuedAt: at,
    enqueuer: () => actor(by),
    estimatedTimeToMerge: null,
    baseCommit: () => made && commit(repo, repo.objects.commitAt(made.baseSha)),
    headCommit: () => made && commit(repo, repo.objects.commitAt(made.headSha)),
    mergeQueue: () => mergeQueue(repo, pull.baseRef),
    pullRequest: (_: unknown, { graph }: Context) => graph.pullRequest(pull),
  };
}

export function autoMergeRequest(pull: Pull, { by, at, method, title, message }: AutoMerge): Node {
  return {
    __typename: "AutoMergeRequest",
    enabledAt: at,
    enabledBy: () => actor(by),
    mergeMethod: method.toUpperCase(),
    commitHeadline: title,
    commitBody: message,
    authorEmail: null,
    pullRequest: (_: unknown, { graph }: Context) => graph.pullRequest(pull),
  };
}
