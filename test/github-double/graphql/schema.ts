import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema, type GraphQLSchema } from "graphql";

let built: GraphQLSchema | undefined;

/**
 * GitHub's published GraphQL schema, built when first asked for. The published file defines two fields twice, so it
 * is taken as valid.
 */
export function schema(): GraphQLSchema {
  const home = dirname(fileURLToPath(import.meta.resolve("@octokit/graphql-schema")));
  built ??= buildSchema(readFileSync(join(home, "schema.graphql"), "utf8"), { assumeValidSDL: true });
  return built;
}
