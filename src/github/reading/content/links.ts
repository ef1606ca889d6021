import { controlNames } from "../../../production/links/control-names.ts";
import { followLinks } from "../../../production/links/follow.ts";
import type { Link, LinkAt } from "../../../production/links/link.ts";
import type { BaseEntry, ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import type { GitHubClient } from "../../client/client.ts";
import { LIMITS } from "../../client/limits.ts";
import { keepListed } from "./base-sides.ts";
import type { Blob } from "./blobs.ts";
import { readBlobsById } from "./read-blobs.ts";
import { type LinkEntry, readLinkEntries, type TreeEntry } from "./trees.ts";

interface LinksRequest {
  readonly repository: RepositoryRef;
  /** The commits that the change goes into. */
  readonly commits: readonly string[];
  readonly files: readonly ChangedFile[];
  /** The patterns of control files. */
  readonly patterns: readonly string[];
  readonly caches: {
    readonly linksOfTrees: Cache<readonly LinkEntry[]>;
    readonly contents: Cache<Blob>;
    readonly baseEntries: Cache<BaseEntry | null>;
  };
  readonly now: Date;
}

/**
 * The links through which control files are read, and those behind them: of the base, and those that the head brings.
 * Which others have to be read shows only when these are.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function readLinks(client: GitHubClient, request: LinksRequest): Promise<readonly Link[]> {
  const entries = headEntries(request.files);
  const { repository, caches, now, files } = request;
  // A merge often goes out from the commit that the base is at.
  const listed = (commit: string, tree: readonly TreeEntry[]) =>
    keepListed({ repository, mergeBase: commit, caches, now }, { files, tree });
  for (const commit of new Set(request.commits))
    entries.push(...(await readLinkEntries(client, { ...request, listed }, commit)));
  const distinct = new Map(entries.map((entry) => [`${entry.blob} ${entry.path}`, entry]));
  if (distinct.size === 0) return [];
  const names = controlNames(request.patterns);
  const targets = new Map<string, string | null>();
  for (;;) {
    const links = [...distinct.values()].map((entry) => linkAt(entry, targets));
    const asked = new Set<LinkAt>(followLinks(links, names).used);
    const used = links.filter((link) => asked.has(link));
    const missing = new Set(used.flatMap(({ blob, target }) => (target === undefined ? [blob] : [])));
    if (missing.size === 0) return used.map(({ path, target = null }) => ({ path, target }));
    await readTargets(client, { ...request, targets }, [...missing]);
  }
}

interface EntryAt extends LinkEntry, LinkAt {}

function linkAt(entry: LinkEntry, targets: ReadonlyMap<string, string | null>): EntryAt {
  const target = targets.get(entry.blob);
  return target === undefined ? entry : { ...entry, target };
}

const LINK = "120000";

function headEntries(files: readonly ChangedFile[]): LinkEntry[] {
  return files.flatMap(({ path, mode, contentId: blob }) =>
    mode === LINK && blob !== null ? [{ path, blob }] : [],
  );
}

/** Adds where links lead. One of which GitHub does not say it, and one too many, may lead anywhere. */
async function readTargets(
  client: GitHubClient,
  request: LinksRequest & { readonly targets: Map<string, string | null> },
  missing: readonly string[],
): Promise<void> {
  const { targets } = request;
  const asked = missing.slice(0, Math.max(0, LIMITS.linksInAll - targets.size));
  const { repository, now, caches } = request;
  const blobs = await readBlobsById(client, { repository, now, blobs: caches.contents }, asked);
  for (const id of missing) {
    const blob = blobs.get(id);
    targets.set(id, blob?.status === "text" ? blob.text : null);
  }
}
