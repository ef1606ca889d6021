import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/*
 * Loaded into the app before all else: how long its main thread was busy at most between two turns of others, by the
 * time of its CPU, which says the same on a busy machine. SIGUSR2 begins anew, so that starting up does not count.
 */
const { LONGEST_TURN: file } = process.env;
const LOOK_MS = 2;

function used(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

if (isMainThread && file !== undefined) {
  let longest = 0;
  let before = used();
  process.on("SIGUSR2", () => {
    longest = 0;
    before = used();
  });
  setInterval(() => {
    const now = used();
    if (now - before > longest) {
      longest = now - before;
      writeFileSync(file, String(longest));
    }
    before = used();
  }, LOOK_MS).unref();
}
