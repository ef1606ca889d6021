import { codeownersErrors } from "../../shapes/codeowners.ts";
import { nodeId } from "../../shapes/links.ts";
import { rulesetsFor } from "../../world/merge-requirements.ts";
import { fullName, isAccount, type Repository } from "../../world/model.ts";
import { organizationOf, permissionIn } from "../../world/permissions.ts";
import { findRef } from "../../world/refs.ts";
import { requiredChecksOf } from "../../world/rulesets.ts";
import { connection, type PageArguments } from "../connection.ts";
import { type Context, type Node, need, refusal } from "../context.ts";
import { actor } from "./actor.ts";
import { blob, commit } from "./commit.ts";
import { issue } from "./issue.ts";
import { label } from "./label.ts";
import { pullRequest } from "./pull.ts";
import { inOrder, type PullsArguments, wanted } from "./pulls.ts";
import { mergeQueue } from "./queue.ts";
import { rule, rulesetNode } from "./ruleset.ts";

export function repository(repo: Repository): Node {
  return {
    __typename: "Repository",
    id: nodeId("Repository", repo.id),
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: fullName(repo),
    owner: () => actor(repo.owner),
    url: (_: unknown, { state }: Context) => `${state.origin}/${fullName(repo)}`,
    isArchived: repo.archived,
    isPrivate: repo.private,
    isFork: repo.parent !== null,
    isDisabled: false,
    createdAt: repo.createdAt,
    pushedAt: repo.pushedAt,
    parent: () => (repo.parent ? repository(repo.parent) : null),
    ...contents(repo),
    ...pulls(repo),
    ...issues(repo),
    ...queue(repo),
    ...people(repo),
  };
}

function contents(repo: Repository) {
  const allowed = (context: Context) => need(context, { contents: "read" }, repo);
  return {
    defaultBranchRef: (_: unknown, context: Context) => {
      allowed(context);
      return ref(repo, `refs/heads/${repo.defaultBranch}`);
    },
    ref: ({ qualifiedName }: { readonly qualifiedName: string }, context: Context) => {
      allowed(context);
      return ref(repo, qualifiedName.startsWith("refs/") ? qualifiedName : `refs/heads/${qualifiedName}`);
    },
    object: (
      args: { readonly oid?: string | null; readonly expression?: string | null },
      context: Context,
    ) => {
      allowed(context);
      return objectAt(repo, args.oid ?? args.expression ?? "");
    },
    codeowners: ({ refName }: { readonly refName?: string | null }, context: Context) => {
      allowed(context);
      const sha = findRef(repo, refName ?? repo.defaultBranch);
      const errors = sha === null ? null : codeownersErrors(repo, sha);
      return errors === null ? null : { __typename: "RepositoryCodeowners", errors };
    },
  };
}

function pulls(repo: Repository) {
  const allowed = (context: Context) => need(context, { pull_requests: "read" }, repo);
  return {
    pullRequest: ({ number }: { readonly number: number }, context: Context) => {
      allowed(context);
      const pull = repo.pulls.get(number);
      if (!pull)
        throw refusal("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullRequest(pull);
    },
    pullRequests: (args: PullsArguments, context: Context) => {
      allowed(context);
      const found = [...repo.pulls.values()].filter((pull) => wanted(pull, args));
      return connection("pullRequests", inOrder(found, args), { args, node: pullRequest });
    },
  };
}

function issues(repo: Repository) {
  const allowed = (context: Context) => need(context, { issues: "read" }, repo);
  return {
    issue: ({ number }: { readonly number: number }, context: Context) => {
      allowed(context);
      const found = repo.issues.get(number);
      if (!found) throw refusal("NOT_FOUND", `Could not resolve to an Issue with the number of ${number}.`);
      return issue(found);
    },
    issues: (args: PageArguments, context: Context) => {
      allowed(context);
      return connection("issues", [...repo.issues.values()], { args, node: issue });
    },
    issueOrPullRequest: ({ number }: { readonly number: number }, context: Context) => {
      allowed(context);
      const pull = repo.pulls.get(number);
      const found = repo.issues.get(number);
      if (pull) return pullRequest(pull);
      if (found) return issue(found);
      const message = `Could not resolve to an issue or pull request with the number of ${number}.`;
      throw refusal("NOT_FOUND", message);
    },
  };
}

function queue(repo: Repository) {
  return {
    mergeQueue: ({ branch }: { readonly branch?: string | null }, context: Context) => {
      need(context, { merge_queues: "read" }, repo);
      return mergeQueue(repo, branch ?? repo.defaultBranch);
    },
  };
}

function people(repo: Repository) {
  return {
    label: ({ name }: { readonly name: string }) => {
      const found = repo.labels.get(name.toLowerCase());
      return found ? label(found) : null;
    },
    labels: (args: PageArguments) => connection("labels", [...repo.labels.values()], { args, node: label }),
    rulesets: (args: PageArguments) => connection("rulesets", repo.rulesets, { args, node: rulesetNode }),
    collaborators: (args: PageArguments & { readonly login?: string | null }) => {
      const everybody = new Set([
        ...(organizationOf(repo)?.members ?? []),
        ...[...repo.grants.keys()].filter(isAccount),
        repo.owner,
      ]);
      const found = [...everybody]
        .filter((each) => each.kind === "User" && permissionIn(repo, each) !== "none")
        .filter((each) => !args.login || each.login.toLowerCase() === args.login.toLowerCase());
      const edge = (each: (typeof found)[number]) => ({ permission: permissionIn(repo, each).toUpperCase() });
      return connection("collaborators", found, { args, node: actor, edge });
    },
  };
}

/** A commit by id or name, or `name:path` for what lies there. */
function objectAt(repo: Repository, expression: string): Node | null {
  if (repo.objects.blobs.has(expression)) return blob(repo, expression);
  const [name = "", ...path] = expression.split(":");
  const sha = findRef(repo, name);
  if (sha === null) return null;
  if (path.length === 0) return commit(repo, repo.objects.commitAt(sha));
  const entry = repo.objects.filesAt(sha).get(path.join(":"));
  return entry ? blob(repo, entry.sha) : null;
}

function protectionRule(repo: Repository, branch: string): Node | null {
  const protection = repo.protections.get(branch);
  if (protection === undefined) return null;
  const { allowForcePushes, forcePushers } = protection;
  return {
    __typename: "BranchProtectionRule",
    allowsForcePushes: allowForcePushes,
    bypassForcePushAllowances: (args: PageArguments) =>
      connection("bypassForcePushAllowances", forcePushers, { args, node: actor }),
  };
}

export function ref(repo: Repository, qualified: string): Node | null {
  const sha = repo.refs.get(qualified);
  if (!sha) return null;
  const [, prefix = "", name = ""] = /^(refs\/[^/]+\/)(.+)$/.exec(qualified) ?? [];
  const rulesets = (prefix === "refs/heads/" ? rulesetsFor(repo, name) : []).filter(
    (ruleset) => requiredChecksOf(ruleset).length > 0,
  );
  return {
    __typename: "Ref",
    id: nodeId("Ref", `${repo.id}:${qualified}`),
    name,
    prefix,
    target: () => commit(repo, repo.objects.commitAt(sha)),
    branchProtectionRule: protectionRule(repo, name),
    rules: (args: PageArguments) => connection("rules", rulesets, { args, node: rule }),
    associatedPullRequests: (args: PullsArguments) =>
      connection(
        "associatedPullRequests",
        [...repo.pulls.values()].filter((pull) => pull.headRef === name && wanted(pull, args)),
        {
          args,
          node: pullRequest,
        },
      ),
  };
}
