/** Commits all items wholly or none, and answers for each in their order. */
type Commit<Item, Answer> = (items: readonly Item[]) => Promise<readonly Answer[]>;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets items that come together, or while others are being committed, share one commit: the disk is waited for once
 * for all of them. Where a commit of several fails, each is tried alone, so that none fails for another's sake.
 */
export function groupCommit<Item, Answer>(commit: Commit<Item, Answer>): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  let busy = false;

  const alone = async ({ item, resolve, reject }: Waiting<Item, Answer>) => {
    try {
      for (const answer of await commit([item])) resolve(answer);
    } catch (error) {
      reject(error);
    }
  };

  const together = async (all: readonly Waiting<Item, Answer>[]) => {
    try {
      const answers = await commit(all.map(({ item }) => item));
      for (const [index, answer] of answers.entries()) all[index]?.resolve(answer);
    } catch {
      for (const one of all) await alone(one);
    }
  };

  const work = async () => {
    while (waiting.length > 0) {
      const all = waiting;
      waiting = [];
      const [first] = all;
      if (first && all.length === 1) await alone(first);
      else await together(all);
    }
    busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      // Whatever else has arrived by now is taken along.
      setImmediate(() => void work());
    });
}
