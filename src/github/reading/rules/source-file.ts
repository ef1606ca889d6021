import { z } from "zod";

/** A file at a commit. `mode` is git's, as a number. */
export const SOURCE_FILE_FRAGMENT = `
fragment SourceFile on TreeEntry {
  oid
  mode
  type
  object { __typename ... on Blob { byteSize isBinary isTruncated text } }
}`;

export const sourceFileAnswer = z.object({
  oid: z.string(),
  mode: z.int(),
  type: z.string(),
  object: z
    .object({
      __typename: z.string(),
      byteSize: z.int().optional(),
      isBinary: z.boolean().nullish(),
      isTruncated: z.boolean().optional(),
      text: z.string().nullish(),
    })
    .nullable(),
});

export type SourceFileAnswer = z.infer<typeof sourceFileAnswer>;

/** What stands at a path: text, text too long for GraphQL (read it by its blob id), or something else. */
export type SourceFileContent =
  | { readonly status: "text"; readonly text: string }
  | { readonly status: "long"; readonly blob: string; readonly bytes: number }
  | { readonly status: "unreadable"; readonly reason: string };

const REGULAR_MODES: readonly number[] = [0o100644, 0o100755, 0o100664];

export function sourceFileContent({ oid, mode, type, object }: SourceFileAnswer): SourceFileContent {
  if (type !== "blob" || object?.__typename !== "Blob")
    return { status: "unreadable", reason: "it is not a file" };
  if (mode === 0o120000) return { status: "unreadable", reason: "it is a symbolic link" };
  if (!REGULAR_MODES.includes(mode)) return { status: "unreadable", reason: "it is not a regular file" };
  if (object.isTruncated === true && typeof object.byteSize === "number")
    return { status: "long", blob: oid, bytes: object.byteSize };
  if (object.isBinary !== false) return { status: "unreadable", reason: "it is not text" };
  if (object.isTruncated !== false || typeof object.text !== "string")
    return { status: "unreadable", reason: "GitHub did not give its text" };
  return { status: "text", text: object.text };
}
