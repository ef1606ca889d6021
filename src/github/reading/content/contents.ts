import { isWholePatch, readPatch, textBefore } from "../../../production/hazards/patch.ts";
import { relevanceOf } from "../../../production/hazards/relevant.ts";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import type { GitHubClient } from "../../client/client.ts";
import { LIMITS } from "../../client/limits.ts";
import { mapWithPauses } from "../../client/pauses.ts";
import { type FormerFile, readFormer } from "./base-files.ts";
import { type Blob, EMPTY_BLOB, type KnownBlobs } from "./blobs.ts";
import { askForMany, blobBatches } from "./read-blobs.ts";

/**
 * How a file's texts are come by: `patch` where its diff holds them whole, `head` where the diff and the text after
 * it do, `base` where there is no diff, so that the base branch has to tell the text before. `null`: nobody asks.
 */
type Means = "patch" | "head" | "base";

/** A diff may be long, and is asked about twice in one reading. */
const known = new WeakMap<ChangedFile, Means | null>();

function meansOf(file: ChangedFile): Means | null {
  const before = known.get(file);
  if (before !== undefined) return before;
  const means = findMeans(file);
  known.set(file, means);
  return means;
}

function findMeans(file: ChangedFile): Means | null {
  const { status, patch, mode } = file;
  if (relevanceOf(file) === "no" || mode === SUBMODULE || isRead(file)) return null;
  const isWhole = () => patch !== undefined && isWholePatch(patch, file);
  if (status === "added") return isWhole() ? "patch" : "head";
  if (status === "removed") return isWhole() ? "patch" : "base";
  return status === "copied" || patch !== undefined ? "head" : "base";
}

const SUBMODULE = "160000";

function isRead({ before: was, after, unread }: ChangedFile): boolean {
  return was !== undefined || after !== undefined || unread !== undefined;
}

/** The contents at the head that are needed and not known yet, by their ids. */
export async function blobsWanted(files: readonly ChangedFile[], known: Known): Promise<readonly string[]> {
  if (lengthOf(files) > LIMITS.contentsInAll) return [];
  const ids = await mapWithPauses(files, (file) => (isOfHead(meansOf(file)) ? (file.contentId ?? []) : []));
  return [...new Set(ids.flat())].filter(
    (id) => id !== EMPTY_BLOB && known.blobs.get(id, known.now) === undefined,
  );
}

/** Whether the content at the head is needed. */
function isOfHead(means: Means | null): boolean {
  return means === "head" || means === "base";
}

function lengthOf(files: readonly ChangedFile[]): number {
  return files.reduce((sum, { after }) => sum + (after?.length ?? 0), 0);
}

function textLength(blob: Blob): number {
  return blob.status === "text" ? blob.text.length : 0;
}

interface Known {
  readonly blobs: Cache<Blob>;
  readonly now: Date;
}

interface ContentsRequest extends Known {
  readonly repository: RepositoryRef;
  readonly baseSha: string;
  /** What an earlier document told. */
  readonly told: KnownBlobs;
  /** Bytes of contents, by their ids, as far as they are known. */
  readonly sizes?: ReadonlyMap<string, number>;
}

const EMPTY: Blob = { status: "text", text: "" };

/**
 * The files with their texts before and after, as far as they matter and GitHub gives them. What can neither be read
 * nor told from a diff says why.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function withContents(
  client: GitHubClient,
  files: readonly ChangedFile[],
  request: ContentsRequest,
): Promise<readonly ChangedFile[]> {
  const { blobs, now } = request;
  for (const [id, blob] of Object.entries(request.told)) blobs.set(id, blob, now);
  const heads = new Map<string, Blob>([...Object.entries(request.told), [EMPTY_BLOB, EMPTY]]);
  for (const file of files) {
    const known = file.contentId === null ? undefined : blobs.get(file.contentId, now);
    if (known !== undefined && file.contentId !== null) heads.set(file.contentId, known);
  }
  const means = await mapWithPauses(files, meansOf);
  const ofHead = files.filter((_, index) => isOfHead(means[index] ?? null));
  await readBlobs(client, { files, ofHead }, { ...request, heads });
  const headOf = ({ contentId }: ChangedFile) => (contentId === null ? null : (heads.get(contentId) ?? null));
  const formers = files.filter((file, index) => means[index] === "base" && headOf(file)?.status !== "binary");
  const former = await readFormer(client, formers, request);
  return mapWithPauses([...files.entries()], ([index, file]) =>
    withTexts(file, { means: means[index] ?? null, head: headOf(file), former: former.get(file) ?? null }),
  );
}

interface Change {
  readonly files: readonly ChangedFile[];
  /** Those whose content at the head is needed. */
  readonly ofHead: readonly ChangedFile[];
}

async function readBlobs(
  client: GitHubClient,
  { files, ofHead }: Change,
  request: ContentsRequest & { readonly heads: Map<string, Blob> },
): Promise<void> {
  const { heads, sizes = NO_SIZES } = request;
  let length = lengthOf(files);
  if (length > LIMITS.contentsInAll) return;
  const ids = new Set(ofHead.flatMap(({ contentId }) => contentId ?? []));
  const missing = [...ids].filter((id) => !heads.has(id));
  length += [...heads.values()].reduce((sum, blob) => sum + textLength(blob), 0);
  for (const batches of blobBatches(missing, sizes)) {
    if (length > LIMITS.contentsInAll) return;
    const told = await Promise.all(batches.map((batch) => askForMany(client, request, batch)));
    for (const [id, blob] of told.flat()) {
      heads.set(id, blob);
      length += textLength(blob);
    }
  }
}

const NO_SIZES: ReadonlyMap<string, number> = new Map();

interface Texts {
  readonly means: Means | null;
  readonly head: Blob | null;
  readonly former: FormerFile | null;
}

function withTexts(file: ChangedFile, { means, head, former }: Texts): ChangedFile {
  switch (means) {
    case null:
    case "patch":
      return file;
    case "head":
      return withHead(file, head);
    case "base":
      return withFormer(file, { head, former });
  }
}

function withHead(file: ChangedFile, head: Blob | null): ChangedFile {
  const { status, patch } = file;
  const isNew = status === "added" || status === "copied";
  if (head?.status !== "text") return isNew || head?.status === "binary" ? unread(file, head) : file;
  const { text: after } = head;
  if (isNew) return { ...file, after };
  const hunks = patch === undefined ? null : readPatch(patch, file);
  const was = hunks === null ? null : textBefore(after, hunks);
  return was === null ? { ...file, after, unread: "odd-diff" } : { ...file, before: was, after };
}

/** Without a diff the base branch tells what the change takes away there. */
function withFormer(file: ChangedFile, { head, former }: Omit<Texts, "means">): ChangedFile {
  const after = file.status === "removed" ? null : head;
  if (former !== null && former.id === file.contentId && after?.status === "text")
    return { ...file, before: after.text, after: after.text };
  if (after !== null && after.status !== "text") return unread(file, after);
  if (former?.blob?.status !== "text") return unread(file, former?.blob ?? null);
  if (file.status === "removed") return { ...file, before: former.blob.text };
  return after === null ? unread(file, null) : { ...file, before: former.blob.text, after: after.text };
}

function unread(file: ChangedFile, blob: Blob | null): ChangedFile {
  return { ...file, unread: blob === null || blob.status === "text" ? "no-diff" : blob.status };
}
