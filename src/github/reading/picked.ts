import { cherryPickedFrom } from "../../provenance/text/cherry-picks.ts";
import { inherited } from "../../signoff/inherited.ts";
import type { CommitFacts, CommitRecord } from "../../signoff/snapshot.ts";
import { GitHubProblem } from "../client/errors.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";

/** More sources than a squash of picked commits names, and than a release of them does. Anybody can write as many as a message holds. */
const MOST = { ofOne: 100, ofAll: 1000 } as const;

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
  const sources = [...new Set(picked.map(({ source }) => source))];
  if (sources.length > MOST.ofAll)
    throw tooMany("The commits of this pull request say that they were", {
      found: sources.length,
      most: MOST.ofAll,
      remedy: "Split the pull request, or take the `cherry picked from` lines out of its commits.",
    });
  const known = await recall(sources);
  const bySource = Map.groupBy(known, (record) => record.sha);
  return picked.flatMap(({ sha, source }) =>
    (bySource.get(source) ?? []).map((record) => inherited(record, { sha, how: `as ${source.slice(0, 7)}` })),
  );
}

function sourcesOf(sha: string, message: string): readonly string[] {
  const sources = cherryPickedFrom(message);
  if (sources.length > MOST.ofOne)
    throw tooMany(`The commit ${sha.slice(0, 7)} says that it was`, {
      found: sources.length,
      most: MOST.ofOne,
      remedy: "Pick fewer commits into one, or take the `cherry picked from` lines out of its message.",
    });
  return sources;
}

interface TooMany {
  readonly found: number;
  readonly most: number;
  readonly remedy: string;
}

function tooMany(says: string, { found, most, remedy }: TooMany): GitHubProblem {
  const message = `${says} picked from ${found} others; ${most} at most are looked up.`;
  return new GitHubProblem({ code: "evidence/too-many-picks", message, remedy });
}
