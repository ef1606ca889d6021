import { diffFiles, type FileChange } from "./diff.ts";
import { commitsBetween, mergeBase } from "./history.ts";
import type { Pull } from "./model.ts";
import type { Commit } from "./objects.ts";

const seen = new WeakMap<Pull, { readonly key: string; readonly files: readonly FileChange[] }>();

/** What a pull request changes: its head against the merge base, kept until either side moves. */
export function changedFiles(pull: Pull): readonly FileChange[] {
  const key = `${pull.baseSha}...${pull.headSha}`;
  const known = seen.get(pull);
  if (known?.key === key) return known.files;
  const { objects } = pull.repo;
  const base = mergeBase(objects, pull.baseSha, pull.headSha);
  const files = diffFiles(
    objects,
    base === null ? new Map() : objects.filesAt(base),
    objects.filesAt(pull.headSha),
  );
  seen.set(pull, { key, files });
  return files;
}

/** What the head has and the base has not, oldest first. */
export function pullCommits(pull: Pull): readonly Commit[] {
  return commitsBetween(pull.repo.objects, pull.baseSha, pull.headSha);
}
