import { refusal } from "./context.ts";

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const MAX_PAGE = 100;

/** A page of a list as GraphQL connections give it, under GitHub's rules for `first` and `last`. */
export function connection<T>(
  name: string,
  items: readonly T[],
  {
    args,
    node,
    edge = () => ({}),
  }: {
    readonly args: PageArguments;
    readonly node: (item: T) => unknown;
    readonly edge?: (item: T) => object;
  },
) {
  const { first, last } = args;
  const size = first ?? last;
  if (size === null || size === undefined)
    throw refusal(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  if (size > MAX_PAGE || size < 0)
    throw refusal(
      "EXCESSIVE_PAGINATION",
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of ${MAX_PAGE} records.`,
    );
  const start = args.after ? indexOf(args.after) + 1 : 0;
  const end = args.before ? indexOf(args.before) : items.length;
  const from = typeof first === "number" ? start : Math.max(start, end - size);
  const to = typeof first === "number" ? Math.min(end, start + size) : end;
  const page = items.slice(from, to);
  return {
    totalCount: items.length,
    pageInfo: {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: page.length > 0 ? cursor(from) : null,
      endCursor: page.length > 0 ? cursor(to - 1) : null,
    },
    nodes: page.map(node),
    edges: page.map((item, index) => ({ cursor: cursor(from + index), node: node(item), ...edge(item) })),
  };
}

function cursor(index: number): string {
  return Buffer.from(`cursor:v2:${index}`).toString("base64");
}

function indexOf(given: string): number {
  const index = Number(Buffer.from(given, "base64").toString().replace("cursor:v2:", ""));
  if (!Number.isInteger(index))
    throw refusal("INVALID_CURSOR_ARGUMENTS", `\`${given}\` does not appear to be a valid cursor.`);
  return index;
}
