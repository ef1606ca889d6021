import type { RepositoryRef, SeenRepository } from "../../store/repository.ts";
import type { Asker, Task } from "../../store/task.ts";
import type { Hint } from "./hint.ts";
import { changesRules, mayBringLinks } from "./push.ts";

/** What to do about an event; a payload without what the rule needs asks for nothing. */
export type Rule = (hint: Hint) => readonly Task[];

/** A verdict may differ now for the pull request named. */
export const headOfPull: Rule = ({ repository, pull_request: pull, sender }) =>
  repository && pull
    ? [
        {
          ...{ kind: "head", headSha: pull.head.sha, pulls: [pull.number], ...refOf(repository) },
          ...askedBy(sender),
        },
      ]
    : [];

/** The same where the head itself is new. */
export const newHeadOfPull: Rule = (hint) => headOfPull(hint).map((task) => ({ ...task, pushed: true }));

export function askedBy(sender: Hint["sender"]): { readonly askedBy?: readonly Asker[] } {
  if (sender?.id === undefined) return {};
  const { id: account, login, type } = sender;
  return { askedBy: [{ account, login, bot: type === "Bot" }] };
}

/** Somebody pressed a re-run button. Pull requests of forks are not named: the worker finds them by the commit. */
export const rerun =
  (of: "check_run" | "check_suite"): Rule =>
  ({ repository, [of]: rerun }) => {
    if (!repository || !rerun) return [];
    const pulls = rerun.pull_requests.map(({ number }) => number);
    return [{ kind: "head", headSha: rerun.head_sha, pulls, republish: true, ...refOf(repository) }];
  };

/** Heard for what it tells, which is noted: who took part, what is gone. */
export const nothingToDo: Rule = () => [];

export const headOfGroup: Rule = ({ repository, merge_group: made }) => {
  if (!repository || !made) return [];
  const group = { base: made.base_ref.replace(/^refs\/heads\//, ""), baseSha: made.base_sha };
  return [{ kind: "head", headSha: made.head_sha, pulls: [], group, ...refOf(repository) }];
};

export const wholeRepository: Rule = ({ repository }) =>
  repository ? [{ kind: "repository", ...refOf(repository) }] : [];

export const wholeInstallation: Rule = ({ installation }) =>
  installation ? [{ kind: "installation", installationId: installation.id }] : [];

/** With the rules of their branches, which the App sees from now on, or may see more of. */
export const installed: Rule = ({ installation }) =>
  installation ? [{ kind: "installation", installationId: installation.id, rules: true }] : [];

export const addedRepositories: Rule = (hint) =>
  addedIn(hint).map((repository) => ({ kind: "repository", ...refOf(repository), rules: true }));

/** Another owner, or another default branch, has other rules; what was said of them names the repository. */
export const settledAnew: Rule = ({ repository }) =>
  repository ? [{ kind: "repository", ...refOf(repository), rules: true }] : [];

export const repositoryEdited: Rule = (hint) =>
  hint.changes?.default_branch === undefined ? wholeRepository(hint) : settledAnew(hint);

export const rulesOfRepository: Rule = ({ repository }) =>
  repository ? [{ kind: "protection", ...refOf(repository) }] : [];

/** Those of an organization or an enterprise hold in any of its repositories. No verdict changes by them. */
export const rulesOfMany: Rule = (hint) => {
  const { installation, repository_ruleset: ruleset } = hint;
  if (hint.repository && ruleset?.source_type === "Repository") return rulesOfRepository(hint);
  return installation
    ? [{ kind: "installation", installationId: installation.id, routine: true, rules: true }]
    : [];
};

export const pushed: Rule = (hint) => [...judgedAnew(hint), ...branchMoved(hint)];

/** Whether the branch is governed, the watch knows. */
const branchMoved: Rule = ({ repository, push }) => {
  if (!repository || !push) return [];
  const { branch, after: to, tree } = push;
  const moved = [{ branch, to, ...(tree !== undefined && { tree }) }];
  const rules = push.toDefaultBranch && changesRules(push);
  return [{ kind: "watch", ...refOf(repository), moved, ...(rules && { rules: true }) }];
};

const judgedAnew: Rule = ({ repository, push }) => {
  if (!repository || !push) return [];
  const rules = changesRules(push);
  if (!rules && !mayBringLinks(push)) return [];
  // The owner's `.github` repository holds the floor of all the others.
  if (rules && repository.repo.toLowerCase() === ".github" && push.toDefaultBranch) {
    return [{ kind: "installation", installationId: repository.installationId }];
  }
  return [{ kind: "repository", ...refOf(repository), ...(!push.toDefaultBranch && { base: push.branch }) }];
};

export function addedIn(hint: Hint): readonly SeenRepository[] {
  return namedIn(hint, hint.repositories_added);
}

export function namedIn({ installation }: Hint, named: Hint["repositories"] = []): readonly SeenRepository[] {
  return named.flatMap(({ id: repositoryId, node_id: nodeId = null, full_name: name }) => {
    const [owner, repo] = name.split("/");
    if (!installation || !owner || !repo) return [];
    return [{ installationId: installation.id, repositoryId, owner, repo, nodeId, createdAt: null }];
  });
}

export function refOf({ installationId, repositoryId, owner, repo }: RepositoryRef): RepositoryRef {
  return { installationId, repositoryId, owner, repo };
}
