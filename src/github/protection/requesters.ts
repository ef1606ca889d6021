import { z } from "zod";
import type { Known } from "../../doctor/known.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Identity } from "../../provenance/identity.ts";
import { requestersNamedIn } from "../../provenance/requests/named-requesters.ts";
import { parsed } from "../client/client.ts";
import { graphql } from "../client/graphql.ts";
import { ACCOUNT_FIELDS, account, accountAnswer } from "../reading/people/actor.ts";
import { type Asker, seen } from "./ask.ts";

/** The newest pull requests, each with its last commits: enough to see who usually asks. */
const DOCUMENT = `
query CountersignRequesters($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: 50, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        author { ${ACCOUNT_FIELDS} }
        headRefName
        body
        assignees(first: 5) { nodes { login databaseId } }
        commits(last: 3) { nodes { commit { oid message author { ...Who } committer { ...Who } } } }
      }
    }
  }
}
fragment Who on GitActor { name email user { login databaseId } }`;

const identityAnswer = z
  .object({
    name: z.string().nullable(),
    email: z.string().nullable(),
    user: z.object({ login: z.string(), databaseId: z.int().nullable() }).nullable(),
  })
  .nullable()
  .transform(
    (given): Identity => ({
      name: given?.name ?? "",
      email: given?.email ?? "",
      account: given?.user?.databaseId
        ? { id: given.user.databaseId, login: given.user.login, type: "User" }
        : null,
    }),
  );

const pullAnswer = z.object({
  author: accountAnswer.nullable(),
  headRefName: z.string(),
  body: z.string().nullable(),
  assignees: z.object({ nodes: z.array(z.object({ login: z.string(), databaseId: z.int() })) }),
  commits: z.object({
    nodes: z.array(
      z.object({
        commit: z.object({
          oid: z.string(),
          message: z.string(),
          author: identityAnswer,
          committer: identityAnswer,
        }),
      }),
    ),
  }),
});

type PullAnswer = z.infer<typeof pullAnswer>;

const answerOf = z.object({
  repository: z.object({ pullRequests: z.object({ nodes: z.array(pullAnswer) }) }),
});

/** The logins of those who asked for the newest AI changes, once for each. */
export function readRequesters(asker: Asker, detector: Detector): Promise<Known<readonly string[]>> {
  const { client, owner, repo: name } = asker;
  const right = `a token that can read the pull requests of ${owner}/${name}`;
  return seen(right, async () => {
    const data = await graphql(client, { document: DOCUMENT, variables: { owner, name } });
    const { repository } = parsed(answerOf, data, `the pull requests of ${owner}/${name}`);
    return repository.pullRequests.nodes.flatMap((pull) => requestersOf(pull, detector));
  });
}

function requestersOf(pull: PullAnswer, detector: Detector): readonly string[] {
  const author = account(pull.author);
  const body = pull.body ?? "";
  const evidence = detector.pullRequest({ author, headRef: pull.headRefName, body, labels: [] });
  const commits = pull.commits.nodes.map(({ commit: { oid, ...commit } }) =>
    detector.commit({ ...commit, sha: oid, coAuthors: [] }),
  );
  const byAi =
    detector.judge(evidence, "human").writer === "ai" || commits.some(({ writer }) => writer === "ai");
  if (!byAi) return [];
  if (author !== null && detector.machine(author) === null) return [author.login];
  const named = requestersNamedIn(body).map(({ login }) => login);
  return [...new Set([...named, ...pull.assignees.nodes.map(({ login }) => login)])];
}
