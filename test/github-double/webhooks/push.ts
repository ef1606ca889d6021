import { commit, simpleCommit } from "../shapes/git.ts";
import { type Json, nodeId, repoHtml } from "../shapes/links.ts";
import { whereabouts } from "../shapes/repository.ts";
import { commitsBetween } from "../world/history.ts";
import { accountByEmail } from "../world/identity.ts";
import type { MergeGroup, Push, Repository } from "../world/model.ts";
import type { Commit, Signature } from "../world/objects.ts";
import { branchRef, ZERO } from "../world/pushing.ts";
import { groupRef } from "../world/queue.ts";
import type { State } from "../world/state.ts";
import { pushedPaths } from "./pushed-paths.ts";

/** GitHub lists at most so many commits in a `push`. */
const MAX_PUSHED_COMMITS = 2048;

/** The particulars of `push`. */
export function pushPayload(state: State, repo: Repository, push: Push): Json {
  const { ref, before, after, forced, pusher } = push;
  const created = before === ZERO;
  const deleted = after === ZERO;
  const commits = created || deleted ? [] : commitsBetween(repo.objects, before, after);
  return {
    ref,
    before,
    after,
    base_ref: null,
    created,
    deleted,
    forced: forced || deleted,
    compare: `${repoHtml(state, repo)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: commits.slice(-MAX_PUSHED_COMMITS).map((each) => pushedCommit(state, repo, each)),
    head_commit: deleted ? null : pushedCommit(state, repo, repo.objects.commitAt(after)),
    pusher: { name: pusher.restLogin, email: pusher.email },
    ...pushedRepository(state, repo),
  };
}

/** A `push` tells times of the repository as seconds. */
function pushedRepository(state: State, repo: Repository): Json {
  const { repository, ...others } = whereabouts(state, repo);
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  const times = { created_at: seconds(repo.createdAt), pushed_at: seconds(repo.pushedAt) };
  return { repository: { ...Object(repository), ...times }, ...others };
}

function pushedCommit(state: State, repo: Repository, given: Commit): Json {
  return {
    id: given.sha,
    tree_id: given.tree,
    distinct: true,
    message: given.message,
    timestamp: given.committer.date,
    url: `${repoHtml(state, repo)}/commit/${given.sha}`,
    author: pushedPerson(state, given.author),
    committer: pushedPerson(state, given.committer),
    ...pushedPaths(repo.objects, given),
  };
}

function pushedPerson(state: State, { name, email, date }: Signature): Json {
  const account = accountByEmail(state, email);
  return { name, email, date, ...(account ? { username: account.restLogin } : {}) };
}

/** The particulars of `create` and `delete`. */
export function refPayload(state: State, repo: Repository, ref: string): Json {
  const [, kind = "", name = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  return { ref: name, ref_type: kind === "tags" ? "tag" : "branch", ...whereabouts(state, repo) };
}

/** The particulars of `merge_group`. */
export function mergeGroupPayload(state: State, group: MergeGroup): Json {
  const { repo, headSha, baseSha, baseRef } = group;
  return {
    merge_group: {
      head_sha: headSha,
      head_ref: groupRef(group),
      base_sha: baseSha,
      base_ref: branchRef(baseRef),
      head_commit: simpleCommit(repo.objects.commitAt(headSha)),
    },
    ...whereabouts(state, repo),
  };
}

/** The particulars of `status`. */
export function statusCommit(state: State, repo: Repository, sha: string): Json {
  return { node_id: nodeId("Commit", sha), ...commit(state, repo, repo.objects.commitAt(sha)) };
}
