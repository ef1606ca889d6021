import { writeFileSync } from "node:fs";
import { env } from "node:process";
import { startApp } from "../../src/app/app.ts";
import { type Clock, systemClock } from "../../src/app/operation/clock.ts";
import { readSettings } from "../../src/app/operation/settings.ts";

/*
 * The app by a clock that can be turned. At SIGUSR2 it writes what its main thread holds in the heap after a collection, in
 * bytes, to the file that HEAP_FILE names, and then turns its clock ahead by TURN_MS. It needs `--expose-gc`.
 */
const { HEAP_FILE = "", TURN_MS = "0" } = env;

let ahead = 0;
let turned = new AbortController();

const clock: Clock = {
  now: () => new Date(Date.now() + ahead),
  sleep: async (ms, signal) => {
    const until = clock.now().getTime() + ms;
    while (!signal.aborted) {
      const left = until - clock.now().getTime();
      if (left <= 0) return;
      await systemClock.sleep(left, AbortSignal.any([signal, turned.signal]));
    }
  },
};

process.on("SIGUSR2", async () => {
  // What only weak references lead to goes with the second one.
  for (let round = 0; round < 2; round += 1) await globalThis.gc?.({ execution: "async", type: "major" });
  writeFileSync(HEAP_FILE, String(process.memoryUsage().heapUsed));
  ahead += Number(TURN_MS);
  const before = turned;
  turned = new AbortController();
  before.abort();
});

await startApp(readSettings(env), clock);
