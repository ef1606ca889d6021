import { type GraphQLSchema, parse, validate } from "graphql";
import { schema } from "../github-double/graphql/schema.ts";

/** GitHub's schema, with stacks as github.com has them. */
export const GITHUB_SCHEMA: GraphQLSchema = schema();

/** The one of Enterprise Server, which does not. */
export const WITHOUT_STACKS: GraphQLSchema = schema(false);

/** What GitHub would say against a document; empty when it would run it. */
export function faultsOf(document: string, of = GITHUB_SCHEMA): readonly string[] {
  return validate(of, parse(document)).map(({ message }) => message);
}
