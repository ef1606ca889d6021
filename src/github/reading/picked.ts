import { cherryPickedFrom } from "../../provenance/text/cherry-picks.ts";
import { inherited } from "../../signoff/inherited.ts";
import type { CommitFacts, CommitRecord } from "../../signoff/snapshot.ts";
import { GitHubProblem } from "../client/errors.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";

/** More sources than a squash of picked commits names. Anybody can write as many as a message holds. */
const MOST = 100;

/**
 * What is known of the commits that others say they were picked from.
 * @throws {GitHubProblem} `evidence/too-many-picks`
 */
export async function recordsOfPicked(
  commits: readonly Pick<CommitFacts, "sha" | "message">[],
  recall: SnapshotRequest["recall"],
): Promise<readonly CommitRecord[]> {
  const picked = commits.flatMap(({ sha, message }) =>
    sourcesOf(sha, message).map((source) => ({ sha, source })),
  );
  if (picked.length === 0) return [];
  const known = await recall([...new Set(picked.map(({ source }) => source))]);
  const bySource = Map.groupBy(known, (record) => record.sha);
  return picked.flatMap(({ sha, source }) =>
    (bySource.get(source) ?? []).map((record) => inherited(record, { sha, how: `as ${source.slice(0, 7)}` })),
  );
}

function sourcesOf(sha: string, message: string): readonly string[] {
  const sources = cherryPickedFrom(message);
  if (sources.length > MOST)
    throw new GitHubProblem({
      code: "evidence/too-many-picks",
      message: `The commit ${sha.slice(0, 7)} says that it was picked from ${sources.length} others; ${MOST} at most are looked up.`,
      remedy: "Pick fewer commits into one, or take the `cherry picked from` lines out of its message.",
    });
  return sources;
}
