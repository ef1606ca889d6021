import { z } from "zod";

/** What every paged connection is asked for besides its nodes. */
export const PAGE_FIELDS = "totalCount pageInfo { hasNextPage endCursor }";

/** One page of a GraphQL connection. A `null` node is something GitHub did not give: the answer is refused. */
export function page<T extends z.ZodType>(node: T) {
  return z.object({
    totalCount: z.int(),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(node),
  });
}
