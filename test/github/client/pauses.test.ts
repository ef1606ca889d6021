import { expect, test } from "@jest/globals";
import { Pauses } from "../../../src/github/client/pauses.ts";

/** Keeps the process busy. */
function work(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

test("long works that go on side by side share the time of each turn", async () => {
  let turn = 0;
  const count = () => {
    turn += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  const pieces = new Map<number, number>();
  const long = async () => {
    const pauses = new Pauses();
    for (let piece = 0; piece < 5; piece++) {
      await pauses.pause();
      work(11);
      pieces.set(turn, (pieces.get(turn) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 6 }, long));
  clearImmediate(counting);
  // They begin together.
  const [, ...later] = pieces.values();
  expect(later).toEqual(later.map(() => 1));
  expect([...pieces.values()].reduce((sum, count) => sum + count, 0)).toBe(30);
});
