import { describe, expect, test } from "@jest/globals";
import type { OwnerRef } from "../../../src/ownership/owner.ts";
import type { Team } from "../../../src/signoff/snapshot.ts";
import type { Staleness } from "../../../src/signoff/staleness.ts";
import type { Contributor, ContributorRole, Requirement } from "../../../src/signoff/verdict.ts";
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
      clause: "is an AI's account: only people countersign",
    },
    {
      reason: () => machineReason("automation"),
      code: "bot",
      clause: "is a machine: only people countersign",
    },
    {
      reason: () =>
        contributorReason(
          contributor(role("requester", "asked Kiro"), role("author", "opened the pull request")),
        ),
      code: "author",
      clause: "asked Kiro and opened the pull request: a contributor cannot countersign",
    },
    {
      reason: () =>
        contributorReason(contributor(role("pusher", "pushed bbbbbbb"), role("requester", "asked Kiro"))),
      code: "requester",
      clause: "pushed bbbbbbb and asked Kiro: a contributor cannot countersign",
    },
    {
      reason: () => contributorReason(contributor(role("pusher", "pushed b\u202Eb"))),
      code: "contributor",
      clause: "pushed b\\u{202e}b: a contributor cannot countersign",
    },
    { reason: () => NOT_AN_OWNER, code: "not-owner", clause: "does not own what has to be countersigned" },
    {
      reason: () => accessReason("read"),
      code: "no-write",
      clause: "has only read access to this repository: write access is needed",
    },
    {
      reason: () => accessReason("none"),
      code: "no-write",
      clause: "has no access at all to this repository: write access is needed",
    },
    {
      reason: () => accessReason(undefined),
      code: "no-write",
      clause: "whether they may write here is not known",
    },
    {
      reason: () => unidentifiedContributorReason([stranger("Mara")]),
      code: "unknown-account",
      clause: "may be the unknown contributor “Mara”",
    },
    {
      reason: () => unidentifiedContributorReason(["A", "B", "C", "D"].map(stranger)),
      code: "unknown-account",
      clause: "may be the unknown contributor “A”, “B”, “C” and 1 more",
    },
    {
      reason: () => replacedReason(review(olga, "dismissed")),
      code: "dismissed",
      clause: "a newer review of theirs was dismissed: an older approval does not come back",
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
      clause: `${clause}: it has to be approved again`,
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
    keep: "untouched",
    because: "Kiro took part in this change.",
  };

  test.each<{ sentence: () => string; says: string }>([
    {
      sentence: () => approvalSentence(olga, NOT_AN_OWNER),
      says: "@olga approved, but does not own what has to be countersigned.",
    },
    {
      sentence: () => refusalSentence(olga, NOT_AN_OWNER),
      says: "@olga requested changes, but does not own what has to be countersigned.",
    },
    { sentence: () => NOBODYS_REVIEW, says: "An approval by a deleted account does not count." },
    {
      sentence: () => commentSentence(olga),
      says: "@olga wrote a comment that sounds like an approval, but only an approving review counts.",
    },
    {
      sentence: () => unknownContributorRemedy([stranger("Mara")]),
      says: "No account on GitHub has the e-mail of “Mara” (wrote bbbbbbb), so nobody can tell that an approver is somebody else: add the e-mail to that person's account, write the commit again with an e-mail that has one, or, if it is a machine, name it under “detect” in the config.",
    },
    {
      sentence: () => emailOwnersRemedy({ ...requirement, from: { ...requirement.from, owners: [BEN] } }),
      says: "The owner ben@acme.example is an e-mail address, and GitHub tells nobody whose: name @login or @org/team instead (“CODEOWNERS:2”).",
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
      says: "Nobody can sign through @acme/sre and @acme/dba: make the team visible, with members and write access to this repository, or name another owner.",
    },
    {
      sentence: () => tooFewRemedy(requirement, 0),
      says: "Nobody of @olga or @acme/sre can countersign: the others took part in the change, are machines or have no write access. Name another owner for these paths (“CODEOWNERS:2”).",
    },
    {
      sentence: () => tooFewRemedy({ ...requirement, count: 2 }, 0),
      says: "Nobody of @olga or @acme/sre can countersign, and 2 are needed: the others took part in the change, are machines or have no write access. Name another owner for these paths (“CODEOWNERS:2”).",
    },
    {
      sentence: () => tooFewRemedy({ ...requirement, count: 3 }, 2),
      says: "Only 2 persons of @olga or @acme/sre can countersign, and 3 are needed: the others took part in the change, are machines or have no write access. Name another owner for these paths (“CODEOWNERS:2”).",
    },
    {
      sentence: () => noSeniorRemedy({ ...requirement, senior: [SRE, BEN] }),
      says: "Nobody of @acme/sre or ben@acme.example can countersign, and “infrastructure” asks for one of them: name somebody else under “senior”.",
    },
  ])("$says", ({ sentence, says }) => {
    expect(sentence()).toBe(says);
  });
});

test.each<{ dismissedBy?: typeof kira | null; says: string }>([
  { says: "@olga requested changes: only @olga can lift that, by approving or by dismissing the review." },
  {
    dismissedBy: kira,
    says: "@olga requested changes, and @kira may not dismiss that: it stands until @olga approves, or an owner who took no part dismisses it.",
  },
  {
    dismissedBy: null,
    says: "@olga requested changes, and somebody unknown may not dismiss that: it stands until @olga approves, or an owner who took no part dismisses it.",
  },
])("a no that stands: $says", ({ says, ...dismissed }) => {
  expect(standsSentence({ by: olga, ...dismissed })).toBe(says);
});

describe("a person's word that no AI took part", () => {
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
      sentence: () => declaredSentence(word, "ai"),
      says: "@kira declares that this pull request was written without AI (“AI: none”), which what was found does not bear out.",
    },
  ])("$says", ({ sentence, says }) => {
    expect(sentence()).toBe(says);
  });
});
