import { expect, test } from "@jest/globals";
import { inOrder } from "../../../src/cli/backtest/in-order.ts";

/** Work that ends when the test says so. */
function workshop() {
  const ends = new Map<number, () => void>();
  const started: number[] = [];
  const work = (item: number) => {
    started.push(item);
    return new Promise<number>((resolve) => ends.set(item, () => resolve(item * 10)));
  };
  return { started, work, end: (item: number) => ends.get(item)?.() };
}

test("a few at once, given in their order whichever ends first", async () => {
  const { started, work, end } = workshop();
  const results = inOrder([1, 2, 3, 4], work, 2);
  const first = results.next();
  expect(started).toEqual([1, 2]);
  end(2);
  end(1);
  expect((await first).value).toBe(10);
  expect(started).toEqual([1, 2, 3]);
  expect((await results.next()).value).toBe(20);
  const third = results.next();
  end(4);
  end(3);
  expect([(await third).value, (await results.next()).value]).toEqual([30, 40]);
  expect((await results.next()).done).toBe(true);
});

test("whoever ends early waits for what was begun, and begins nothing more", async () => {
  const { started, work, end } = workshop();
  const results = inOrder([1, 2, 3, 4], work, 2);
  const first = results.next();
  end(1);
  await first;
  const ended = results.return(0);
  let isOver = false;
  const over = ended.then(() => {
    isOver = true;
  });
  end(2);
  await Promise.resolve();
  expect(isOver).toBe(false);
  end(3);
  await over;
  expect(started).toEqual([1, 2, 3]);
});

test("what fails before its turn is told in its turn, and nothing after it begins", async () => {
  const { started, work, end } = workshop();
  const failing = (item: number) => (item === 2 ? Promise.reject(new Error("broken")) : work(item));
  const results = inOrder([1, 2, 3, 4], failing, 2);
  const first = results.next();
  await new Promise(setImmediate);
  end(1);
  expect((await first).value).toBe(10);
  const second = results.next();
  end(3);
  await expect(second).rejects.toThrow("broken");
  expect(started).toEqual([1, 3]);
});

test("fewer items than places, and none", async () => {
  expect(await all([1])).toEqual([1]);
  expect(await all([])).toEqual([]);
});

async function all(items: readonly number[]): Promise<readonly number[]> {
  const results: number[] = [];
  for await (const result of inOrder(items, async (item) => item, 8)) results.push(result);
  return results;
}
