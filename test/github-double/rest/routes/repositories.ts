import { user } from "../../shapes/account.ts";
import { codeownersErrors } from "../../shapes/codeowners.ts";
import { repositoryFull } from "../../shapes/repository.ts";
import { branch, checksRule, ruleset } from "../../shapes/ruleset.ts";
import { rulesetsFor } from "../../world/merge-requirements.ts";
import { type Account, fullName } from "../../world/model.ts";
import { atLeast, permissionIn } from "../../world/permissions.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { paged } from "../paging.ts";
import { type Call, ok, param, type Reply, type Route, repoRoute, route } from "../route.ts";

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
  repoRoute("GET /repos/{owner}/{repo}", METADATA, (call) => ok(repositoryFull(call.state, call.repo))),

  repoRoute("GET /repos/{owner}/{repo}/branches/{branch}", [{ contents: "read" }], (call) => {
    const name = param(call, "branch");
    if (!call.repo.refs.has(`refs/heads/${name}`)) throw new Refused(404, "Branch not found");
    return ok(branch(call.state, call.repo, name));
  }),

  repoRoute("GET /repos/{owner}/{repo}/collaborators/{username}/permission", METADATA, (call) => {
    const who = call.state.account(param(call, "username"));
    if (!who) throw new Refused(404, "Not Found");
    const level = permissionIn(call.repo, who);
    const permissions = {
      admin: level === "admin",
      maintain: atLeast(level, "maintain"),
      push: atLeast(level, "write"),
      triage: atLeast(level, "triage"),
      pull: atLeast(level, "read"),
    };
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

  repoRoute("GET /repos/{owner}/{repo}/rules/branches/{branch}", METADATA, (call) =>
    paged(call, rulesetsFor(call.repo, param(call, "branch")), (each) => ({
      ...checksRule(each),
      ruleset_source_type: "Repository",
      ruleset_source: fullName(call.repo),
      ruleset_id: each.id,
    })),
  ),

  repoRoute("GET /repos/{owner}/{repo}/rulesets", METADATA, (call) =>
    paged(call, call.repo.rulesets, (each) => ruleset(call.state, call.repo, each)),
  ),

  repoRoute("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", METADATA, (call) => {
    const found = call.repo.rulesets.find((each) => each.id === Number(param(call, "ruleset_id")));
    if (!found) throw new Refused(404, "Not Found");
    return ok({
      ...ruleset(call.state, call.repo, found),
      conditions: { ref_name: { include: found.branches, exclude: [] } },
      rules: [checksRule(found)],
    });
  }),

  route("GET /users/{username}", [], (call) => profile(call, call.state.account(param(call, "username")))),

  route("GET /user/{account_id}", [], (call) =>
    profile(call, call.state.accounts.get(Number(param(call, "account_id")))),
  ),

  route("GET /rate_limit", [], (call) => ok(call.rate())),

  route("GET /meta", [], () => ok({ verifiable_password_authentication: false })),
];

function profile({ state }: Call, who: Account | undefined): Reply {
  if (!who || who.deleted) throw new Refused(404, "Not Found");
  const { createdAt: created_at, name } = who;
  const nothing = { company: null, blog: null, location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  return ok({ ...user(state, who), name, ...nothing, ...counts, created_at, updated_at: created_at });
}
