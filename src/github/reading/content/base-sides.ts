import { z } from "zod";
import type { BaseEntry, ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, ODD_ANSWER_RETRY_MS, parsed } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";

const ENTRIES = aliased({
  variable: "path",
  type: "String!",
  fields: { entry: (path) => `file(path: ${path}) { oid mode type }` },
});

export function baseSidesDocument(count: number): string {
  return `
query CountersignBaseSides($owner: String!, $name: String!, $mergeBase: GitObjectID!, ${ENTRIES.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    mergeBase: object(oid: $mergeBase) { __typename ... on Commit { ${ENTRIES.part("entry", count)} } }
  }
}`;
}

const entryAnswer = z
  .object({ oid: z.string(), mode: z.int(), type: z.enum(["blob", "tree", "commit"]) })
  .nullable();
const answerOf = z.object({
  repository: z.object({ mergeBase: z.record(z.string(), z.unknown()).nullable() }),
});

interface BaseSidesRequest {
  readonly repository: RepositoryRef;
  /** The commit that the merge goes out from. */
  readonly mergeBase: string;
  readonly caches: { readonly baseEntries: Cache<BaseEntry | null> };
  readonly now: Date;
}

/**
 * The files with what the merge base has in their places, which never changes.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function withBaseSides(
  client: GitHubClient,
  files: readonly ChangedFile[],
  request: BaseSidesRequest,
): Promise<readonly ChangedFile[]> {
  const entries = await readEntries(client, request, files.map(formerPath));
  return files.map((file) => ({ ...file, base: entries.get(formerPath(file)) ?? null }));
}

/**
 * What a commit has at these paths, which never changes; `null` where it has nothing.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readEntries(
  client: GitHubClient,
  request: BaseSidesRequest,
  paths: readonly string[],
): Promise<ReadonlyMap<string, BaseEntry | null>> {
  const { repository, mergeBase, caches, now } = request;
  const commit = `${repositoryKey(repository)} ${mergeBase}`;
  const keyOf = (path: string) => `${commit} ${path}`;
  const entries = new Map<string, BaseEntry | null>();
  const missing: string[] = [];
  for (const path of new Set(paths)) {
    const known = caches.baseEntries.get(keyOf(path), now);
    if (known === undefined) missing.push(path);
    else entries.set(path, known);
  }
  for (let start = 0; start < missing.length; start += LIMITS.pathsPerQuery) {
    const batch = missing.slice(start, start + LIMITS.pathsPerQuery);
    for (const [path, entry] of await ask(client, request, batch)) {
      entries.set(path, entry);
      caches.baseEntries.set(keyOf(path), entry, now);
    }
  }
  return entries;
}

function formerPath({ path, previousPath = path }: ChangedFile): string {
  return previousPath;
}

async function ask(
  client: GitHubClient,
  { repository: { owner, repo }, mergeBase }: BaseSidesRequest,
  paths: readonly string[],
): Promise<readonly (readonly [path: string, entry: BaseEntry | null])[]> {
  const answer = await graphql(client, {
    document: baseSidesDocument(paths.length),
    variables: { owner, name: repo, mergeBase, ...ENTRIES.values(paths) },
  });
  const told = parsed(answerOf, answer, "the files that would be replaced").repository.mergeBase;
  if (told === null || told.__typename !== "Commit") throw mergeBaseUnknown(mergeBase);
  return ENTRIES.answers("entry", told, paths).map(([path, answer]) => {
    const entry = parsed(entryAnswer, answer, path);
    return [path, entry && { contentId: entry.oid, mode: octal(entry.mode), kind: entry.type }];
  });
}

function octal(mode: number): string {
  return mode.toString(8).padStart(6, "0");
}

function mergeBaseUnknown(sha: string): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/merge-base-unknown",
      message: `GitHub does not show the commit ${sha}, from which the merge would start.`,
      remedy: "No action needed; Countersign will retry. If it persists, update the branch from its base.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}
