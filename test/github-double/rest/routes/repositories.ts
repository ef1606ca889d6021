import { user } from "../../shapes/account.ts";
import { codeownersErrors } from "../../shapes/codeowners.ts";
import type { Json } from "../../shapes/links.ts";
import { permissionsAt, repositoryFull } from "../../shapes/repository.ts";
import type { Account } from "../../world/model.ts";
import { permissionIn } from "../../world/permissions.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { type Call, ok, param, type Reply, type RepoCall, type Route, repoRoute, route } from "../route.ts";

const METADATA = [{ metadata: "read" }] as const;

/** REST's four words for GitHub's six levels. */
const LEGACY = {
  none: "none",
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
} as const;

export const repositoryRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}", METADATA, (call) =>
    ok({ ...repositoryFull(call.state, call.repo), ...permissionsOf(call) }),
  ),

  repoRoute("GET /repos/{owner}/{repo}/collaborators/{username}/permission", METADATA, (call) => {
    const who = call.state.account(param(call, "username"));
    if (!who) throw new Refused(404, "Not Found");
    const level = permissionIn(call.repo, who);
    const permissions = permissionsAt(level);
    return ok({
      permission: LEGACY[level],
      role_name: level,
      user: { ...user(call.state, who), permissions, role_name: level },
    });
  }),

  repoRoute("GET /repos/{owner}/{repo}/codeowners/errors", [{ contents: "read" }], (call) => {
    const sha = resolveRef(call.repo, call.query.get("ref") ?? call.repo.defaultBranch);
    const errors = codeownersErrors(call.repo, sha);
    if (!errors) throw new Refused(404, "Not Found");
    return ok({ errors });
  }),

  route("GET /user", [], (call) =>
    profile(call, call.caller.kind === "user" ? call.caller.account : undefined),
  ),

  route("GET /users/{username}", [], (call) => profile(call, call.state.account(param(call, "username")))),

  route("GET /user/{account_id}", [], (call) =>
    profile(call, call.state.accounts.get(Number(param(call, "account_id")))),
  ),

  route("GET /rate_limit", [], (call) => ok(call.rate())),

  route("GET /meta", [], () => ok({ verifiable_password_authentication: false })),
];

/** What whoever asks may do there; an App is told by its installation. */
function permissionsOf({ caller, repo }: RepoCall): Json {
  return caller.kind === "user" ? { permissions: permissionsAt(permissionIn(repo, caller.account)) } : {};
}

function profile({ state }: Call, who: Account | undefined): Reply {
  if (!who || who.deleted) throw new Refused(404, "Not Found");
  const { createdAt: created_at, name } = who;
  const nothing = { company: null, blog: null, location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  return ok({ ...user(state, who), name, ...nothing, ...counts, created_at, updated_at: created_at });
}
