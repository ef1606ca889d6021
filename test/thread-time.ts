/** The finest that Linux tells of a thread's time where it counts by ticks, in milliseconds. */
const TICK_MS = 4;

/**
 * Milliseconds of this thread that something takes: what else the machine does must not fail a test. What is shorter
 * than a tick of the thread's clock is told by the wall clock, which is never short of the truth.
 */
export function threadTime(run: () => void): number {
  const began = performance.now();
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return Math.min(performance.now() - began, (user + system) / 1_000 + TICK_MS);
}
