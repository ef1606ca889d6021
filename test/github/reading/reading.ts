import { createCaches } from "../../../src/github/reading/caches.ts";
import {
  type ReadResult,
  readSnapshot,
  type SnapshotRequest,
} from "../../../src/github/reading/read-snapshot.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { client, type Instead, serve } from "../served.ts";
import { HEAD, REPOSITORY_ID, type StubbedGitHub } from "../stubbed-github.ts";

export const NOW = new Date("2026-11-23T12:00:00Z");

export const REPOSITORY = {
  installationId: 1,
  repositoryId: REPOSITORY_ID,
  owner: "acme",
  repo: "shop",
} as const;

export function request(given: Partial<SnapshotRequest> = {}): SnapshotRequest {
  return {
    repository: REPOSITORY,
    pull: 7,
    headSha: HEAD,
    memory: {
      approvals: [],
      evidence: [],
      participants: [],
      refusals: [],
      accounts: [],
      headSha: null,
      headSeenAt: null,
    },
    caches: createCaches(),
    now: NOW,
    recall: async () => [],
    notBefore: 0,
    appId: 99,
    ...given,
  };
}

/** Every push was heard of when it came: machine 2 pushed. */
export const ALL_HEARD: SnapshotRequest["recall"] = async (shas) =>
  shas.map((sha) => {
    const account = { id: 2, login: "pusher[bot]", type: "Bot" } as const;
    const because = `pushed ${sha.slice(0, 7)}`;
    return { sha, evidence: [], participants: [{ account, role: "pusher", because, sha, introduced: true }] };
  });

export interface Reading {
  readonly request?: Partial<SnapshotRequest>;
  readonly instead?: Instead;
}

export async function read(world: StubbedGitHub, given: Reading = {}): Promise<ReadResult> {
  serve(world, given.instead);
  return readSnapshot(client(), request(given.request));
}

/** The snapshot of a world that is expected to give one. */
export async function snapshotOf(world: StubbedGitHub, given: Reading = {}): Promise<Snapshot> {
  const result = await read(world, given);
  if (result.status !== "complete") throw new Error(`no snapshot: ${JSON.stringify(result)}`);
  return result.snapshot;
}

/** The code of the problem for which a reading is refused. */
export async function refusalOf(world: StubbedGitHub, given: Reading = {}): Promise<string> {
  const result = await read(world, given);
  if (result.status !== "refused") throw new Error(`not refused: ${result.status}`);
  return result.problem.code;
}
