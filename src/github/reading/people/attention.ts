import type { Attention } from "../../../signoff/snapshot.ts";
import type { Waiting } from "./availability.ts";
import type { ReadOwners } from "./read-owners.ts";

/** What else asks for the attention of the owners, beside the pull request itself. */
export function attentionOf(
  { teams, users }: ReadOwners,
  waiting: Waiting | undefined,
  pull: number,
): Attention {
  const busy = [
    ...Object.values(teams).flatMap((team) => team.busy),
    ...Object.values(users).flatMap((user) => (user !== "nobody" && user.busy ? [user.account.id] : [])),
  ];
  const others = (waiting ?? []).filter((each) => each.pull !== pull).flatMap(({ ids }) => ids);
  const byId = Map.groupBy(others, (id) => id);
  return {
    busy: [...new Set(busy)],
    waiting: Object.fromEntries([...byId].map(([id, all]) => [id, all.length])),
  };
}
