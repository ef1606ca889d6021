import type { Evidence } from "../../provenance/evidence.ts";
import {
  type Account,
  type CommitFacts,
  type CommitRecord,
  type GitIdentity,
  type Participant,
  type Snapshot,
  unlinkedKey,
} from "../snapshot.ts";
import type { ChangeRecord, PullRequestProvenance } from "../verdict.ts";
import { weightOf } from "./authorship.ts";
import { hands } from "./hands.ts";
import { openedWith } from "./part.ts";
import type { MachineList } from "./people.ts";
import { type Pushers, tookPart } from "./pushers.ts";

interface Known {
  readonly provenance: PullRequestProvenance;
  /** Of the pull request. */
  readonly participants: readonly Participant[];
  readonly pushers: Pushers;
  readonly machines: MachineList;
  readonly isPerson: (identity: GitIdentity) => boolean;
}

/**
 * What follows the commits into every other pull request that holds them, as far as it is not known already. An
 * outsider's text follows only what the outsider brought along: nobody taints other people's commits by opening a pull
 * request with them.
 */
export function newCommitRecords(snapshot: Snapshot, known: Known): readonly CommitRecord[] {
  const { commits, recorded } = snapshot;
  const recordedBySha = Map.groupBy(recorded.commits, ({ sha }) => sha);
  const marks = marksIn(snapshot, known.provenance);
  return commits.flatMap((commit) => {
    const { sha } = commit;
    const before = recordedBySha.get(sha) ?? [];
    const people = new Set(before.flatMap(({ participants }) => participants.map(roleOf)));
    const evidence = unknownEvidence(
      evidenceOf(commit, marks, { snapshot, known }),
      before.flatMap((record) => record.evidence),
    );
    const participants = participantsOf(commit, snapshot, known).filter((each) => !people.has(roleOf(each)));
    return evidence.length + participants.length === 0 ? [] : [{ sha, evidence, participants }];
  });
}

/**
 * What follows the change into whatever other commits make it, as far as it is not known already: all that is known of
 * its commits, and what they tell themselves, which is lost with them.
 */
export function newChangeRecord(snapshot: Snapshot, known: Known): ChangeRecord | null {
  const { commits, recorded, contentDigest } = snapshot;
  const { machines, isPerson, provenance, pushers } = known;
  const { writer } = provenance;
  if (contentDigest === undefined || isCopied(snapshot)) return null;
  const recordedBySha = Map.groupBy(recorded.commits, ({ sha }) => sha);
  const before = ofSameChange(snapshot);
  const people = new Set(before.flatMap(({ participants }) => participants.map(roleOf)));
  const marks = marksIn(snapshot, provenance);
  const evidence = commits.flatMap((commit) => [
    ...(recordedBySha.get(commit.sha) ?? []).flatMap((record) => record.evidence),
    ...(marks.own.get(commit.sha) ?? []),
    ...evidenceOf(commit, marks, { snapshot, known }),
  ]);
  const participants = commits.flatMap((commit) => [
    ...(recordedBySha.get(commit.sha) ?? []).flatMap((record) => record.participants),
    ...participantsOf(commit, snapshot, known),
    // Anybody can write a name into the commits of a fork.
    ...(pushers.toRepository(commit.sha) ? hands(commit, { machines, isPerson, writer }) : []),
  ]);
  const record = {
    contentDigest,
    evidence: unknownEvidence(
      evidence,
      before.flatMap((one) => one.evidence),
    ),
    participants: distinct(participants).filter((each) => !people.has(roleOf(each))),
  };
  return record.evidence.length + record.participants.length === 0 ? null : record;
}

/**
 * Whether somebody without write permission opened what others wrote and pushed, and nobody else has written there what
 * the other pull requests of these commits have to be judged by.
 */
export function isOfOutsider(
  { pullRequest, commits }: Snapshot,
  { pushers, following }: { readonly pushers: Pushers; readonly following: readonly CommitRecord[] },
): boolean {
  const { author, outsider } = pullRequest;
  if (outsider !== true || author === null) return false;
  const isTold = following.some(({ evidence }) => evidence.length > 0);
  return !isTold && commits.every((commit) => !tookPart(author, commit, pushers));
}

/** Whether somebody without write permission opened a change that others had made before, in whatever commits. */
function isCopied(snapshot: Snapshot): boolean {
  const { author, outsider } = snapshot.pullRequest;
  if (outsider !== true) return false;
  return ofSameChange(snapshot).some(({ participants }) =>
    participants.some(({ account }) => account.id !== author?.id),
  );
}

/** What is known of the change from other commits that make it, beside what is known of its own. */
function ofSameChange({ commits, recorded }: Snapshot): readonly CommitRecord[] {
  const own = new Set(commits.map(({ sha }) => sha));
  return recorded.commits.filter(({ sha }) => !own.has(sha));
}

function unknownEvidence(all: readonly Evidence[], before: readonly Evidence[]): readonly Evidence[] {
  const weights = new Map<string, number>();
  for (const each of before)
    weights.set(keyOf(each), Math.max(weightOf(each), weights.get(keyOf(each)) ?? 0));
  return all.filter((each) => {
    const isNew = (weights.get(keyOf(each)) ?? 0) < weightOf(each);
    if (isNew) weights.set(keyOf(each), weightOf(each));
    return isNew;
  });
}

/** What may follow commits. */
interface Marks {
  /** On the pull request, and on other commits that make the same change. */
  readonly ofPull: readonly Evidence[];
  readonly own: ReadonlyMap<string, readonly Evidence[]>;
  /** On commits that the pull request has no more: who rewrites them goes on with the same work. */
  readonly ofGone: readonly Evidence[];
}

function marksIn(snapshot: Snapshot, { evidence, commits }: PullRequestProvenance): Marks {
  const before = ofSameChange(snapshot).flatMap((record) => record.evidence);
  const present = new Set(commits.map(({ sha }) => sha));
  return {
    ofPull: [...evidence.filter(({ where }) => where.on !== "commit"), ...before],
    own: new Map(commits.map(({ sha, provenance }) => [sha, provenance.evidence])),
    ofGone: evidence.filter(({ where }) => where.on === "commit" && !present.has(where.sha)),
  };
}

/** The rest of a commit's own evidence is in the commit. A record beside it may be removed. */
function isAttested({ where }: Evidence): boolean {
  return where.field === "attestation";
}

interface Surroundings {
  readonly snapshot: Snapshot;
  readonly known: Known;
}

function evidenceOf(
  commit: CommitFacts,
  { ofPull, own, ofGone }: Marks,
  { snapshot, known }: Surroundings,
): readonly Evidence[] {
  const isFollowing = ({ where }: Evidence) => {
    // Who pushed a commit is known of the commit itself.
    if (where.field === "pusher" && known.pushers.of(commit.sha).length > 0) return false;
    return follows(writerOf(where.field, snapshot), commit, snapshot, known);
  };
  // What was judged here beside them is no rewriting of them.
  const following = [...ofPull, ...(wasHere(commit, snapshot) ? [] : ofGone)].filter(isFollowing);
  return [...(own.get(commit.sha) ?? []).filter(isAttested), ...following];
}

/** Whether a commit was judged as one of the pull request's: it was noted then who had opened it. */
function wasHere({ sha }: CommitFacts, { pullRequest: { author }, recorded }: Snapshot): boolean {
  return recorded.commits.some(
    (record) =>
      record.sha === sha &&
      record.participants.some(({ role, account }) => role === "opener" && account.id === author?.id),
  );
}

/** Whose doing a mark on the pull request is: an insider's, or the author's. */
function writerOf(field: Evidence["where"]["field"], { pullRequest }: Snapshot): "insider" | Account | null {
  const { author, editedBy, fork } = pullRequest;
  switch (field) {
    case "label":
    case "timeline":
    case "pusher":
      return "insider";
    case "branch":
      return fork ? author : "insider";
    case "body":
      // GitHub lets nobody without write access edit another person's text.
      return editedBy !== undefined && editedBy?.id !== author?.id ? "insider" : author;
    default:
      return author;
  }
}

/** Whether what somebody wrote says anything about a commit beyond this pull request. Where in doubt it does. */
function follows(
  writer: "insider" | Account | null,
  commit: CommitFacts,
  snapshot: Snapshot,
  known: Known,
): boolean {
  if (isBuiltUpon(commit, snapshot, known)) return false;
  if (writer === "insider" || writer === null || snapshot.pullRequest.outsider !== true) return true;
  return tookPart(writer, commit, known.pushers);
}

/**
 * Whether a machine's pull request only builds upon a commit: people alone pushed it, one of them had opened it, and the
 * machine pushed others, of which its words tell.
 */
function isBuiltUpon(
  { sha }: CommitFacts,
  { pullRequest: { author }, commits, recorded }: Snapshot,
  { pushers, machines }: Known,
): boolean {
  if (author === null || machines.machine(author) === null) return false;
  const pushed = pushers.of(sha);
  if (pushed.length === 0 || pushed.some((account) => machines.machine(account) !== null)) return false;
  const isOpened = recorded.commits
    .filter((record) => record.sha === sha)
    .flatMap(({ participants }) => participants)
    .some(({ role, account }) => role === "opener" && pushed.some(({ id }) => id === account.id));
  return isOpened && commits.some((other) => pushers.of(other.sha).some(({ id }) => id === author.id));
}

function participantsOf(commit: CommitFacts, snapshot: Snapshot, known: Known): readonly Participant[] {
  const { author, number } = snapshot.pullRequest;
  const { sha } = commit;
  const isFollowing = follows(author, commit, snapshot, known);
  const brought = new Set(known.pushers.broughtBy(sha).map(({ id }) => id));
  const concerned = known.participants.filter(({ role, account, ...push }) => {
    if (role !== "pusher") return role === "requester" && isFollowing;
    return (push.sha === sha || push.presumed === true) && brought.has(account.id);
  });
  const opener: Participant | null = author && {
    account: author,
    role: "opener",
    because: openedWith(number),
  };
  return distinct([...concerned, ...(opener && isFollowing ? [opener] : [])]);
}

function distinct(participants: readonly Participant[]): readonly Participant[] {
  return [...new Map(participants.map((each) => [roleOf(each), each])).values()];
}

function roleOf({ role, account, forced, identity }: Participant): string {
  return `${role} ${account.id} ${identity ? unlinkedKey(identity) : ""} ${forced ?? false}`;
}

function keyOf({ tool, kind, where, text }: Evidence): string {
  return JSON.stringify([tool, kind, where.on, where.field, text]);
}
