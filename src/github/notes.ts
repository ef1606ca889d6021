import { z } from "zod";
import type { Attested } from "../provenance/attested/attestation.ts";
import { readGitAiNote } from "../provenance/attested/git-ai.ts";
import type { CommitFacts } from "../signoff/snapshot.ts";
import type { RepositoryRef } from "../store/store.ts";
import type { Cache } from "./cache.ts";
import { repositoryKey } from "./caches.ts";
import { type GitHubClient, parsed } from "./client.ts";
import { graphql } from "./graphql.ts";
import { LIMITS } from "./limits.ts";

/**
 * Where a commit's note lies in the tree of notes: git spreads notes over folders as they become many, folder by
 * folder, so that each may lie at any of these (seen with git 2.39: one level at 300 notes, two at 70,000 and still at 1,200,000).
 */
export function notePaths(sha: string): readonly string[] {
  const [first, second] = [sha.slice(0, 2), sha.slice(2, 4)];
  return [sha, `${first}/${sha.slice(2)}`, `${first}/${second}/${sha.slice(4)}`];
}

const COMMITS_PER_QUERY = Math.floor(LIMITS.pathsPerQuery / notePaths("").length);

export function notesDocument(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const note = (index: number) => `note${index}: object(expression: $note${index}) { __typename ...Note }`;
  return `
query CountersignNotes($owner: String!, $name: String!, ${indexes.map((index) => `$note${index}: String!`).join(", ")}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${indexes.map(note).join(" ")} }
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

interface NotesRequest {
  readonly repository: RepositoryRef;
  /** The commit the notes' ref is at; `null` where nobody keeps any. */
  readonly notes: string | null;
  readonly caches: { readonly notes: Cache<readonly Attested[]> };
  readonly now: Date;
}

/**
 * The commits with what git-ai keeps beside them. A note of a commit stays what it is as long as the notes' ref does.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function withNotes(
  client: GitHubClient,
  commits: readonly CommitFacts[],
  { repository, notes, caches, now }: NotesRequest,
): Promise<readonly CommitFacts[]> {
  if (notes === null) return commits;
  const keyOf = (sha: string) => `${repositoryKey(repository)} ${notes} ${sha}`;
  const found = new Map<string, readonly Attested[]>();
  const missing: string[] = [];
  for (const { sha } of commits) {
    const known = caches.notes.get(keyOf(sha), now);
    if (known === undefined) missing.push(sha);
    else found.set(sha, known);
  }
  for (let start = 0; start < missing.length; start += COMMITS_PER_QUERY) {
    const batch = missing.slice(start, start + COMMITS_PER_QUERY);
    for (const [sha, attested] of await ask(client, repository, { notes, batch })) {
      caches.notes.set(keyOf(sha), attested, now);
      found.set(sha, attested);
    }
  }
  return commits.map((commit) => {
    const attested = found.get(commit.sha) ?? [];
    return attested.length === 0 ? commit : { ...commit, attested };
  });
}

async function ask(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { notes, batch }: { readonly notes: string; readonly batch: readonly string[] },
): Promise<readonly (readonly [string, readonly Attested[]])[]> {
  const places = batch.flatMap((sha) => notePaths(sha).map((path) => ({ sha, path })));
  const named = places.map(({ path }, index) => [`note${index}`, `${notes}:${path}`] as const);
  const variables = { owner, name: repo, ...Object.fromEntries(named) };
  const answer = await graphql(client, { document: notesDocument(places.length), variables });
  const told = parsed(notesAnswer, answer, "git-ai's notes").repository;
  const read = places.flatMap(({ sha }, index) => {
    const attested = attestedBy(told[`note${index}`] ?? null);
    return attested === null ? [] : [{ sha, attested }];
  });
  return batch.map((sha) => [sha, read.filter((each) => each.sha === sha).map(({ attested }) => attested)]);
}

/** `null` where there is no note. */
function attestedBy(answer: NoteAnswer): Attested | null {
  if (answer === null || answer.__typename === "Tree") return null;
  if (answer.isTruncated === true) return unreadable("it is too long");
  if (answer.isBinary !== false || typeof answer.text !== "string") return unreadable("it is not text");
  return readGitAiNote(answer.text);
}

function unreadable(what: string): Attested {
  return { ok: false, reason: `The git-ai note cannot be read: ${what}.` };
}
