import type { Account, CommitFacts, CommitRecord, Participant } from "../../../signoff/snapshot.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import type { GitHubClient } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";
import { readCommonAncestor } from "../content/merge-base.ts";
import type { SnapshotRequest } from "../snapshot-request.ts";
import { type ActivityQuestion, type Move, readActivity } from "./activity.ts";
import { type CommitGraph, commitGraph } from "./commit-graph.ts";

type PushesRequest = Pick<SnapshotRequest, "repository" | "headSha" | "recall" | "caches" | "now" | "appId">;

/** Where the commits of a pull request came from. */
interface Whence {
  readonly commits: readonly CommitFacts[];
  /** What is known of them. */
  readonly records: readonly CommitRecord[];
  readonly headRef: string;
  readonly baseRef: string;
  readonly fork: boolean;
}

/** Who pushed what no webhook told of, as GitHub remembers the moves of branches. */
export interface MissedPushes {
  /** Whoever moved the pull request's branch. Of what is on it no more only agents are looked for. */
  onBranch(isAgent: (account: Account) => boolean): Promise<readonly Participant[]>;
  /** Those of these people who pushed a commit, to whichever branch. */
  by(people: readonly Account[]): Promise<readonly Participant[]>;
}

const NOTHING_MISSED: MissedPushes = { onBranch: async () => [], by: async () => [] };

/**
 * A commit is accounted for once the webhook was heard of the push that brought it into the repository. Where one is
 * not (the webhook was lost, or the App was not installed yet), the branch's activity is read, and that of whoever's
 * word may decide: branches may have been renamed, made from others or deleted, but who pushed is told of each. Of a
 * fork GitHub tells the App nothing.
 * @throws {GitHubUnavailable | GitHubProblem} `evidence/pushes-unknown`
 */
export function missedPushes(client: GitHubClient, request: PushesRequest, whence: Whence): MissedPushes {
  const heard = new Set(whence.records.filter(isAccountedFor).map(({ sha }) => sha));
  const missed = whence.commits.filter(({ sha }) => !heard.has(sha));
  if (whence.fork || request.appId === null || missed.length === 0) return NOTHING_MISSED;
  const search: Search = {
    ...request,
    ...{ client, missed: new Set(missed.map(({ sha }) => sha)), since: sinceOf(missed, request.now) },
    graph: commitGraph(whence.commits),
    base: `refs/heads/${whence.baseRef}`,
  };
  return {
    async onBranch(isAgent) {
      const moves = (await movesOf(search, { ref: `refs/heads/${whence.headRef}` })).filter(isPush);
      const agents = moves.filter(({ by }) => by !== null && isAgent(by));
      return [...pushersOf(search, moves), ...(await pushersElsewhere(search, agents))];
    },
    async by(people) {
      const found: Participant[] = [];
      for (const { id, login } of people) {
        const moves = (await movesOf(search, { actor: login })).filter(({ by }) => by?.id === id);
        const pushes = moves.filter(isPush);
        found.push(...pushersOf(search, pushes), ...(await pushersElsewhere(search, pushes)));
      }
      return found;
    },
  };
}

interface Search extends PushesRequest {
  readonly client: GitHubClient;
  readonly missed: ReadonlySet<string>;
  /** No push of them is older. Milliseconds. */
  readonly since: number;
  readonly graph: CommitGraph;
  /** The branch it is to be merged into. */
  readonly base: string;
}

function isAccountedFor({ participants }: CommitRecord): boolean {
  return participants.some(({ introduced }) => introduced === true);
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * A commit is pushed after it was made. Its time is that of somebody's clock, which may be wrong by hours; one that lies
 * ahead tells nothing.
 */
function sinceOf(commits: readonly CommitFacts[], now: Date): number {
  const times = commits.map(({ committedAt = "" }) => {
    const time = Date.parse(committedAt);
    return time <= now.getTime() ? time : 0;
  });
  return Math.min(...times) - DAY_MS;
}

/** Who presses the button of a merge pushes nothing of their own, as little as where the webhook is heard. */
const NO_PUSH: ReadonlySet<string> = new Set(["branch_deletion", "pr_merge", "merge_queue_merge"]);

function isPush({ kind }: Move): boolean {
  return !NO_PUSH.has(kind);
}

async function movesOf(search: Search, of: ActivityQuestion["of"]): Promise<readonly Move[]> {
  const { client, repository, headSha, since, caches, now } = search;
  const key = `${repositoryKey(repository)} ${headSha} ${since} ${JSON.stringify(of)}`;
  const known = caches.moves.get(key, now);
  if (known !== undefined) return known;
  const moves = await readActivity(client, { repository, of, since });
  if (moves === null) throw pushesUnknown(search);
  // A list of the branch without its newest commit is late.
  if ("actor" in of || moves.some(({ after }) => after === headSha)) caches.moves.set(key, moves, now);
  return moves;
}

/** Of moves to commits of the pull request. */
function pushersOf({ graph, missed }: Search, moves: readonly Move[]): readonly Participant[] {
  return moves.flatMap((move) =>
    graph
      .brought(move.before, move.after)
      .filter((sha) => missed.has(sha))
      .flatMap((sha) => pusher(move, sha)),
  );
}

/** Of moves to other commits, which may stand upon those of the pull request. */
async function pushersElsewhere(search: Search, moves: readonly Move[]): Promise<readonly Participant[]> {
  const { graph, missed, base } = search;
  const others = await missedOf(
    search,
    // What the base holds is none of the pull request's commits.
    moves.filter(({ after, ref, kind }) => !graph.has(after) && (ref !== base || kind === "force_push")),
  );
  const ways = joined(others);
  if (ways.length > LIMITS.comparedPushes) throw pushesUnknown(search);
  const found: Participant[] = [];
  for (const move of ways) {
    const after = await lastShared(search, move.after);
    if (after === null) continue;
    const brought = graph.brought(await lastShared(search, move.before), after);
    found.push(...brought.filter((sha) => missed.has(sha)).flatMap((sha) => pusher(move, sha)));
  }
  return found;
}

/** Those of which the webhook was not heard, or told that the commit was there before. */
async function missedOf({ recall }: Search, moves: readonly Move[]): Promise<readonly Move[]> {
  const records = moves.length === 0 ? [] : await recall([...new Set(moves.map(({ after }) => after))]);
  const heard = new Set(
    records.flatMap(({ sha, participants }) =>
      participants
        .filter(({ introduced }) => introduced === true)
        .map(({ account }) => `${sha} ${account.id}`),
    ),
  );
  return moves.filter(({ after, by }) => !heard.has(`${after} ${by?.id}`));
}

/** Pushes upon one another as one. */
function joined(newestFirst: readonly Move[]): readonly Move[] {
  const ways: Move[] = [];
  for (const move of newestFirst.toReversed()) {
    const at = ways.findLastIndex(
      ({ ref, after, by }) => ref === move.ref && after === move.before && by?.id === move.by?.id,
    );
    const way = move.kind === "push" ? ways[at] : undefined;
    if (way === undefined) ways.push(move);
    else ways[at] = { ...move, before: way.before, kind: way.kind };
  }
  return ways;
}

/** The last commit of the pull request below a commit; `null` where there is none. */
async function lastShared(search: Search, sha: string): Promise<string | null> {
  const { client, repository, headSha, caches, now, graph } = search;
  if (graph.has(sha)) return sha;
  if (/^0+$/.test(sha)) return null;
  const shared = await readCommonAncestor(client, { repository, headSha, baseSha: sha, caches, now });
  return shared !== null && graph.has(shared) ? shared : null;
}

function pusher({ by, kind, at }: Move, sha: string): readonly Participant[] {
  if (by === null) return [];
  return [
    {
      ...{ account: by, role: "pusher", because: `pushed ${sha.slice(0, 7)}`, sha, at },
      ...(kind === "force_push" && { forced: true }),
    },
  ];
}

function pushesUnknown({ missed }: Search): GitHubProblem {
  const [first = ""] = missed;
  return new GitHubProblem({
    code: "evidence/pushes-unknown",
    message: `GitHub's news of the push of ${first.slice(0, 7)} did not arrive, and who pushed it cannot be found out.`,
    remedy: "Rebase the branch and push it, so that all of its commits are new.",
  });
}
