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
import { readWholeTree, type TreeEntry } from "./trees.ts";

/** What is asked of the merge base about files, by path. */
const ENTRIES = aliased({
  variable: "former",
  type: "String!",
  fields: { entry: (path) => `file(path: ${path}) { oid mode type }` },
});

/** What a document declares to ask a repository about so many files, beside `$owner` and `$name`. */
export function baseSidesVariables(count: number): string {
  return count === 0 ? "" : `$mergeBase: GitObjectID!, ${ENTRIES.variables(count)}`;
}

/** The part of a document's repository that asks for so many files; nothing for none. */
export function baseSidesPart(count: number): string {
  return count === 0
    ? ""
    : `mergeBase: object(oid: $mergeBase) { __typename ... on Commit { ${ENTRIES.part("entry", count)} } }`;
}

/** Files at the commit that a merge goes out from. */
export interface BaseSides {
  readonly mergeBase: string;
  readonly paths: readonly string[];
}

/** The values of those variables. */
export function baseSidesValues({ mergeBase, paths }: BaseSides): Readonly<Record<string, string>> {
  return paths.length === 0 ? {} : { mergeBase, ...ENTRIES.values(paths) };
}

export function baseSidesDocument(count: number): string {
  return `
query CountersignBaseSides($owner: String!, $name: String!, ${baseSidesVariables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${baseSidesPart(count)} }
}`;
}

const kind = z.enum(["blob", "tree", "commit"]);
const entryAnswer = z.object({ oid: z.string(), mode: z.int(), type: kind }).nullable();
const answerOf = z.object({
  repository: z.object({ mergeBase: z.record(z.string(), z.unknown()).nullish() }),
});

interface BaseSidesRequest {
  readonly repository: RepositoryRef;
  /** The commit that the merge goes out from. */
  readonly mergeBase: string;
  readonly caches: { readonly baseEntries: Cache<BaseEntry | null> };
  readonly now: Date;
}

/** What a merge base has at paths, by path; `null` where it has nothing. */
export type KnownEntries = ReadonlyMap<string, BaseEntry | null>;

/** What a document told of them; `null` where it does not show the commit. */
export function parseBaseSides(answer: unknown, paths: readonly string[]): KnownEntries | null {
  const told = parsed(answerOf, answer, "the files that would be replaced").repository.mergeBase;
  if (told?.__typename !== "Commit") return null;
  return new Map(
    ENTRIES.answers("entry", told, paths).map(([path, answer]) => {
      const entry = parsed(entryAnswer, answer, path);
      return [path, entry && { contentId: entry.oid, mode: octal(entry.mode), kind: entry.type }];
    }),
  );
}

/** Keeps what was told for the next readers. */
export function keepBaseSides(request: BaseSidesRequest, entries: KnownEntries): void {
  const { caches, now } = request;
  for (const [path, entry] of entries) caches.baseEntries.set(keyOf(request, path), entry, now);
}

/** The paths of which it is not known what the merge base has there. */
export function baseSidesWanted(files: readonly ChangedFile[], request: BaseSidesRequest): readonly string[] {
  const { caches, now } = request;
  return [...new Set(files.map(formerPath))].filter(
    (path) => caches.baseEntries.get(keyOf(request, path), now) === undefined,
  );
}

function keyOf({ repository, mergeBase }: BaseSidesRequest, path: string): string {
  return `${repositoryKey(repository)} ${mergeBase} ${path}`;
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
 * What a commit has at these paths, which never changes.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readEntries(
  client: GitHubClient,
  request: BaseSidesRequest,
  paths: readonly string[],
): Promise<KnownEntries> {
  const { caches, now } = request;
  const entries = new Map<string, BaseEntry | null>();
  const missing: string[] = [];
  for (const path of new Set(paths)) {
    const known = caches.baseEntries.get(keyOf(request, path), now);
    if (known === undefined) missing.push(path);
    else entries.set(path, known);
  }
  const listed = missing.length > LIMITS.pathsPerQuery ? await fromTree(client, request, missing) : null;
  if (listed !== null) return new Map([...entries, ...listed]);
  for (let start = 0; start < missing.length; start += LIMITS.pathsPerQuery) {
    const batch = missing.slice(start, start + LIMITS.pathsPerQuery);
    const told = await ask(client, request, batch);
    keepBaseSides(request, told);
    for (const [path, entry] of told) entries.set(path, entry);
  }
  return entries;
}

/** Keeps what the whole tree of a commit has in the places of files, so that it need not be asked for. */
export function keepListed(
  request: BaseSidesRequest,
  { files, tree }: { readonly files: readonly ChangedFile[]; readonly tree: readonly TreeEntry[] },
): void {
  const paths = new Set(files.map(formerPath));
  const listed = new Map(tree.flatMap((entry) => (paths.has(entry.path) ? [[entry.path, entry]] : [])));
  keepBaseSides(request, entriesIn(listed, paths));
}

function entriesIn(listed: ReadonlyMap<string, TreeEntry>, paths: Iterable<string>): KnownEntries {
  return new Map([...paths].map((path) => [path, entryOf(listed.get(path), path)]));
}

/** Where one document cannot ask for all, one tree may list them; `null` where it is too large. */
async function fromTree(
  client: GitHubClient,
  request: BaseSidesRequest,
  paths: readonly string[],
): Promise<KnownEntries | null> {
  const tree = await readWholeTree(client, request.repository, { commit: request.mergeBase, paths });
  if (tree === null) return null;
  const entries = entriesIn(tree, paths);
  keepBaseSides(request, entries);
  return entries;
}

function entryOf(listed: TreeEntry | undefined, path: string): BaseEntry | null {
  if (listed === undefined) return null;
  const { sha: contentId, mode, type } = listed;
  return { contentId, mode, kind: parsed(kind, type, path) };
}

function formerPath({ path, previousPath = path }: ChangedFile): string {
  return previousPath;
}

async function ask(
  client: GitHubClient,
  { repository: { owner, repo }, mergeBase }: BaseSidesRequest,
  paths: readonly string[],
): Promise<KnownEntries> {
  const answer = await graphql(client, {
    document: baseSidesDocument(paths.length),
    variables: { owner, name: repo, ...baseSidesValues({ mergeBase, paths }) },
  });
  const told = parseBaseSides(answer, paths);
  if (told === null) throw mergeBaseUnknown(mergeBase);
  return told;
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
