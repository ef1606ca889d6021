import { z } from "zod";
import type { Account, CommitRecord, Participant } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { aliased } from "../client/aliased.ts";
import type { Cache } from "../client/cache.ts";
import { repositoryKey } from "../client/cache-keys.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { graphql } from "../client/graphql.ts";
import { LIMITS } from "../client/limits.ts";
import { GIT_IDENTITY_FRAGMENT, identityAnswer } from "./content/commits.ts";

const COMMITS = aliased({
  variable: "commit",
  type: "GitObjectID!",
  fields: { commit: (sha) => `object(oid: ${sha}) { __typename ...Writers }` },
});

export function writersDocument(count: number): string {
  return `
query CountersignWriters($owner: String!, $name: String!, ${COMMITS.variables(count)}) {
  repository(owner: $owner, name: $name, followRenames: false) { ${COMMITS.part("commit", count)} }
}
fragment Writers on Commit {
  author { ...GitIdentity }
  committer { ...GitIdentity }
  authors(first: 100) { nodes { ...GitIdentity } }
}
${GIT_IDENTITY_FRAGMENT}`;
}

const commitAnswer = z
  .object({
    author: identityAnswer.nullish(),
    committer: identityAnswer.nullish(),
    authors: z.object({ nodes: z.array(identityAnswer) }).optional(),
  })
  .nullable();

const writersAnswer = z.object({ repository: z.record(z.string(), commitAnswer) });

/** The accounts that GitHub names on a commit, each by the address in lower case. */
export type NamedOn = ReadonlyMap<string, Account>;

interface AddressesRequest {
  readonly repository: RepositoryRef;
  readonly caches: { readonly addresses: Cache<NamedOn> };
  readonly now: Date;
  /** Answers to questions from before then are not used. Milliseconds. */
  readonly notBefore: number;
}

/**
 * The records with the accounts to which the addresses belong by now that belonged to none when a commit was seen: GitHub
 * tells so of the commit itself, as long as it has it. Nothing is asked where there are none, and nothing twice in some
 * minutes.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function withAddressesOfNow(
  client: GitHubClient,
  request: AddressesRequest,
  records: readonly CommitRecord[],
): Promise<readonly CommitRecord[]> {
  const identities = records.flatMap(({ participants }) =>
    participants.flatMap(({ identity }) => identity ?? []),
  );
  const named = await namedOn(client, request, [...new Set(identities.map(({ sha }) => sha))]);
  const known = (participant: Participant): Participant => {
    const { identity, ...rest } = participant;
    const account = identity && named.get(identity.sha)?.get(identity.email.toLowerCase());
    return account === undefined ? participant : { ...rest, account };
  };
  return records.map((record) => ({ ...record, participants: record.participants.map(known) }));
}

async function namedOn(
  client: GitHubClient,
  { repository, caches: { addresses }, now, notBefore }: AddressesRequest,
  shas: readonly string[],
): Promise<ReadonlyMap<string, NamedOn>> {
  const keyOf = (sha: string) => `${repositoryKey(repository)} ${sha}`;
  const known = new Map<string, NamedOn>();
  for (const sha of shas) {
    const found = addresses.get(keyOf(sha), now, notBefore);
    if (found !== undefined) known.set(sha, found);
  }
  const unknown = shas.filter((sha) => !known.has(sha));
  for (let from = 0; from < unknown.length; from += LIMITS.pathsPerQuery) {
    const answers = await askAbout(client, repository, unknown.slice(from, from + LIMITS.pathsPerQuery));
    for (const [sha, found] of answers) {
      known.set(sha, found);
      addresses.set(keyOf(sha), found, now);
    }
  }
  return known;
}

async function askAbout(
  client: GitHubClient,
  { owner, repo: name }: RepositoryRef,
  shas: readonly string[],
): Promise<readonly (readonly [sha: string, NamedOn])[]> {
  const answer = await graphql(client, {
    document: writersDocument(shas.length),
    variables: { owner, name, ...COMMITS.values(shas) },
  });
  const told = parsed(writersAnswer, answer, "the writers of earlier commits").repository;
  return COMMITS.answers("commit", told, shas).map(([sha, commit]) => [sha, accountsIn(commit)]);
}

function accountsIn(commit: z.infer<typeof commitAnswer> | undefined): NamedOn {
  const writers = [commit?.author, commit?.committer, ...(commit?.authors?.nodes ?? [])];
  return new Map(
    writers.flatMap((one): [string, Account][] => {
      const { databaseId: id, login } = one?.user ?? {};
      if (typeof id !== "number" || login === undefined) return [];
      return [[(one?.email ?? "").toLowerCase(), { id, login, type: "User" }]];
    }),
  );
}
