import { createPolicyDetector } from "../../policy/detector.ts";
import { wantsPasskeys } from "../../policy/keys/passkey.ts";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import { configFixPolicy } from "../../signoff/config-fix.ts";
import type {
  Authority,
  ChangedFile,
  CommitFacts,
  CommitRecord,
  Participant,
  PullRequestFacts,
  Snapshot,
} from "../../signoff/snapshot.ts";
import type { GitHubClient } from "../client/client.ts";
import { withAddressesOfNow } from "./addresses.ts";
import { closedIn } from "./closed-in.ts";
import { withBaseSides } from "./content/base-sides.ts";
import { commitFacts } from "./content/commits.ts";
import { contentDigest } from "./content/content-digest.ts";
import { confirmEmpty } from "./content/empty-change.ts";
import { readMergeBase } from "./content/merge-base.ts";
import { withMergeChanges } from "./content/merge-changes.ts";
import { withNotes } from "./content/notes.ts";
import { mayCountAsAis } from "./people/ai-part.ts";
import { attentionOf } from "./people/attention.ts";
import { knownWaiting } from "./people/availability.ts";
import { readCommanders } from "./people/comments.ts";
import { askedInIssues } from "./people/issues.ts";
import { type PullRequestOrigin, readOrigin } from "./people/origin.ts";
import { isOutsiders } from "./people/outsider.ts";
import { rulesOf } from "./people/owners-in-question.ts";
import { distinct, pushers, requesters, starters } from "./people/participants.ts";
import { decidersIn, mayWrite, writersAmong } from "./people/permissions.ts";
import type { ReadOwners } from "./people/read-owners.ts";
import { reviews } from "./people/reviews.ts";
import { readSpeakers } from "./people/speakers.ts";
import { timeline } from "./people/timeline.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import { pullRequestFacts } from "./pull-request-facts.ts";
import { missedPushes } from "./pushes/missed-pushes.ts";
import { readAuthority } from "./read-authority.ts";
import { readLinksOver } from "./read-links-over.ts";
import { recordsOfReapplied } from "./reapplied.ts";
import { recorded } from "./recorded.ts";
import { relevantCodeowners } from "./rules/relevant-codeowners.ts";
import { policySources, readCodeowners } from "./rules/sources.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";
import { timeFacts } from "./time-facts.ts";
import { withOtherConfig } from "./what-if.ts";

interface Parts extends SnapshotRequest {
  readonly evaluation: PullRequestData;
  readonly files: readonly ChangedFile[];
}

/** The owners beside the snapshot, with the ids that it does not hold. */
interface Made {
  readonly snapshot: Snapshot;
  readonly owners: ReadOwners;
}

/** Whoever approves may have added an address to their account before, and said so: what was asked earlier is asked again. */
function whoseSince({ evaluation, notBefore }: Parts): number {
  return Math.max(notBefore, Date.parse(evaluation.pullRequest.updatedAt) + SECOND_MS);
}

/** GitHub's times are of whole seconds. */
const SECOND_MS = 1000;

/**
 * The snapshot of what was read, with the authority of those it turns out to concern.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function snapshotOf(client: GitHubClient, parts: Parts): Promise<Made> {
  const { repository, evaluation, caches, now } = parts;
  const { pages } = evaluation;
  const sources = withOtherConfig(
    policySources(evaluation, { ...repository, ...parts.memory }, parts.files),
    parts.whatIf,
  );
  const policy =
    caches.policies(sources).policy ??
    configFixPolicy({ files: parts.files, policySources: sources })?.policy ??
    null;
  // The links tell what the base has, too, which is often what the merge base has.
  const { links, names } = await readLinksOver(client, parts, policy);
  const files = await withOtherSide(client, parts);
  const codeowners = await relevantCodeowners(
    await readCodeowners(client, { repository, evaluation, blobs: caches.blobs, now }),
    [...files, ...names.map((path) => ({ path }))],
  );
  const events = timeline(pages.timelineItems.nodes);
  const refs = evaluation.repository;
  const commits = await withNotes(client, commitFacts(pages.commits), { ...parts, refs });
  const detector = createPolicyDetector(policy?.detect ?? DEFAULT_POLICY.detect, {
    known: parts.memory.accounts,
  });
  const facts = pullRequestFacts(evaluation);
  const digest = await contentDigest(parts.files);
  const { known, records } = await recorded({
    ...{ ...parts, contentDigest: digest, commits, events },
    baseRef: facts.base.ref,
    reapplying: () => recordsOfReapplied(client, { ...parts, detector }, commits),
    withAddresses: (all) => withAddressesOfNow(client, { ...parts, notBefore: whoseSince(parts) }, all),
  });
  const pushes = missedPushes(client, parts, { commits, records, ...whence(facts) });
  const onBranch = await pushes.onBranch((one) => detector.machine(one)?.kind === "agent");
  const seen = {
    pullRequest: facts,
    commits,
    detector,
    pushers: [...pushers(evaluation, events), ...onBranch],
  };
  const traces = await readOrigin(client, parts, seen);
  const opinions = { reviews: pages.reviews.nodes, dismissals: events.dismissals };
  const question = { rules: rulesOf(codeowners?.text ?? "", policy), names, dismissals: events.dismissals };
  const { authority: readAlready, owners } = await readAuthority(client, parts, question);
  const speakers = await readSpeakers(client, parts);
  const authority = {
    ...readAlready,
    permissions: { ...readAlready.permissions, ...speakers.permissions },
  };
  const tookPart = [
    ...seen.pushers,
    ...(await pushes.by(decidersIn(opinions, authority.permissions))),
    ...(await readCommanders(client, parts, evaluation.pullRequest.comments)),
    ...(await requesters({ timeline: events, reviews: pages.reviews.nodes, detector })),
    ...starters(traces.starts),
    ...parts.memory.participants,
    ...writersAmong(parts.memory.mayHaveAsked, authority.permissions),
  ];
  const ai = traces.ai || mayCountAsAis({ files, policy, participants: tookPart, recorded: known, detector });
  const closes = closedIn(evaluation);
  const participants = distinct([
    ...tookPart,
    ...(ai ? await askedInIssues(client, parts, { ...seen, closes }) : []),
  ]);
  const pullRequest = withOrigin(facts, traces);
  const opened = { pullRequest, commits, participants, recorded: known, detector };
  const time = await timeFacts({
    ...{ policy, facts, evaluation, events, waiting: knownWaiting(parts) },
    ...{ beside: parts.beside, activeAt: parts.memory.activeAt },
  });
  const passkeys = policy !== null && wantsPasskeys(policy) ? await parts.passkeys?.() : undefined;
  const matters = madeBySigner(authority, [...participants, ...known.commits.flatMap(participantsOf)]);
  const snapshot: Snapshot = {
    version: 1,
    now: now.toISOString(),
    repository: {
      owner: repository.owner,
      name: repository.repo,
      defaultBranch: evaluation.repository.defaultBranchRef?.name ?? "",
    },
    pullRequest: { ...pullRequest, ...((await isOutsiders(client, parts, opened)) && { outsider: true }) },
    commits: await withMergeChanges(client, commits, { ...parts, files, matters }),
    files,
    ...(links.length > 0 && { links }),
    ...(digest !== null && { contentDigest: digest }),
    reviews: reviews(pages.reviews.nodes, events.dismissals, (by) => mayWrite(authority.permissions, by)),
    participants,
    policySources: sources,
    codeowners,
    authority,
    attention: attentionOf(owners, knownWaiting(parts), parts.pull),
    ...(time && { time }),
    ...(passkeys && { passkeys }),
    ...(speakers.commands.length > 0 && { commands: speakers.commands }),
    recorded: known,
  };
  return { snapshot, owners };
}

function whence({ head, base, fork }: PullRequestFacts) {
  return { headRef: head.ref, baseRef: base.ref, fork };
}

function participantsOf({ sha, participants }: CommitRecord): readonly Participant[] {
  return participants.map((each) => ({ sha, ...each }));
}

/** Whether somebody wrote or pushed a commit who is known as an owner. */
function madeBySigner(
  { users = {}, teams }: Authority,
  participants: readonly Participant[],
): (commit: CommitFacts) => boolean {
  const members = Object.values(teams).flatMap((team) => (team.status === "known" ? team.members : []));
  const owners = new Set([...members, ...Object.values(users)].flatMap((account) => account?.id ?? []));
  const pushed = Map.groupBy(participants, ({ sha }) => sha);
  return ({ sha, author, committer }) =>
    [author, committer, ...(pushed.get(sha) ?? [])].some(({ account }) => account && owners.has(account.id));
}

function withOrigin(
  pullRequest: PullRequestFacts,
  { openedBy, starts }: PullRequestOrigin,
): PullRequestFacts {
  return {
    ...pullRequest,
    ...(openedBy !== null && { performedVia: openedBy }),
    ...(starts.length > 0 && { events: [...new Set(starts.map(({ event }) => event))] }),
  };
}

/**
 * The files with what the merge base has in their places, where a signature rests on it. That a change without files
 * changes nothing is confirmed.
 */
async function withOtherSide(client: GitHubClient, parts: Parts): Promise<readonly ChangedFile[]> {
  const { repository, headSha, evaluation, files, caches, now } = parts;
  const { pages, pullRequest } = evaluation;
  const isSigned = pages.reviews.nodes.some(
    ({ state, author }) => state === "APPROVED" && author?.__typename === "User",
  );
  if (!isSigned && files.length > 0) return files;
  const commits = commitFacts(pages.commits);
  const range = { repository, headSha, baseSha: pullRequest.baseRefOid, commits, caches, now };
  const mergeBase = await readMergeBase(client, range);
  if (files.length > 0) return withBaseSides(client, files, { repository, mergeBase, caches, now });
  await confirmEmpty(client, { repository, headSha, mergeBase });
  return files;
}
