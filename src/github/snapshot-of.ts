import type { Policy } from "../policy/policy.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { createDetector, type Detector } from "../provenance/detector.ts";
import type { ChangedFile, Participant, Snapshot } from "../signoff/snapshot.ts";
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
import { readTeams } from "./teams.ts";
import { timeline } from "./timeline.ts";

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
  const { repository, evaluation, files, memory, caches, now } = parts;
  const { pages } = evaluation;
  const sources = policySources(evaluation, repository.owner, files);
  const codeowners = await readCodeowners(client, { repository, evaluation, blobs: caches.blobs, now });
  const commits = commitFacts(pages.commits);
  const events = timeline(pages.timelineItems.nodes);
  const pullRequest = pullRequestFacts(evaluation, parts.facts);
  const defaultBranch = evaluation.repository.defaultBranchRef?.name ?? "";
  const policy = resolvePolicy(sources).policy;
  const detector = detectorOf(policy);
  const seen = { pullRequest, commits, evidence: memory.evidence };
  const asked = requesters({ timeline: events, reviews: pages.reviews.nodes, detector });
  const startedCopilot = await copilotRequesters(client, parts, hasCopilot(detector, seen));
  const opinions = { reviews: pages.reviews.nodes, dismissals: events.dismissals };
  const teams = teamsInQuestion(files, codeowners, policy);
  return {
    version: 1,
    now: now.toISOString(),
    repository: { owner: repository.owner, name: repository.repo, defaultBranch },
    pullRequest,
    commits,
    files,
    reviews: reviews(pages.reviews.nodes, events.dismissals),
    participants: distinct([...pushers(evaluation, events), ...asked, ...startedCopilot]),
    policySources: sources,
    codeowners,
    authority: {
      permissions: await readPermissions(client, { repository, opinions, caches, now }),
      teams: await readTeams(client, {
        repository,
        repositoryId: evaluation.repository.databaseId,
        teams,
        caches,
        now,
      }),
    },
    recorded: {
      approvals: memory.approvals,
      evidence: memory.evidence,
      headMovedAt: headMovedAt({
        headSha: parts.headSha,
        commits: commits.map(({ sha }) => sha),
        timeline: events,
        memory,
        now,
      }),
      baseChangedAt: events.baseChangedAt,
    },
  };
}

function detectorOf(policy: Policy | null): Detector {
  const { signals: tools, agents, notAi } = policy?.detect ?? { signals: [], agents: [], notAi: [] };
  return createDetector({ tools, agents, notAi });
}

type Seen = Pick<Snapshot, "pullRequest" | "commits"> & {
  readonly evidence: Snapshot["recorded"]["evidence"];
};

/** Whether anything says that Copilot took part; only then is it worth asking who started it. */
function hasCopilot(detector: Detector, { pullRequest, commits, evidence }: Seen): boolean {
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
  { repository, pull, headSha, caches, now }: Parts,
  concerned: boolean,
): Promise<readonly Participant[]> {
  if (!concerned) return [];
  const key = `${pullKey(repository, pull)}${headSha}`;
  const known = caches.copilotRequesters.get(key, now);
  if (known !== undefined) return known;
  const participants = await readCopilotRequesters(client, repository, pull);
  caches.copilotRequesters.set(key, participants, now);
  return participants;
}
