import {
  anyRefuserFact,
  branchFact,
  type Fact,
  headFact,
  installationFact,
  overrideFact,
  peopleFact,
  pullFact,
  pullSignerFact,
  refusableFact,
  refusedFact,
  refuserFact,
  repositoryFact,
  repositoryTeamsFact,
  reviewFact,
  signaturesFact,
  signerFact,
  teamsFact,
} from "../../store/fact.ts";
import type { Invalidation } from "../../store/passes.ts";
import type { AccountHint, Hint } from "./hint.ts";
import { startedBy } from "./participants.ts";
import { changesRules, doubtsLinks } from "./push.ts";

/** Which facts an event puts in doubt; none where it cannot make a verdict stricter. */
type Doubts = (hint: Hint) => Invalidation | readonly Fact[];

/**
 * What can make a verdict stricter, by event and action, with the facts it is about. Passes that rest on one of them
 * are withdrawn before they are judged again, since judging takes time and may fail.
 *
 * What cannot make a verdict stricter is not here, so that no stranger takes a pass away: comments, approvals, added
 * signers. Nor is what a pull request's own text, labels and assignees say: whoever changes those could have merged
 * before.
 */
const DOUBTS: Readonly<Record<string, Doubts>> = {
  // Another pull request passed with this head, maybe by laxer rules.
  "pull_request.opened": (hint) => openedInto(hint, head(hint)),
  // Force-pushed back to a head that passed: who pushed meanwhile took part now, and an agent may have.
  "pull_request.synchronize": (hint) => openedInto(hint, head(hint)),
  // Reviews of a closed pull request are not followed.
  "pull_request.reopened": (hint) => openedInto(hint, [...pull(hint), ...head(hint)]),
  "pull_request.closed": (hint) => (hint.pull_request?.merged === true ? [] : pull(hint)),
  "pull_request.edited": (hint) =>
    hint.changes?.base === undefined ? [] : openedInto(hint, [...pull(hint), ...head(hint)]),
  "pull_request.stacked": (hint) => [...pull(hint), ...head(hint)],
  "pull_request.unstacked": (hint) => [...pull(hint), ...head(hint)],
  "pull_request_review.submitted": refusal,
  "pull_request_review.dismissed": dismissal,
  "pull_request_review.edited": review,
  "issue_comment.created": commented,
  "issue_comment.edited": commander,
  "pull_request_review_comment.created": commander,
  "pull_request_review_comment.edited": commander,
  "push.": pushed,
  "repository.edited": (hint) => (hint.changes?.default_branch === undefined ? [] : repository(hint)),
  // Teams of the former owner sign for nothing any more.
  "repository.transferred": repository,
  "repository.renamed": repository,
  "member.added": (hint) => gained(hint, hint.member),
  "member.edited": (hint) => changed(hint, hint.member),
  "member.removed": (hint) => signer(hint, hint.member),
  "membership.added": (hint) => gained(hint, hint.member),
  "membership.removed": (hint) => signer(hint, hint.member),
  "organization.member_added": (hint) => gained(hint, hint.membership?.user),
  "organization.member_removed": (hint) => signer(hint, hint.membership?.user),
  "organization.renamed": installation,
  "team.added_to_repository": (hint) => gained(hint),
  "team.removed_from_repository": (hint) => [...people(hint), ...teamsOfRepository(hint)],
  // A child team's members sign for its parents, so any team may be the one that mattered.
  "team.edited": (hint) => ({ ...gained(hint), facts: [...gained(hint).facts, ...teams(hint)] }),
  "team.deleted": (hint) => [...people(hint), ...teams(hint)],
  "team_add.": (hint) => gained(hint),
  // Before, or while it was suspended or without a permission, nothing was heard.
  "installation.created": (hint) => seen(hint, hint.repositories),
  "installation.unsuspend": installation,
  "installation.new_permissions_accepted": signatures,
  "installation_repositories.added": (hint) => seen(hint, hint.repositories_added),
  "installation_repositories.removed": installation,
  "installation_target.renamed": installation,
};

/** What an event puts in doubt; `undefined` for nothing. */
export function invalidationOf(event: string, hint: Hint): Invalidation | undefined {
  const name = `${event}.${hint.action ?? ""}`;
  const doubts = Object.hasOwn(DOUBTS, name) ? DOUBTS[name]?.(hint) : undefined;
  if (doubts === undefined) return undefined;
  const invalidation = "facts" in doubts ? doubts : { facts: doubts };
  return invalidation.facts.length === 0 ? undefined : invalidation;
}

function head({ repository, pull_request: pull }: Hint): readonly Fact[] {
  return repository && pull ? [headFact(repository, pull.head.sha)] : [];
}

function pull({ repository, pull_request: pull }: Hint): readonly Fact[] {
  return repository && pull ? [pullFact(repository, pull.number)] : [];
}

/**
 * Without write permission, to open or push to a fork what others pushed makes nothing stricter where it has passed: the
 * passes withdrawn are those of another branch.
 */
function openedInto({ pull_request: pull, sender }: Hint, facts: readonly Fact[]): Invalidation {
  const base = pull?.base;
  const actor = sender ?? pull?.user;
  if (!pull || !base || actor?.id === undefined) return { facts };
  if (actor.type !== "User" || pull.user?.type !== "User") return { facts };
  return {
    facts,
    onlyIf: { account: actor.id, login: actor.login, opened: { pull: pull.number, into: base.ref } },
  };
}

/**
 * Only an owner's refusal counts, and whether the owner may write is looked up before anything is withdrawn. That
 * somebody became an owner may be heard later.
 */
function refusal(hint: Hint): Invalidation {
  const { repository, review, pull_request: pull } = hint;
  const { state, user } = review ?? {};
  if (!repository || !pull || state?.toLowerCase() !== "changes_requested" || user?.type === "Bot")
    return { facts: [] };
  if (user?.id === undefined) return { facts: [pullFact(repository, pull.number)] };
  const { id: account, login } = user;
  const facts = [refuserFact(repository, pull.number, account), anyRefuserFact(repository, pull.number)];
  const where = refusableFact(repository, pull.number);
  const also = { where, facts: [refusedFact(repository, null), refusedFact(repository, account)] };
  return { facts, onlyIf: { account, login }, also };
}

function review({ repository, review }: Hint): readonly Fact[] {
  return repository && review ? [reviewFact(repository, review.id)] : [];
}

/** A pass may rest on an earlier approval of the same person, which does not come back to life. */
function dismissal(hint: Hint): readonly Fact[] {
  const { repository, review: dismissed, pull_request: pull } = hint;
  const signed = dismissed?.user?.id;
  if (!repository || !pull || signed === undefined) return review(hint);
  return [...review(hint), pullSignerFact(repository, pull.number, signed)];
}

/** Whoever starts an agent on what they signed signed for their own agent. */
function commander(hint: Hint): readonly Fact[] {
  const { repository, issue, pull_request: pull } = hint;
  const number = pull?.number ?? issue?.number;
  if (!repository || number === undefined) return [];
  return startedBy(hint).map(({ account }) => pullSignerFact(repository, number, account.id));
}

/** A word that ends an override counts only by somebody who may write, which is looked up before anything is withdrawn. */
function commented(hint: Hint): Invalidation | readonly Fact[] {
  const { repository, issue, comment } = hint;
  const started = commander(hint);
  const { id: account, login } = comment?.user ?? {};
  if (!repository || !issue || !WITHDRAWS.test(comment?.body ?? "")) return started;
  const facts = [...started, overrideFact(repository, issue.number)];
  if (account === undefined || login === undefined || started.length > 0) return { facts };
  return { facts, onlyIf: { account, login } };
}

const WITHDRAWS = /^ {0,3}\/countersign +withdraw\b/m;

/** Who pushes a commit that passed, to whatever branch, took part in it; and the rules may be others. */
function pushed({ repository: place, push }: Hint): readonly Fact[] {
  if (!place || !push) return [];
  const again = push.after === null ? [] : [headFact(place, push.after)];
  const rules = changesRules(push);
  if (!rules && !doubtsLinks(push)) return again;
  // The owner's `.github` repository holds the floor of all the others.
  if (rules && place.repo.toLowerCase() === ".github" && push.toDefaultBranch)
    return [installationFact(place)];
  return [...again, push.toDefaultBranch ? repositoryFact(place) : branchFact(place, push.branch)];
}

function repository({ repository }: Hint): readonly Fact[] {
  return repository ? [repositoryFact(repository), peopleFact(repository)] : [];
}

/** What passed there under an earlier installation is known by the repositories alone. */
function seen({ installation }: Hint, repositories: Hint["repositories"] = []): readonly Fact[] {
  return installation ? repositories.map(({ id: repositoryId }) => repositoryFact({ repositoryId })) : [];
}

function people({ installation }: Hint): readonly Fact[] {
  return installation ? [peopleFact({ installationId: installation.id })] : [];
}

/**
 * Somebody may have gained a right, without `who` anybody. To sign it ends no pass; but what they refuse from now on, or
 * refused before, may count.
 */
function gained(hint: Hint, who?: AccountHint | null): Invalidation {
  if (!hint.installation) return { facts: [] };
  const installationId = hint.installation.id;
  const account = who?.id ?? null;
  const login = who?.login;
  return {
    facts: [...people(hint), refusedFact({ installationId }, account)],
    gained: {
      ...{ installationId, account },
      ...(hint.repository && { repositoryId: hint.repository.repositoryId }),
    },
    ...(account !== null && login !== undefined && { onlyIf: { account, login } }),
  };
}

/** Somebody has another right, which may be more or less. */
function changed(hint: Hint, who: AccountHint | null | undefined): Invalidation {
  const { onlyIf, facts, ...invalidation } = gained(hint, who);
  return { ...invalidation, facts: [...new Set([...facts, ...signer(hint, who)])] };
}

function signer(hint: Hint, who: AccountHint | null | undefined): readonly Fact[] {
  if (!hint.installation) return [];
  const place = { installationId: hint.installation.id };
  // Somebody without an id may be anybody.
  const signed = who?.id === undefined ? signaturesFact(place) : signerFact(place, who.id);
  return [...people(hint), signed];
}

function teams({ installation }: Hint): readonly Fact[] {
  return installation ? [teamsFact({ installationId: installation.id })] : [];
}

function teamsOfRepository({ repository }: Hint): readonly Fact[] {
  return repository ? [repositoryTeamsFact(repository)] : [];
}

function signatures(hint: Hint): readonly Fact[] {
  return hint.installation ? [...people(hint), signaturesFact({ installationId: hint.installation.id })] : [];
}

function installation(hint: Hint): readonly Fact[] {
  return hint.installation
    ? [...people(hint), installationFact({ installationId: hint.installation.id })]
    : [];
}
