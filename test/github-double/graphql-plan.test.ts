import { expect, test } from "@jest/globals";
import { buildSchema, execute, GraphQLError, parse } from "graphql";
import { Plan } from "./graphql/plan.ts";

const schema = buildSchema(`
  interface Node { id: ID! }
  union Thing = Ship | Crew
  enum Kind { SLOW FAST }
  type Ship implements Node { id: ID! name: String kind: Kind crew(first: Int = 2, named: [String!]): [Crew!] port: Port! }
  type Crew implements Node { id: ID! name: String! boss: Crew }
  type Port { depth: Float lost: String! }
  type Query { node(id: ID!): Node things: [Thing] ship: Ship! crew(first: Int!): [Crew!]! broken: [String!] }
`);

const crew = (id: number, name: string | null = `c${id}`): object => ({
  __typename: "Crew",
  id,
  name,
  boss: null,
});
const ship = {
  __typename: "Ship",
  id: 7,
  name: "Ida",
  kind: "FAST",
  crew: ({ first, named }: { readonly first: number; readonly named?: readonly string[] }) =>
    [1, 2, 3].slice(0, first).map((id) => crew(id, named?.[0] ?? `c${id}`)),
  port: { __typename: "Port", depth: 2.5, lost: null },
};
const root = {
  node: ({ id }: { readonly id: string }) => {
    if (id === "0") throw new GraphQLError("gone", { extensions: { type: "NOT_FOUND" } });
    return id === "7" ? ship : crew(Number(id));
  },
  things: () => [ship, crew(1), null, crew(2, null)],
  ship,
  crew: ({ first }: { readonly first: number }) => [crew(1), crew(2, null)].slice(0, first),
  broken: ["a", null],
};

const DOCUMENTS: readonly (readonly [what: string, document: string, variables?: Record<string, unknown>])[] =
  [
    ["fields, by other names too", "{ ship { id other: name kind __typename } }"],
    ["what is asked twice, put together", "{ ship { crew { id } } ship { crew { name } } }"],
    [
      "fragments and types",
      "{ things { ...T ... on Crew { id name } } } fragment T on Node { __typename id }",
    ],
    ["arguments, with defaults", "{ ship { crew { id } one: crew(first: 1) { id } } }"],
    [
      "variables",
      "query ($n: Int!, $who: String!) { ship { crew(first: $n, named: [$who]) { name } } }",
      { n: 3, who: "x" },
    ],
    ["a variable that is missing", "query ($n: Int!) { crew(first: $n) { id } }"],
    ["a variable of a wrong kind", "query ($n: Int!) { crew(first: $n) { id } }", { n: "many" }],
    ["a default of a variable", "query ($n: Int! = 1) { crew(first: $n) { id } }"],
    [
      "what is included",
      "query ($a: Boolean!) { ship { id @include(if: $a) name @skip(if: $a) } }",
      { a: true },
    ],
    [
      "what is left out",
      "query ($a: Boolean!) { ship { id @include(if: $a) name @skip(if: $a) } }",
      { a: false },
    ],
    ["an error, and the rest", '{ no: node(id: "0") { id } yes: node(id: "7") { id } }'],
    ["null where something has to be, in something that may be null", "{ things { ... on Crew { name } } }"],
    ["null where something has to be, up to the root", "{ crew(first: 2) { name } }"],
    ["null in something that has to be", "{ ship { port { depth lost } } }"],
    ["null in a list of what has to be", "{ broken }"],
  ];

test.each(DOCUMENTS)("%s: as graphql-js answers", (_what, text, variables = {}) => {
  const document = parse(text);
  const resolve = (
    { source, fieldName }: { readonly source: unknown; readonly fieldName: string },
    args: object,
  ) => {
    const value: unknown = Reflect.get(Object(source), fieldName);
    return typeof value === "function" ? value(args) : value;
  };
  const plan = new Plan(schema, document);
  const answer = () => {
    try {
      return plan.execute({ root, context: null, variables, resolve });
    } catch (problem) {
      return { errors: [problem] };
    }
  };
  const expected = execute({ schema, document, rootValue: root, variableValues: variables });
  const told = (given: object) => JSON.parse(JSON.stringify({ errors: [], ...given }));
  // What was found out the first time holds the second time.
  expect([answer(), answer()].map(told)).toEqual([told(expected), told(expected)]);
});
