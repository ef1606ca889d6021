import { createOwnership } from "../ownership/ownership.ts";
import { parseCodeowners } from "../ownership/parse.ts";
import type { Policy } from "../policy/policy.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { createDetector, type Detector } from "../provenance/detector.ts";
import type { Evidence } from "../provenance/evidence.ts";
import type {
  ChangedFile,
  Participant,
  Permission,
  Recorded,
  Snapshot,
  SourceFile,
} from "../signoff/snapshot.ts";
import { ownersInQuestion, type Rules } from "./authority.ts";
import { pullKey, repositoryKey } from "./caches.ts";
import type { GitHubClient } from "./client.ts";
import { commitFacts } from "./commits.ts";
import type { Evaluation } from "./evaluation.ts";
import { headMovedAt } from "./head-moved.ts";
import { withNotes } from "./notes.ts";
import { distinct, pushers, readCopilotRequesters, requesters } from "./participants.ts";
import { readPermissions } from "./permissions.ts";
import { pullRequestFacts } from "./pull-request-facts.ts";
import type { SnapshotRequest } from "./read-snapshot.ts";
import { relevantCodeowners } from "./relevant-codeowners.ts";
import { reviews } from "./reviews.ts";
import { policySources, readCodeowners } from "./sources.ts";
import type { ReadTeam } from "./team-answer.ts";
import { keepTeams, readTeams } from "./teams.ts";
import { type Timeline, timeline } from "./timeline.ts";
import { withTriedConfig } from "./trying.ts";

interface Parts extends SnapshotRequest {
  readonly evaluation: Evaluation;
  readonly files: readonly ChangedFile[];
}

/** The teams beside the snapshot, with the ids that it does not hold. */
interface Made {
  readonly snapshot: Snapshot;
  readonly teams: Readonly<Record<string, ReadTeam>>;
}

/**
 * The snapshot of what was read, with the authority of those it turns out to concern.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function snapshotOf(client: GitHubClient, parts: Parts): Promise<Made> {
  const { repository, evaluation, files, caches, now } = parts;
  const { pages } = evaluation;
  const sources = withTriedConfig(policySources(evaluation, repository.owner, files), parts.trying);
  const policy = resolvePolicy(sources).policy;
  const codeowners = await relevantCodeowners(
    await readCodeowners(client, { repository, evaluation, blobs: caches.blobs, now }),
    files,
  );
  const events = timeline(pages.timelineItems.nodes);
  const pullRequest = pullRequestFacts(evaluation);
  const notes = evaluation.repository.notes?.target.oid ?? null;
  const commits = await withNotes(client, commitFacts(pages.commits), { ...parts, notes });
  const seen = { pullRequest, commits, events, detector: detectorOf(policy) };
  const teams = await teamsOver(client, parts, rulesOf(codeowners, policy));
  const snapshot: Snapshot = {
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
    authority: {
      permissions: await permissionsOf(client, parts, events),
      teams: Object.fromEntries(Object.entries(teams).map(([name, { team }]) => [name, team])),
    },
    recorded: recorded(parts, seen),
  };
  return { snapshot, teams };
}

function rulesOf(codeowners: SourceFile | null, policy: Policy | null): Rules {
  const text = codeowners?.text ?? "";
  return { ownership: createOwnership(parseCodeowners(text)), policy, size: text.length };
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
    ...parts.memory.participants,
  ]);
}

async function teamsOver(client: GitHubClient, parts: Parts, rules: Rules): Promise<Made["teams"]> {
  const { repository, evaluation, files, caches, now } = parts;
  const context = { repository, repositoryId: evaluation.repository.databaseId, caches, now };
  caches.rules.set(repositoryKey(repository), rules, now);
  await keepTeams(client, context, evaluation.foretold.teams);
  const teams = ownersInQuestion(files, rules).filter((owner) => owner.kind === "team");
  return readTeams(client, { ...context, teams });
}

async function permissionsOf(
  client: GitHubClient,
  { repository, evaluation, caches, now }: Parts,
  { dismissals }: Timeline,
): Promise<Readonly<Record<number, Permission>>> {
  const opinions = { reviews: evaluation.pages.reviews.nodes, dismissals };
  return readPermissions(client, { repository, opinions, caches, now });
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
