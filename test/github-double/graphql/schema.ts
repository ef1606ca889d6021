import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema, type GraphQLSchema } from "graphql";

/**
 * What GitHub added for stacks of pull requests after the schema was last published: docs.github.com,
 * "PullRequestStack" (seen 2026-11). Enterprise Server does not have it.
 */
const STACKS = `
extend type PullRequest {
  stack: PullRequestStack
}

type PullRequestStack {
  id: ID!
  number: Int!
  size: Int!
  baseRefName: String!
}
`;

const built = new Map<boolean, GraphQLSchema>();

/**
 * GitHub's published GraphQL schema, with stacks or without, built when first asked for. The published file defines
 * two fields twice, so it is taken as valid.
 */
export function schema(stacks = true): GraphQLSchema {
  const known = built.get(stacks);
  if (known) return known;
  const home = dirname(fileURLToPath(import.meta.resolve("@octokit/graphql-schema")));
  const published = readFileSync(join(home, "schema.graphql"), "utf8");
  const made = buildSchema(stacks ? published + STACKS : published, { assumeValid: true, noLocation: true });
  built.set(stacks, made);
  return made;
}
