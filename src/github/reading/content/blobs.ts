import { z } from "zod";
import { aliased } from "../../client/aliased.ts";
import { parsed } from "../../client/client.ts";

/** What a blob holds, as far as GitHub tells it. */
export type Blob =
  | { readonly status: "text"; readonly text: string }
  | { readonly status: "binary" }
  | { readonly status: "too-large" };

/** Blobs by their ids, which never change. */
export type KnownBlobs = Readonly<Record<string, Blob>>;

export const BLOB_FIELDS = "__typename ... on Blob { isBinary isTruncated text }";

/** What is asked of a repository about contents, by id. */
export const BLOBS = aliased({
  variable: "blob",
  type: "GitObjectID!",
  fields: { blob: (id) => `object(oid: ${id}) { ${BLOB_FIELDS} }` },
});

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
    BLOBS.answers("blob", answers, ids).flatMap(([id, answer]) => {
      const blob = blobOf(parsed(blobAnswer, answer, `the content ${id}`));
      return blob === null ? [] : [[id, blob]];
    }),
  );
}

/** The id of the empty content, which needs no asking. */
export const EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
