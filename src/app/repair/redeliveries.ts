import { type GitHubClient, rest } from "../../github/client/client.ts";
import { isRefusal } from "../../github/client/errors.ts";
import type { Store } from "../../store/store.ts";
import { APP_KEY, type Attempt, listDeliveries } from "./delivery-list.ts";

/** For so long github.com delivers again on request (Enterprise Server: 7 days). */
const REDELIVERABLE_MS = 3 * 24 * 60 * 60 * 1000;

/** A redelivery is lost as easily as a delivery, to a restart for one; what fails as often as this is not lost by chance. */
const MOST_ATTEMPTS = 5;

export interface RedeliveryPorts {
  /** Authenticated as the App: an installation's token may not ask. */
  readonly client: GitHubClient;
  readonly store: Pick<Store, "accepted">;
  readonly now: Date;
}

/**
 * Asks GitHub once more for each delivery that failed and was not accepted since, until it has failed five times: GitHub
 * itself never tries again. What was accepted counts, not what arrived: a redelivery bears the id of its first attempt.
 *
 * Answers how many it delivers again.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function redeliverFailed({ client, store, now }: RedeliveryPorts): Promise<number> {
  const failed = await failedDeliveries(client, now);
  const accepted = await store.accepted([...failed.keys()]);
  const lost = [...failed].filter(([guid]) => !accepted.has(guid));
  let asked = 0;
  for (const [, id] of lost) if (await isRedelivering(client, id)) asked += 1;
  return asked;
}

/** Whether GitHub delivers it again. One that it does not find or refuses must not keep the others from being asked for. */
async function isRedelivering(client: GitHubClient, id: string): Promise<boolean> {
  const route = "POST /app/hook/deliveries/{id}/attempts";
  try {
    await rest(client, { route, parameters: { id }, need: APP_KEY, absent: "not-there" });
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}

/** By guid the newest attempt at each of those that may be asked for; oldest first, as they happened. */
async function failedDeliveries(client: GitHubClient, now: Date): Promise<ReadonlyMap<string, string>> {
  const since = now.getTime() - REDELIVERABLE_MS;
  const attempts: Attempt[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await listDeliveries(client, { cursor, status: "failure" });
    attempts.push(...page.items);
    const last = page.items.at(-1);
    if (page.next === null || page.next === cursor || !last || Date.parse(last.delivered_at) < since) break;
    cursor = page.next;
  }
  const byGuid = [...Map.groupBy(attempts, ({ guid }) => guid)];
  const failed = byGuid.filter(([, [{ delivered_at: at, status_code: status }, ...others]]) => {
    return (status < 200 || status > 299) && others.length + 1 < MOST_ATTEMPTS && Date.parse(at) >= since;
  });
  return new Map(failed.toReversed().map(([guid, [newest]]) => [guid, newest.id]));
}
