/** Milliseconds of this thread that something takes: what else the machine does must not fail a test. */
export function threadTime(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
