import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../src/github/caches.ts";
import { type ReadResult, readSnapshot, type SnapshotRequest } from "../../src/github/read-snapshot.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";
import { client, type Instead, serve } from "./served.ts";
import { bot, HEAD, person, sha, user, type World, world } from "./world.ts";

const NOW = new Date("2026-11-23T12:00:00Z");

export function request(given: Partial<SnapshotRequest> = {}): SnapshotRequest {
  return {
    repository: { installationId: 1, owner: "acme", repo: "shop" },
    pull: 7,
    headSha: HEAD,
    memory: { approvals: [], evidence: [], headSha: null, headSeenAt: null },
    caches: createCaches(),
    now: NOW,
    appId: 99,
    ...given,
  };
}

async function read(of: World, instead?: Instead): Promise<ReadResult> {
  serve(of, instead);
  return readSnapshot(client(), request());
}

async function snapshot(of: World, instead?: Instead): Promise<Snapshot> {
  const result = await read(of, instead);
  if (result.status !== "complete") throw new Error(JSON.stringify(result));
  return result.snapshot;
}

describe("a complete snapshot", () => {
  test("holds the pull request as it is", async () => {
    const of = world();
    expect(await snapshot(of)).toMatchObject({
      now: "2026-11-23T12:00:00.000Z",
      repository: { owner: "acme", name: "shop", defaultBranch: "main" },
      pullRequest: {
        number: 7,
        author: { id: 1, login: "dora", type: "User" },
        state: "open",
        head: { sha: HEAD, ref: "topic" },
        base: { ref: "main" },
        governedBy: { ref: "main" },
        labels: ["ai-authored"],
        requestedReviewers: { users: ["emil"], teams: ["sre"] },
      },
      files: [{ path: "infra/main.tf", status: "modified" }],
      policySources: { organization: { status: "absent" }, repository: { status: "absent" } },
      codeowners: null,
      recorded: { headMovedAt: null, baseChangedAt: null },
    });
  });
});
