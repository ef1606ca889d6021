export async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

export function perSecond(count: number, took: number): number {
  return Math.round(count / took);
}

/** `took` in seconds; 0 for what takes none. */
export function print(what: string, took: number, more: string): void {
  console.log(`${what.padEnd(58)}${took === 0 ? "" : `${took.toFixed(1)} s, `}${more}`);
}
