import { type OwnerRef, ownerKey, parseOwner } from "../../ownership/owner.ts";
import { createPolicyDetector } from "../../policy/detector.ts";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import type { PolicySource } from "../../policy/source.ts";
import type { Evidence, TextWriter } from "../../provenance/evidence.ts";
import { soundsLikeApproval } from "../../signoff/signatures/latest-reviews.ts";
import type {
  Authority,
  ChangedFile,
  CommitFacts,
  Participant,
  PullRequestFacts,
  Recorded,
  Review,
  SignerSet,
  Snapshot,
  Team,
} from "../../signoff/snapshot.ts";
import { HAZARD_CLOCK } from "../../signoff/time/hazard-key.ts";
import type { ReviewRequest, TimeFacts } from "../../signoff/time-facts.ts";
import type { PullRequestProvenance } from "../../signoff/verdict.ts";
import { createNames, type Names } from "./names.ts";
import { type KeepSignals, keepSignals, masked, maskedReview, withoutComments } from "./texts.ts";

/**
 * The snapshot with pseudonyms for people, and without texts and the content of files. Machines, signals, paths,
 * CODEOWNERS and the config stay, because the verdict rests on them.
 */
export function redact(snapshot: Snapshot, provenance: PullRequestProvenance): Snapshot {
  const { detect } = resolvePolicy(snapshot.policySources).policy ?? DEFAULT_POLICY;
  const names = createNames(snapshot, createPolicyDetector(detect));
  const keep = keepSignals(provenance);
  const { repository, policySources, codeowners, attention, time } = snapshot;
  return {
    version: snapshot.version,
    now: snapshot.now,
    repository: {
      owner: names.organization(repository.owner),
      name: "repository",
      defaultBranch: repository.defaultBranch,
    },
    pullRequest: redactPull(snapshot.pullRequest, names, keep),
    commits: snapshot.commits.map((commit) => redactCommit(commit, names, keep)),
    files: snapshot.files.map(withoutContent),
    ...(snapshot.links && { links: snapshot.links }),
    reviews: snapshot.reviews.map((review) => redactReview(review, names)),
    participants: snapshot.participants.map((each) => redactParticipant(each, names)),
    policySources: {
      organization: redactSource(policySources.organization, names),
      repository: redactSource(policySources.repository, names),
      ...(policySources.proposed && { proposed: redactSource(policySources.proposed, names) }),
    },
    codeowners: codeowners && { path: codeowners.path, text: names.owners(withoutComments(codeowners.text)) },
    authority: redactAuthority(snapshot.authority, names),
    ...(attention && {
      attention: {
        busy: attention.busy.map(names.id),
        waiting: mapKeys(attention.waiting, (id) => names.id(Number(id))),
      },
    }),
    ...(time && { time: redactTime(time, { names, organization: repository.owner }) }),
    recorded: redactRecorded(snapshot.recorded, names),
  };
}

interface Whose {
  readonly names: Names;
  /** The login of the organization that teams belong to. */
  readonly organization: string;
}

/** Of the attributes, what is said of generated files. */
function redactTime(time: TimeFacts, { names, organization }: Whose): TimeFacts {
  const { requests, earlierRequests, firstComments, activeAt, attributes, load, lines } = time;
  const ofAll = (all: readonly ReviewRequest[]) =>
    all.map(({ kind, name, at }) => {
      const [, slug = ""] = kind === "team" ? names.team(`${organization}/${name}`).split("/") : [];
      return { kind, name: kind === "team" ? slug : names.login(name), at };
    });
  return {
    requests: ofAll(requests),
    ...(earlierRequests && { earlierRequests: ofAll(earlierRequests) }),
    firstComments: mapKeys(firstComments, (id) => names.id(Number(id))),
    ...(activeAt !== undefined && { activeAt }),
    ...(attributes !== undefined && { attributes: generatedLines(attributes) }),
    ...(load && { load: mapKeys(load, (id) => names.id(Number(id))) }),
    ...(lines && { lines }),
  };
}

function generatedLines(attributes: string): string {
  return withoutComments(attributes)
    .split("\n")
    .filter((line) => line.includes("linguist-generated"))
    .join("\n");
}

function redactPull(pull: PullRequestFacts, names: Names, keep: KeepSignals): PullRequestFacts {
  const { author, title, body, head, editedBy, requestedReviewers } = pull;
  return {
    ...pull,
    title: masked(title),
    body: names.text(keep(body)),
    author: author && names.account(author),
    ...(editedBy !== undefined && { editedBy: editedBy && names.account(editedBy) }),
    head: { sha: head.sha, ref: keep(head.ref) },
    requestedReviewers: {
      users: requestedReviewers.users.map(names.login),
      teams: requestedReviewers.teams.map(names.team),
    },
  };
}

function redactCommit(commit: CommitFacts, names: Names, keep: KeepSignals): CommitFacts {
  const { message, author, committer, coAuthors, attested } = commit;
  return {
    ...commit,
    message: names.text(keep(message)),
    author: names.identity(author),
    committer: names.identity(committer),
    coAuthors: coAuthors.map(names.identity),
    ...(attested && {
      attested: attested.map((record) => {
        if (!record.ok) return { ok: false, reason: masked(record.reason) } as const;
        const requesters = record.attestation.requesters.map(names.owners);
        return { ok: true, attestation: { ...record.attestation, requesters } } as const;
      }),
    }),
  };
}

/** Empty texts, so that content which was readable does not count as unreadable. */
function withoutContent(file: ChangedFile): ChangedFile {
  const { patch: _patch, before: _before, after: _after, ...facts } = file;
  if (facts.unread !== undefined) return facts;
  return {
    ...facts,
    before: file.status === "added" ? null : "",
    after: file.status === "removed" ? null : "",
  };
}

function redactReview(review: Review, names: Names): Review {
  const { reviewer, body, dismissal, editedBy } = review;
  return {
    ...review,
    reviewer: reviewer && names.account(reviewer),
    body: soundsLikeApproval(review) ? "LGTM" : maskedReview(body),
    ...(dismissal && { dismissal: { ...dismissal, by: dismissal.by && names.account(dismissal.by) } }),
    ...(editedBy !== undefined && { editedBy: editedBy && names.account(editedBy) }),
  };
}

function redactParticipant({ account, role, because }: Participant, names: Names): Participant {
  return { account: names.account(account), role, because: names.text(because) };
}

function redactSource(source: PolicySource, names: Names): PolicySource {
  if (source.status !== "found") return source;
  return { ...source, path: names.text(source.path), text: names.owners(withoutComments(source.text)) };
}

function redactAuthority({ permissions, users, teams }: Authority, names: Names): Authority {
  return {
    permissions: mapKeys(permissions, (id) => names.id(Number(id))),
    ...(users && {
      users: mapKeys(
        Object.fromEntries(
          Object.entries(users).map(([login, account]) => [login, account && names.account(account)]),
        ),
        names.login,
      ),
    }),
    teams: mapKeys(
      Object.fromEntries(Object.entries(teams).map(([name, team]) => [name, redactTeam(team, names)])),
      names.team,
    ),
  };
}

function redactTeam(team: Team, names: Names): Team {
  return team.status === "known"
    ? { status: "known", members: team.members.map(names.account) }
    : { ...team, reason: names.text(team.reason) };
}

function redactRecorded(recorded: Recorded, names: Names): Recorded {
  const { approvals, evidence, headMovedAt, baseChangedAt, refusals, commits, accounts } = recorded;
  const { dropped, usedUp, clocks, signers } = recorded;
  const redactEvidence = ({ writtenBy, ...each }: Evidence): Evidence => ({
    ...each,
    text: names.text(each.text),
    ...(writtenBy && { writtenBy: { ...writtenBy, ...redactWriter(writtenBy, names) } }),
  });
  return {
    headMovedAt,
    baseChangedAt,
    approvals: approvals.map((approval) => ({
      ...approval,
      reviewerId: names.id(approval.reviewerId),
      ...(approval.hazards && { hazards: approval.hazards.map(maskedHazard) }),
    })),
    evidence: evidence.map(redactEvidence),
    refusals: refusals.map((refusal) => ({
      ...refusal,
      by: names.account(refusal.by),
      as: redactOwner(refusal.as, names),
    })),
    commits: commits.map((commit) => ({
      ...commit,
      evidence: commit.evidence.map(redactEvidence),
      participants: commit.participants.map((each) => redactParticipant(each, names)),
    })),
    accounts: accounts.map((listed) => {
      const { login, id } = names.account({ ...listed, type: "User" });
      return { login, id };
    }),
    ...(signers && { signers: signers.map((set) => redactSigners(set, names)) }),
    ...(dropped && { dropped }),
    ...(usedUp && { usedUp }),
    // The keys of other clocks are made of what stays.
    ...(clocks && { clocks: clocks.filter(({ key }) => !key.startsWith(HAZARD_CLOCK)) }),
    ...redactCommands(recorded, names),
  };
}

function redactSigners({ owner, accounts, former }: SignerSet, names: Names): SignerSet {
  const ref = parseOwner(owner);
  return {
    owner: ref === null ? names.owners(owner) : ownerKey(redactOwner(ref, names)),
    accounts: accounts.map(names.id),
    former: former.map(({ account, until }) => ({ account: names.id(account), until })),
  };
}

/** Reasons are told apart and not shown. */
function redactCommands(
  { overrides, withdrawnAt, freezes, heads, headSeenAt }: Recorded,
  names: Names,
): Pick<Recorded, "overrides" | "withdrawnAt" | "freezes" | "heads" | "headSeenAt"> {
  const reasons = [...new Set(overrides?.map(({ reason }) => reason))];
  return {
    ...(overrides && {
      overrides: overrides.map((each) => ({
        ...each,
        by: names.account(each.by),
        reason: `reason ${reasons.indexOf(each.reason) + 1}`,
      })),
    }),
    ...(freezes && {
      freezes: {
        frozen: freezes.frozen.map((each) => ({ ...each, by: names.account(each.by), reason: "a reason" })),
        ...(freezes.thawed && {
          thawed: freezes.thawed.map((each) => ({ ...each, by: names.account(each.by), reason: "a reason" })),
        }),
        lifts: freezes.lifts.map((each) => ({ ...each, by: names.account(each.by) })),
        recent: freezes.recent.map(({ account, at }) => ({ account: names.id(account), at })),
        held: freezes.held.map(names.id),
      },
    }),
    ...(withdrawnAt !== undefined && { withdrawnAt }),
    ...(heads && { heads }),
    ...(headSeenAt !== undefined && { headSeenAt }),
  };
}

function redactWriter(writer: TextWriter, names: Names): Pick<TextWriter, "id" | "login"> {
  const { id, login } = names.account({ id: writer.id, login: writer.login, type: "User" });
  return { id, login };
}

function redactOwner(owner: OwnerRef, names: Names): OwnerRef {
  switch (owner.kind) {
    case "user":
      return { kind: "user", login: names.login(owner.login) };
    case "team": {
      const [org = "", slug = ""] = names.team(`${owner.org}/${owner.slug}`).split("/");
      return { kind: "team", org, slug };
    }
    case "email":
      return { kind: "email", email: names.owners(owner.email) };
  }
}

/** Hazards of files as a whole name nothing but paths; others quote what is in them. */
function maskedHazard(key: string): string {
  return key.startsWith("files/") ? key : masked(key);
}

function mapKeys<Value>(
  record: Readonly<Record<string, Value>>,
  key: (name: string) => string | number,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [key(name), value]));
}
