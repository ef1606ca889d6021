import { build, type Change, type CommitSpec } from "./commits.ts";
import { ancestors } from "./history.ts";
import { addLabel } from "./labels.ts";
import type { Account, Repository } from "./model.ts";
import { type Commit, ObjectStore } from "./objects.ts";
import { branchRef, dropRef, pushTo, tip } from "./pushing.ts";
import type { State } from "./state.ts";

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
      repo.pushed.add(first.sha);
      for (const [label, color, description] of DEFAULT_LABELS)
        addLabel(state, repo, { name: label, color, description });
      state.announce({ event: "repository", action: "created", repo, sender: owner });
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

    /** A new branch, as somebody makes it on the site or by a push of a commit that is there already. */
    createBranch(repo: Repository, branch: string, from: string, by: Account): void {
      const after = repo.objects.commits.has(from) ? from : tip(repo, from);
      pushTo(state, { repo, branch, after, by });
    },

    /** Closes the open pull requests from it and into it. */
    deleteBranch: (repo: Repository, branch: string, by: Account): void =>
      dropRef(state, { repo, branch, by }),

    tag(repo: Repository, name: string, sha: string): void {
      repo.refs.set(`refs/tags/${name}`, sha);
    },

    /** Notes by their path in the notes' tree, in place of those kept under this name. */
    notes(repo: Repository, name: string, texts: Readonly<Record<string, Change>>, by: Account): void {
      const commit = build(state, repo, null, { author: by, message: "Notes added", changes: texts });
      repo.refs.set(`refs/notes/${name}`, commit.sha);
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
    deleted: false,
    refs: new Map(),
    pushes: [],
    pushed: new Set(given.parent?.pushed),
    pulls: new Map(),
    issues: new Map(),
    deletedIssues: new Set(),
    unseen: new Set(),
    // docs.github.com/rest/git/trees, "Get a tree"
    treeLimit: 100_000,
    labels: new Map(),
    rulesets: [],
    protections: new Map(),
    workflows: { permissions: "read", mayApprove: false },
    queues: new Map(),
    grants: new Map(),
    suites: [],
    runs: [],
    statuses: [],
    createdAt: state.now(),
    pushedAt: state.now(),
  };
  state.place(repo);
  return repo;
}
