import type { Writer } from "../../provenance/evidence.ts";
import type { PasskeyFacts } from "../passkey-facts.ts";
import type { Account, Permission, Review, Team } from "../snapshot.ts";
import type { Staleness } from "../staleness.ts";
import type { Pace } from "../time-verdict.ts";
import type {
  Contributor,
  IgnoredReason,
  LiftedMark,
  NoAiDeclaration,
  Refusal,
  Requirement,
  UnableOwner,
} from "../verdict.ts";
import { escapeInvisible, quote } from "./visible.ts";
import {
  contributorName,
  count,
  joinAnd,
  listFirst,
  listFirstQuoted,
  mention,
  mentionOrUnknown,
  momentText,
  ownerNames,
  shortSha,
} from "./words.ts";

/** Why reviews do not count, and what to do if nobody can sign. Plain text, with quoted values. */

/** A code for machines, and a clause to follow "@ada approved, but". */
export interface Reason {
  readonly code: IgnoredReason;
  readonly clause: string;
}

export function approvalSentence(by: Account, { code, clause }: Reason): string {
  if (code === "passkey") return `${mention(by)} approved; ${clause}.`;
  return `${mention(by)} approved, but ${clause}.`;
}

export function refusalSentence(by: Account, { clause }: Reason): string {
  return `${mention(by)} requested changes, but ${clause}.`;
}

export function machineReason(kind: "agent" | "automation"): Reason {
  return kind === "agent"
    ? { code: "agent", clause: "is an AI account; only humans can countersign" }
    : { code: "bot", clause: "is a machine account; only humans can countersign" };
}

export function contributorReason({ roles }: Contributor): Reason {
  const names = roles.map(({ role }) => role);
  const code = names.includes("author")
    ? "author"
    : names.includes("requester")
      ? "requester"
      : "contributor";
  return { code, clause: `${deeds(roles)}, and contributors cannot countersign` };
}

/** Says no figures: how fast somebody was is nobody else's to know. */
export function fastReason({ from, isUntold }: Pace): Reason {
  const why = isUntold
    ? "that was before Countersign had seen this content"
    : "that was sooner than it can be read";
  return { code: "too-fast", clause: `${why}; read it and approve it again after ${momentText(from)}` };
}

/** Where to sign, or what keeps anybody from it. */
export function passkeyReason(facts: Pick<PasskeyFacts, "signAt"> | undefined): Reason {
  return { code: "passkey", clause: `waiting for their passkey${signingPlace(facts)}` };
}

export function signingPlace(facts: Pick<PasskeyFacts, "signAt"> | undefined): string {
  if (facts === undefined) return ", which only the server can know of";
  if (facts.signAt !== null) return `: sign on ${quote(facts.signAt)}`;
  return ", and there is no page to sign on: whoever runs Countersign has to set up its pages";
}

export const NOT_AN_OWNER: Reason = {
  code: "not-owner",
  clause: "does not own anything that needs a countersignature",
};

export function accessReason(permission: Permission | undefined): Reason {
  return { code: "no-write", clause: accessClause(permission) };
}

export function accessClause(permission: Permission | undefined): string {
  if (permission === undefined) return "it is not known whether they have write access";
  const instead = permission === "none" ? "no access" : `only ${permission} access`;
  return `has ${instead} to this repository; write access is required`;
}

/** Why an owner cannot countersign: clauses that follow the name. */
export const NOBODYS_ADDRESS = "is an e-mail address; GitHub does not say which account owns it";
export const NO_USER = "does not exist on GitHub";
export const TAKEN_NAME =
  "belongs to another account than when CODEOWNERS was first seen to name it; name a team, or another login";
export const NAMESAKE: Reason = {
  code: "not-owner",
  clause:
    "bears a name that belonged to another account when CODEOWNERS was first seen to name it, so somebody else is meant",
};
export const NO_PERSON = "is a machine account";

export function unableTeamClause(team: Team | null): string | null {
  if (team === null) return "was not read";
  if (team.status === "unknown") return escapeInvisible(team.reason);
  return team.status === "known" && team.members.length === 0 ? "has no members" : null;
}

export function unidentifiedContributorReason(unknown: readonly Contributor[]): Reason {
  const which =
    unknown.length === 1 ? "the unidentified contributor" : "one of the unidentified contributors";
  const clause = `could be ${which} ${listFirst(unknown.map(contributorName))}`;
  return { code: "unknown-account", clause };
}

export const NOBODYS_REVIEW = "An approval by a deleted account does not count.";

export function staleReason(staleness: Staleness, area: string, head: string): Reason {
  return {
    code: "stale",
    clause: `${staleClause(staleness, area, shortSha(head))}, so it must be approved again`,
  };
}

function staleClause(staleness: Staleness, area: string, head: string): string {
  switch (staleness.kind) {
    case "other-base":
      return `that was for the base branch ${quote(staleness.base)}`;
    case "pushed":
      return `that was for ${shortSha(staleness.headSha)}, and ${quote(area)} keeps no approval after a push`;
    case "changed":
      return `${listFirstQuoted(staleness.paths)} changed since ${shortSha(staleness.headSha)}`;
    case "base-changed":
      return `${quote(staleness.base)} has changed ${listFirstQuoted(staleness.paths)} since ${shortSha(staleness.headSha)}, and this change would undo that`;
    case "unknown":
      return `what merging would do to ${listFirstQuoted(staleness.paths)} is not known`;
    case "not-recorded":
      return `that was before Countersign recorded both sides of the merge for ${listFirstQuoted(staleness.paths)}`;
    case "forgotten":
      return "what that covered is not kept any more";
    case "hazard":
      return `the hazard ${quote(staleness.what.replaceAll("`", ""))} was not there at ${shortSha(staleness.headSha)}`;
    case "other-head":
      return staleness.headSha === null
        ? "the commit it was given for is gone"
        : `that was for ${shortSha(staleness.headSha)}, and the head is ${head} now`;
    case "before-head":
      return `that was before ${head} became the head`;
    case "before-base":
      return "that was before the base branch was changed";
  }
}

export function replacedReason({ state }: Review): Reason {
  const clause =
    state === "dismissed"
      ? "a newer review by them was dismissed, which does not restore an older approval"
      : "requested changes later";
  return { code: state === "dismissed" ? "dismissed" : "superseded", clause };
}

export function dismissedReason({ dismissal }: Review): Reason {
  const by = dismissal?.by ?? null;
  return {
    code: "dismissed",
    clause: by === null ? "the approval was dismissed" : `${mention(by)} dismissed it`,
  };
}

export function commentSentence(by: Account): string {
  return `${mention(by)} wrote a comment that sounds like an approval, but only an approving review counts.`;
}

/** What to do about contributors who cannot be told apart from an approver. */
export function unknownContributorRemedy(unknown: readonly Contributor[]): string {
  const who = listFirst(
    unknown.map((contributor) => `${contributorName(contributor)} (${deeds(contributor.roles)})`),
  );
  const isFormer = unknown.every(({ identity }) => identity?.former === true);
  const rewrite = isFormer
    ? "let that person push the commits anew under their name with a linked e-mail"
    : "rewrite the commit with a linked e-mail";
  return `The e-mail of ${who} is not linked to a GitHub account, so the approver could be the same person. Add the e-mail to that person's account, ${rewrite}, or, if it is a machine, list it under ${quote("detect")} in the config.`;
}

export function emailOwnersRemedy({ from }: Requirement): string {
  return `The owner ${ownerNames(from.owners)} is an e-mail address; GitHub does not say which account owns it. Use @login or @org/team instead (${quote(from.source)}).`;
}

export function unableOwnerName({ owner, reason }: UnableOwner): string {
  return `${ownerNames([owner])} (${reason})`;
}

export function unknownTeamsRemedy(teams: readonly UnableOwner[]): string {
  const which = joinAnd(teams.map(({ owner }) => ownerNames([owner])));
  return `Nobody can countersign for ${which}: make the team visible and give it members and write access to this repository, or name another owner.`;
}

export function tooFewRemedy({ count: needed, from }: Requirement, able: number): string {
  const owners = `of the owners (${ownerNames(from.owners)})`;
  const shortage =
    able === 0
      ? `None ${owners} can countersign: they`
      : `${count(needed, "countersignature")} are required, but only ${able} ${owners} can countersign: the others`;
  return `${shortage} are contributors or machines, or lack write access. Name another owner for these paths (${quote(from.source)}).`;
}

export function noSeniorRemedy({ senior, area }: Requirement): string {
  return `${quote(area)} requires a senior countersignature, but none of the seniors (${ownerNames(senior)}) can give one: name somebody else under ${quote("senior")}.`;
}

/** Who can lift a refusal. */
export function standsSentence({
  by,
  as,
  dismissedBy,
  formerRight,
  unsigned,
}: Pick<Refusal, "by" | "as" | "dismissedBy" | "formerRight" | "unsigned">): string {
  const refused = `${mention(by)} requested changes`;
  const right = formerRight === undefined ? "" : ` as ${ownerNames([as])}, which still counts`;
  if (unsigned !== undefined) {
    const [who, what] = unsigned === "approval" ? [by, "approved"] : [dismissedBy ?? by, "dismissed that"];
    return `${refused}${right}, and ${mention(who)} ${what} since, which counts with their passkey alone.`;
  }
  const dismissed =
    dismissedBy === undefined ? "" : `, and ${mentionOrUnknown(dismissedBy)} has no right to dismiss that`;
  return `${refused}${right}${dismissed}. This stays blocked until ${mention(by)} approves, or an owner who took no part dismisses the review.`;
}

function deeds(roles: Contributor["roles"]): string {
  return joinAnd(roles.map(({ because }) => escapeInvisible(because)));
}

/** An outsider's mark that does not count. */
export function liftedSentence({ writer, by, reason }: LiftedMark): string {
  return `The mark by ${mention(writer)}, who has no write permission, does not count: ${mention(by)} lifted it (${quote(reason)}).`;
}

/** A person's declaration that no AI took part, and whether the evidence contradicts it. */
export function declaredSentence({ by, sha, text, notOf, unseen }: NoAiDeclaration, writer: Writer): string {
  const what = sha === null ? "this pull request" : shortSha(sha);
  const said = `${mention({ login: by })} declares that ${what} was written without AI (${quote(text)})`;
  if (unseen !== undefined) {
    const which = listFirst(unseen.map(shortSha));
    return `${said}, but GitHub does not tell who pushed ${which} to another person's fork, which is not covered. To declare it of that too, push the commits to a fork of your own and open the pull request from there.`;
  }
  if (notOf !== undefined) {
    const later = listFirst(notOf.map(shortSha));
    return `${said}, but others brought ${later} since, which is not covered. To declare it of that too, edit the text of the pull request.`;
  }
  return `${said}${writer === "ai" ? ", but the evidence below contradicts this" : ""}.`;
}
