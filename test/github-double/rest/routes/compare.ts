import { commit } from "../../shapes/git.ts";
import { repoApi } from "../../shapes/links.ts";
import { commitsBetween, mergeBase } from "../../world/history.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { ok, param, type Route, repoRoute } from "../route.ts";

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
    return ok({
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
      commits: ahead
        .slice(0, Number(call.query.get("per_page") ?? 250))
        .map((each) => commit(state, repo, each)),
      files: [],
    });
  }),
];
