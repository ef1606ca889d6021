import { type Person, signatureOf, webSignature } from "./identity.ts";
import { mergeFiles } from "./merge.ts";
import type { Repository } from "./model.ts";
import type { Commit, FileEntry, Files, Mode } from "./objects.ts";
import { tip } from "./pushing.ts";
import type { State } from "./state.ts";

/** New content, `null` to delete, or content with a mode (for a submodule the content is its commit). */
export type Change = string | Buffer | null | { readonly mode: Mode; readonly content: string | Buffer };

export interface CommitSpec {
  readonly author: Person;
  /** Default: the author. `"web"`: made on github.com, signed by GitHub. */
  readonly committer?: Person | "web";
  readonly message: string;
  readonly changes?: Readonly<Record<string, Change>>;
  /** Old path to new path, content kept; `changes` to the new path come on top. */
  readonly renames?: Readonly<Record<string, string>>;
  /** A second parent, merged in before the changes are made. */
  readonly mergeFrom?: string;
}

/** Stores one commit on top of `parent`; no branch moves. */
export function build(state: State, repo: Repository, parent: string | null, spec: CommitSpec): Commit {
  const date = state.now();
  const { author, committer = author } = spec;
  const { files, parents } = startingPoint(repo, parent, spec.mergeFrom);
  return repo.objects.commit({
    tree: repo.objects.tree(withChanges(repo, files, spec)),
    parents,
    author: signatureOf(author, date),
    committer: committer === "web" ? webSignature(date) : signatureOf(committer, date),
    message: spec.message,
  });
}

function startingPoint(
  repo: Repository,
  parent: string | null,
  mergeFrom: string | undefined,
): { readonly files: Files; readonly parents: readonly string[] } {
  if (parent === null) return { files: new Map(), parents: [] };
  if (mergeFrom === undefined) return { files: repo.objects.filesAt(parent), parents: [parent] };
  const other = repo.objects.commits.has(mergeFrom) ? mergeFrom : tip(repo, mergeFrom);
  const merged = mergeFiles(repo.objects, parent, other);
  const files = merged.conflict ? repo.objects.filesAt(parent) : merged.files;
  return { files, parents: [parent, other] };
}

function withChanges(repo: Repository, before: Files, { renames = {}, changes = {} }: CommitSpec): Files {
  const files = new Map(before);
  for (const [from, to] of Object.entries(renames)) {
    const entry = files.get(from);
    if (!entry) throw new Error(`no file ${from} to rename`);
    files.delete(from);
    files.set(to, entry);
  }
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) {
      if (!files.delete(path)) throw new Error(`no file ${path} to delete`);
    } else files.set(path, entryOf(repo, change, files.get(path)));
  }
  return files;
}

function entryOf(repo: Repository, change: Exclude<Change, null>, before: FileEntry | undefined): FileEntry {
  if (typeof change === "string" || Buffer.isBuffer(change))
    return { mode: before?.mode ?? "100644", sha: repo.objects.blob(change) };
  const { mode, content } = change;
  return { mode, sha: mode === "160000" ? content.toString() : repo.objects.blob(content) };
}
