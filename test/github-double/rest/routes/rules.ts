import {
  branch,
  branchProtection,
  ruleset,
  shortBranch,
  sourceName,
  wholeRuleset,
} from "../../shapes/ruleset.ts";
import { rulesetsFor } from "../../world/merge-requirements.ts";
import type { Account, BypassActor, Rule, Ruleset } from "../../world/model.ts";
import { permissionIn } from "../../world/permissions.ts";
import { Refused } from "../../world/refused.ts";
import { addRuleset, editRuleset, isOfRepository } from "../../world/rulesets.ts";
import { paged } from "../paging.ts";
import { ok, param, type RepoCall, type Route, repoRoute } from "../route.ts";

const METADATA = [{ metadata: "read" }] as const;
const CONTENTS = [{ contents: "read" }] as const;
const ADMINISTRATION = { read: [{ administration: "read" }], write: [{ administration: "write" }] } as const;

export const ruleRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/branches", CONTENTS, (call) => {
    const names = [...call.repo.refs.keys()].flatMap((ref) =>
      ref.startsWith("refs/heads/") ? [ref.slice("refs/heads/".length)] : [],
    );
    return paged(call, names.toSorted(), (name) => shortBranch(call.state, call.repo, name));
  }),

  repoRoute("GET /repos/{owner}/{repo}/branches/{branch}", CONTENTS, (call) =>
    ok(branch(call.state, call.repo, existing(call))),
  ),

  repoRoute("GET /repos/{owner}/{repo}/branches/{branch}/protection", ADMINISTRATION.read, (call) => {
    const name = existing(call);
    if (!call.repo.protections.has(name)) throw new Refused(404, "Branch not protected");
    return ok(branchProtection(call.state, call.repo, name));
  }),

  repoRoute("GET /repos/{owner}/{repo}/rules/branches/{branch}", METADATA, (call) => {
    const rules = rulesetsFor(call.repo, param(call, "branch")).flatMap((each) =>
      each.rules.map((rule) => ({ rule, each })),
    );
    return paged(call, rules, ({ rule, each }) => ({
      ...rule,
      // The description knows no other source here, although the rules of an enterprise apply as well.
      ruleset_source_type: each.source === "Enterprise" ? "Organization" : each.source,
      ruleset_source: sourceName(call.repo, each),
      ruleset_id: each.id,
    }));
  }),

  repoRoute("GET /repos/{owner}/{repo}/rulesets", METADATA, (call) =>
    paged(call, visible(call), (each) => ruleset(call.state, call.repo, each)),
  ),

  repoRoute("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", METADATA, (call) => {
    const found = visible(call).find((each) => each.id === Number(param(call, "ruleset_id")));
    if (!found) throw new Refused(404, "Not Found");
    return ok(wholeRuleset(call.state, call.repo, found, asker(call)));
  }),

  repoRoute("POST /repos/{owner}/{repo}/rulesets", ADMINISTRATION.write, (call) => {
    const { name = "" } = call.body as Body;
    if (own(call).some((each) => each.name === name)) throw new Refused(422, "Name must be unique");
    const made = addRuleset(call.state, call.repo, sender(call), {
      source: "Repository",
      ...written(call.body, BLANK),
    });
    return { status: 201, body: wholeRuleset(call.state, call.repo, made, asker(call)) };
  }),

  repoRoute("PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}", ADMINISTRATION.write, (call) => {
    const found = own(call).find((each) => each.id === Number(param(call, "ruleset_id")));
    if (!found) throw new Refused(404, "Not Found");
    const given = written(call.body, found);
    editRuleset(call.state, call.repo, sender(call), { ruleset: found, given });
    return ok(wholeRuleset(call.state, call.repo, found, asker(call)));
  }),

  repoRoute("GET /repos/{owner}/{repo}/actions/permissions/workflow", ADMINISTRATION.read, ({ repo }) =>
    ok({
      default_workflow_permissions: repo.workflows.permissions,
      can_approve_pull_request_reviews: repo.workflows.mayApprove,
    }),
  ),
];

function existing(call: RepoCall): string {
  const name = param(call, "branch");
  if (!call.repo.refs.has(`refs/heads/${name}`)) throw new Refused(404, "Branch not found");
  return name;
}

function asker({ caller }: RepoCall): Account | null {
  return caller.kind === "user" ? caller.account : null;
}

/** An App's bot stands for the App. */
function sender({ caller, repo }: RepoCall): Account {
  if (caller.kind === "user") return caller.account;
  return caller.kind === "installation" ? caller.installation.app.bot : repo.owner;
}

/** Those that are not active are shown to administrators. */
function visible(call: RepoCall): readonly Ruleset[] {
  const who = asker(call);
  const all = who !== null && permissionIn(call.repo, who) === "admin";
  return call.repo.rulesets.filter(({ enforcement }) => all || enforcement === "active");
}

function own({ repo }: RepoCall): readonly Ruleset[] {
  return repo.rulesets.filter(isOfRepository);
}

interface Body {
  readonly name?: string;
  readonly target?: Ruleset["target"];
  readonly enforcement?: Ruleset["enforcement"];
  readonly bypass_actors?: readonly (Omit<BypassActor, "bypass_mode"> & Partial<BypassActor>)[];
  readonly conditions?: { readonly ref_name?: { readonly include?: string[]; readonly exclude?: string[] } };
  readonly rules?: readonly Rule[];
}

type Written = Omit<Ruleset, "id" | "source" | "createdAt" | "updatedAt">;

const BLANK: Written = {
  name: "",
  target: "branch",
  enforcement: "disabled",
  branches: [],
  excluded: [],
  rules: [],
  bypass: [],
};

/** A field that is left out stays; within a rule, what is left out is as GitHub's defaults have it. */
function written(body: Readonly<Record<string, unknown>>, before: Written): Written {
  const { name, target, enforcement, bypass_actors: actors, conditions, rules } = body as Body;
  return {
    name: name ?? before.name,
    target: target ?? before.target,
    enforcement: enforcement ?? before.enforcement,
    branches: conditions?.ref_name?.include ?? before.branches,
    excluded: conditions?.ref_name?.exclude ?? before.excluded,
    rules: rules ?? before.rules,
    bypass: actors?.map((actor) => ({ bypass_mode: "always", ...actor })) ?? before.bypass,
  };
}
