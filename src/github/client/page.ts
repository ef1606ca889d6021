import { z } from "zod";

/** Requested of every paged connection in addition to its nodes. */
export const PAGE_FIELDS = "totalCount pageInfo { hasNextPage endCursor }";

/** One page of a GraphQL connection. A `null` node is something GitHub withheld, so the answer is rejected. */
export function page<T extends z.ZodType>(node: T) {
  return z.object({
    totalCount: z.int(),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(node),
  });
}
