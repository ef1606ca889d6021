import type { Tool } from "../../provenance/tool/tool.ts";
import type { News } from "../../store/jobs.ts";
import type { RepositoryRef, SeenRepository } from "../../store/repository.ts";
import {
  addedIn,
  addedRepositories,
  headOfGroup,
  headOfPull,
  installed,
  namedIn,
  newHeadOfPull,
  nothingToDo,
  pushed,
  type Rule,
  refOf,
  repositoryEdited,
  rerun,
  rulesOfMany,
  rulesOfRepository,
  settledAnew,
  wholeInstallation,
  wholeRepository,
} from "./asked.ts";
import { commanded, commandsIn, issueClosed } from "./commands.ts";
import { formerMarks } from "./former-text.ts";
import { type Hint, readHint } from "./hint.ts";
import { invalidationOf } from "./invalidation.ts";
import { participantsIn } from "./participants.ts";
import { surroundingsIn } from "./surroundings.ts";
import { heardTime } from "./time.ts";

/** What one delivery tells, and the pull request of which older readings are out of date. */
export interface Interpretation {
  readonly news: News;
  /** A pull request whose base, stack or state changed. */
  readonly changed: ({ readonly pull: number } & RepositoryRef) | null;
}

const NOTHING: Interpretation = { news: { tasks: [] }, changed: null };

/** The key of events that come without an action. */
const NO_ACTION = "-";

/**
 * Every event that is acted upon, by action. What is not here cannot change a verdict (a milestone, a lock) or is news to nobody (our own check run completed).
 */
export const EVENTS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  pull_request: {
    opened: newHeadOfPull,
    reopened: headOfPull,
    synchronize: newHeadOfPull,
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
    // Nothing else is judged by it: only which passes are withdrawn first.
    auto_merge_enabled: nothingToDo,
    enqueued: nothingToDo,
    // It is counted for whom.
    review_requested: nothingToDo,
    review_request_removed: nothingToDo,
  },
  pull_request_review: { submitted: headOfPull, edited: headOfPull, dismissed: headOfPull },
  // Whoever starts an agent takes part, even if the comment is gone before it is read.
  issue_comment: { created: commanded, edited: commanded, deleted: nothingToDo },
  pull_request_review_comment: { created: headOfPull, edited: headOfPull, deleted: headOfPull },
  issues: { assigned: nothingToDo, closed: issueClosed },
  check_run: { rerequested: rerun("check_run") },
  check_suite: { rerequested: rerun("check_suite") },
  merge_group: { checks_requested: headOfGroup, destroyed: nothingToDo },
  push: { [NO_ACTION]: pushed },
  repository: {
    renamed: settledAnew,
    transferred: settledAnew,
    // Another default branch is another policy.
    edited: repositoryEdited,
    unarchived: wholeRepository,
    // Not on every plan does GitHub hold private repositories to rules.
    privatized: rulesOfRepository,
    publicized: rulesOfRepository,
  },
  repository_ruleset: { created: rulesOfMany, edited: rulesOfMany, deleted: rulesOfMany },
  branch_protection_rule: {
    created: rulesOfRepository,
    edited: rulesOfRepository,
    deleted: rulesOfRepository,
  },
  branch_protection_configuration: { enabled: rulesOfRepository, disabled: rulesOfRepository },
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
  organization: {
    member_added: wholeInstallation,
    member_removed: wholeInstallation,
    renamed: wholeInstallation,
  },
  installation: {
    created: installed,
    unsuspend: installed,
    new_permissions_accepted: installed,
  },
  installation_repositories: { added: addedRepositories, removed: wholeInstallation },
  installation_target: { renamed: wholeInstallation },
};

/** Asked for so that owners consent once, and not acted upon yet. */
export const ASKED_AHEAD: ReadonlySet<string> = new Set(["create", "deployment_protection_rule"]);

/** Delivered to every app without being asked for; an app manifest that names one of them is refused. */
export const ALWAYS_DELIVERED: ReadonlySet<string> = new Set([
  "check_run",
  "check_suite",
  "installation",
  "installation_repositories",
  "installation_target",
]);

/** Of checks, it is only acted upon that somebody wants one once more. */
const CHECKS: ReadonlySet<string> = new Set(["check_run", "check_suite"]);

/** Whether a delivery may tell something. Of the others nothing is read, whatever they hold. */
export function mayTell(event: string, action: string | null): boolean {
  if (CHECKS.has(event)) return ruleFor(event, action ?? NO_ACTION) !== undefined;
  return Object.hasOwn(EVENTS, event);
}

/** What changes a pull request's base, state or head. */
const OUTDATING: ReadonlySet<string> = new Set([
  "reopened",
  "synchronize",
  "edited",
  "stacked",
  "unstacked",
  "closed",
]);

/** After these, no person has to press a button any more. */
const MERGES_BY_ITSELF: ReadonlySet<string> = new Set(["auto_merge_enabled", "enqueued"]);

/** What the app itself does, and GitHub then tells it. */
const ECHOES: ReadonlySet<string> = new Set(["pull_request.labeled", "pull_request.unlabeled"]);

export interface Notice {
  readonly event: string;
  readonly payload: unknown;
  /** The login of the app's own bot, `null` while it is not known: then every event counts. */
  readonly self: string | null;
  /** The signals that the repository's config adds to the catalogue; none where it is not known. */
  readonly signals?: readonly Tool[];
}

/**
 * Reads a webhook as a hint of what to look at. Nothing is decided from the payload: it may be old, out of order
 * or about a state that is gone.
 */
export function interpret({ event, payload, self, signals }: Notice): Interpretation {
  const hint = readHint(payload);
  if (!hint) return NOTHING;
  const action = hint.action ?? NO_ACTION;
  // No user can have brackets in a login, so the comparison cannot be fooled by a name.
  if (self !== null && hint.sender?.login === self && ECHOES.has(`${event}.${action}`)) return NOTHING;
  const { repository, pull_request: pull, merge_group: group } = hint;
  return {
    news: {
      tasks: ruleFor(event, action)?.(hint) ?? [],
      invalidation: invalidationOf(event, hint),
      repositories: [
        ...(repository ? [{ ...repository, ...formerName(hint) }] : []),
        ...addedIn(hint),
        ...(event === "installation" && action === "created" ? namedIn(hint, hint.repositories) : []),
      ],
      about: repository ? refOf(repository) : undefined,
      destroyed:
        event === "merge_group" && action === "destroyed" && group
          ? [{ headSha: group.head_sha, merged: hint.reason === "merged" }]
          : [],
      heads: repository && pull ? [{ pull: pull.number, headSha: pull.head.sha }] : [],
      mergingByItself:
        event === "pull_request" && MERGES_BY_ITSELF.has(action) && pull ? [pull.head.sha] : [],
      evidence: formerMarks(event, hint, signals),
      ...participantsIn(event, hint),
      ...commandNews(event, hint),
      ...timeNews(event, hint),
      ...surroundingsIn(event, hint),
    },
    changed: event === "pull_request" && OUTDATING.has(action) ? changedPull(hint) : null,
  };
}

function commandNews(event: string, hint: Hint): Pick<News, "commands"> {
  const commands = commandsIn(event, hint);
  return commands.length === 0 ? {} : { commands };
}

function timeNews(event: string, hint: Hint): Pick<News, "time"> {
  const time = heardTime(event, hint);
  return time.length === 0 ? {} : { time };
}

/** Its name until now. A transfer tells its former owner as a user or as an organization. */
function formerName({ action, repository, changes }: Hint): Pick<SeenRepository, "formerly"> {
  if (!repository || (action !== "renamed" && action !== "transferred")) return {};
  const [formerOwner] = Object.values(changes?.owner?.from ?? {});
  const owner = formerOwner?.login ?? repository.owner;
  const repo = changes?.repository?.name.from ?? repository.repo;
  return { formerly: { owner, repo } };
}

function ruleFor(event: string, action: string): Rule | undefined {
  const actions = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  return actions && Object.hasOwn(actions, action) ? actions[action] : undefined;
}

function changedPull({ repository, pull_request: pull }: Hint): Interpretation["changed"] {
  return repository && pull ? { ...refOf(repository), pull: pull.number } : null;
}
