import { commit, diffEntry } from "../../shapes/git.ts";
import { repoApi } from "../../shapes/links.ts";
import { diffFiles } from "../../world/diff.ts";
import { commitsBetween, mergeBase } from "../../world/history.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { pageOf } from "../paging.ts";
import { param, type RepoCall, type Route, repoRoute } from "../route.ts";

/** Documented ends: commits where nobody asks for pages, and files of the whole comparison. */
const MAX_COMMITS = 250;
const MAX_FILES = 300;

/** By how many commits the head is ahead of the base, and behind it. */
function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

export const compareRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/compare/{basehead}", [{ contents: "read" }], (call) => {
    const { repo, state } = call;
    const [base = "", head = ""] = param(call, "basehead").split("...");
    const [baseSha, headSha] = [resolveRef(repo, base), resolveRef(repo, head)];
    const from = mergeBase(repo.objects, baseSha, headSha);
    if (from === null) throw new Refused(404, "No common ancestor");
    const ahead = commitsBetween(repo.objects, baseSha, headSha);
    const behind = commitsBetween(repo.objects, headSha, baseSha);
    const url = `${repoApi(state, repo)}/compare/${base}...${head}`;
    const { items, first, link } = pageIn(call, ahead);
    const { objects } = repo;
    const files = first ? diffFiles(objects, objects.filesAt(from), objects.filesAt(headSha)) : [];
    const body = {
      url,
      html_url: url,
      permalink_url: url,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: commit(state, repo, repo.objects.commitAt(baseSha)),
      merge_base_commit: commit(state, repo, repo.objects.commitAt(from)),
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: items.map((each) => commit(state, repo, each)),
      files: files
        .slice(0, MAX_FILES)
        .map((file) => diffEntry(state, { repo, baseSha: from, headSha }, file)),
    };
    return { status: 200, body, ...(link === null ? {} : { headers: { link } }) };
  }),
];

/** Only with one of the two parameters there are pages, and all files are on the first one. */
function pageIn<T>(call: RepoCall, commits: readonly T[]) {
  const { query, address } = call;
  if (!query.has("page") && !query.has("per_page"))
    return { items: commits.slice(0, MAX_COMMITS), first: true, link: null };
  const { number, size } = pageOf(query);
  const next = new URLSearchParams(query);
  next.set("page", String(number + 1));
  const more = number * size < commits.length;
  return {
    items: commits.slice((number - 1) * size, number * size),
    first: number === 1,
    link: more ? `<${address}?${next}>; rel="next"` : null,
  };
}
