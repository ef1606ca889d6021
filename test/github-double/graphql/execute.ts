import type { DocumentNode, GraphQLSchema } from "graphql";
import { GraphQLError, getOperationAST, parse, validate } from "graphql";
import type { Limits } from "../rest/limits.ts";
import { budgetOf } from "../rest/rest.ts";
import type { Caller } from "../rest/route.ts";
import type { State } from "../world/state.ts";
import type { World } from "../world/world.ts";
import type { Context } from "./context.ts";
import { costOf } from "./cost.ts";
import { mutationRoot } from "./mutations.ts";
import { graph, root } from "./nodes/root.ts";
import { type Executed, Plan, type Resolve } from "./plan.ts";
import { schema } from "./schema.ts";

export interface GraphqlParts {
  readonly state: State;
  readonly world: World;
  /** Whether it knows stacks of pull requests, as github.com does and Enterprise Server does not. */
  readonly stacks: boolean;
  /** Whether pull requests from forks are named at their commits. */
  readonly namesForks: boolean;
  readonly limits: Limits;
  /** Fields the double was asked for and has nothing for. */
  readonly violations: string[];
}

interface Checked {
  readonly document: DocumentNode;
  readonly invalid: readonly GraphQLError[];
  /** `null` of what is not valid. */
  readonly plan: Plan | null;
}

const seen = new WeakMap<GraphQLSchema, Map<string, Checked>>();

/** An app asks in the same few words over and over, and checking them takes longer than answering. */
function checked(known: GraphQLSchema, query: string): Checked {
  const ofSchema = seen.get(known) ?? new Map<string, Checked>();
  seen.set(known, ofSchema);
  const before = ofSchema.get(query);
  if (before) return before;
  const document = parse(query);
  const invalid = validate(known, document);
  const found = { document, invalid, plan: invalid.length > 0 ? null : new Plan(known, document) };
  ofSchema.set(query, found);
  return found;
}

/** Answers one GraphQL request; always HTTP 200, with `errors` when something is wrong, as GitHub does. */
export function answerGraphql(parts: GraphqlParts, body: unknown, caller: Caller): object {
  const { query, variables } = (body ?? {}) as {
    readonly query?: unknown;
    readonly variables?: Record<string, unknown>;
  };
  if (typeof query !== "string")
    return { errors: [{ message: "A query attribute must be specified and must be a string." }] };
  try {
    const known = schema(parts.stacks);
    const { document, invalid, plan } = checked(known, query);
    if (plan === null) return { errors: invalid.map(staticError) };
    const cost = costOf(document, variables ?? {});
    const who = budgetOf(caller);
    parts.limits.spend(who, "graphql", cost.points);
    const context: Context = {
      graph,
      namesForks: parts.namesForks,
      state: parts.state,
      world: parts.world,
      caller,
      cost,
      rate: parts.limits.left(who, "graphql"),
    };
    return withErrors(
      plan.execute({
        root: getOperationAST(document)?.operation === "mutation" ? mutationRoot : root,
        context,
        variables: variables ?? {},
        resolve: fieldsOf(parts.violations),
      }),
    );
  } catch (problem) {
    if (problem instanceof GraphQLError) return { errors: [formatted(problem)] };
    throw problem;
  }
}

/** A field the double does not hold is an error, never a silent null. */
function fieldsOf(violations: string[]): Resolve<Context> {
  return ({ source, typeName, fieldName }, args, context) => {
    const value = (source as Record<string, unknown>)[fieldName];
    if (typeof value === "function") return value.call(source, args, context);
    if (value !== undefined) return value;
    const missing = `the double has nothing for ${typeName}.${fieldName}`;
    violations.push(missing);
    throw new GraphQLError(missing);
  };
}

function withErrors({ data, errors }: Executed): object {
  return { data, ...(errors.length > 0 ? { errors: errors.map(formatted) } : {}) };
}

/** What is wrong with a document before it runs: GitHub names the rule, and an unknown field with its type. */
function staticError(error: GraphQLError): object {
  const [, fieldName, typeName] = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message) ?? [];
  if (fieldName === undefined) return formatted(error);
  return {
    extensions: { code: "undefinedField", typeName, fieldName },
    locations: error.locations,
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
  };
}

/** GitHub puts the type of an error beside its message. */
function formatted(error: GraphQLError): object {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path ? { path: error.path } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    locations: error.locations,
    message: error.message,
  };
}
