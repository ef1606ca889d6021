const NO_PAGE: ReadonlyMap<string, false | null> = new Map([
  ["hasNextPage", false],
  ["hasPreviousPage", false],
  ["startCursor", null],
  ["endCursor", null],
]);

/** A body with its list emptied; of a GraphQL answer, the connections under these names. */
export function emptied(body: unknown, connections: readonly string[]): unknown {
  if (Array.isArray(body)) return [];
  if (!isObject(body)) return body;
  return "data" in body ? withoutNodes(body, new Set(connections)) : withoutItems(body);
}

/** `{ total_count, <list> }` */
function withoutItems(body: object): object {
  return mapped(body, (value, name) => (Array.isArray(value) ? [] : name === "total_count" ? 0 : value));
}

function withoutNodes(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutNodes(each, names));
  if (!isObject(value)) return value;
  return mapped(value, (inner, name) =>
    names.has(name) && isObject(inner) ? emptyConnection(inner) : withoutNodes(inner, names),
  );
}

/** Holds what was asked for, and no more. */
function emptyConnection(asked: object): object {
  return mapped(asked, (value, name) => {
    if (name === "nodes" || name === "edges") return [];
    if (name === "totalCount") return 0;
    return name === "pageInfo" && isObject(value) ? mapped(value, (_, field) => NO_PAGE.get(field)) : value;
  });
}

function mapped(value: object, change: (inner: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, name)]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
