import { signatureOf, webSignature } from "./identity.ts";
import { mergeFiles } from "./merge.ts";
import { complaint, rulesetsFor, standingOf } from "./merge-requirements.ts";
import type { MergeResult } from "./merging.ts";
import type { Account, Pull, QueueEntry, Repository } from "./model.ts";
import { branchRef, markMerged, pushTo, tip } from "./pushing.ts";
import type { State } from "./state.ts";

/** Merge queues: each entry's commit holds the base, all entries ahead of it, and its own pull request. */
export function queues(state: State) {
  return {
    /** Queues pull requests as one group behind what is queued already, and asks for checks on its last commit. */
    enqueue(pulls: readonly [Pull, ...Pull[]], by: Account): QueueEntry {
      const [{ repo, baseRef }] = pulls;
      const queue = queueOf(repo, baseRef);
      const built = queue.at(-1)?.headSha ?? tip(repo, baseRef);
      for (const pull of pulls) {
        const baseSha = queue.at(-1)?.headSha ?? tip(repo, baseRef);
        queue.push({ id: state.nextId(), pull, baseSha, headSha: commitOf(state, pull, baseSha), by });
      }
      const last = queue.at(-1);
      if (last === undefined) throw new Error("nothing was queued");
      repo.refs.set(branchRef(groupBranch(last, built)), last.headSha);
      state.announce({
        event: "merge_group",
        action: "checks_requested",
        repo,
        entry: last,
        baseSha: built,
        sender: by,
      });
      return last;
    },

    /** Takes a pull request out of the queue, and with it whatever stands behind it. */
    dequeue(pull: Pull): void {
      const queue = queueOf(pull.repo, pull.baseRef);
      const at = queue.findIndex((entry) => entry.pull === pull);
      if (at !== -1) queue.splice(at);
    },

    /** Moves the base to the commit of a group, if the checks that are required pass there. */
    land({ pull, headSha }: QueueEntry, by: Account): MergeResult {
      const { repo, baseRef } = pull;
      const required = rulesetsFor(repo, baseRef).flatMap(({ requiredChecks }) => requiredChecks);
      const broken = complaint(
        required.map((check) => ({
          context: check.context,
          standing: standingOf(repo, headSha, check),
        })),
      );
      if (broken !== null) return { status: 405, message: broken };
      const queue = queueOf(repo, baseRef);
      const last = queue.findIndex((entry) => entry.headSha === headSha);
      for (const merged of queue.splice(0, last + 1))
        markMerged(state, { pull: merged.pull, by, sha: merged.headSha });
      pushTo(state, { repo, branch: baseRef, after: headSha, by });
      return { status: 200, message: "Merged by the queue", sha: headSha };
    },
  };
}

function queueOf(repo: Repository, branch: string): QueueEntry[] {
  const queue = repo.queues.get(branch) ?? [];
  repo.queues.set(branch, queue);
  return queue;
}

export function groupBranch({ pull }: QueueEntry, baseSha: string): string {
  return `gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${baseSha}`;
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
