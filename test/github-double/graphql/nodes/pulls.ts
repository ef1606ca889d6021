import type { Pull } from "../../world/model.ts";
import type { PageArguments } from "../connection.ts";

export type PullsArguments = PageArguments & {
  readonly states?: readonly string[] | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
  readonly orderBy?: {
    readonly field: "CREATED_AT" | "UPDATED_AT";
    readonly direction: "ASC" | "DESC";
  } | null;
};

export function wanted(pull: Pull, { states, baseRefName, headRefName }: PullsArguments): boolean {
  const state = pull.mergedAt !== null ? "MERGED" : pull.state.toUpperCase();
  return (
    (!states || states.includes(state)) &&
    (!baseRefName || pull.baseRef === baseRefName) &&
    (!headRefName || pull.headRef === headRefName)
  );
}

/** Oldest first where no order is asked for. */
export function inOrder(pulls: readonly Pull[], { orderBy }: PullsArguments): readonly Pull[] {
  const at = (pull: Pull) => Date.parse(orderBy?.field === "UPDATED_AT" ? pull.updatedAt : pull.createdAt);
  const ordered = pulls.toSorted((a, b) => at(a) - at(b) || a.number - b.number);
  return orderBy?.direction === "DESC" ? ordered.toReversed() : ordered;
}
