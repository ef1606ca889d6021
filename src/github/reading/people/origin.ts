import { z } from "zod";
import type { Detector } from "../../../provenance/detector.ts";
import type { Evidence } from "../../../provenance/evidence.ts";
import { START_EVENTS } from "../../../provenance/requests/named-requesters.ts";
import type { Account, CommitFacts, Participant, PullRequestFacts } from "../../../signoff/snapshot.ts";
import { witnessed } from "../../../signoff/writers/attested.ts";
import type { PullRequestMemory } from "../../../store/memory.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { pullKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed, rest, restList } from "../../client/client.ts";
import { NotFound, permissionMissing } from "../../client/errors.ts";
import { Pauses } from "../../client/pauses.ts";

/** How a pull request came about, as far as REST alone tells. */
export interface PullRequestOrigin {
  /** The app through which its author opened it; `null` for none, or where it was not asked for. */
  readonly openedBy: OpeningApp | null;
  /** The starts of tools, oldest first. */
  readonly starts: readonly Start[];
  /** Whether anything says that an AI took part. */
  readonly ai: boolean;
}

export type OpeningApp = NonNullable<PullRequestFacts["performedVia"]>;

export interface Start {
  /** GitHub's name of it: `copilot_work_started`. */
  readonly event: string;
  /** The person; `null` for a machine. */
  readonly by: Account | null;
  /** ISO 8601; empty where GitHub does not say. */
  readonly at: string;
}

interface OriginCaches {
  readonly openingApps: Cache<OpeningApp | null>;
  readonly starts: Cache<readonly Start[]>;
}

interface OriginRequest {
  readonly repository: RepositoryRef;
  readonly pull: number;
  readonly headSha: string;
  readonly memory: PullRequestMemory;
  readonly caches: OriginCaches;
  readonly now: Date;
  readonly notBefore: number;
}

/** What is known already. */
interface Known {
  readonly pullRequest: PullRequestFacts;
  readonly commits: readonly CommitFacts[];
  readonly pushers: readonly Participant[];
  readonly detector: Detector;
}

/**
 * Asks only where the answer can matter: of a pull request that nothing else calls AI-written, and, where Copilot took
 * part, who started it. The app is asked for once a pull request, the starts once a head.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readOrigin(
  client: GitHubClient,
  request: OriginRequest,
  known: Known,
): Promise<PullRequestOrigin> {
  const evidence = await evidenceIn(known, request.memory.evidence);
  const decided = known.detector.judge(evidence, "human").writer === "ai";
  const byCopilot = evidence.some(({ tool }) => /\bcopilot\b/i.test(tool));
  // A bot opens what it opens as the app that it is.
  const inSomebodysName = known.pullRequest.author?.type !== "Bot";
  const [openedBy, starts] = await Promise.all([
    decided || !inSomebodysName ? null : openingApp(client, request),
    decided && !byCopilot ? [] : startsOf(client, request),
  ]);
  const ai = decided || openedBy !== null || starts.length > 0;
  return { openedBy, starts, ai };
}

/** Hundreds of long messages are read here, each in turn with whatever else there is to do. */
async function evidenceIn(
  { pullRequest, commits, pushers, detector }: Known,
  recorded: readonly Evidence[],
): Promise<readonly Evidence[]> {
  const { author, head, body, labels } = pullRequest;
  const accounts = pushers.map(({ account }) => account);
  const evidence = [
    ...recorded,
    ...detector.pullRequest({ author, headRef: head.ref, body, labels, pushers: accounts }),
  ];
  const pauses = new Pauses();
  for (const commit of commits) {
    await pauses.pause();
    evidence.push(...witnessed(commit, detector).evidence);
  }
  return evidence;
}

const issueAnswer = z.object({
  performed_via_github_app: z.object({ id: z.int(), slug: z.string() }).nullish(),
});

/** GitHub tells it of the issue behind a pull request, not of the pull request itself (seen 2026-11). */
async function openingApp(client: GitHubClient, request: OriginRequest): Promise<OpeningApp | null> {
  const { repository, pull, caches, now } = request;
  const known = caches.openingApps.get(pullKey(repository, pull), now);
  if (known !== undefined) return known;
  const { owner, repo } = repository;
  const need = "Issues: read";
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/issues/{pull}",
    parameters: { owner, repo, pull },
    need,
    absent: "not-there",
    reads: issueAnswer,
  }).catch((error: unknown) => {
    if (!(error instanceof NotFound)) throw error;
    // Where a repository has no issues, Enterprise Server may not tell of those behind pull requests either.
    if (/disabled/i.test(error.message)) return { data: {} };
    throw permissionMissing(need, `the issue behind #${pull} was answered with "${error.message}".`);
  });
  const app = parsed(issueAnswer, data, `the issue behind pull request #${pull}`).performed_via_github_app;
  const openedBy = app ?? null;
  caches.openingApps.set(pullKey(repository, pull), openedBy, now);
  return openedBy;
}

const timelineAnswer = z.array(
  z.object({
    event: z.string().optional(),
    created_at: z.string().optional(),
    actor: z.object({ id: z.int(), login: z.string(), type: z.string() }).nullish(),
  }),
);

type TimelineEvent = z.infer<typeof timelineAnswer>[number];

/**
 * The event is known to REST alone and undocumented there; VS Code's pull request extension reads it in the same way
 * (seen 2026-11).
 */
async function startsOf(client: GitHubClient, request: OriginRequest): Promise<readonly Start[]> {
  const { repository, pull, headSha, caches, now, notBefore } = request;
  const key = `${pullKey(repository, pull)}${headSha}`;
  const known = caches.starts.get(key, now, notBefore);
  if (known !== undefined) return known;
  const { owner, repo } = repository;
  const events = await restList(
    client,
    {
      route: "GET /repos/{owner}/{repo}/issues/{pull}/timeline",
      parameters: { owner, repo, pull },
      need: "Pull requests: read",
      reads: timelineAnswer,
    },
    (data) => parsed(timelineAnswer, data, `the timeline of pull request #${pull}`),
  );
  const starts = events.flatMap(startIn);
  caches.starts.set(key, starts, now);
  return starts;
}

function startIn({ event, actor, created_at: at = "" }: TimelineEvent): readonly Start[] {
  if (event === undefined || !START_EVENTS.has(event)) return [];
  const by: Account | null =
    actor?.type === "User" ? { id: actor.id, login: actor.login, type: "User" } : null;
  return [{ event, by, at }];
}
