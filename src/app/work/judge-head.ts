import type { ExistingCheckRun, NodeIds, ReadResult } from "../../github/reading/read-snapshot.ts";
import { isGoverned } from "../../policy/branches.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { judge } from "../../signoff/evaluate.ts";
import { refusedVerdict } from "../../signoff/failed.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { RepositoryRef, Store } from "../../store/store.ts";
import type { GitHubPort } from "../github/port.ts";

/** One pull request judged at the head. `snapshot` is `null` when it could not be read. */
export interface JudgedPull {
  readonly pull: number;
  readonly verdict: Verdict;
  readonly snapshot: Snapshot | null;
  /** By which to write to it; `null` with the snapshot. */
  readonly ids: NodeIds | null;
}

/** All that is known of a head commit after reading its pull requests. */
export interface HeadFindings {
  /** Open and governed: these decide. */
  readonly judged: readonly JudgedPull[];
  /** Open, and into branches that are not governed. */
  readonly ungoverned: readonly number[];
  /** Pull requests that have another head by now. */
  readonly moved: readonly { readonly pull: number; readonly headSha: string }[];
  /** The check run as GitHub has it; `undefined` when no answer told. */
  readonly checkRun: ExistingCheckRun | null | undefined;
  /** Set when something may heal by itself: after how many milliseconds to look again. */
  readonly retryAfterMs: number | null;
}

export interface Head {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** Pull requests somebody named. */
  readonly hints: readonly number[];
}

export interface JudgePorts {
  readonly store: Store;
  readonly github: Pick<GitHubPort, "read" | "pullsWithHead">;
}

/** Reads and judges every pull request on a head commit. */
export async function judgePullsOnHead(head: Head, ports: JudgePorts): Promise<HeadFindings> {
  const pulls = new Set(await knownPulls(head, ports));
  let findings: HeadFindings = NOTHING_FOUND;
  // The set grows while it is walked: the answer about one pull request names the others on its head.
  for (const pull of pulls) {
    const memory = await ports.store.remember(head.repository, pull);
    const result = await ports.github.read(head.repository, { pull, headSha: head.headSha, memory });
    if (result.status === "complete") for (const other of result.pullsOnHead) pulls.add(other);
    findings = withResult(findings, pull, result);
  }
  // By number, not in the order in which they came to be known: what is published then stays as it is.
  return { ...findings, judged: findings.judged.toSorted((one, other) => one.pull - other.pull) };
}

const NOTHING_FOUND: HeadFindings = {
  judged: [],
  ungoverned: [],
  moved: [],
  checkRun: undefined,
  retryAfterMs: null,
};

/**
 * The pull requests to begin with. GitHub is asked only when nobody named one (a re-run on a fork's commit):
 * else the request is saved, as every answer about a pull request names its neighbours, and forks', which
 * GitHub does not name, are in the store since they were opened.
 */
async function knownPulls(head: Head, { store, github }: JudgePorts): Promise<readonly number[]> {
  const known = [...head.hints, ...(await store.pullsWithHead(head.repository, head.headSha))];
  if (known.length > 0) return known;
  return (await github.pullsWithHead(head.repository, head.headSha)).map(({ number }) => number);
}

function withResult(findings: HeadFindings, pull: number, result: ReadResult): HeadFindings {
  switch (result.status) {
    case "closed":
    case "gone":
      return findings;
    case "moved":
      return { ...findings, moved: [...findings.moved, { pull, headSha: result.headSha }] };
    case "refused":
      // Whether it is governed could not be read either, so it counts as if it were.
      return {
        ...findings,
        judged: [
          ...findings.judged,
          { pull, verdict: refusedVerdict(result.problem), snapshot: null, ids: null },
        ],
        retryAfterMs: soonest(findings.retryAfterMs, result.retryAfterMs),
      };
    case "complete": {
      const { snapshot, checkRun, ids } = result;
      if (!governed(snapshot)) return { ...findings, checkRun, ungoverned: [...findings.ungoverned, pull] };
      const judged = { pull, verdict: judge(snapshot), snapshot, ids };
      return { ...findings, checkRun, judged: [...findings.judged, judged] };
    }
  }
}

/** A policy that cannot be read cannot say which branches it leaves out, so it governs all of them. */
function governed({ policySources, pullRequest, repository }: Snapshot): boolean {
  const { policy } = resolvePolicy(policySources);
  if (policy === null) return true;
  return isGoverned(policy, { ref: pullRequest.governedBy.ref, defaultBranch: repository.defaultBranch });
}

function soonest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
