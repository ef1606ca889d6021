import { describe, expect, test } from "@jest/globals";
import { Cache } from "../../../src/github/client/cache.ts";

const at = (ms: number) => new Date(ms);

describe("a cache", () => {
  test("evicts the least recently used entry", () => {
    const cache = new Cache<number>({ capacity: 2 });
    cache.set("a", 1, at(0));
    cache.set("b", 2, at(0));
    cache.get("a", at(0));
    cache.set("c", 3, at(0));
    expect(["a", "b", "c"].map((key) => cache.get(key, at(0)))).toEqual([1, undefined, 3]);
  });

  test("limits the total weight, and rejects an entry that exceeds it alone", () => {
    const cache = new Cache<string>({ capacity: 5, weigh: (text) => text.length });
    cache.set("a", "xxx", at(0));
    cache.set("b", "xxx", at(0));
    cache.set("c", "xxxxxx", at(0));
    expect(["a", "b", "c"].map((key) => cache.get(key, at(0)))).toEqual([undefined, "xxx", undefined]);
  });

  test("a heavier value in the place of a lighter one counts once", () => {
    const cache = new Cache<string>({ capacity: 4, weigh: (text) => text.length });
    cache.set("a", "xxx", at(0));
    cache.set("a", "xx", at(0));
    cache.set("b", "xx", at(0));
    expect([cache.get("a", at(0)), cache.get("b", at(0))]).toEqual(["xx", "xx"]);
  });

  test("a value too heavy to keep takes the older one with it", () => {
    const cache = new Cache<string>({ capacity: 2, weigh: (text) => text.length });
    cache.set("a", "x", at(0));
    cache.set("a", "xxx", at(0));
    expect(cache.get("a", at(0))).toBeUndefined();
  });

  test("lets values expire, which being read does not put off", () => {
    const cache = new Cache<number>({ capacity: 2, ttlMs: 10 });
    cache.set("a", 1, at(0));
    expect(cache.get("a", at(9))).toBe(1);
    expect(cache.get("a", at(10))).toBeUndefined();
    expect(cache.get("a", at(0))).toBeUndefined();
  });

  test("drops all keys of a prefix", () => {
    const cache = new Cache<number>({ capacity: 9 });
    for (const key of ["1/a", "1/b", "10/a"]) cache.set(key, 1, at(0));
    cache.dropPrefix("1/");
    expect(["1/a", "1/b", "10/a"].map((key) => cache.get(key, at(0)))).toEqual([undefined, undefined, 1]);
  });
});

describe("an answer is as old as its question", () => {
  const at = (ms: number) => new Date(ms);
  const asked = (...times: readonly number[]) => {
    const cache = new Cache<number>({ capacity: 9 });
    for (const time of times) cache.set("key", time, at(time));
    return cache;
  };

  test.each([
    { why: "asked before the moment", notBefore: 11, found: undefined },
    { why: "asked at the moment", notBefore: 10, found: 10 },
    { why: "asked after the moment", notBefore: 9, found: 10 },
  ])("E21 $why: $found", ({ notBefore, found }) => {
    expect(asked(10).get("key", at(20), notBefore)).toBe(found);
  });

  test("and one that was asked earlier does not replace one that was asked later", () => {
    expect(asked(10, 5).get("key", at(20))).toBe(10);
    expect(asked(5, 10).get("key", at(20))).toBe(10);
  });

  test("what is too old is forgotten", () => {
    const cache = asked(10);
    cache.get("key", at(20), 11);
    expect(cache.get("key", at(20))).toBeUndefined();
  });
});
