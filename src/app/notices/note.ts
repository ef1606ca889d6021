import { type Happening, isRoutine } from "../../notices/happening.ts";
import type { NewNotice } from "../../store/notices.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import type { NoticeResult } from "../operation/metrics.ts";

/** The addresses of this server, and what tells them. */
export interface Addresses {
  readonly names: ReadonlySet<string>;
  /** `null` for a name without an address. */
  readonly noticed: (target: string | null, result: NoticeResult, notices?: number) => void;
  /** Something is to be told. */
  readonly wake: () => void;
}

export interface NoticePorts {
  readonly store: Pick<Store, "noteNotices" | "releaseNotices" | "withdrawNotices">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly addresses: Addresses;
}

/** What happened, and the names in `notify` of the config that holds there. */
export interface Telling {
  readonly names: readonly string[];
  readonly happening: Happening;
}

/**
 * Has the people behind these names told of something: once, however often it is noted. It is to be noted before what
 * happened is on disk as no news any more, so that a process that is killed in between loses nothing.
 */
export async function noteHappening(
  ports: NoticePorts,
  names: readonly string[],
  happening: Happening,
): Promise<void> {
  await noteHappenings(ports, [{ names, happening }]);
}

/** From `dueAt` on, if that is given. */
export async function noteHappenings(
  ports: NoticePorts,
  tellings: readonly Telling[],
  dueAt?: Date,
): Promise<void> {
  const { store, clock, log, addresses } = ports;
  const notices = tellings.flatMap((telling) => noticesOf(ports, telling));
  if (notices.length === 0) return;
  const now = clock.now();
  for (const { target, notices: dropped } of await store.noteNotices(notices, { now, dueAt: dueAt ?? now })) {
    log.error({ target, dropped }, "too much waits to be told: the oldest is dropped");
    addresses.noticed(target, "dropped", dropped);
  }
  addresses.wake();
}

function noticesOf({ log, addresses }: NoticePorts, { names, happening }: Telling): readonly NewNotice[] {
  const { kind, key, repository } = happening;
  return names.flatMap((target) => {
    if (!addresses.names.has(target)) {
      log.warn({ repository, target, kind }, "nobody is told: the server has no address of that name");
      addresses.noticed(null, "no-address");
      return [];
    }
    return [{ target, key, record: JSON.stringify(happening), routine: isRoutine(happening) }];
  });
}
