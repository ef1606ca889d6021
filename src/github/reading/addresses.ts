import { z } from "zod";
import type { Account, CommitRecord, Participant } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import { aliased } from "../client/aliased.ts";
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

/**
 * The records with the accounts to which the addresses belong by now that belonged to none when a commit was seen: GitHub
 * tells so of the commit itself, as long as it has it. Nothing is asked where there are none.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function withAddressesOfNow(
  client: GitHubClient,
  { owner, repo: name }: RepositoryRef,
  records: readonly CommitRecord[],
): Promise<readonly CommitRecord[]> {
  const identities = records.flatMap(({ participants }) =>
    participants.flatMap(({ identity }) => identity ?? []),
  );
  const shas = [...new Set(identities.map(({ sha }) => sha))];
  const accounts = new Map<string, Account>();
  for (let from = 0; from < shas.length; from += LIMITS.pathsPerQuery) {
    const some = shas.slice(from, from + LIMITS.pathsPerQuery);
    const answer = await graphql(client, {
      document: writersDocument(some.length),
      variables: { owner, name, ...COMMITS.values(some) },
    });
    const told = parsed(writersAnswer, answer, "the writers of earlier commits").repository;
    for (const [sha, commit] of COMMITS.answers("commit", told, some))
      for (const one of [commit?.author, commit?.committer, ...(commit?.authors?.nodes ?? [])])
        if (typeof one?.user?.databaseId === "number")
          accounts.set(keyOf({ sha, email: one.email ?? "" }), {
            id: one.user.databaseId,
            login: one.user.login,
            type: "User",
          });
  }
  if (accounts.size === 0) return records;
  const known = (participant: Participant): Participant => {
    const { identity, ...rest } = participant;
    const account = identity && accounts.get(keyOf(identity));
    return account === undefined ? participant : { ...rest, account };
  };
  return records.map((record) => ({ ...record, participants: record.participants.map(known) }));
}

function keyOf({ sha, email }: { readonly sha: string; readonly email: string }): string {
  return `${sha} ${email.toLowerCase()}`;
}
