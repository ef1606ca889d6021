import { z } from "zod";
import { parsed } from "../../client/client.ts";

/** What a blob holds, as far as GitHub tells it. */
export type Blob =
  | { readonly status: "text"; readonly text: string }
  | { readonly status: "binary" }
  | { readonly status: "too-large" };

/** Blobs by their ids, which never change. */
export type KnownBlobs = Readonly<Record<string, Blob>>;

export const BLOB_FIELDS = "__typename ... on Blob { isBinary isTruncated text }";

/** What a document declares to ask for so many blobs. */
export function blobVariables(count: number): string {
  return indexes(count)
    .map((index) => `$blob${index}: GitObjectID!`)
    .join(", ");
}

/** The part of a document that asks a repository for them. */
export function blobsPart(count: number): string {
  return indexes(count)
    .map((index) => `blob${index}: object(oid: $blob${index}) { ${BLOB_FIELDS} }`)
    .join(" ");
}

/** The values of those variables. */
export function blobValues(ids: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id, index) => [`blob${index}`, id]));
}

export const blobAnswer = z
  .object({
    __typename: z.string(),
    isBinary: z.boolean().nullish(),
    isTruncated: z.boolean().optional(),
    text: z.string().nullish(),
  })
  .nullish();

/** `null` for what is no blob, as a submodule's commit, or is not there. */
export function blobOf(answer: z.infer<typeof blobAnswer>): Blob | null {
  if (answer?.__typename !== "Blob") return null;
  if (answer.isBinary === true) return { status: "binary" };
  if (answer.isTruncated !== false || typeof answer.text !== "string") return { status: "too-large" };
  return { status: "text", text: answer.text };
}

const repositoryAnswer = z.looseObject({}).nullish();

/** What a repository's answer tells of them. What it does not hold is left out. */
export function parseBlobs(repository: unknown, ids: readonly string[]): KnownBlobs {
  const answers = parsed(repositoryAnswer, repository, "the repository");
  return Object.fromEntries(
    ids.flatMap((id, index) => {
      const blob = blobOf(parsed(blobAnswer, answers?.[`blob${index}`], `the content ${id}`));
      return blob === null ? [] : [[id, blob]];
    }),
  );
}

/** The id of the empty content, which needs no asking. */
export const EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

function indexes(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
