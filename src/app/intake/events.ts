import type { Participant } from "../../signoff/snapshot.ts";
import type { Invalidation, RepositoryRef, Task } from "../../store/store.ts";
import { type Hint, readHint } from "./hint.ts";
import { invalidationOf } from "./invalidation.ts";
import { changesRules } from "./push.ts";

/** What one delivery asks for. */
export interface Interpretation {
  readonly tasks: readonly Task[];
  /** Which passes may be over, `null` for none. */
  readonly invalidation: Invalidation["of"] | null;
  /** Who pushed to a pull request: the next push may hide them before it is read. */
  readonly pusher: ({ readonly pull: number; readonly participant: Participant } & RepositoryRef) | null;
  /** A pull request whose base, stack or state changed: what is remembered of it is out of date. */
  readonly changed: ({ readonly pull: number } & RepositoryRef) | null;
}

const NOTHING: Interpretation = { tasks: [], invalidation: null, pusher: null, changed: null };

/** What to do about an event; a payload without what the rule needs asks for nothing. */
type Rule = (hint: Hint) => readonly Task[];

/** The key of events that come without an action. */
const NO_ACTION = "-";

/** A verdict may differ now for the pull request named. */
const headOfPull: Rule = ({ repository, pull_request: pull }) =>
  repository && pull ? [{ kind: "head", headSha: pull.head.sha, pulls: [pull.number], ...repository }] : [];

/** Somebody pressed a re-run button. Pull requests of forks are not named: the worker finds them by the commit. */
const rerun =
  (of: "check_run" | "check_suite"): Rule =>
  ({ repository, [of]: rerun }) => {
    if (!repository || !rerun) return [];
    const pulls = rerun.pull_requests.map(({ number }) => number);
    return [{ kind: "head", headSha: rerun.head_sha, pulls, republish: true, ...repository }];
  };

const headOfGroup: Rule = ({ repository, merge_group: made }) => {
  if (!repository || !made) return [];
  const group = { base: made.base_ref.replace(/^refs\/heads\//, ""), baseSha: made.base_sha };
  return [{ kind: "head", headSha: made.head_sha, pulls: [], group, ...repository }];
};

const wholeRepository: Rule = ({ repository }) => (repository ? [{ kind: "repository", ...repository }] : []);

/** What is remembered of it moves with it. A transfer tells its former owner as a user or as an organization. */
const underNewName: Rule = ({ repository, changes }) => {
  if (!repository) return [];
  const [formerOwner] = Object.values(changes?.owner?.from ?? {});
  const owner = formerOwner?.login ?? repository.owner;
  const repo = changes?.repository?.name.from ?? repository.repo;
  return [{ kind: "repository", ...repository, formerly: { owner, repo } }];
};

const wholeInstallation: Rule = ({ installation }) =>
  installation ? [{ kind: "installation", installationId: installation.id }] : [];

const addedRepositories: Rule = ({ installation, repositories_added: added }) =>
  (added ?? []).flatMap(({ full_name: name }) => {
    const [owner, repo] = name.split("/");
    if (!installation || !owner || !repo) return [];
    return [{ kind: "repository", installationId: installation.id, owner, repo }] as const;
  });

const pushed: Rule = ({ repository, push }) => {
  if (!repository || !push || !changesRules(push)) return [];
  // The owner's `.github` repository holds the floor of all the others.
  if (repository.repo.toLowerCase() === ".github" && push.toDefaultBranch) {
    return [{ kind: "installation", installationId: repository.installationId }];
  }
  return [{ kind: "repository", ...repository, ...(!push.toDefaultBranch && { base: push.branch }) }];
};

/**
 * Every event that is acted upon, by action. What is not here cannot change a verdict (a milestone, a lock, a
 * requested review) or is news to nobody (our own check run completed).
 */
export const EVENTS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  pull_request: {
    opened: headOfPull,
    reopened: headOfPull,
    synchronize: headOfPull,
    edited: headOfPull,
    ready_for_review: headOfPull,
    converted_to_draft: headOfPull,
    // Labels are evidence when a tool sets them, and ours are put back when somebody changes them.
    labeled: headOfPull,
    unlabeled: headOfPull,
    // Assigning an agent asks it to work.
    assigned: headOfPull,
    unassigned: headOfPull,
    // GitHub judges a stack by the stack's base.
    stacked: headOfPull,
    unstacked: headOfPull,
    // The strictest of two pull requests with one head may have been this one.
    closed: headOfPull,
  },
  pull_request_review: { submitted: headOfPull, edited: headOfPull, dismissed: headOfPull },
  check_run: { rerequested: rerun("check_run") },
  check_suite: { rerequested: rerun("check_suite") },
  merge_group: { checks_requested: headOfGroup },
  push: { [NO_ACTION]: pushed },
  repository: {
    renamed: underNewName,
    transferred: underNewName,
    // Another default branch is another policy.
    edited: wholeRepository,
    unarchived: wholeRepository,
  },
  label: { edited: wholeRepository, deleted: wholeRepository },
  member: { added: wholeRepository, edited: wholeRepository, removed: wholeRepository },
  team: {
    added_to_repository: wholeRepository,
    removed_from_repository: wholeRepository,
    edited: wholeInstallation,
    deleted: wholeInstallation,
  },
  team_add: { [NO_ACTION]: wholeRepository },
  membership: { added: wholeInstallation, removed: wholeInstallation },
  organization: { member_added: wholeInstallation, member_removed: wholeInstallation },
  installation: {
    created: wholeInstallation,
    unsuspend: wholeInstallation,
    new_permissions_accepted: wholeInstallation,
  },
  installation_repositories: { added: addedRepositories },
  installation_target: { renamed: wholeInstallation },
};

/** Delivered to every app without being asked for; an app manifest that names one of them is refused. */
export const ALWAYS_DELIVERED: ReadonlySet<string> = new Set([
  "check_run",
  "check_suite",
  "installation",
  "installation_repositories",
  "installation_target",
]);

/** What changes a pull request's base, state or head. */
const OUTDATING: ReadonlySet<string> = new Set([
  "reopened",
  "synchronize",
  "edited",
  "stacked",
  "unstacked",
  "closed",
]);

/** What the app itself does, and GitHub then tells it. */
const ECHOES: ReadonlySet<string> = new Set(["pull_request.labeled", "pull_request.unlabeled"]);

export interface Notice {
  readonly event: string;
  readonly payload: unknown;
  /** The login of the app's own bot, `null` while it is not known: then every event counts. */
  readonly self: string | null;
}

/**
 * Reads a webhook as a hint of what to look at. Nothing is decided from the payload: it may be old, out of order
 * or about a state that is gone.
 */
export function interpret({ event, payload, self }: Notice): Interpretation {
  const hint = readHint(payload);
  if (!hint) return NOTHING;
  const action = hint.action ?? NO_ACTION;
  // No user can have brackets in a login, so the comparison cannot be fooled by a name.
  if (self !== null && hint.sender?.login === self && ECHOES.has(`${event}.${action}`)) return NOTHING;
  const tasks = ruleFor(event, action)?.(hint) ?? [];
  return {
    tasks,
    invalidation: invalidationOf(event, hint),
    pusher: event === "pull_request" && action === "synchronize" ? pusherOf(hint) : null,
    changed: event === "pull_request" && OUTDATING.has(action) ? changedPull(hint) : null,
  };
}

function ruleFor(event: string, action: string): Rule | undefined {
  const actions = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  return actions && Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** That somebody took part is the one thing a payload is believed: it takes a signature away and never gives one. */
function pusherOf({ repository, pull_request: pull, sender }: Hint): Interpretation["pusher"] {
  if (!repository || !pull || sender?.id === undefined || sender.type !== "User") return null;
  const { id, login } = sender;
  const because = `pushed ${pull.head.sha.slice(0, 7)}`;
  return {
    ...repository,
    pull: pull.number,
    participant: { account: { id, login, type: "User" }, role: "pusher", because },
  };
}

function changedPull({ repository, pull_request: pull }: Hint): Interpretation["changed"] {
  return repository && pull ? { ...repository, pull: pull.number } : null;
}
