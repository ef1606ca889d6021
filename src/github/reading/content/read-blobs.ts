import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import type { GitHubClient } from "../../client/client.ts";
import { GitHubProblem, GitHubUnavailable, TokenRefused } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";
import { BLOBS, type Blob, parseBlobs } from "./blobs.ts";

interface BlobsRequest {
  readonly repository: RepositoryRef;
  readonly blobs: Cache<Blob>;
  readonly now: Date;
}

/** Contents by their ids, those known already without asking; what GitHub does not show is left out. */
export async function readBlobsById(
  client: GitHubClient,
  request: BlobsRequest,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Blob>> {
  const { blobs, now } = request;
  const found = new Map<string, Blob>();
  const missing: string[] = [];
  for (const id of ids) {
    const known = blobs.get(id, now);
    if (known === undefined) missing.push(id);
    else found.set(id, known);
  }
  for (const batch of inPieces(missing, LIMITS.blobsPerQuery)) {
    for (const [id, blob] of await askForBlobs(client, request, batch)) found.set(id, blob);
  }
  return found;
}

/**
 * Contents divided into documents, and those into groups that are asked for at once. Those whose sizes are not known may
 * all be large: they come last, fewer in a document, one document after another.
 */
export function blobBatches(
  ids: readonly string[],
  sizes: ReadonlyMap<string, number>,
): readonly (readonly (readonly string[])[])[] {
  const sized: string[][] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = sizes.get(id);
    if (size === undefined) continue;
    const batch = sized.at(-1);
    bytes += size;
    const fits = bytes <= LIMITS.blobBytesPerQuery && (batch?.length ?? 0) < LIMITS.sizedBlobsPerQuery;
    if (batch !== undefined && fits) batch.push(id);
    else {
      sized.push([id]);
      bytes = size;
    }
  }
  const others = inPieces(
    ids.filter((id) => !sizes.has(id)),
    LIMITS.blobsPerQuery,
  );
  return [...inPieces(sized, LIMITS.blobQueriesAtOnce), ...others.map((batch) => [batch])];
}

function inPieces<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** One document of them; where GitHub gives up on so many at once, fewer at a time. */
export async function askForMany(
  client: GitHubClient,
  request: BlobsRequest,
  ids: readonly string[],
): Promise<readonly (readonly [id: string, blob: Blob])[]> {
  if (ids.length <= LIMITS.blobsPerQuery) return askForBlobs(client, request, ids);
  try {
    return await askForBlobs(client, request, ids);
  } catch (error) {
    if (!isTooMuch(error)) throw error;
  }
  const told: (readonly [string, Blob])[] = [];
  for (const batch of inPieces(ids, LIMITS.blobsPerQuery))
    told.push(...(await askForBlobs(client, request, batch)));
  return told;
}

/** What GitHub answers to too large a document is not documented: nothing in time, or a part. */
function isTooMuch(error: unknown): boolean {
  if (error instanceof TokenRefused) return false;
  return (
    error instanceof GitHubUnavailable ||
    (error instanceof GitHubProblem && error.problem.code === "evidence/partial")
  );
}

/** Contents that are not known yet, in one request. */
async function askForBlobs(
  client: GitHubClient,
  { repository, blobs, now }: BlobsRequest,
  ids: readonly string[],
): Promise<readonly (readonly [id: string, blob: Blob])[]> {
  const variables = { owner: repository.owner, name: repository.repo, ...BLOBS.values(ids) };
  const answer = await graphql(client, { document: blobsDocument(ids.length), variables });
  const told = Object.entries(parseBlobs(repositoryIn(answer), ids));
  for (const [id, blob] of told) blobs.set(id, blob, now);
  return told;
}

export function blobsDocument(count: number): string {
  return `
query CountersignContents($owner: String!, $name: String!, ${BLOBS.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${BLOBS.part("blob", count)} }
}`;
}

function repositoryIn(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "repository" in answer ? answer.repository : null;
}
