import { setTimeout } from "node:timers/promises";
import type { SeenRequest } from "../../test/github-double/faults.ts";
import { printTable } from "../table.ts";
import { Passes } from "./passes.ts";

const POLL_MS = 5;
/** Between two doubts, so that each meets the limit on writes as it usually stands. */
const PAUSE_MS = 5_000;
const BOUND_MS = 3_000;
/** Quicker than GitHub allows, so that 500 writes take seconds. How many there are does not depend on it. */
const FAST_WRITES = 20;
/** Withdrawals run side by side, so that neighbours may change places. */
const AT_ONCE = 4;
const MARGIN = 1.1;

export interface DoubtsSize {
  /** Jobs that wait while single passes fall in doubt. */
  readonly waiting: number;
  readonly doubts: number;
  /** Passes that rest on one team. */
  readonly passes: number;
}

/** From a doubt to its withdrawal: of one pass behind many jobs, and of all passes that rest on one team. */
export async function benchDoubts({ waiting, doubts, passes }: DoubtsSize): Promise<void> {
  console.log(
    `From a dismissed approval to the withdrawal, at ${waiting} waiting jobs and one write a second (bound: ${BOUND_MS / 1000} s)`,
  );
  printTable(["doubt", "jobs waiting", "withdrawn after"], await behindMany(waiting, doubts));

  console.log(`${passes} passes that rest on one team, which may no longer write`);
  printTable(["what", "measured", "bound"], await ofOneTeam(passes));
}

async function behindMany(waiting: number, doubts: number): Promise<readonly (readonly string[])[]> {
  const passes = await Passes.open(1);
  try {
    const signed = Array.from({ length: doubts }, () => passes.signed());
    await until(() => signed.every(({ headSha }) => passes.isGreen(headSha)));
    // Some are worked off while the others come.
    for (let index = 0; index < waiting * MARGIN; index += 1) passes.unsigned();
    await passes.double.webhooks.settled();
    const rows: (readonly string[])[] = [];
    for (const [index, pull] of signed.entries()) {
      await setTimeout(PAUSE_MS);
      const { jobs } = await passes.replica.health();
      const started = performance.now();
      passes.dismiss(pull);
      await until(() => !passes.isGreen(pull.headSha));
      const seconds = (performance.now() - started) / 1000;
      rows.push([String(index + 1), String(jobs), `${seconds.toFixed(2)} s`]);
    }
    return rows;
  } finally {
    await passes.close();
  }
}

async function ofOneTeam(count: number): Promise<readonly (readonly string[])[]> {
  const passes = await Passes.open(FAST_WRITES);
  try {
    const share = Math.ceil(count / 50);
    passes.double.webhooks.pause();
    const others = Array.from({ length: count - 5 * share }, () => passes.signed().headSha);
    const merging = Array.from({ length: 4 * share }, () => passes.mergingByItself().headSha);
    passes.double.webhooks.resume();
    const groups = Array.from({ length: share }, () => passes.queued());
    const first = new Set([...groups, ...merging]);
    const all = new Set([...others, ...first]);
    await until(() => [...all].every((sha) => passes.isGreen(sha)));
    while ((await passes.replica.active()) > 0);
    let writes = 0;
    passes.double.faults.add({
      match: (request) => {
        if (isWrite(request)) writes += 1;
        return false;
      },
      respond: "drop",
    });
    const order = new Set<string>();
    let seen = passes.double.transitions.length;
    const started = performance.now();
    passes.doubtTeam();
    await until(() => {
      for (const { sha, conclusion } of passes.double.transitions.slice(seen))
        if (all.has(sha) && conclusion !== "success") order.add(sha);
      seen = passes.double.transitions.length;
      return order.size === all.size;
    });
    const seconds = (performance.now() - started) / 1000;
    const last = [...order].findLastIndex((sha) => first.has(sha)) + 1;
    return [
      ["writes until the last one is withdrawn", String(writes), String(Math.round(count * MARGIN))],
      [
        `place of the last of ${first.size} with auto-merge or in a queue`,
        String(last),
        String(first.size + AT_ONCE - 1),
      ],
      [`time at ${FAST_WRITES} writes a second`, `${seconds.toFixed(1)} s`, ""],
    ];
  } finally {
    await passes.close();
  }
}

function isWrite({ method, operation, body }: SeenRequest): boolean {
  if (operation === "POST /graphql") return JSON.stringify(body).includes("mutation");
  return method !== "GET" && !operation.includes("access_tokens");
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(POLL_MS);
}
