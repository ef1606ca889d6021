import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

export interface Cost {
  readonly points: number;
  readonly nodes: number;
}

interface Sum {
  requests: number;
  nodes: number;
}

/** GitHub's price of a query: the requests needed to fill each connection, divided by a hundred, at least one. */
export function costOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Cost {
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return { points: 1, nodes: 0 };
  const sum: Sum = { requests: 0, nodes: 0 };
  walk({ document, operation, variables, sum }, operation.selectionSet, 1);
  return { points: Math.max(1, Math.round(sum.requests / 100)), nodes: sum.nodes };
}

interface Walk {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly sum: Sum;
}

function walk(walking: Walk, selections: SelectionSetNode, parents: number): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = walking.document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
      );
      if (fragment && "selectionSet" in fragment && fragment.selectionSet)
        walk(walking, fragment.selectionSet, parents);
      continue;
    }
    if (!selection.selectionSet) continue;
    const size = selection.kind === Kind.FIELD ? pageSize(selection, walking.variables) : null;
    if (size !== null) {
      walking.sum.requests += parents;
      walking.sum.nodes += parents * size;
    }
    walk(walking, selection.selectionSet, parents * (size ?? 1));
  }
}

function pageSize(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const argument = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last");
  if (!argument) return null;
  if (argument.value.kind === Kind.INT) return Number(argument.value.value);
  if (argument.value.kind === Kind.VARIABLE) return Number(variables[argument.value.name.value] ?? 1);
  return 1;
}
