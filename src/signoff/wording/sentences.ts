import type { Writer } from "../../provenance/evidence.ts";
import type { Account, Permission, Review, Team } from "../snapshot.ts";
import type { Staleness } from "../staleness.ts";
import type { Contributor, IgnoredReason, NoAiDeclaration, Requirement, UnableOwner } from "../verdict.ts";
import { escapeInvisible, quote } from "./visible.ts";
import {
  contributorName,
  count,
  joinAnd,
  listFirst,
  listFirstQuoted,
  mention,
  mentionOrUnknown,
  ownerNames,
  shortSha,
} from "./words.ts";

/** Why reviews do not count, and what to do where nobody can sign. Plain text; values in it are quoted. */

/** A code for machines, and a clause to follow "@ada approved, but". */
export interface Reason {
  readonly code: IgnoredReason;
  readonly clause: string;
}

export function approvalSentence(by: Account, { clause }: Reason): string {
  return `${mention(by)} approved, but ${clause}.`;
}

export function refusalSentence(by: Account, { clause }: Reason): string {
  return `${mention(by)} requested changes, but ${clause}.`;
}

export function machineReason(kind: "agent" | "automation"): Reason {
  return kind === "agent"
    ? { code: "agent", clause: "is an AI's account: only people countersign" }
    : { code: "bot", clause: "is a machine: only people countersign" };
}

export function contributorReason({ roles }: Contributor): Reason {
  const names = roles.map(({ role }) => role);
  const code = names.includes("author")
    ? "author"
    : names.includes("requester")
      ? "requester"
      : "contributor";
  return { code, clause: `${deeds(roles)}: a contributor cannot countersign` };
}

export const NOT_AN_OWNER: Reason = {
  code: "not-owner",
  clause: "does not own what has to be countersigned",
};

export function accessReason(permission: Permission | undefined): Reason {
  return { code: "no-write", clause: accessClause(permission) };
}

export function accessClause(permission: Permission | undefined): string {
  if (permission === undefined) return "whether they may write here is not known";
  const instead = permission === "none" ? "no access at all" : `only ${permission} access`;
  return `has ${instead} to this repository: write access is needed`;
}

/** Why an owner is of no use: clauses to follow the name. */
export const NOBODYS_ADDRESS = "is an e-mail address, and GitHub tells nobody whose";
export const NO_USER = "is the login of nobody";
export const NO_PERSON = "is a machine";

export function unableTeamClause(team: Team | null): string | null {
  if (team === null) return "was not read";
  if (team.status === "unknown") return escapeInvisible(team.reason);
  return team.status === "known" && team.members.length === 0 ? "has no members" : null;
}

export function unidentifiedContributorReason(unknown: readonly Contributor[]): Reason {
  const clause = `may be the unknown contributor ${listFirst(unknown.map(contributorName))}`;
  return { code: "unknown-account", clause };
}

export const NOBODYS_REVIEW = "An approval by a deleted account does not count.";

export function staleReason(staleness: Staleness, area: string, head: string): Reason {
  return {
    code: "stale",
    clause: `${staleClause(staleness, area, shortSha(head))}: it has to be approved again`,
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
      ? "a newer review of theirs was dismissed: an older approval does not come back"
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

/** What to do about contributors whom nobody can tell from an approver. */
export function unknownContributorRemedy(unknown: readonly Contributor[]): string {
  const who = listFirst(
    unknown.map((contributor) => `${contributorName(contributor)} (${deeds(contributor.roles)})`),
  );
  return `No account on GitHub has the e-mail of ${who}, so nobody can tell that an approver is somebody else: add the e-mail to that person's account, write the commit again with an e-mail that has one, or, if it is a machine, name it under ${quote("detect")} in the config.`;
}

export function emailOwnersRemedy({ from }: Requirement): string {
  return `The owner ${ownerNames(from.owners)} is an e-mail address, and GitHub tells nobody whose: name @login or @org/team instead (${quote(from.source)}).`;
}

export function unableOwnerName({ owner, reason }: UnableOwner): string {
  return `${ownerNames([owner])} (${reason})`;
}

export function unknownTeamsRemedy(teams: readonly UnableOwner[]): string {
  const which = joinAnd(teams.map(({ owner }) => ownerNames([owner])));
  return `Nobody can sign through ${which}: make the team visible, with members and write access to this repository, or name another owner.`;
}

export function tooFewRemedy({ count: needed, from }: Requirement, able: number): string {
  const shortage = able === 0 ? "Nobody" : `Only ${count(able, "person")}`;
  const asked = needed === 1 ? "" : `, and ${needed} are needed`;
  return `${shortage} of ${ownerNames(from.owners)} can countersign${asked}: the others took part in the change, are machines or have no write access. Name another owner for these paths (${quote(from.source)}).`;
}

export function noSeniorRemedy({ senior, area }: Requirement): string {
  return `Nobody of ${ownerNames(senior)} can countersign, and ${quote(area)} asks for one of them: name somebody else under ${quote("senior")}.`;
}

export function standsSentence({
  by,
  dismissedBy,
}: {
  readonly by: Account;
  readonly dismissedBy?: Account | null;
}): string {
  const no = `${mention(by)} requested changes`;
  if (dismissedBy === undefined)
    return `${no}: only ${mention(by)} can lift that, by approving or by dismissing the review.`;
  return `${no}, and ${mentionOrUnknown(dismissedBy)} may not dismiss that: it stands until ${mention(by)} approves, or an owner who took no part dismisses it.`;
}

function deeds(roles: Contributor["roles"]): string {
  return joinAnd(roles.map(({ because }) => escapeInvisible(because)));
}

/** A person's word that no AI took part, and what it is worth beside the evidence. */
export function declaredSentence({ by, sha, text }: NoAiDeclaration, writer: Writer): string {
  const what = sha === null ? "this pull request" : shortSha(sha);
  const worth = writer === "ai" ? ", which what was found does not bear out" : "";
  return `${mention({ login: by })} declares that ${what} was written without AI (${quote(text)})${worth}.`;
}
