import { inherited } from "../../signoff/inherited.ts";
import type { CommitRecord } from "../../signoff/snapshot.ts";
import type { Store } from "../../store/store.ts";
import type { Work } from "./head-work.ts";

type Merged = Work["findings"]["merged"][number];

/**
 * What is known of a pull request follows it into its base. A squash or a rebase makes new commits, and another pull
 * request may bring those to a branch that is governed.
 */
export async function rememberMerged(work: Work): Promise<void> {
  const { store, repository, task, findings, moment, clock, doubted } = work;
  const by = { headSha: task.headSha, asOf: moment.invalidations, at: clock.now() };
  for (const merged of findings.merged) {
    const { dropped, ...record } = await recordOf(work, merged);
    if (record.evidence.length + record.participants.length === 0 && !dropped) continue;
    await store.record(repository, merged.pull, {
      ...NOTHING_ELSE,
      commits: [record],
      ...(dropped && { dropped: { commits: [record.sha], pullRequest: false } }),
      by,
    });
    doubted();
  }
}

const NOTHING_ELSE: Omit<Parameters<Store["record"]>[2], "commits" | "by"> = {
  approvals: [],
  evidence: [],
  participants: [],
  refusals: [],
  accounts: [],
  change: null,
};

async function recordOf({ store, repository, task }: Work, { pull, sha }: Merged): Promise<CommitRecord> {
  const known = [await store.remember(repository, pull), ...(await store.recall(repository, [task.headSha]))];
  const all = {
    evidence: known.flatMap(({ evidence }) => evidence),
    participants: known.flatMap(({ participants }) => participants),
    ...(known.some(({ dropped }) => dropped) && { dropped: true as const }),
  };
  return inherited(all, { sha, how: `in #${pull}` });
}
