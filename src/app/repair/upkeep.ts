import type { GitHubClient } from "../../github/client/client.ts";
import type { Store } from "../../store/store.ts";
import type { Task } from "../../store/task.ts";
import type { Introduction } from "../github/introduction.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { redeliverFailed } from "./redeliveries.ts";

const PERIOD_MS = 60 * 60_000;

/** How long it is remembered what approvals of a closed pull request covered, and what a pass that is over let in. */
const CONTENTS_KEPT_MS = 90 * 24 * 60 * 60_000;

export interface UpkeepPorts {
  /** Authenticated as the App itself. */
  readonly client: () => Promise<GitHubClient>;
  readonly introduce: () => Promise<Pick<Introduction, "installations">>;
  readonly store: Pick<
    Store,
    "accepted" | "enqueue" | "forgetContents" | "forgetPasses" | "forgetProtectionOutside" | "watchOnly"
  >;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether GitHub can bring again what failed. */
  readonly redeliver: boolean;
}

/**
 * Finds what was missed, while the app was away or GitHub was: asks for the deliveries that failed, and has all
 * repositories looked through behind whatever somebody waits for; forgets what old approvals covered. Answers when to do it again.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function upkeep(ports: UpkeepPorts): Promise<Date> {
  const { client, introduce, store, clock, log, redeliver } = ports;
  const { installations } = await introduce();
  const tasks = installations.map((installationId): Task => {
    return { kind: "installation", installationId, routine: true };
  });
  await store.enqueue(tasks, "sweep", clock.now());
  await store.forgetProtectionOutside(installations);
  await store.watchOnly(installations);
  const redelivered = redeliver
    ? await redeliverFailed({ client: await client(), store, now: clock.now() })
    : 0;
  const before = new Date(clock.now().getTime() - CONTENTS_KEPT_MS);
  const forgotten = await store.forgetContents(before);
  await store.forgetPasses(before);
  log.info({ installations: installations.length, redelivered, forgotten }, "looked for what was missed");
  return new Date(clock.now().getTime() + PERIOD_MS);
}
