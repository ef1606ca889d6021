import type { Evidence } from "../../provenance/evidence.ts";
import type { Account, CommitRecord, Participant, Snapshot } from "../snapshot.ts";
import type { PullRequestProvenance } from "../verdict.ts";
import type { Pushers } from "./pushers.ts";

interface Known {
  readonly provenance: PullRequestProvenance;
  /** Of the pull request. */
  readonly participants: readonly Participant[];
  readonly pushers: Pushers;
}

/**
 * What follows the commits into every other pull request that holds them, as far as it is not known already. An
 * outsider's text follows only what the outsider pushed: nobody taints other people's commits by opening a pull
 * request with them.
 */
export function newCommitRecords(snapshot: Snapshot, known: Known): readonly CommitRecord[] {
  const { commits, recorded } = snapshot;
  const recordedBySha = Map.groupBy(recorded.commits, ({ sha }) => sha);
  return commits.flatMap(({ sha }) => {
    const before = recordedBySha.get(sha) ?? [];
    const has = knownIn(before);
    const evidence = evidenceOf(sha, snapshot, known).filter((each) => !has.evidence.has(keyOf(each)));
    const participants = participantsOf(sha, snapshot, known).filter(
      (each) => !has.participants.has(roleOf(each)),
    );
    return evidence.length + participants.length === 0 ? [] : [{ sha, evidence, participants }];
  });
}

function knownIn(records: readonly CommitRecord[]) {
  return {
    evidence: new Set(records.flatMap(({ evidence }) => evidence.map(keyOf))),
    participants: new Set(records.flatMap(({ participants }) => participants.map(roleOf))),
  };
}

function evidenceOf(sha: string, snapshot: Snapshot, { provenance, pushers }: Known): readonly Evidence[] {
  const own = provenance.commits.find((commit) => commit.sha === sha)?.provenance.evidence ?? [];
  return [
    // The rest of a commit's own evidence is in the commit. A record beside it may be removed.
    ...own.filter(({ where }) => where.field === "attestation"),
    ...provenance.evidence.filter(
      ({ where }) =>
        where.on === "pull-request" && follows(writerOf(where.field, snapshot), sha, snapshot, pushers),
    ),
  ];
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
  sha: string,
  { pullRequest }: Snapshot,
  pushers: Pushers,
): boolean {
  if (writer === "insider" || writer === null || pullRequest.outsider !== true) return true;
  return pushers.presumedOf(sha).some(({ id }) => id === writer.id);
}

function participantsOf(
  sha: string,
  snapshot: Snapshot,
  { participants, pushers }: Known,
): readonly Participant[] {
  const { author, number } = snapshot.pullRequest;
  const isKnown = pushers.of(sha).length > 0;
  const concerned = participants.filter(({ role, sha: pushed, presumed }) => {
    if (role === "pusher") return pushed === sha || (presumed === true && !isKnown);
    return role === "requester" && follows(author, sha, snapshot, pushers);
  });
  const opener: Participant | null = author && {
    account: author,
    role: "opener",
    because: `opened #${number} with the same commits`,
  };
  return [
    ...new Map([...concerned, ...(opener ? [opener] : [])].map((each) => [roleOf(each), each])).values(),
  ];
}

function roleOf({ role, account, forced }: Participant): string {
  return `${role} ${account.id} ${forced ?? false}`;
}

function keyOf({ tool, kind, where, text }: Evidence): string {
  return JSON.stringify([tool, kind, where.on, where.field, text]);
}
