import { ancestors } from "./history.ts";
import { type Person, signatureOf, webSignature } from "./identity.ts";
import { mergeFiles } from "./merge.ts";
import type { Account, Label, Repository } from "./model.ts";
import { type Commit, type FileEntry, type Files, type Mode, ObjectStore } from "./objects.ts";
import { branchRef, pushTo, tip } from "./pushing.ts";
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

const DEFAULT_LABELS: readonly (readonly [string, string, string])[] = [
  ["bug", "d73a4a", "Something isn't working"],
  ["documentation", "0075ca", "Improvements or additions to documentation"],
  ["enhancement", "a2eeef", "New feature or request"],
];

/** Repositories, branches and what is pushed to them. */
export function repositories(state: State) {
  return {
    repository(
      owner: Account,
      name: string,
      given: {
        readonly files?: Readonly<Record<string, Change>>;
        readonly defaultBranch?: string;
        readonly private?: boolean;
      } = {},
    ): Repository {
      const objects = new ObjectStore();
      const defaultBranch = given.defaultBranch ?? "main";
      const repo = addRepository(state, {
        owner,
        name,
        objects,
        defaultBranch,
        private: given.private ?? true,
        parent: null,
      });
      const first = build(state, repo, null, {
        author: owner,
        message: "Initial commit",
        changes: given.files ?? {},
      });
      repo.refs.set(branchRef(defaultBranch), first.sha);
      for (const [label, color, description] of DEFAULT_LABELS)
        addLabel(state, repo, { name: label, color, description });
      return repo;
    },

    /** A copy under another owner; objects are shared, as on GitHub. */
    fork(parent: Repository, owner: Account): Repository {
      const { name, objects, defaultBranch } = parent;
      const repo = addRepository(state, {
        owner,
        name,
        objects,
        defaultBranch,
        private: parent.private,
        parent,
      });
      for (const [ref, sha] of parent.refs) repo.refs.set(ref, sha);
      return repo;
    },

    /** A new branch; `from` is a branch or a commit. Announces nothing. */
    branch(repo: Repository, name: string, from: string): void {
      repo.refs.set(branchRef(name), repo.objects.commits.has(from) ? from : tip(repo, from));
    },

    tag(repo: Repository, name: string, sha: string): void {
      repo.refs.set(`refs/tags/${name}`, sha);
    },

    tip: (repo: Repository, branch: string): string => tip(repo, branch),

    /** One commit, pushed. */
    commit(repo: Repository, branch: string, spec: CommitSpec & { readonly by: Account }): Commit {
      const commit = build(state, repo, repo.refs.get(branchRef(branch)) ?? null, spec);
      pushTo(state, { repo, branch, after: commit.sha, by: spec.by });
      return commit;
    },

    /** Several commits in one push, oldest first. */
    push(repo: Repository, branch: string, specs: readonly CommitSpec[], by: Account): readonly Commit[] {
      let parent = repo.refs.get(branchRef(branch)) ?? null;
      const commits = specs.map((spec) => {
        const commit = build(state, repo, parent, spec);
        parent = commit.sha;
        return commit;
      });
      if (parent !== null) pushTo(state, { repo, branch, after: parent, by });
      return commits;
    },

    forcePush(repo: Repository, branch: string, sha: string, by: Account): void {
      pushTo(state, { repo, branch, after: sha, by });
    },

    setFile(repo: Repository, branch: string, path: string, content: Change, by: Account): Commit {
      const message = content === null ? `Delete ${path}` : `Update ${path}`;
      const commit = build(state, repo, tip(repo, branch), {
        author: by,
        committer: "web",
        message,
        changes: { [path]: content },
      });
      pushTo(state, { repo, branch, after: commit.sha, by });
      return commit;
    },

    /** The text of a file at a branch or commit. */
    fileText(repo: Repository, at: string, path: string): string | null {
      const sha = repo.objects.commits.has(at) ? at : tip(repo, at);
      const entry = repo.objects.filesAt(sha).get(path);
      return entry ? repo.objects.bytes(entry.sha).toString() : null;
    },

    contains: (repo: Repository, branch: string, sha: string): boolean =>
      ancestors(repo.objects, tip(repo, branch)).has(sha),
  };
}

function addRepository(
  state: State,
  given: Pick<Repository, "owner" | "name" | "objects" | "defaultBranch" | "private" | "parent">,
): Repository {
  const repo: Repository = {
    ...given,
    id: state.nextId(),
    archived: false,
    refs: new Map(),
    pushes: [],
    pulls: new Map(),
    labels: new Map(),
    rulesets: [],
    grants: new Map(),
    suites: [],
    runs: [],
    statuses: [],
    createdAt: state.now(),
    pushedAt: state.now(),
  };
  const key = `${given.owner.login}/${given.name}`.toLowerCase();
  if (state.repositories.has(key)) throw new Error(`${key} exists already`);
  state.repositories.set(key, repo);
  return repo;
}

export function addLabel(state: State, repo: Repository, given: Omit<Label, "id">): Label {
  const label = { ...given, id: state.nextId() };
  repo.labels.set(label.name.toLowerCase(), label);
  return label;
}

function build(state: State, repo: Repository, parent: string | null, spec: CommitSpec): Commit {
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
