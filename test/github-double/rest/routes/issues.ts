import { issue } from "../../shapes/issue.ts";
import { label } from "../../shapes/repository.ts";
import { addLabel, labelNamed } from "../../world/labels.ts";
import type { Conversation, Pull } from "../../world/model.ts";
import { Refused } from "../../world/refused.ts";
import { addLabels } from "../../writes/labels.ts";
import { paged } from "../paging.ts";
import { actor, ok, param, type Reply, type RepoCall, type Route, repoRoute } from "../route.ts";

/** On pull requests these accept either permission (docs: additional permissions). */
const READ = [{ issues: "read" }, { pull_requests: "read" }] as const;
const WRITE = [{ issues: "write" }, { pull_requests: "write" }] as const;

export const issueRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/issues", READ, (call) => {
    const state = call.query.get("state") ?? "open";
    const creator = call.query.get("creator");
    const all = [...call.repo.issues.values(), ...call.repo.pulls.values()]
      .filter((each) => state === "all" || each.state === state)
      .filter(({ author }) => creator === null || author.restLogin === creator)
      .sort((a, b) => b.number - a.number);
    return paged(call, all, (each) => issue(call.state, each));
  }),

  repoRoute("POST /repos/{owner}/{repo}/issues", [{ issues: "write" }], (call) => {
    const { title, body } = call.body;
    const given = { title: String(title), body: typeof body === "string" ? body : null };
    const made = call.world.openIssue(call.repo, { ...given, author: actor(call) });
    return { status: 201, body: issue(call.state, made) };
  }),

  // This one takes no other permission, not even for a pull request.
  repoRoute("GET /repos/{owner}/{repo}/issues/{issue_number}", [{ issues: "read" }], (call) =>
    ok(issue(call.state, conversationOf(call))),
  ),

  repoRoute("PATCH /repos/{owner}/{repo}/issues/{issue_number}", [{ issues: "write" }], (call) => {
    const found = call.repo.issues.get(Number(param(call, "issue_number")));
    if (!found) throw new Refused(404, "Not Found");
    if (call.body.state === "closed") call.world.closeIssue(found, actor(call));
    if (call.body.state === "open") call.world.reopenIssue(found, actor(call));
    return ok(issue(call.state, found));
  }),

  repoRoute("GET /repos/{owner}/{repo}/issues/{issue_number}/labels", READ, (call) =>
    paged(call, [...pullOf(call).labels], (each) => label(call.state, call.repo, each)),
  ),

  repoRoute("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", WRITE, (call) => {
    const pull = pullOf(call);
    addLabels(call.world, pull, { names: namesIn(call), by: actor(call) });
    return labelsOf(call, pull);
  }),

  repoRoute("PUT /repos/{owner}/{repo}/issues/{issue_number}/labels", WRITE, (call) => {
    const pull = pullOf(call);
    const names = namesIn(call);
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    for (const each of pull.labels)
      if (!wanted.has(each.name.toLowerCase())) call.world.unlabel(pull, each.name, actor(call));
    for (const name of names) call.world.label(pull, name, actor(call));
    return labelsOf(call, pull);
  }),

  repoRoute("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", WRITE, (call) => {
    const pull = pullOf(call);
    if (!call.world.unlabel(pull, param(call, "name"), actor(call)))
      throw new Refused(404, "Label does not exist");
    return labelsOf(call, pull);
  }),

  repoRoute("GET /repos/{owner}/{repo}/labels", READ, (call) =>
    paged(call, [...call.repo.labels.values()], (each) => label(call.state, call.repo, each)),
  ),

  repoRoute("GET /repos/{owner}/{repo}/labels/{name}", READ, (call) => {
    const found = call.repo.labels.get(param(call, "name").toLowerCase());
    if (!found) throw new Refused(404, "Not Found");
    return ok(label(call.state, call.repo, found));
  }),

  repoRoute("POST /repos/{owner}/{repo}/labels", WRITE, (call) => {
    const { name, color, description } = call.body;
    if (typeof name !== "string" || call.repo.labels.has(name.toLowerCase()))
      throw new Refused(422, "Validation Failed", [
        { resource: "Label", code: "already_exists", field: "name" },
      ]);
    const made =
      typeof color === "string"
        ? addLabel(call.state, call.repo, {
            name,
            color,
            description: typeof description === "string" ? description : "",
          })
        : labelNamed(call.state, call.repo, name);
    return { status: 201, body: label(call.state, call.repo, made) };
  }),
];

export function pullOf(call: RepoCall): Pull {
  const number = call.params.issue_number ?? call.params.pull_number;
  const pull = call.repo.pulls.get(Number(number));
  if (!pull) throw new Refused(404, "Not Found");
  return pull;
}

/** The issue or pull request of this number. */
export function conversationOf(call: RepoCall): Conversation {
  const number = Number(param(call, "issue_number"));
  const found = call.repo.pulls.get(number) ?? call.repo.issues.get(number);
  if (!found) throw new Refused(404, "Not Found");
  return found;
}

/** Names as strings or as `{name}`, in `labels` or as the whole body. */
function namesIn(call: RepoCall): readonly string[] {
  const given: unknown = Array.isArray(call.body) ? call.body : call.body.labels;
  if (!Array.isArray(given)) return [];
  return given.map((each: unknown) =>
    typeof each === "object" && each !== null && "name" in each ? String(each.name) : String(each),
  );
}

function labelsOf(call: RepoCall, pull: Pull): Reply {
  return ok([...pull.labels].map((each) => label(call.state, call.repo, each)));
}
