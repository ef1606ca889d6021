import { createOwnership } from "../../ownership/ownership.ts";
import { parseCodeowners } from "../../ownership/parse.ts";
import { DEFAULTS } from "../../policy/defaults.ts";
import { detectorOf } from "../../policy/detector-of.ts";
import type { Policy } from "../../policy/policy.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { configFixPolicy } from "../../signoff/config-fix.ts";
import type {
  ChangedFile,
  CommitFacts,
  PullRequestFacts,
  Recorded,
  Snapshot,
  SourceFile,
} from "../../signoff/snapshot.ts";
import type { GitHubClient } from "../client/client.ts";
import { commitFacts } from "./content/commits.ts";
import { withNotes } from "./content/notes.ts";
import { headMovedAt } from "./head-moved.ts";
import { attentionOf } from "./people/attention.ts";
import { knownWaiting } from "./people/availability.ts";
import { type PullRequestOrigin, readOrigin } from "./people/origin.ts";
import type { Rules } from "./people/owners-in-question.ts";
import { distinct, pushers, requesters, starters } from "./people/participants.ts";
import type { ReadOwners } from "./people/read-owners.ts";
import { reviews } from "./people/reviews.ts";
import { type Timeline, timeline } from "./people/timeline.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import { pullRequestFacts } from "./pull-request-facts.ts";
import { readAuthority } from "./read-authority.ts";
import { relevantCodeowners } from "./rules/relevant-codeowners.ts";
import { policySources, readCodeowners } from "./rules/sources.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";
import { withTriedConfig } from "./what-if.ts";

interface Parts extends SnapshotRequest {
  readonly evaluation: PullRequestData;
  readonly files: readonly ChangedFile[];
}

/** The owners beside the snapshot, with the ids that it does not hold. */
interface Made {
  readonly snapshot: Snapshot;
  readonly owners: ReadOwners;
}

/**
 * The snapshot of what was read, with the authority of those it turns out to concern.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function snapshotOf(client: GitHubClient, parts: Parts): Promise<Made> {
  const { repository, evaluation, files, caches, now } = parts;
  const { pages } = evaluation;
  const sources = withTriedConfig(policySources(evaluation, repository.owner, files), parts.trying);
  const policy =
    resolvePolicy(sources).policy ?? configFixPolicy({ files, policySources: sources })?.policy ?? null;
  const codeowners = await relevantCodeowners(
    await readCodeowners(client, { repository, evaluation, blobs: caches.blobs, now }),
    files,
  );
  const events = timeline(pages.timelineItems.nodes);
  const refs = evaluation.repository;
  const commits = await withNotes(client, commitFacts(pages.commits), { ...parts, refs });
  const detector = detectorOf(policy?.detect ?? DEFAULTS.detect);
  const facts = pullRequestFacts(evaluation);
  const seen = { pullRequest: facts, commits, detector, pushers: pushers(evaluation, events) };
  const traces = await readOrigin(client, parts, seen);
  const question = { rules: rulesOf(codeowners, policy), dismissals: events.dismissals };
  const { authority, owners } = await readAuthority(client, parts, question);
  const snapshot: Snapshot = {
    version: 1,
    now: now.toISOString(),
    repository: {
      owner: repository.owner,
      name: repository.repo,
      defaultBranch: evaluation.repository.defaultBranchRef?.name ?? "",
    },
    pullRequest: withOrigin(facts, traces),
    commits,
    files,
    reviews: reviews(pages.reviews.nodes, events.dismissals),
    participants: distinct([
      ...seen.pushers,
      ...requesters({ timeline: events, reviews: pages.reviews.nodes, detector }),
      ...starters(traces.starts),
      ...parts.memory.participants,
    ]),
    policySources: sources,
    codeowners,
    authority,
    attention: attentionOf(owners, knownWaiting(parts), parts.pull),
    recorded: recorded(parts, commits, events),
  };
  return { snapshot, owners };
}

function rulesOf(codeowners: SourceFile | null, policy: Policy | null): Rules {
  const text = codeowners?.text ?? "";
  return { ownership: createOwnership(parseCodeowners(text)), policy, size: text.length };
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

function recorded(
  { headSha, memory, now }: Parts,
  commits: readonly CommitFacts[],
  events: Timeline,
): Recorded {
  const history = { headSha, commits: commits.map(({ sha }) => sha), timeline: events, memory, now };
  return {
    approvals: memory.approvals,
    evidence: memory.evidence,
    headMovedAt: headMovedAt(history),
    baseChangedAt: events.baseChangedAt,
  };
}
