import { activityItem } from "../../shapes/git.ts";
import type { Push } from "../../world/model.ts";
import { pageOf } from "../paging.ts";
import { type Reply, type RepoCall, type Route, repoRoute } from "../route.ts";

const DAY = 86_400_000;
const PERIODS: Readonly<Record<string, number>> = {
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  quarter: 91 * DAY,
  year: 365 * DAY,
};

export const activityRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/activity", [{ contents: "read" }], (call) => {
    const newestFirst = call.query.get("direction") !== "asc";
    const found = call.repo.pushes.filter((push) => isWanted(call, push));
    return byCursor(call, newestFirst ? found.toReversed() : found);
  }),
];

function isWanted({ query, state }: RepoCall, push: Push): boolean {
  const ref = query.get("ref");
  const full = ref === null || ref.startsWith("refs/") ? ref : `refs/heads/${ref}`;
  const period = PERIODS[query.get("time_period") ?? ""];
  const since = period === undefined ? 0 : Date.parse(state.now()) - period;
  return (
    push.ref.startsWith("refs/heads/") &&
    is(full, push.ref) &&
    is(query.get("actor")?.toLowerCase() ?? null, push.pusher.restLogin.toLowerCase()) &&
    is(query.get("activity_type"), push.activity) &&
    Date.parse(push.at) >= since
  );
}

function is(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

/** Pages go on after a cursor, as the link says; there are no page numbers. */
function byCursor(call: RepoCall, items: readonly Push[]): Reply {
  const { size } = pageOf(call.query);
  const after = call.query.get("after");
  const from = after === null ? 0 : items.findIndex(({ id }) => String(id) === after) + 1;
  const page = items.slice(from, from + size);
  const query = new URLSearchParams(call.query);
  query.set("after", String(page.at(-1)?.id ?? ""));
  const more = from + size < items.length;
  return {
    status: 200,
    body: page.map((push) => activityItem(call.state, push)),
    ...(more ? { headers: { link: `<${call.address}?${query}>; rel="next"` } } : {}),
  };
}
