import { nodeId } from "../shapes/links.ts";
import type { Account, CheckRun, Label, Pull, Repository, Team } from "../world/model.ts";
import { type Context, refusal, visible } from "./context.ts";

/** Things by their node id, among what the caller may see. */
export function lookup(context: Context) {
  const { state } = context;
  const repositories = [...state.repositories.values()].filter((repo) => visible(context, repo));
  const teams = [...state.orgs.values()].flatMap((org) => [...org.teams.values()]);
  return {
    repository: (id: string): Repository => found("Repository", repositories, id),
    checkRun: (id: string): CheckRun => found("CheckRun", repositories.flatMap(runsOf), id),
    pull: (id: string): Pull => found("PullRequest", repositories.flatMap(pullsOf), id),
    label: (repo: Repository, id: string): Label => found("Label", [...repo.labels.values()], id),
    user: (id: string): Account => found("User", [...state.accounts.values()], id),
    team: (id: string): Team => found("Team", teams, id),
  };
}

function found<T extends { readonly id: number }>(type: string, all: readonly T[], id: string): T {
  const one = all.find((each) => nodeId(type, each.id) === id);
  if (!one) throw refusal("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  return one;
}

const runsOf = ({ runs }: Repository): readonly CheckRun[] => runs;
const pullsOf = ({ pulls }: Repository): readonly Pull[] => [...pulls.values()];
