import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import type { GitHubClient } from "../../client/client.ts";
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
  for (let start = 0; start < missing.length; start += LIMITS.blobsPerQuery) {
    const batch = missing.slice(start, start + LIMITS.blobsPerQuery);
    for (const [id, blob] of await askForBlobs(client, request, batch)) found.set(id, blob);
  }
  return found;
}

/** Contents that are not known yet, in one request. */
export async function askForBlobs(
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
