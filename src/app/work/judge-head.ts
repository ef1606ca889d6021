import type { NamedCheckRun, NodeIds, ReadResult } from "../../github/reading/read-snapshot.ts";
import type { Problem } from "../../policy/problem.ts";
import { refusedVerdict } from "../../signoff/failed.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { HeardCommand } from "../../store/memory.ts";
import type { Moment } from "../../store/passes.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { Priority } from "../../store/task.ts";
import type { GitHubPort } from "../github/port.ts";
import type { BranchPolicy } from "../judging/judgement.ts";
import type { Judged } from "../judging/judges.ts";
import type { ReadPasskeys } from "../passkeys/facts.ts";

/** One pull request judged at the head. `snapshot` is `null` when it could not be read. */
export interface JudgedPull {
  readonly pull: number;
  readonly verdict: Verdict;
  readonly snapshot: Snapshot | null;
  /** By which it is governed; `null` if that could not be read. */
  readonly policy: BranchPolicy | null;
  /** By which to write to it; `null` with the snapshot. */
  readonly ids: NodeIds | null;
}

/** All that is known of a head commit after reading its pull requests. */
export interface HeadFindings {
  /** Open and governed: these decide. */
  readonly judged: readonly JudgedPull[];
  /** Open, and into branches that are not governed: they decide nothing, and what was seen on them is remembered. */
  readonly ungoverned: readonly JudgedPull[];
  /** Merged before they could be judged: they decide nothing, and what was seen on them is remembered. */
  readonly ended: readonly JudgedPull[];
  /** Pull requests that were merged, and the commits that they became. */
  readonly merged: readonly { readonly pull: number; readonly sha: string }[];
  /** Pull requests that have another head by now. */
  readonly moved: readonly { readonly pull: number; readonly headSha: string }[];
  /** The App's check runs as GitHub has them; `undefined` when no answer told. */
  readonly checkRuns: readonly NamedCheckRun[] | undefined;
  /** Set when something may heal by itself: after how many milliseconds to look again. */
  readonly retryAfterMs: number | null;
  /** Pull requests that could not be found under the repository's name. */
  readonly gone: readonly number[];
  /** What was commanded on pull requests that are over. */
  readonly inVain: readonly { readonly pull: number; readonly heard: readonly HeardCommand[] }[];
}

export interface Head {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** Pull requests somebody named. */
  readonly hints: readonly number[];
  /** How old answers may be. */
  readonly moment: Moment;
  readonly priority: Priority;
}

/** What is remembered of a pull request and of its head, and of what is kept because of somebody. */
export type JudgeStore = Pick<
  Store,
  | "remember"
  | "recall"
  | "recallSameContent"
  | "loadElsewhere"
  | "linePlaces"
  | "leaveLines"
  | "noteHeld"
  | "pullsWithHead"
  | "hasUsedUp"
  | "mayKeepMore"
>;

export interface JudgePorts {
  readonly store: JudgeStore;
  readonly github: Pick<GitHubPort, "read" | "pullsWithHead" | "mayWrite">;
  readonly judge: (snapshot: Snapshot, priority: Priority) => Promise<Judged>;
  readonly passkeys: ReadPasskeys;
}

/** Reads and judges every pull request on a head commit. */
export async function judgePullsOnHead(head: Head, ports: JudgePorts): Promise<HeadFindings> {
  const pulls = new Set(await knownPulls(head, ports));
  let findings: HeadFindings = NOTHING_FOUND;
  // The set grows while it is walked: the answer about one pull request names the others on its head.
  for (const pull of pulls) {
    const { result, inVain } = await readPull(head, pull, ports);
    if (inVain.length > 0) findings = { ...findings, inVain: [...findings.inVain, { pull, heard: inVain }] };
    if (result.status === "complete") for (const other of result.pullsOnHead) pulls.add(other);
    findings = withJudged(withResult(findings, pull, result), pull, await judgedOf(head, result, ports));
  }
  // By number, not in the order in which they came to be known: what is published then stays as it is.
  return { ...findings, judged: findings.judged.toSorted((one, other) => one.pull - other.pull) };
}

async function readPull({ repository, headSha, moment }: Head, pull: number, ports: JudgePorts) {
  const { store, github } = ports;
  const memory = await store.remember(repository, pull);
  const recall = (shas: readonly string[]) => store.recall(repository, shas);
  const recallSameContent = (digest: string) => store.recallSameContent(repository, digest);
  const notBefore = moment.peopleSince;
  const result = await github.read(repository, {
    ...{ pull, headSha, memory, recall, recallSameContent, notBefore },
    beside: {
      load: () => store.loadElsewhere(repository),
      lines: () => store.linePlaces(repository),
    },
    passkeys: () => ports.passkeys(repository, pull),
  });
  if (OVER.has(result.status)) await store.leaveLines(repository, pull);
  if (memory.freezes !== undefined && result.status === "closed") await store.noteHeld(repository, pull, []);
  const { heard = [] } = memory.commands ?? {};
  return { result, inVain: result.status === "closed" || result.status === "gone" ? heard : [] };
}

/** What became of a pull request that nobody is asked about any more. */
const OVER: ReadonlySet<ReadResult["status"]> = new Set(["closed", "merged", "gone"]);

export const NOTHING_FOUND: HeadFindings = {
  judged: [],
  ungoverned: [],
  ended: [],
  merged: [],
  moved: [],
  checkRuns: undefined,
  retryAfterMs: null,
  gone: [],
  inVain: [],
};

/**
 * The pull requests to begin with. GitHub is asked only when nobody named one (a re-run on a fork's commit):
 * else the request is saved, as every answer about a pull request names its neighbours, and forks', which
 * GitHub does not name, are in the store since they were opened.
 */
async function knownPulls(head: Head, { store, github }: JudgePorts): Promise<readonly number[]> {
  const known = [...head.hints, ...(await store.pullsWithHead(head.repository, head.headSha))];
  if (known.length > 0) return known.toSorted((one, other) => one - other);
  return (await github.pullsWithHead(head.repository, head.headSha)).map(({ number }) => number);
}

function withResult(findings: HeadFindings, pull: number, result: ReadResult): HeadFindings {
  switch (result.status) {
    case "closed":
    case "merged":
      return withMerged(findings, pull, result.mergedAs);
    case "gone":
      return { ...findings, gone: [...findings.gone, pull] };
    case "moved":
      return { ...findings, moved: [...findings.moved, { pull, headSha: result.headSha }] };
    case "refused":
      return withRefused(findings, pull, result);
    case "complete":
      return { ...findings, checkRuns: result.checkRuns };
  }
}

function withMerged(findings: HeadFindings, pull: number, sha: string | undefined): HeadFindings {
  return sha === undefined ? findings : { ...findings, merged: [...findings.merged, { pull, sha }] };
}

async function judgedOf(
  { repository, priority }: Head,
  result: ReadResult,
  ports: JudgePorts,
): Promise<Judgement | null> {
  if (result.status !== "complete" && result.status !== "merged") return null;
  const snapshot = await withinCap(repository, result.snapshot, ports);
  return {
    judged: await ports.judge(snapshot, priority),
    snapshot,
    ids: "ids" in result ? result.ids : null,
  };
}

/**
 * Whether somebody may write is asked only once so much is kept because of them that it matters.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
async function withinCap(
  repository: RepositoryRef,
  snapshot: Snapshot,
  { store, github }: JudgePorts,
): Promise<Snapshot> {
  const { pullRequest, recorded, now } = snapshot;
  const { author } = pullRequest;
  if (author?.type !== "User") return snapshot;
  if (!(await store.hasUsedUp(repository, author.id, new Date(now)))) return snapshot;
  if (await github.mayWrite(repository, { account: author.id, login: author.login })) {
    await store.mayKeepMore(repository, author.id);
    return snapshot;
  }
  return {
    ...snapshot,
    pullRequest: { ...pullRequest, outsider: true },
    recorded: { ...recorded, usedUp: true },
  };
}

interface Judgement {
  readonly judged: Judged;
  readonly snapshot: Snapshot;
  /** `null` where it is merged. */
  readonly ids: NodeIds | null;
}

function withJudged(findings: HeadFindings, pull: number, judgement: Judgement | null): HeadFindings {
  if (judgement === null) return findings;
  const { judged, snapshot, ids } = judgement;
  if (judged.status === "refused") return ids === null ? findings : withRefused(findings, pull, judged);
  const { verdict, policy, governed } = judged;
  const kind = ids === null ? "ended" : governed ? "judged" : "ungoverned";
  const one = { pull, verdict, policy, snapshot, ids };
  return { ...findings, [kind]: [...findings[kind], one] };
}

interface Refused {
  readonly problem: Omit<Problem, "severity">;
  readonly retryAfterMs: number | null;
}

/** Whether it is governed could not be told either, so it counts as if it were. */
function withRefused(findings: HeadFindings, pull: number, { problem, retryAfterMs }: Refused): HeadFindings {
  const one = { pull, verdict: refusedVerdict(problem), snapshot: null, policy: null, ids: null };
  return {
    ...findings,
    judged: [...findings.judged, one],
    retryAfterMs: soonest(findings.retryAfterMs, retryAfterMs),
  };
}

function soonest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
