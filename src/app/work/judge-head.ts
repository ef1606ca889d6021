import type { ExistingCheckRun, NodeIds, ReadResult } from "../../github/reading/read-snapshot.ts";
import { governs } from "../../policy/governs.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { judge } from "../../signoff/evaluate.ts";
import { refusedVerdict } from "../../signoff/failed.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { Moment, RepositoryRef, Store } from "../../store/store.ts";
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
  /** Open, and into branches that are not governed: they decide nothing, and what was seen on them is remembered. */
  readonly ungoverned: readonly JudgedPull[];
  /** Pull requests that have another head by now. */
  readonly moved: readonly { readonly pull: number; readonly headSha: string }[];
  /** The check run as GitHub has it; `undefined` when no answer told. */
  readonly checkRun: ExistingCheckRun | null | undefined;
  /** Set when something may heal by itself: after how many milliseconds to look again. */
  readonly retryAfterMs: number | null;
  /** Pull requests that could not be found under the repository's name. */
  readonly gone: readonly number[];
}

export interface Head {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** Pull requests somebody named. */
  readonly hints: readonly number[];
  /** How old answers may be. */
  readonly moment: Moment;
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
    const result = await readPull(head, pull, ports);
    if (result.status === "complete") for (const other of result.pullsOnHead) pulls.add(other);
    findings = withResult(findings, pull, result);
  }
  // By number, not in the order in which they came to be known: what is published then stays as it is.
  return { ...findings, judged: findings.judged.toSorted((one, other) => one.pull - other.pull) };
}

async function readPull({ repository, headSha, moment }: Head, pull: number, { store, github }: JudgePorts) {
  const memory = await store.remember(repository, pull);
  const recall = (shas: readonly string[]) => store.recall(repository, shas);
  const recallSameContent = (digest: string) => store.recallSameContent(repository, digest);
  const notBefore = moment.peopleSince;
  return github.read(repository, { pull, headSha, memory, recall, recallSameContent, notBefore });
}

const NOTHING_FOUND: HeadFindings = {
  judged: [],
  ungoverned: [],
  moved: [],
  checkRun: undefined,
  retryAfterMs: null,
  gone: [],
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
      return findings;
    case "gone":
      return { ...findings, gone: [...findings.gone, pull] };
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
      const kind = governed(snapshot) ? "judged" : "ungoverned";
      const one = { pull, verdict: judge(snapshot), snapshot, ids };
      return { ...findings, checkRun, [kind]: [...findings[kind], one] };
    }
  }
}

function governed({ policySources, pullRequest, repository }: Snapshot): boolean {
  const { policy } = resolvePolicy(policySources);
  return governs(policy, { ref: pullRequest.governedBy.ref, defaultBranch: repository.defaultBranch });
}

function soonest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
