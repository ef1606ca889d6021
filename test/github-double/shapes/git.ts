import type { FileChange } from "../world/diff.ts";
import { accountByEmail, isWeb } from "../world/identity.ts";
import type { Pull, Push, Repository } from "../world/model.ts";
import type { Commit, FileEntry, Signature } from "../world/objects.ts";
import type { State } from "../world/state.ts";
import { userOrNull } from "./account.ts";
import { escapePath, type Json, nodeId, repoApi, repoHtml } from "./links.ts";

/** REST's `commit`. */
export function commit(state: State, repo: Repository, given: Commit): Json {
  const url = repoApi(state, repo);
  const page = repoHtml(state, repo);
  return {
    sha: given.sha,
    node_id: nodeId("Commit", `${repo.id}:${given.sha}`),
    url: `${url}/commits/${given.sha}`,
    html_url: `${page}/commit/${given.sha}`,
    comments_url: `${url}/commits/${given.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${given.sha}`,
      author: { ...given.author },
      committer: { ...given.committer },
      message: given.message,
      tree: { sha: given.tree, url: `${url}/git/trees/${given.tree}` },
      comment_count: 0,
      verification: verification(given.committer),
    },
    author: userOrNull(state, accountByEmail(state, given.author.email)),
    committer: userOrNull(state, accountByEmail(state, given.committer.email)),
    parents: given.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  };
}

/** REST's `simple-commit`. */
export function simpleCommit({ sha: id, tree, message, author, committer }: Commit): Json {
  const person = ({ name, email }: Signature) => ({ name, email });
  return {
    id,
    tree_id: tree,
    message,
    timestamp: committer.date,
    author: person(author),
    committer: person(committer),
  };
}

/** GitHub signs what it commits itself; nothing else in the double carries a signature. */
function verification(committer: Signature): Json {
  return isWeb(committer)
    ? {
        verified: true,
        reason: "valid",
        signature: "-----BEGIN PGP SIGNATURE-----\n",
        payload: "",
        verified_at: committer.date,
      }
    : { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
}

/** REST's `activity`: one push. */
export function activityItem(state: State, push: Push): Json {
  return {
    id: push.id,
    node_id: nodeId("Push", push.id),
    before: push.before,
    after: push.after,
    ref: push.ref,
    timestamp: push.at,
    activity_type: push.activity,
    actor: userOrNull(state, push.pusher),
  };
}

/** REST's `diff-entry`. */
export function diffEntry(
  state: State,
  pull: Pick<Pull, "repo" | "baseSha" | "headSha">,
  file: FileChange,
): Json {
  const at = file.status === "removed" ? pull.baseSha : pull.headSha;
  const path = escapePath(file.path);
  const page = repoHtml(state, pull.repo);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${at}/${path}`,
    raw_url: `${page}/raw/${at}/${path}`,
    contents_url: `${repoApi(state, pull.repo)}/contents/${path}?ref=${at}`,
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
    ...(file.patch === undefined ? {} : { patch: file.patch }),
  };
}

export interface Located {
  readonly repo: Repository;
  readonly path: string;
  /** What the request asked by: a branch, tag or commit. */
  readonly ref: string;
  readonly entry: FileEntry | { readonly mode: "40000"; readonly sha: string };
}

const KINDS = { "40000": "dir", "120000": "symlink", "160000": "submodule" } as const;

/** An entry of the contents API without its content. */
export function contentItem(state: State, { repo, path, ref, entry }: Located): Json {
  const url = repoApi(state, repo);
  const self = `${url}/contents/${escapePath(path)}?ref=${encodeURIComponent(ref)}`;
  const page = repoHtml(state, repo);
  const folder = entry.mode === "40000";
  const type = entry.mode in KINDS ? KINDS[entry.mode as keyof typeof KINDS] : "file";
  const git = `${url}/git/${folder ? "trees" : "blobs"}/${entry.sha}`;
  const html = `${page}/${folder ? "tree" : "blob"}/${encodeURIComponent(ref)}/${escapePath(path)}`;
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    sha: entry.sha,
    size: folder ? 0 : repo.objects.bytes(entry.sha).length,
    url: self,
    html_url: html,
    git_url: git,
    download_url: folder ? null : `${page}/raw/${encodeURIComponent(ref)}/${escapePath(path)}`,
    type,
    _links: { self, git, html },
  };
}

/** Above this the contents API sends no content (docs: 1 MB). */
const MAX_INLINE = 1024 * 1024;

/** A file, symlink or submodule of the contents API with its content. */
export function content(state: State, located: Located): Json {
  const { repo, entry, path } = located;
  const item = contentItem(state, located);
  const bytes = repo.objects.bytes(entry.sha);
  if (entry.mode === "120000") return { ...item, target: bytes.toString() };
  if (entry.mode === "160000")
    return {
      ...item,
      submodule_git_url: `${repoHtml(state, repo)}-${escapePath(path)}.git`,
      download_url: null,
    };
  return bytes.length > MAX_INLINE
    ? { ...item, encoding: "none", content: "" }
    : { ...item, encoding: "base64", content: base64Lines(bytes) };
}

/** GitHub wraps its base64 at 60 characters. */
export function base64Lines(bytes: Buffer): string {
  return bytes.toString("base64").replace(/.{1,60}/g, "$&\n");
}
