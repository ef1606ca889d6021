import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { GitHubPort } from "../github/port.ts";
import { type JudgePorts, judgePullsOnHead } from "./judge-head.ts";

export interface JudgedNow {
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
}

/** A push may have come since the head was last heard of. */
const ATTEMPTS = 2;

/**
 * Reads and judges one pull request for somebody who waits for it, after everything else. Nothing is published. `null`
 * where it is not open, its base is not governed, or it could not be read.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function judgeNow(
  ports: JudgePorts & {
    readonly store: Pick<Store, "moment">;
    readonly github: Pick<GitHubPort, "headOf">;
  },
  repository: RepositoryRef,
  pull: number,
): Promise<JudgedNow | null> {
  const { store, github } = ports;
  const known = (await store.remember(repository, pull)).headSha;
  let headSha: string | null = known ?? (await github.headOf(repository, pull));
  for (let attempt = 1; headSha !== null && attempt <= ATTEMPTS; attempt += 1) {
    const moment = await store.moment(repository.installationId);
    const head = { repository, headSha, hints: [pull], moment, priority: "aside" } as const;
    const { judged, moved } = await judgePullsOnHead(head, ports);
    const found = judged.find((one) => one.pull === pull);
    if (found !== undefined) return found.snapshot && { snapshot: found.snapshot, verdict: found.verdict };
    headSha = moved.find((one) => one.pull === pull)?.headSha ?? null;
  }
  return null;
}
