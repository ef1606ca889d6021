import { z } from "zod";
import type { Detector } from "../../provenance/detector.ts";
import { revertedIn } from "../../provenance/text/reverts.ts";
import { inherited } from "../../signoff/inherited.ts";
import { type CommitFacts, type CommitRecord, type Participant, UNLINKED } from "../../signoff/snapshot.ts";
import { aliased } from "../client/aliased.ts";
import { repositoryKey } from "../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { COMMIT_FIELDS, commitAnswer, commitOf, GIT_IDENTITY_FRAGMENT } from "./content/commits.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";

const EARLIER = aliased({
  variable: "commit",
  type: "GitObjectID!",
  fields: { earlier: (sha) => `object(oid: ${sha}) { __typename ...Earlier }` },
});

export function earlierDocument(count: number): string {
  return `
query CountersignEarlier($owner: String!, $name: String!, ${EARLIER.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${EARLIER.part("earlier", count)} }
}
fragment Earlier on Commit { ${COMMIT_FIELDS} }
${GIT_IDENTITY_FRAGMENT}`;
}

const earlierAnswer = z.object({
  repository: z.record(z.string(), z.union([commitAnswer, z.object({ __typename: z.string() })]).nullable()),
});

/** More reverts than anybody makes in one change. Anybody can write as many as a message holds. */
const MOST = 100;

/** A commit that another one brings back, by undoing what undid it. */
export interface Reapplied {
  readonly sha: string;
  readonly source: string;
}

interface Question extends Pick<SnapshotRequest, "repository" | "recall" | "caches" | "now"> {
  readonly detector: Detector;
}

/**
 * What commits bring back that say that they undo a commit which undid another: all that is known of the one that is
 * brought back, and what it tells itself. Nothing is asked where no commit says that it undoes another.
 * @throws {GitHubUnavailable | GitHubProblem} `evidence/too-many-reverts`
 */
export async function recordsOfReapplied(
  client: GitHubClient,
  question: Question,
  commits: readonly Pick<CommitFacts, "sha" | "message">[],
): Promise<{ readonly records: readonly CommitRecord[]; readonly reapplied: readonly Reapplied[] }> {
  const reapplied: Reapplied[] = [];
  const found = new Map<string, CommitFacts>();
  const asked = new Set<string>();
  let undone = commits.flatMap(({ sha, message }) => revertedIn(message).map((source) => ({ sha, source })));
  for (let isBack = false; undone.length > 0; isBack = !isBack) {
    const fresh = undone.filter(({ sha, source }) => !asked.has(`${isBack} ${sha} ${source}`));
    for (const { sha, source } of fresh) asked.add(`${isBack} ${sha} ${source}`);
    if (asked.size > MOST) throw tooMany();
    for (const [sha, facts] of await earlier(
      client,
      question,
      fresh.map(({ source }) => source),
    ))
      found.set(sha, facts);
    if (isBack) reapplied.push(...fresh);
    undone = fresh.flatMap(({ sha, source }) =>
      revertedIn(found.get(source)?.message ?? "").map((next) => ({ sha, source: next })),
    );
  }
  if (reapplied.length === 0) return { records: [], reapplied };
  const known = await question.recall([...new Set(reapplied.map(({ source }) => source))]);
  const records = reapplied.flatMap(({ sha, source }) => {
    const own = known.filter((record) => record.sha === source);
    const facts = found.get(source);
    const told = facts === undefined ? [] : [toldBy(facts, question.detector)];
    return [...own, ...told].map((record) => inherited(record, { sha, how: `as ${source.slice(0, 7)}` }));
  });
  return { records, reapplied };
}

/** What a commit tells of its writers by itself. */
function toldBy(commit: CommitFacts, detector: Detector): CommitRecord {
  const { sha, author, committer, coAuthors, committedViaWeb } = commit;
  const named = [author, ...(committedViaWeb ? [] : [committer]), ...coAuthors];
  const people = named.filter((identity) => detector.identity(identity) === "person");
  const participants = people.map(({ account, name, email }): Participant => {
    const part = { role: "commit-author", because: `wrote ${sha.slice(0, 7)}` } as const;
    return account === null
      ? { account: UNLINKED, identity: { name, email, sha }, ...part }
      : { account, ...part };
  });
  return { sha, evidence: detector.commit(commit).evidence, participants };
}

/** Those that GitHub has; others are nobody's that anybody knows of. */
async function earlier(
  client: GitHubClient,
  { repository, caches, now }: Question,
  shas: readonly string[],
): Promise<ReadonlyMap<string, CommitFacts>> {
  const keyOf = (sha: string) => `${repositoryKey(repository)} ${sha}`;
  const unknown = [...new Set(shas)].filter(
    (sha) => caches.earlierCommits.get(keyOf(sha), now) === undefined,
  );
  if (unknown.length > 0) {
    const { owner, repo: name } = repository;
    const variables = { owner, name, ...EARLIER.values(unknown) };
    const answer = await graphql(client, { document: earlierDocument(unknown.length), variables });
    const told = parsed(earlierAnswer, answer, "commits that were undone").repository;
    for (const [sha, commit] of EARLIER.answers("earlier", told, unknown))
      if (commit != null && "oid" in commit) caches.earlierCommits.set(keyOf(sha), commitOf(commit), now);
  }
  return new Map(
    shas.flatMap((sha) => {
      const facts = caches.earlierCommits.get(keyOf(sha), now);
      return facts === undefined ? [] : [[sha, facts] as const];
    }),
  );
}

function tooMany(): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/too-many-reverts",
    message: `The commits of this pull request undo and bring back more than the ${MOST} others that are looked up.`,
    remedy: "Split the pull request, or take `This reverts commit` lines out of its commits.",
  });
}
