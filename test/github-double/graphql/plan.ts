import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  locatedError,
  type OperationDefinitionNode,
} from "graphql";
import { conditionsOf, type PlannedField, type Planner, planOf, type Selected } from "./selections.ts";

/** Answers one field, of which the type is told for complaints. */
export type Resolve<Context> = (
  asked: { readonly source: unknown; readonly typeName: string; readonly fieldName: string },
  args: Readonly<Record<string, unknown>>,
  context: Context,
) => unknown;

export interface Execution<Context> {
  readonly root: unknown;
  readonly context: Context;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resolve: Resolve<Context>;
}

export interface Executed {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLError[];
}

interface Path {
  readonly before: Path | null;
  readonly key: string | number;
}

/**
 * A document made ready to be executed: as graphql-js does it, but for what is asynchronous and for introspection, and
 * with everything found out once that a document and its types decide, which takes graphql-js most of its time.
 */
export class Plan {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #conditions: readonly string[];
  /** By the values of the variables that say what is left out. */
  readonly #selected = new Map<string, Selected>();

  /** `document` has to be valid. */
  constructor(schema: GraphQLSchema, document: DocumentNode) {
    const operation = getOperationAST(document);
    if (!operation) throw new GraphQLError("The document has to have one operation.");
    this.#schema = schema;
    this.#operation = operation;
    this.#fragments = new Map(
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
      ),
    );
    this.#conditions = conditionsOf(document);
  }

  execute<Context>({ variables: given, ...execution }: Execution<Context>): Executed {
    const definitions = this.#operation.variableDefinitions ?? [];
    const { coerced, errors } = getVariableValues(this.#schema, definitions, given);
    if (errors) throw errors[0] ?? new GraphQLError("a variable is wrong");
    const type = this.#schema.getRootType(this.#operation.operation);
    if (!type) throw new GraphQLError("The schema has no such operation.");
    const key = JSON.stringify(this.#conditions.map((name) => coerced[name]));
    const known = this.#selected.get(key) ?? { sets: [this.#operation.selectionSet], byType: new Map() };
    this.#selected.set(key, known);
    const run = new Run(this.#planner(coerced), { ...execution, variables: coerced });
    return run.start(type, known);
  }

  #planner(variables: Readonly<Record<string, unknown>>): Planner {
    return { schema: this.#schema, fragments: this.#fragments, variables };
  }
}

/** One execution. */
class Run<Context> {
  readonly #planner: Planner;
  readonly #execution: Execution<Context>;
  readonly #errors: GraphQLError[] = [];

  constructor(planner: Planner, execution: Execution<Context>) {
    this.#planner = planner;
    this.#execution = execution;
  }

  start(type: GraphQLObjectType, selected: Selected): Executed {
    try {
      return { data: this.#object(type, selected, this.#execution.root, null), errors: this.#errors };
    } catch (problem) {
      this.#errors.push(located(problem, [], null));
      return { data: null, errors: this.#errors };
    }
  }

  #object(type: GraphQLObjectType, selected: Selected, source: unknown, path: Path | null) {
    const planned = selected.byType.get(type) ?? planOf(this.#planner, type, selected.sets);
    selected.byType.set(type, planned);
    const told: Record<string, unknown> = {};
    for (const one of planned) told[one.key] = this.#field(type, one, source, { before: path, key: one.key });
    return told;
  }

  #field(type: GraphQLObjectType, one: PlannedField, source: unknown, path: Path): unknown {
    const { field, nodes, constant } = one;
    if (field === null) return type.name;
    try {
      const args = constant ?? getArgumentValues(field, nodes[0], this.#execution.variables);
      const asked = { source, typeName: type.name, fieldName: field.name };
      const value = this.#execution.resolve(asked, args, this.#execution.context);
      return this.#complete(field.type, one, value, { path, of: `${type.name}.${field.name}` });
    } catch (problem) {
      return this.#failed(field.type, located(problem, nodes, path));
    }
  }

  /** What may be null is, and what may not makes what it is in fail. */
  #failed(type: GraphQLOutputType, error: GraphQLError): null {
    if (isNonNullType(type)) throw error;
    this.#errors.push(error);
    return null;
  }

  #complete(type: GraphQLOutputType, one: PlannedField, value: unknown, at: Place): unknown {
    if (value instanceof Error) throw value;
    if (isNonNullType(type)) {
      const whole = this.#complete(type.ofType, one, value, at);
      if (whole === null) throw new Error(`Cannot return null for non-nullable field ${at.of}.`);
      return whole;
    }
    if (value === null || value === undefined) return null;
    if (isListType(type)) return this.#list(type.ofType, one, value, at);
    if (isLeafType(type)) return serialized(type, value);
    const actual = isAbstractType(type) ? this.#actual(value, at) : type;
    return this.#object(actual, one.below, value, at.path);
  }

  #list(type: GraphQLOutputType, one: PlannedField, value: unknown, at: Place): readonly unknown[] {
    if (!Array.isArray(value))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${at.of}".`);
    return value.map((item: unknown, key) => {
      const path = { before: at.path, key };
      try {
        return this.#complete(type, one, item, { ...at, path });
      } catch (problem) {
        return this.#failed(type, located(problem, one.nodes, path));
      }
    });
  }

  #actual(value: unknown, { of }: Place): GraphQLObjectType {
    const name = typeof value === "object" && value !== null && "__typename" in value ? value.__typename : "";
    const type = this.#planner.schema.getType(String(name));
    if (!isObjectType(type)) throw new GraphQLError(`What ${of} answers is of no type: "${String(name)}".`);
    return type;
  }
}

interface Place {
  readonly path: Path;
  /** The field, for complaints. */
  readonly of: string;
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const told: unknown = type.serialize(value);
  if (told === undefined || told === null)
    throw new Error(`Expected \`${type.name}.serialize\` to return a value, returned: ${String(told)}`);
  return told;
}

function located(problem: unknown, nodes: readonly FieldNode[], path: Path | null): GraphQLError {
  return locatedError(problem, [...nodes], keysOf(path));
}

function keysOf(path: Path | null): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at !== null; at = at.before) keys.unshift(at.key);
  return keys;
}
