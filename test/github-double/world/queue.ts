import type { DequeueReason } from "./events.ts";
import { signatureOf, webSignature } from "./identity.ts";
import { mergeFiles } from "./merge.ts";
import { complaint, requiredChecksFor, standingOf } from "./merge-requirements.ts";
import type { MergeResult } from "./merging.ts";
import type { Account, MergeGroup, Pull, QueueEntry, Repository } from "./model.ts";
import { branchRef, dropRef, markMerged, pushTo, tip } from "./pushing.ts";
import type { State } from "./state.ts";
import { announcePull, record } from "./timeline.ts";

/** The account that pushes the branches of merge groups. */
const QUEUE_BOT = { id: 118344674, login: "github-merge-queue" };

/**
 * Merge queues: each entry's commit holds the base, all entries ahead of it, and its own pull request. When GitHub
 * makes groups, and of how many entries, is up to the test.
 */
export function queues(state: State) {
  return {
    /** Queues pull requests as one group behind what is queued already, and asks for checks on its last commit. */
    enqueue(pulls: readonly [Pull, ...Pull[]], by: Account): MergeGroup {
      for (const pull of pulls) addToQueue(state, pull, by);
      const [{ repo, baseRef }] = pulls;
      return makeGroup(state, repo, { baseRef, size: pulls.length });
    },

    /** Queues a pull request without a group. */
    addToQueue: (pull: Pull, by: Account): QueueEntry => addToQueue(state, pull, by),

    /** Makes a group of the next entries that have none, and asks for checks on its last commit. */
    makeGroup: (repo: Repository, baseRef: string, size = 1): MergeGroup =>
      makeGroup(state, repo, { baseRef, size }),

    /**
     * Takes a pull request out of the queue. Its group is destroyed, and those behind it, whose commits hold it;
     * what else was in them waits for new groups.
     */
    dequeue(pull: Pull, by: Account = pull.author, reason: DequeueReason = "MANUAL"): void {
      const queue = queueOf(pull.repo, pull.baseRef);
      const at = queue.findIndex((entry) => entry.pull === pull);
      const [entry] = at === -1 ? [] : queue.slice(at);
      if (!entry) return;
      const own = entry.commit?.group;
      const behind = queue.slice(at).flatMap(({ commit }) => commit?.group ?? []);
      for (const group of new Set(behind))
        destroy(state, queue, { group, by, reason: group === own ? "dequeued" : "invalidated" });
      queue.splice(queue.indexOf(entry), 1);
      record(state, pull, { by, type: "removed_from_merge_queue" });
      announcePull(state, pull, { by, action: "dequeued", reason });
    },

    /** Moves the base to the commit of a group, if the checks that are required pass there. */
    land(group: MergeGroup, by: Account): MergeResult {
      const { repo, baseRef: branch, headSha } = group;
      const queue = queueOf(repo, branch);
      const last = queue.findLastIndex(({ commit }) => commit?.group === group);
      if (last === -1) return { status: 405, message: "The group is no longer in the queue." };
      const broken = whyNotLand(group);
      if (broken !== null) return { status: 405, message: broken };
      for (const { pull, commit } of queue.splice(0, last + 1)) {
        announcePull(state, pull, { by, action: "dequeued", reason: "MERGE" });
        markMerged(state, { pull, by, sha: commit?.headSha ?? headSha });
      }
      pushTo(state, { repo, branch, after: headSha, by, activity: "merge_queue_merge" });
      destroy(state, queue, { group, by, reason: "merged" });
      return { status: 200, message: "Merged by the queue", sha: headSha };
    },

    /** Why a group may not land, `null` when it may. */
    whyNotLand,
  };
}

function whyNotLand({ repo, baseRef, headSha }: MergeGroup): string | null {
  const required = requiredChecksFor(repo, baseRef, null);
  return complaint(
    required.map((check) => ({ context: check.context, standing: standingOf(repo, headSha, check) })),
  );
}

function addToQueue(state: State, pull: Pull, by: Account): QueueEntry {
  const entry = { id: state.nextId(), pull, by, at: state.now(), commit: null };
  queueOf(pull.repo, pull.baseRef).push(entry);
  record(state, pull, { by, type: "added_to_merge_queue" });
  announcePull(state, pull, { by, action: "enqueued" });
  return entry;
}

function makeGroup(
  state: State,
  repo: Repository,
  { baseRef, size }: { readonly baseRef: string; readonly size: number },
): MergeGroup {
  const queue = queueOf(repo, baseRef);
  const from = queue.findIndex(({ commit }) => commit === null);
  const entries = from === -1 ? [] : queue.slice(from, from + size);
  const last = entries.at(-1);
  if (!last) throw new Error("nothing waits for a group");
  const baseSha = queue[from - 1]?.commit?.headSha ?? tip(repo, baseRef);
  const heads: { readonly entry: QueueEntry; readonly baseSha: string; readonly headSha: string }[] = [];
  for (const entry of entries) {
    const on = heads.at(-1)?.headSha ?? baseSha;
    heads.push({ entry, baseSha: on, headSha: commitOf(state, entry.pull, on) });
  }
  const headSha = heads.at(-1)?.headSha ?? baseSha;
  const branch = `gh-readonly-queue/${baseRef}/pr-${last.pull.number}-${baseSha}`;
  const group = { repo, baseRef, baseSha, headSha, branch };
  for (const { entry, ...commit } of heads) entry.commit = { ...commit, group };
  pushTo(state, { repo, branch, after: headSha, by: queueBot(state) });
  state.announce({ event: "merge_group", action: "checks_requested", group, sender: last.by });
  return group;
}

function destroy(
  state: State,
  queue: readonly QueueEntry[],
  {
    group,
    by,
    reason,
  }: {
    readonly group: MergeGroup;
    readonly by: Account;
    readonly reason: "merged" | "invalidated" | "dequeued";
  },
): void {
  for (const entry of queue) if (entry.commit?.group === group) entry.commit = null;
  dropRef(state, { repo: group.repo, branch: group.branch, by: queueBot(state) });
  state.announce({ event: "merge_group", action: "destroyed", group, reason, sender: by });
}

function queueBot(state: State): Account {
  return (
    state.accounts.get(QUEUE_BOT.id) ??
    state.addAccount({ ...QUEUE_BOT, kind: "Bot", restLogin: `${QUEUE_BOT.login}[bot]` })
  );
}

function queueOf(repo: Repository, branch: string): QueueEntry[] {
  const queue = repo.queues.get(branch) ?? [];
  repo.queues.set(branch, queue);
  return queue;
}

/** The entry of a pull request in the queue of its base. */
export function entryOf(pull: Pull): QueueEntry | null {
  return pull.repo.queues.get(pull.baseRef)?.find((entry) => entry.pull === pull) ?? null;
}

/** Whether GitHub counts an entry as ready, in GraphQL's words. */
export function entryState({ commit }: QueueEntry): "QUEUED" | "AWAITING_CHECKS" | "MERGEABLE" {
  if (commit === null) return "QUEUED";
  return whyNotLand(commit.group) === null ? "MERGEABLE" : "AWAITING_CHECKS";
}

export function groupRef({ branch }: MergeGroup): string {
  return branchRef(branch);
}

function commitOf(state: State, pull: Pull, baseSha: string): string {
  const { repo, number, headSha, title, author } = pull;
  const merged = mergeFiles(repo.objects, baseSha, headSha);
  if (merged.conflict) throw new Error(`#${number} conflicts with what is queued`);
  const date = state.now();
  return repo.objects.commit({
    tree: repo.objects.tree(merged.files),
    parents: [baseSha, headSha],
    author: signatureOf(author, date),
    committer: webSignature(date),
    message: `Merge pull request #${number}\n\n${title}`,
  }).sha;
}
