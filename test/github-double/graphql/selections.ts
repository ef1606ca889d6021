import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  isAbstractType,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";

/** A field of a type as a document asks for it. */
export interface PlannedField {
  readonly key: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** `null` for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | null;
  /** Where no variable is in them. */
  readonly constant: Readonly<Record<string, unknown>> | null;
  readonly below: Selected;
}

/** What is selected, by the type that it is selected of. */
export interface Selected {
  readonly sets: readonly SelectionSetNode[];
  readonly byType: Map<GraphQLObjectType, readonly PlannedField[]>;
}

export interface Planner {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The fields that some selections ask of a type, each once. */
export function planOf(
  planner: Planner,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly PlannedField[] {
  const byKey = Map.groupBy(
    sets.flatMap((set) => fieldsIn(planner, type, set)),
    ({ alias, name }) => (alias ?? name).value,
  );
  return [...byKey].map(([key, nodes]) => plannedField(type, key, nodes));
}

function plannedField(type: GraphQLObjectType, key: string, nodes: PlannedField["nodes"]): PlannedField {
  const [node] = nodes;
  const field = node.name.value === "__typename" ? null : (type.getFields()[node.name.value] ?? null);
  if (field === null && node.name.value !== "__typename")
    throw new GraphQLError(`The double does not tell of itself: ${node.name.value}`);
  const constant = field === null || hasVariable(node) ? null : getArgumentValues(field, node);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return { key, nodes, field, constant, below: { sets, byType: new Map() } };
}

function fieldsIn(planner: Planner, type: GraphQLObjectType, set: SelectionSetNode): readonly FieldNode[] {
  return set.selections.flatMap((selection): readonly FieldNode[] => {
    if (!isIncluded(selection.directives ?? [], planner.variables)) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : planner.fragments.get(selection.name.value);
    if (!fragment) return [];
    const on = fragment.typeCondition && planner.schema.getType(fragment.typeCondition.name.value);
    const fits = !on || on === type || (isAbstractType(on) && planner.schema.isSubType(on, type));
    return fits ? fieldsIn(planner, type, fragment.selectionSet) : [];
  });
}

function isIncluded(
  directives: readonly DirectiveNode[],
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return directives.every(({ name, arguments: given = [] }) => {
    const value = given[0]?.value;
    const says =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === "include" ? says === true : name.value !== "skip" || says !== true;
  });
}

/** The variables in directives. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function hasVariable({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  for (const each of given)
    visit(each, {
      Variable: () => {
        found = true;
      },
    });
  return found;
}
