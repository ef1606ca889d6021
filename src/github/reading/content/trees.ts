import { z } from "zod";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, ODD_ANSWER_RETRY_MS, parsed, rest } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { LIMITS } from "../../client/limits.ts";

/** A symbolic link as a tree lists it. */
export interface LinkEntry {
  readonly path: string;
  /** The blob that says where it leads. */
  readonly blob: string;
}

const treeAnswer = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.int().optional(),
    }),
  ),
});

/** What a tree lists. */
export type TreeEntry = z.infer<typeof treeAnswer>["tree"][number];

/**
 * What a commit has at these paths, where GitHub lists all of it in one answer; `null` where it is too large for that.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readWholeTree(
  client: GitHubClient,
  repository: RepositoryRef,
  { commit, paths }: { readonly commit: string; readonly paths: readonly string[] },
): Promise<ReadonlyMap<string, TreeEntry> | null> {
  const { truncated, tree } = await askTree(client, repository, { tree: commit, recursive: "1" });
  if (truncated) return null;
  const wanted = new Set(paths);
  return new Map(tree.flatMap((entry) => (wanted.has(entry.path) ? [[entry.path, entry]] : [])));
}

async function askTree(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  parameters: Readonly<Record<string, string>>,
): Promise<z.infer<typeof treeAnswer>> {
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/git/trees/{tree}",
    parameters: { owner, repo, ...parameters },
    need: "Contents: read",
  });
  return parsed(treeAnswer, data, "the files of a commit");
}

interface TreesRequest {
  readonly repository: RepositoryRef;
  /** Called with what a commit has, where GitHub lists it at once and it was asked for. */
  readonly listed?: (commit: string, tree: readonly TreeEntry[]) => void;
  readonly caches: { readonly linksOfTrees: Cache<readonly LinkEntry[]> };
  readonly now: Date;
}

/**
 * All links of a commit. One request where GitHub lists the whole tree at once; of a larger one the folders are asked
 * for by themselves, and those that have not changed since are known.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readLinkEntries(
  client: GitHubClient,
  request: TreesRequest,
  commit: string,
): Promise<readonly LinkEntry[]> {
  return new TreeReader(client, { ...request, commit }).linksIn(commit);
}

class TreeReader {
  readonly #client: GitHubClient;
  readonly #request: TreesRequest & { readonly commit: string };
  #asked = 0;

  constructor(client: GitHubClient, request: TreesRequest & { readonly commit: string }) {
    this.#client = client;
    this.#request = request;
  }

  /** Trees have ids by which they never change, as commits do. */
  async linksIn(tree: string): Promise<readonly LinkEntry[]> {
    const { repository, caches, now } = this.#request;
    const key = `${repositoryKey(repository)} ${tree}`;
    const known = caches.linksOfTrees.get(key, now);
    if (known !== undefined) return known;
    const whole = await this.#ask(tree, { recursive: "1" });
    if (tree === this.#request.commit && !whole.truncated) this.#request.listed?.(tree, whole.tree);
    const links = whole.truncated ? await this.#linksByFolder(tree) : linksAmong(whole.tree);
    caches.linksOfTrees.set(key, links, now);
    return links;
  }

  async #linksByFolder(tree: string): Promise<readonly LinkEntry[]> {
    const { truncated, tree: entries } = await this.#ask(tree, {});
    if (truncated) throw folderTooLarge(tree);
    const links = [...linksAmong(entries)];
    for (const { path: folder, sha } of entries.filter(({ type }) => type === "tree"))
      for (const { path, blob } of await this.linksIn(sha)) links.push({ path: `${folder}/${path}`, blob });
    return links;
  }

  async #ask(tree: string, how: Readonly<Record<string, string>>): Promise<z.infer<typeof treeAnswer>> {
    this.#asked += 1;
    if (this.#asked > LIMITS.treesPerReading) throw treesToBeContinued();
    return askTree(this.#client, this.#request.repository, { tree, ...how });
  }
}

const LINK = "120000";

function linksAmong(entries: z.infer<typeof treeAnswer>["tree"]): readonly LinkEntry[] {
  return entries.flatMap(({ path, mode, sha }) => (mode === LINK ? [{ path, blob: sha }] : []));
}

function treesToBeContinued(): GitHubProblem {
  return new GitHubProblem(
    {
      code: "evidence/links-not-read",
      message: "The base branch has so many files that Countersign is still looking for symbolic links.",
      remedy: "No action needed; Countersign will go on in a minute.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}

function folderTooLarge(tree: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/links-not-read",
    message: `A folder of the base branch (tree ${tree}) has more entries than GitHub lists, so it is not known whether control files are links.`,
    remedy: "Divide the folder into smaller ones.",
  });
}
