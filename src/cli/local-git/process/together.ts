/**
 * What several calls answer that do not need one another, each as soon as it can. Where more than one fails it is the first
 * in their order that is told of, so that the same repository is complained of in the same words each time.
 */
export async function together<T extends readonly unknown[]>(
  calls: {
    readonly [Index in keyof T]: Promise<T[Index]>;
  },
): Promise<T> {
  await Promise.allSettled(calls);
  for (const call of calls) await call;
  return (await Promise.all(calls)) as unknown as T;
}
