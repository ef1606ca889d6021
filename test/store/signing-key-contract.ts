import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Store } from "../../src/store/store.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const key = (keyid: string, privateKey: string | null = `private ${keyid}`) => {
  return { keyid, publicKey: `public ${keyid}`, privateKey };
};
const news = (seconds: number) => ({ now: at(seconds), events: [{ status: "signs" }] });

/** What every store must keep of what the App signs, and with what. */
export function signingKeyContract(storeOf: () => Store): void {
  describe("what the App signs", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    const keys = async () =>
      (await store.signingKeys()).map(({ keyid, privateKey, madeAt, revokedAt }) => {
        const seconds = (ms: number | null) => (ms === null ? null : (ms - at(0).getTime()) / 1000);
        return [keyid, privateKey, seconds(madeAt), seconds(revokedAt)];
      });

    test("one key signs, whoever else offers one", async () => {
      expect(await keys()).toEqual([]);
      const offers = ["a", "b", "c"].map((id) => store.offerSigningKey(key(id), news(1)));
      const taken = (await Promise.all(offers)).filter((signs) => signs);
      expect(taken).toHaveLength(1);
      expect(await keys()).toHaveLength(1);
    });

    test("another one in its place revokes it, and forgets its private part alone", async () => {
      await store.offerSigningKey(key("a"), news(1));
      expect(await store.replaceSigningKey(key("b", null), news(5))).toBe(true);
      expect(await keys()).toEqual([
        ["a", null, 1, 5],
        ["b", null, 5, null],
      ]);
      expect((await store.signingKeys())[0]?.publicKey).toBe("public a");
    });

    test.each([
      ["one that was revoked", "a"],
      ["the one that signs", "b"],
    ])("nothing is changed by %s", async (_, keyid) => {
      await store.offerSigningKey(key("a"), news(1));
      await store.replaceSigningKey(key("b"), news(5));
      const before = await keys();
      expect(await store.replaceSigningKey(key(keyid), news(9))).toBe(false);
      expect(await store.offerSigningKey(key(keyid), news(9))).toBe(false);
      expect(await keys()).toEqual(before);
    });

    test("every chain is told of the key that signs, and of none that does not", async () => {
      const entry = { at: at(0).toISOString(), pull: null, headSha: null, kind: "rules", data: {} } as const;
      await store.append([7, 8].map((installationId) => ({ ...entry, repository: { installationId } })));
      await store.offerSigningKey(key("a"), news(1));
      await store.offerSigningKey(key("b"), news(2));
      await store.replaceSigningKey(key("a"), news(3));
      await store.replaceSigningKey(key("c"), news(4));
      for (const installation of [7, 8]) {
        const told: unknown[] = [];
        for await (const { entry } of store.chain(installation, 1)) told.push([entry.kind, entry.at]);
        expect(told).toEqual([
          ["key", at(1).toISOString()],
          ["key", at(4).toISOString()],
        ]);
      }
    });
  });
}
