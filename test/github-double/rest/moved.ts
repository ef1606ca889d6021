import { api } from "../shapes/links.ts";
import { Refused } from "../world/refused.ts";
import type { State } from "../world/state.ts";
import { canSee } from "./access.ts";
import type { RestRequest } from "./rest.ts";
import type { Caller, Reply } from "./route.ts";

/**
 * Where a repository answers under a name it had: 301 for what reads and 307 for what writes, to its address by id.
 * `null`: nothing moved away from there, or the caller may not see it.
 */
export function moved(state: State, request: RestRequest, caller: Caller | Refused): Reply | null {
  const [, owner = "", name = "", rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(request.path) ?? [];
  if (state.repository(owner, name)) return null;
  const repo = state.formerly(owner, name);
  if (!repo || caller instanceof Refused || (caller.kind !== "app" && !canSee(caller, repo))) return null;
  const query = request.query.size > 0 ? `?${request.query}` : "";
  const url = api(state, `/repositories/${repo.id}${rest}${query}`);
  const reads = request.method === "GET" || request.method === "HEAD";
  const body = {
    message: reads ? "Moved Permanently" : "Temporary Redirect",
    url,
    documentation_url:
      "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
  };
  return { status: reads ? 301 : 307, body, headers: { location: url } };
}
