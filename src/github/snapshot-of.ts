import type { Policy } from "../policy/policy.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { createDetector, type Detector } from "../provenance/detector.ts";
import type { Evidence } from "../provenance/evidence.ts";
import type { Authority, ChangedFile, Participant, Recorded, Snapshot } from "../signoff/snapshot.ts";
import { teamsInQuestion } from "./authority.ts";
import { pullKey } from "./caches.ts";
import type { GitHubClient } from "./client.ts";
import { commitFacts } from "./commits.ts";
import type { Evaluation } from "./evaluation.ts";
import { headMovedAt } from "./head-moved.ts";
import { distinct, pushers, readCopilotRequesters, requesters } from "./participants.ts";
import { readPermissions } from "./permissions.ts";
import type { PullFacts } from "./pull.ts";
import { pullRequestFacts } from "./pull-request-facts.ts";
import type { SnapshotRequest } from "./read-snapshot.ts";
import { reviews } from "./reviews.ts";
import { policySources, readCodeowners } from "./sources.ts";
import { readTeams, type TeamsRequest } from "./teams.ts";
import { type Timeline, timeline } from "./timeline.ts";

interface Parts extends SnapshotRequest {
  readonly evaluation: Evaluation;
  readonly files: readonly ChangedFile[];
  readonly facts: PullFacts;
}

/**
 * The snapshot of what was read, with the authority of those it turns out to concern.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function snapshotOf(client: GitHubClient, parts: Parts): Promise<Snapshot> {
  const { repository, evaluation, files, caches, now } = parts;
  const { pages } = evaluation;
  const sources = policySources(evaluation, repository.owner, files);
  const policy = resolvePolicy(sources).policy;
  const codeowners = await readCodeowners(client, { repository, evaluation, blobs: caches.blobs, now });
  const events = timeline(pages.timelineItems.nodes);
  const pullRequest = pullRequestFacts(evaluation, parts.facts);
  const commits = commitFacts(pages.commits);
  const seen = { pullRequest, commits, events, detector: detectorOf(policy) };
  return {
    version: 1,
    now: now.toISOString(),
    repository: {
      owner: repository.owner,
      name: repository.repo,
      defaultBranch: evaluation.repository.defaultBranchRef?.name ?? "",
    },
    pullRequest,
    commits,
    files,
    reviews: reviews(pages.reviews.nodes, events.dismissals),
    participants: await participantsIn(client, parts, seen),
    policySources: sources,
    codeowners,
    authority: await authorityOver(client, parts, {
      dismissals: events.dismissals,
      teams: teamsInQuestion(files, codeowners, policy),
    }),
    recorded: recorded(parts, seen),
  };
}

/** What is understood of the pull request so far. */
interface Seen extends Pick<Snapshot, "pullRequest" | "commits"> {
  readonly events: Timeline;
  readonly detector: Detector;
}

async function participantsIn(
  client: GitHubClient,
  parts: Parts,
  seen: Seen,
): Promise<readonly Participant[]> {
  const { events, detector } = seen;
  const reviews = parts.evaluation.pages.reviews.nodes;
  return distinct([
    ...pushers(parts.evaluation, events),
    ...requesters({ timeline: events, reviews, detector }),
    ...(await copilotRequesters(client, parts, seen)),
  ]);
}

async function authorityOver(
  client: GitHubClient,
  { repository, evaluation, caches, now }: Parts,
  asked: { readonly dismissals: Timeline["dismissals"]; readonly teams: TeamsRequest["teams"] },
): Promise<Authority> {
  const opinions = { reviews: evaluation.pages.reviews.nodes, dismissals: asked.dismissals };
  const repositoryId = evaluation.repository.databaseId;
  return {
    permissions: await readPermissions(client, { repository, opinions, caches, now }),
    teams: await readTeams(client, { repository, repositoryId, teams: asked.teams, caches, now }),
  };
}

function recorded({ headSha, memory, now }: Parts, { commits, events }: Seen): Recorded {
  const history = { headSha, commits: commits.map(({ sha }) => sha), timeline: events, memory, now };
  return {
    approvals: memory.approvals,
    evidence: memory.evidence,
    headMovedAt: headMovedAt(history),
    baseChangedAt: events.baseChangedAt,
  };
}

function detectorOf(policy: Policy | null): Detector {
  const { signals: tools, agents, notAi } = policy?.detect ?? { signals: [], agents: [], notAi: [] };
  return createDetector({ tools, agents, notAi });
}

/** Whether anything says that Copilot took part; only then is it worth asking who started it. */
function hasCopilot({ detector, pullRequest, commits }: Seen, evidence: readonly Evidence[]): boolean {
  const { author, head, body, labels } = pullRequest;
  const found = [
    ...evidence,
    ...detector.pullRequest({ author, headRef: head.ref, body, labels }),
    ...commits.flatMap((commit) => detector.commit(commit).evidence),
  ];
  return found.some(({ tool }) => /\bcopilot\b/i.test(tool));
}

async function copilotRequesters(
  client: GitHubClient,
  { repository, pull, headSha, memory, caches, now }: Parts,
  seen: Seen,
): Promise<readonly Participant[]> {
  if (!hasCopilot(seen, memory.evidence)) return [];
  const key = `${pullKey(repository, pull)}${headSha}`;
  const known = caches.copilotRequesters.get(key, now);
  if (known !== undefined) return known;
  const participants = await readCopilotRequesters(client, repository, pull);
  caches.copilotRequesters.set(key, participants, now);
  return participants;
}
