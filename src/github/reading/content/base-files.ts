import { z } from "zod";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";
import { BLOB_FIELDS, type Blob, blobAnswer, blobOf } from "./blobs.ts";

/** A file as the base branch has it. */
export interface FormerFile {
  readonly id: string;
  /** `null` for what is no file. */
  readonly blob: Blob | null;
}

const fileAnswer = z.object({ oid: z.string(), object: blobAnswer }).nullish();
const answerOf = z.object({ repository: z.object({ base: z.record(z.string(), z.unknown()).nullable() }) });

const FORMER = aliased({
  variable: "path",
  type: "String!",
  fields: { file: (path) => `file(path: ${path}) { oid object { ${BLOB_FIELDS} } }` },
});

export function baseFilesDocument(count: number): string {
  return `
query CountersignBaseFiles($owner: String!, $name: String!, $baseSha: GitObjectID!, ${FORMER.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) {
    base: object(oid: $baseSha) { __typename ... on Commit { ${FORMER.part("file", count)} } }
  }
}`;
}

/** Changed files as the base has them; what it does not have is left out. */
export async function readFormer(
  client: GitHubClient,
  files: readonly ChangedFile[],
  { repository, baseSha }: { readonly repository: RepositoryRef; readonly baseSha: string },
): Promise<ReadonlyMap<ChangedFile, FormerFile>> {
  const former = new Map<ChangedFile, FormerFile>();
  for (let start = 0; start < files.length; start += LIMITS.blobsPerQuery) {
    const batch = files.slice(start, start + LIMITS.blobsPerQuery);
    const paths = batch.map(({ path, previousPath }) => previousPath ?? path);
    const variables = {
      owner: repository.owner,
      name: repository.repo,
      baseSha,
      ...FORMER.values(paths),
    };
    const answer = await graphql(client, { document: baseFilesDocument(batch.length), variables });
    const { base } = parsed(answerOf, answer, "the files of the base branch").repository;
    for (const [file, answer] of FORMER.answers("file", base, batch)) {
      const told = parsed(fileAnswer, answer, file.path);
      if (told != null) former.set(file, { id: told.oid, blob: blobOf(told.object) });
    }
  }
  return former;
}
