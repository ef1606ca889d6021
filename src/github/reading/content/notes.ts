import { z } from "zod";
import type { Attested } from "../../../provenance/attested/attestation.ts";
import { NOTEBOOKS, type Notebook } from "../../../provenance/attested/notes.ts";
import type { CommitFacts } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import { aliased } from "../../client/aliased.ts";
import type { Cache } from "../../client/cache.ts";
import { repositoryKey } from "../../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../../client/client.ts";
import { graphql } from "../../client/graphql.ts";
import { LIMITS } from "../../client/limits.ts";

/**
 * Where a commit's note lies in the tree of notes: git spreads notes over folders as they become many, folder by
 * folder, so that each may lie at any of these (seen with git 2.39: one level at 300 notes, two at 70,000 and still at 1,200,000).
 */
export function notePaths(sha: string): readonly string[] {
  const [first, second] = [sha.slice(0, 2), sha.slice(2, 4)];
  return [sha, `${first}/${sha.slice(2)}`, `${first}/${second}/${sha.slice(4)}`];
}

const NOTES = aliased({
  variable: "note",
  type: "String!",
  fields: { note: (expression) => `object(expression: ${expression}) { __typename ...Note }` },
});

export function notesDocument(count: number): string {
  return `
query CountersignNotes($owner: String!, $name: String!, ${NOTES.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${NOTES.part("note", count)} }
}
fragment Note on Blob { isBinary isTruncated text }`;
}

const noteAnswer = z
  .object({
    __typename: z.string(),
    isBinary: z.boolean().nullish(),
    isTruncated: z.boolean().optional(),
    text: z.string().nullish(),
  })
  .nullable();

type NoteAnswer = z.infer<typeof noteAnswer>;

const notesAnswer = z.object({ repository: z.record(z.string(), noteAnswer) });

/** A notebook as it is in the repository. */
interface Kept extends Notebook {
  /** The commit its ref is at. */
  readonly at: string;
}

/** The commits that the notebooks' refs are at; `null` where nobody keeps any. */
type NoteRefs = Readonly<
  Record<keyof typeof NOTEBOOKS, { readonly target: { readonly oid: string } } | null>
>;

interface NotesRequest {
  readonly repository: RepositoryRef;
  readonly refs: NoteRefs;
  readonly caches: { readonly notes: Cache<readonly Attested[]> };
  readonly now: Date;
}

/**
 * The commits with the records that tools keep beside them. A note of a commit stays what it is as long as the notes'
 * ref does.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function withNotes(
  client: GitHubClient,
  commits: readonly CommitFacts[],
  { repository, refs, caches, now }: NotesRequest,
): Promise<readonly CommitFacts[]> {
  const kept = [keptAt(NOTEBOOKS.gitAi, refs.gitAi), keptAt(NOTEBOOKS.agentTrace, refs.agentTrace)].flat();
  if (kept.length === 0) return commits;
  const prefix = [repositoryKey(repository), ...kept.map(({ at }) => at)].join(" ");
  const keyOf = (sha: string) => `${prefix} ${sha}`;
  const found = new Map<string, readonly Attested[]>();
  const missing: string[] = [];
  for (const { sha } of commits) {
    const known = caches.notes.get(keyOf(sha), now);
    if (known === undefined) missing.push(sha);
    else found.set(sha, known);
  }
  const perQuery = Math.floor(LIMITS.pathsPerQuery / (notePaths("").length * kept.length));
  for (let start = 0; start < missing.length; start += perQuery) {
    const batch = missing.slice(start, start + perQuery);
    for (const [sha, attested] of await ask(client, repository, { kept, batch })) {
      caches.notes.set(keyOf(sha), attested, now);
      found.set(sha, attested);
    }
  }
  return commits.map((commit) => {
    const attested = found.get(commit.sha) ?? [];
    return attested.length === 0 ? commit : { ...commit, attested };
  });
}

function keptAt(notebook: Notebook, ref: NoteRefs[keyof NoteRefs]): readonly Kept[] {
  return ref === null ? [] : [{ ...notebook, at: ref.target.oid }];
}

async function ask(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { kept, batch }: { readonly kept: readonly Kept[]; readonly batch: readonly string[] },
): Promise<readonly (readonly [string, readonly Attested[]])[]> {
  const places = batch.flatMap((sha) =>
    kept.flatMap((book) => notePaths(sha).map((path) => ({ sha, book, path }))),
  );
  const expressions = places.map(({ book, path }) => `${book.at}:${path}`);
  const variables = { owner, name: repo, ...NOTES.values(expressions) };
  const answer = await graphql(client, { document: notesDocument(places.length), variables });
  const told = parsed(notesAnswer, answer, "the notes of who wrote it").repository;
  const read = NOTES.answers("note", told, places).map(([{ sha, book }, note]) => ({
    sha,
    attested: attestedBy(book, note),
  }));
  return batch.map((sha) => [sha, read.flatMap((each) => (each.sha === sha ? each.attested : []))]);
}

function attestedBy(book: Notebook, answer: NoteAnswer | undefined): readonly Attested[] {
  if (answer == null || answer.__typename === "Tree") return [];
  if (answer.isTruncated === true) return [unreadable(book, "it is too long")];
  if (answer.isBinary !== false || typeof answer.text !== "string")
    return [unreadable(book, "it is not text")];
  return book.read(answer.text);
}

function unreadable({ note }: Notebook, what: string): Attested {
  return { ok: false, reason: `The ${note} cannot be read: ${what}.` };
}
