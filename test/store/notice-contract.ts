import { beforeEach, describe, expect, test } from "@jest/globals";
import type { NewNotice } from "../../src/store/notices.ts";
import type { Store } from "../../src/store/store.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const when = (seconds: number, due = seconds) => ({ now: at(seconds), dueAt: at(due) });
const LEASE = 30_000;
const notice = (key: string, given: Partial<NewNotice> = {}): NewNotice => {
  return { target: "platform", key, record: `{"key":"${key}"}`, routine: false, ...given };
};

/** What every store must keep of what people have still to be told. */
export function noticeContract(storeOf: () => Store): void {
  describe("what people are to be told", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    /** The keys of what is told from here on, in order, as if every address took it at once. */
    async function told(target: string, seconds: number): Promise<readonly string[]> {
      const keys: string[] = [];
      for (;;) {
        const next = await store.claimNotice(target, at(seconds), LEASE);
        if (next === null) return keys;
        await store.noticeSent(next, at(seconds));
        keys.push(next.key);
      }
    }

    test("is told in the order in which it was noted, each address by itself", async () => {
      const both = (key: string) => [notice(key), notice(key, { target: "audit" })];
      await store.noteNotices([...both("b"), ...both("a")], when(0));
      await store.noteNotices([notice("0")], when(0));
      expect(await told("platform", 1)).toEqual(["b", "a", "0"]);
      expect(await told("audit", 1)).toEqual(["b", "a"]);
      expect(await told("nobody", 1)).toEqual([]);
    });

    test("one thing is told once, also if it is noted again after it was told", async () => {
      await store.noteNotices([notice("a")], when(0));
      await store.noteNotices([notice("a")], when(1));
      expect(await told("platform", 2)).toEqual(["a"]);
      await store.noteNotices([notice("a")], when(3));
      expect(await told("platform", 4)).toEqual([]);
    });

    test("what is found over and over is not forgotten", async () => {
      await store.noteNotices([notice("a"), notice("b")], when(0));
      await told("platform", 1);
      await store.noteNotices([notice("a")], when(100));
      await store.forgetNotices(at(50));
      await store.noteNotices([notice("a"), notice("b")], when(101));
      expect(await told("platform", 102)).toEqual(["b"]);
    });

    test("whoever took one keeps it from others, and from what comes after it, until the lease is over", async () => {
      await store.noteNotices([notice("a"), notice("b")], when(0));
      expect(await store.claimNotice("platform", at(1), LEASE)).toEqual({
        ...{ target: "platform", key: "a", record: '{"key":"a"}', attempts: 1 },
      });
      expect(await store.claimNotice("platform", at(30), LEASE)).toBeNull();
      expect(await store.noticeDueAt("platform")).toEqual(at(31));
      expect(await store.claimNotice("platform", at(31), LEASE)).toMatchObject({ key: "a", attempts: 2 });
    });

    test("of several who want one at the same time, one gets it", async () => {
      await store.noteNotices([notice("a"), notice("b")], when(0));
      const claims = Array.from({ length: 5 }, () => store.claimNotice("platform", at(1), LEASE));
      expect((await Promise.all(claims)).flatMap((one) => one?.key ?? [])).toEqual(["a"]);
    });

    test("one that fails waits, and all behind it", async () => {
      await store.noteNotices([notice("a"), notice("b"), notice("a", { target: "audit" })], when(0));
      const first = await store.claimNotice("platform", at(1), LEASE);
      if (first) await store.retryNotice(first, at(300));
      expect(await told("platform", 299)).toEqual([]);
      expect(await told("audit", 2)).toEqual(["a"]);
      expect(await told("platform", 300)).toEqual(["a", "b"]);
    });

    test("what is noted for later waits, is released, or is withdrawn", async () => {
      const keys = ["a", "b", "c"];
      await store.noteNotices(
        keys.map((key) => notice(key)),
        when(0, 120),
      );
      expect(await told("platform", 1)).toEqual([]);
      await store.withdrawNotices(["b", "unknown"]);
      await store.releaseNotices(["a"], at(2));
      expect(await told("platform", 3)).toEqual(["a"]);
      // A crash before the word came: it is told in the end.
      expect(await told("platform", 120)).toEqual(["c"]);
      await store.noteNotices([notice("b")], when(121));
      expect(await told("platform", 122)).toEqual(["b"]);
    });

    test("what was tried is neither withdrawn nor brought forward", async () => {
      await store.noteNotices([notice("a")], when(0));
      const first = await store.claimNotice("platform", at(1), LEASE);
      if (first) await store.retryNotice(first, at(300));
      await store.withdrawNotices(["a"]);
      await store.releaseNotices(["a"], at(2));
      expect(await told("platform", 299)).toEqual([]);
      expect(await told("platform", 300)).toEqual(["a"]);
    });

    test("beyond a thousand the oldest are dropped, routine ones first, and told by nobody again", async () => {
      const many = (from: number, to: number, given: Partial<NewNotice>) =>
        Array.from({ length: to - from }, (_, index) => notice(`n${from + index}`, given));
      expect(await store.noteNotices(many(0, 600, {}), when(0))).toEqual([]);
      expect(await store.noteNotices(many(600, 1000, { routine: true }), when(0))).toEqual([]);
      const last = [...many(1000, 1002, {}), notice("elsewhere", { target: "audit" })];
      expect(await store.noteNotices(last, when(1))).toEqual([{ target: "platform", notices: 2 }]);
      expect(await store.waitingNotices()).toEqual([
        { target: "audit", notices: 1 },
        { target: "platform", notices: 1000 },
      ]);
      expect(await store.noteNotices(many(1002, 1502, {}), when(2))).toEqual([
        { target: "platform", notices: 500 },
      ]);
      await store.noteNotices([notice("n600")], when(3));
      const left = await told("platform", 4);
      // No routine one is left, and of the others the oldest made room.
      expect(left).toHaveLength(1000);
      expect(left[0]).toBe("n102");
      expect(left.at(-1)).toBe("n1501");
    });

    test("what nobody took for long is given up, whatever the address", async () => {
      await store.noteNotices([notice("a"), notice("b"), notice("a", { target: "gone" })], when(0));
      await store.noteNotices([notice("c")], when(50));
      const given = await store.giveUpNotices(at(50), at(60));
      expect(given.toSorted((one, other) => one.notices - other.notices)).toEqual([
        { target: "gone", notices: 1 },
        { target: "platform", notices: 2 },
      ]);
      expect(await told("platform", 61)).toEqual(["c"]);
      expect(await store.giveUpNotices(at(50), at(62))).toEqual([]);
    });
  });
}
