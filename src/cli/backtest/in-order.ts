/** Works on a few at once, and gives the results one after the other, in the order of the items. */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce: number,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  const rest = items.values();
  const start = () => {
    const next = rest.next();
    if (next.done) return;
    const started = work(next.value);
    // What fails before its turn is told in its turn, and does not end the process meanwhile.
    started.catch(() => {});
    running.push(started);
  };
  for (let started = 0; started < atOnce; started += 1) start();
  try {
    for (let first = running.shift(); first !== undefined; first = running.shift()) {
      const result = await first;
      start();
      yield result;
    }
  } finally {
    // Whoever wants no more is not left with work that goes on behind their back.
    await Promise.allSettled(running);
  }
}
