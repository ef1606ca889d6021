import { schema } from "@octokit/graphql-schema";
import { buildSchema, type GraphQLSchema, parse, validate } from "graphql";

/** GitHub's schema. Its SDL defines two fields twice, so it is taken as valid. */
export const GITHUB_SCHEMA: GraphQLSchema = buildSchema(schema.idl, { assumeValidSDL: true });

/** What GitHub would say against a document; empty when it would run it. */
export function faultsOf(document: string): readonly string[] {
  return validate(GITHUB_SCHEMA, parse(document)).map(({ message }) => message);
}
