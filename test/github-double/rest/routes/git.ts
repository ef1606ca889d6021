import { base64Lines, commit, content, contentItem } from "../../shapes/git.ts";
import { nodeId, repoApi } from "../../shapes/links.ts";
import { pullSimple } from "../../shapes/pull.ts";
import { pullsAt } from "../../world/comparison.ts";
import type { TreeItem } from "../../world/objects.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { paged } from "../paging.ts";
import { ok, param, type Reply, type RepoCall, type Route, repoRoute } from "../route.ts";

const READ = [{ contents: "read" }] as const;

export const gitRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/commits/{ref}", READ, (call) => {
    const sha = resolveRef(call.repo, param(call, "ref"));
    return ok(commit(call.state, call.repo, call.repo.objects.commitAt(sha)));
  }),

  repoRoute(
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    [{ contents: "read", pull_requests: "read" }, { pull_requests: "read" }],
    (call) => {
      const sha = param(call, "commit_sha");
      if (!call.repo.objects.commits.has(sha)) throw new Refused(422, `No commit found for SHA: ${sha}`);
      return paged(call, pullsAt(call.repo, sha, call), (pull) => pullSimple(call.state, pull));
    },
  ),

  repoRoute("GET /repos/{owner}/{repo}/contents/{path}", READ, (call) => contents(call, param(call, "path"))),

  repoRoute("GET /repos/{owner}/{repo}/git/ref/{ref}", READ, (call) => {
    const ref = `refs/${param(call, "ref")}`;
    const sha = call.repo.refs.get(ref);
    if (!sha) throw new Refused(404, "Not Found");
    const url = repoApi(call.state, call.repo);
    return ok({
      ref,
      node_id: nodeId("Ref", ref),
      url: `${url}/git/${ref}`,
      object: { type: "commit", sha, url: `${url}/git/commits/${sha}` },
    });
  }),

  repoRoute("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", READ, (call) => {
    const sha = param(call, "file_sha");
    const bytes = call.repo.objects.blobs.get(sha);
    if (!bytes) throw new Refused(404, "Not Found");
    if (call.accept.includes("raw")) return rawContent(bytes);
    const url = `${repoApi(call.state, call.repo)}/git/blobs/${sha}`;
    return ok({
      sha,
      node_id: nodeId("Blob", sha),
      size: bytes.length,
      url,
      content: base64Lines(bytes),
      encoding: "base64",
    });
  }),

  repoRoute("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", READ, (call) => {
    const asked = param(call, "tree_sha");
    const sha = call.repo.objects.trees.has(asked)
      ? asked
      : call.repo.objects.commitAt(resolveRef(call.repo, asked)).tree;
    const recursive = call.query.has("recursive");
    const url = repoApi(call.state, call.repo);
    return ok({
      sha,
      url: `${url}/git/trees/${sha}`,
      tree: listTree(call, sha, recursive ? "deep" : "flat"),
      truncated: false,
    });
  }),
];

function rawContent(bytes: Buffer): Reply {
  const headers = { "content-type": "application/vnd.github.raw; charset=utf-8" };
  return { status: 200, body: bytes.toString(), headers };
}

function contents(call: RepoCall, path: string): Reply {
  const ref = call.query.get("ref") ?? call.repo.defaultBranch;
  const commitSha = resolveRef(call.repo, ref);
  const files = call.repo.objects.filesAt(commitSha);
  const entry = files.get(path);
  if (entry) {
    return call.accept.includes("raw")
      ? rawContent(call.repo.objects.bytes(entry.sha))
      : ok(content(call.state, { repo: call.repo, path, ref, entry }));
  }
  const folder = folderAt(call, commitSha, path);
  if (!folder) throw new Refused(404, "Not Found");
  return ok(
    folder.map((item) =>
      contentItem(call.state, { repo: call.repo, path: `${path}/${item.name}`, ref, entry: item }),
    ),
  );
}

function folderAt({ repo }: RepoCall, commitSha: string, path: string): readonly TreeItem[] | null {
  let items = repo.objects.trees.get(repo.objects.commitAt(commitSha).tree) ?? [];
  for (const name of path.split("/")) {
    const next = items.find((item) => item.name === name && item.mode === "40000");
    if (!next) return null;
    items = repo.objects.trees.get(next.sha) ?? [];
  }
  return items;
}

function listTree(call: RepoCall, sha: string, how: "deep" | "flat", prefix = ""): readonly unknown[] {
  const url = repoApi(call.state, call.repo);
  return (call.repo.objects.trees.get(sha) ?? []).flatMap((item) => {
    const path = prefix + item.name;
    const folder = item.mode === "40000";
    const type = folder ? "tree" : item.mode === "160000" ? "commit" : "blob";
    const size = type === "blob" ? { size: call.repo.objects.bytes(item.sha).length } : {};
    const entry = {
      path,
      mode: folder ? "040000" : item.mode,
      type,
      sha: item.sha,
      ...size,
      url: `${url}/git/${type}s/${item.sha}`,
    };
    return folder && how === "deep" ? [entry, ...listTree(call, item.sha, how, `${path}/`)] : [entry];
  });
}
