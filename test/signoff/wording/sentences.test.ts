import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Team } from "../../../src/signoff/snapshot.ts";
import type { Staleness } from "../../../src/signoff/staleness.ts";
import type { Contributor, ContributorRole, Refusal, Requirement } from "../../../src/signoff/verdict.ts";
import {
  accessReason,
  approvalSentence,
  commentSentence,
  contributorReason,
  declaredSentence,
  dismissedReason,
  emailOwnersRemedy,
  machineReason,
  NOBODYS_REVIEW,
  NOT_AN_OWNER,
  noSeniorRemedy,
  type Reason,
  refusalSentence,
  replacedReason,
  staleReason,
  standsSentence,
  tooFewRemedy,
  unableOwnerName,
  unableTeamClause,
  unidentifiedContributorReason,
  unknownContributorRemedy,
  unknownTeamsRemedy,
} from "../../../src/signoff/wording/sentences.ts";
import { HEAD, kira, OLD_HEAD, olga, review } from "../build.ts";

const role = (name: ContributorRole["role"], because: string): ContributorRole => ({ role: name, because });
const contributor = (...roles: readonly ContributorRole[]): Contributor => ({ account: kira, roles });
const stranger = (name: string): Contributor => ({
  account: null,
  identity: { name, email: "" },
  roles: [role("commit-author", "wrote bbbbbbb")],
});
const dismissal = (by: typeof kira | null) =>
  ({ previously: "approved", by, at: "2026-11-20T12:50:00Z" }) as const;
const OLGA: OwnerRef = { kind: "user", login: "olga" };
const SRE: OwnerRef = { kind: "team", org: "acme", slug: "sre" };
const BEN: OwnerRef = { kind: "email", email: "ben@acme.example" };

describe("why an approval does not count, as a code and a clause", () => {
  test.each<{ reason: () => Reason; code: Reason["code"]; clause: string }>([
    {
      reason: () => machineReason("agent"),
      code: "agent",
      clause: "is an AI account; only humans can countersign",
    },
    {
      reason: () => machineReason("automation"),
      code: "bot",
      clause: "is a machine account; only humans can countersign",
    },
    {
      reason: () =>
        contributorReason(
          contributor(role("requester", "asked Kiro"), role("author", "opened the pull request")),
        ),
      code: "author",
      clause: "asked Kiro and opened the pull request, and contributors cannot countersign",
    },
    {
      reason: () =>
        contributorReason(contributor(role("pusher", "pushed bbbbbbb"), role("requester", "asked Kiro"))),
      code: "requester",
      clause: "pushed bbbbbbb and asked Kiro, and contributors cannot countersign",
    },
    {
      reason: () => contributorReason(contributor(role("pusher", "pushed b\u202Eb"))),
      code: "contributor",
      clause: "pushed b\\u{202e}b, and contributors cannot countersign",
    },
    {
      reason: () => NOT_AN_OWNER,
      code: "not-owner",
      clause: "does not own anything that needs a countersignature",
    },
    {
      reason: () => accessReason("read"),
      code: "no-write",
      clause: "has only read access to this repository; write access is required",
    },
    {
      reason: () => accessReason("none"),
      code: "no-write",
      clause: "has no access to this repository; write access is required",
    },
    {
      reason: () => accessReason(undefined),
      code: "no-write",
      clause: "it is not known whether they have write access",
    },
    {
      reason: () => unidentifiedContributorReason([stranger("Mara")]),
      code: "unknown-account",
      clause: "could be the unidentified contributor “Mara”",
    },
    {
      reason: () => unidentifiedContributorReason(["A", "B", "C", "D"].map(stranger)),
      code: "unknown-account",
      clause: "could be one of the unidentified contributors “A”, “B”, “C” and 1 more",
    },
    {
      reason: () => replacedReason(review(olga, "dismissed")),
      code: "dismissed",
      clause: "a newer review by them was dismissed, which does not restore an older approval",
    },
    {
      reason: () => replacedReason(review(olga, "changes_requested")),
      code: "superseded",
      clause: "requested changes later",
    },
    {
      reason: () => dismissedReason(review(olga, "dismissed", { dismissal: dismissal(kira) })),
      code: "dismissed",
      clause: "@kira dismissed it",
    },
    {
      reason: () => dismissedReason(review(olga, "dismissed", { dismissal: dismissal(null) })),
      code: "dismissed",
      clause: "the approval was dismissed",
    },
    {
      reason: () => dismissedReason(review(olga, "dismissed")),
      code: "dismissed",
      clause: "the approval was dismissed",
    },
  ])("$code: $clause", ({ reason, code, clause }) => {
    expect(reason()).toEqual({ code, clause });
  });
});

describe("why an approval is stale", () => {
  const OLD = { headSha: OLD_HEAD };
  test.each<{ staleness: Staleness; clause: string }>([
    {
      staleness: { kind: "other-base", base: "release/1”2" },
      clause: "that was for the base branch “release/1\\u{201d}2”",
    },
    {
      staleness: { kind: "pushed", ...OLD },
      clause: "that was for aaaaaaa, and “infrastructure” keeps no approval after a push",
    },
    {
      staleness: { kind: "changed", ...OLD, paths: ["a", "b", "c", "d"] },
      clause: "“a”, “b”, “c” and 1 more changed since aaaaaaa",
    },
    {
      staleness: { kind: "hazard", ...OLD, what: "`aws_db_instance.main` is `gone`" },
      clause: "the hazard “aws_db_instance.main is gone” was not there at aaaaaaa",
    },
    {
      staleness: { kind: "other-head", ...OLD },
      clause: "that was for aaaaaaa, and the head is bbbbbbb now",
    },
    { staleness: { kind: "other-head", headSha: null }, clause: "the commit it was given for is gone" },
    { staleness: { kind: "before-head" }, clause: "that was before bbbbbbb became the head" },
    { staleness: { kind: "before-base" }, clause: "that was before the base branch was changed" },
  ])("$staleness.kind: $clause", ({ staleness, clause }) => {
    expect(staleReason(staleness, "infrastructure", HEAD)).toEqual({
      code: "stale",
      clause: `${clause}, so it must be approved again`,
    });
  });
});

test.each<{ team: Team | null; clause: string | null }>([
  { team: null, clause: "was not read" },
  { team: { status: "unknown", reason: "is a secret\u200B team" }, clause: "is a secret\\u{200b} team" },
  { team: { status: "known", members: [] }, clause: "has no members" },
  { team: { status: "known", members: [olga] }, clause: null },
  { team: { status: "unlisted", reason: "its members are known elsewhere" }, clause: null },
])("why nobody can sign through a team: $clause", ({ team, clause }) => {
  expect(unableTeamClause(team)).toBe(clause);
});

describe("sentences", () => {
  const requirement: Requirement = {
    id: "infrastructure",
    area: "infrastructure",
    count: 1,
    from: { owners: [OLGA, SRE], paths: ["infra/main.tf"], source: "CODEOWNERS:2" },
    senior: [],
    mode: "enforce",
    keep: "untouched",
    because: "Kiro took part in this change.",
  };

  test.each<{ sentence: () => string; says: string }>([
    {
      sentence: () => approvalSentence(olga, NOT_AN_OWNER),
      says: "@olga approved, but does not own anything that needs a countersignature.",
    },
    {
      sentence: () => refusalSentence(olga, NOT_AN_OWNER),
      says: "@olga requested changes, but does not own anything that needs a countersignature.",
    },
    { sentence: () => NOBODYS_REVIEW, says: "An approval by a deleted account does not count." },
    {
      sentence: () => commentSentence(olga),
      says: "@olga wrote a comment that sounds like an approval, but only an approving review counts.",
    },
    {
      sentence: () => unknownContributorRemedy([stranger("Mara")]),
      says: "The e-mail of “Mara” (wrote bbbbbbb) is not linked to a GitHub account, so the approver could be the same person. Add the e-mail to that person's account, rewrite the commit with a linked e-mail, or, if it is a machine, list it under “detect” in the config.",
    },
    {
      sentence: () => emailOwnersRemedy({ ...requirement, from: { ...requirement.from, owners: [BEN] } }),
      says: "The owner ben@acme.example is an e-mail address; GitHub does not say which account owns it. Use @login or @org/team instead (“CODEOWNERS:2”).",
    },
    {
      sentence: () => unableOwnerName({ owner: SRE, reason: "has no members" }),
      says: "@acme/sre (has no members)",
    },
    {
      sentence: () =>
        unknownTeamsRemedy([
          { owner: SRE, reason: "has no members" },
          { owner: { ...SRE, slug: "dba" }, reason: "was not read" },
        ]),
      says: "Nobody can countersign for @acme/sre and @acme/dba: make the team visible and give it members and write access to this repository, or name another owner.",
    },
    {
      sentence: () => tooFewRemedy(requirement, 0),
      says: "None of the owners (@olga or @acme/sre) can countersign: they are contributors or machines, or lack write access. Name another owner for these paths (“CODEOWNERS:2”).",
    },
    {
      sentence: () => tooFewRemedy({ ...requirement, count: 2 }, 0),
      says: "None of the owners (@olga or @acme/sre) can countersign: they are contributors or machines, or lack write access. Name another owner for these paths (“CODEOWNERS:2”).",
    },
    {
      sentence: () => tooFewRemedy({ ...requirement, count: 3 }, 2),
      says: "3 countersignatures are required, but only 2 of the owners (@olga or @acme/sre) can countersign: the others are contributors or machines, or lack write access. Name another owner for these paths (“CODEOWNERS:2”).",
    },
    {
      sentence: () => noSeniorRemedy({ ...requirement, senior: [SRE, BEN] }),
      says: "“infrastructure” requires a senior countersignature, but none of the seniors (@acme/sre or ben@acme.example) can give one: name somebody else under “senior”.",
    },
  ])("$says", ({ sentence, says }) => {
    expect(sentence()).toBe(says);
  });
});

describe("who can lift a refusal", () => {
  const UNTIL = "This stays blocked until @olga approves, or an owner who took no part dismisses the review.";
  const sre = { kind: "team", org: "acme", slug: "sre" } as const;

  test.each<{ more: Partial<Refusal>; says: string }>([
    { more: {}, says: "@olga requested changes." },
    {
      more: { dismissedBy: kira },
      says: "@olga requested changes, and @kira has no right to dismiss that.",
    },
    {
      more: { dismissedBy: null },
      says: "@olga requested changes, and somebody unknown has no right to dismiss that.",
    },
    {
      more: { formerRight: true },
      says: "@olga requested changes as @acme/sre, which still counts.",
    },
  ])("$says", ({ says, more }) => {
    expect(standsSentence({ by: olga, as: sre, ...more })).toBe(`${says} ${UNTIL}`);
  });
});

describe("a declaration that no AI took part", () => {
  const word = { by: "kira", sha: null, text: "AI: none" };

  test.each<{ sentence: () => string; says: string }>([
    {
      sentence: () => declaredSentence(word, "human"),
      says: "@kira declares that this pull request was written without AI (“AI: none”).",
    },
    {
      sentence: () => declaredSentence({ ...word, sha: HEAD }, "automation"),
      says: "@kira declares that bbbbbbb was written without AI (“AI: none”).",
    },
    {
      sentence: () => declaredSentence({ ...word, unseen: [HEAD] }, "ai"),
      says: "@kira declares that this pull request was written without AI (“AI: none”), but GitHub does not tell who pushed bbbbbbb to another person's fork, which is not covered. To declare it of that too, push the commits to a fork of your own and open the pull request from there.",
    },
    {
      sentence: () => declaredSentence(word, "ai"),
      says: "@kira declares that this pull request was written without AI (“AI: none”), but the evidence below contradicts this.",
    },
  ])("$says", ({ sentence, says }) => {
    expect(sentence()).toBe(says);
  });
});
