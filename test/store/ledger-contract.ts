import { beforeEach, describe, expect, test } from "@jest/globals";
import type { EntryKind, LinkedEntry, Texts } from "../../src/ledger/entry.ts";
import { placesNaming } from "../../src/ledger/erasing.ts";
import { verifyChain } from "../../src/ledger/verify.ts";
import type { LedgerEntry, LedgerReader } from "../../src/store/ledger.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { WATCHED } from "./watch-contract.ts";

export const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "Acme", repo: "shop" };
const globex = { ...shop, installationId: 8, repositoryId: 80, owner: "globex" };

export function ledgerEntry(given: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    ...{ at: "2026-01-01T00:00:00.000Z", repository: shop, pull: 1, headSha: "s1", kind: "verdict" },
    data: { conclusion: "success", signedBy: [{ id: 2, login: "olga" }] },
    ...given,
  };
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export async function chainOf(reader: Pick<LedgerReader, "chain">, installation = 7): Promise<LinkedEntry[]> {
  return all(reader.chain(installation));
}

/** Fails unless the chain is whole and ends where the store says that it does. */
export async function expectWhole(reader: LedgerReader, installation = 7): Promise<void> {
  const end = (await reader.chains()).find((chain) => chain.installation === installation);
  const report = await verifyChain(installation, reader.chain(installation), end && end.seq > 0 ? [end] : []);
  expect(report).toMatchObject({ damages: [], more: 0, anchoredThrough: end?.seq || null });
}

/** What every store must keep of the ledger. */
export function ledgerContract(storeOf: () => Store): void {
  describe("the ledger", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    test("it chains the entries of each installation, in the order given", async () => {
      const kinds: readonly EntryKind[] = ["evidence", "verdict", "countersignature"];
      for (const kind of kinds)
        await store.append([ledgerEntry({ kind }), ledgerEntry({ kind, repository: globex, pull: null })]);
      await store.append([]);

      for (const [installation, name] of [
        [7, "Acme/shop"],
        [8, "globex/shop"],
      ] as const) {
        const chain = await chainOf(store, installation);
        expect(chain.map(({ entry }) => [entry.seq, entry.kind, entry.repository?.name])).toEqual(
          kinds.map((kind, index) => [index + 1, kind, name]),
        );
        await expectWhole(store, installation);
      }
      expect((await store.chains()).map(({ installation, seq }) => [installation, seq])).toEqual([
        [7, 3],
        [8, 3],
      ]);
      expect(await store.unchained()).toBe(0);
    });

    test("of an entry it keeps all, by numbers, with the texts that can be erased apart", async () => {
      await store.append([
        ledgerEntry({
          happenedAt: "2026-01-01T00:00:00Z",
          data: { by: { id: 2, login: "olga" }, text: "\u0000Ö" },
        }),
        ledgerEntry({
          repository: { installationId: 7 },
          pull: null,
          headSha: null,
          kind: "key",
          data: null,
        }),
      ]);
      const sealed = { sealed: expect.stringMatching(/^[0-9a-f]{64}$/) };
      expect(await chainOf(store)).toMatchObject([
        {
          entry: {
            ...{
              installation: 7,
              seq: 1,
              at: "2026-01-01T00:00:00.000Z",
              happenedAt: "2026-01-01T00:00:00Z",
            },
            ...{ repository: { id: 70, name: "Acme/shop" }, pull: 1, headSha: "s1", kind: "verdict" },
            ...{ carriedOver: false, data: { by: { id: 2, login: sealed }, text: sealed } },
          },
          texts: { "/by/login": { text: "olga" }, "/text": { text: "\u0000Ö" } },
        },
        {
          entry: { seq: 2, happenedAt: null, repository: null, pull: null, headSha: null, data: null },
          texts: {},
        },
      ]);
      await expectWhole(store);
    });

    test("it reads a chain from any entry on", async () => {
      await store.append(Array.from({ length: 5 }, () => ledgerEntry()));
      const rest = await all(store.chain(7, 3));
      expect(rest.map(({ entry }) => entry.seq)).toEqual([4, 5]);
      expect(await store.chainEnd(7)).toEqual({ installation: 7, seq: 5, hash: rest[1]?.hash });
      expect(await store.chainEnd(9)).toBeNull();
    });

    test("it tells what was noted of a head, and of none", async () => {
      const data = { conclusion: "failure" };
      await store.append([
        ledgerEntry(),
        ledgerEntry({ kind: "evidence", data: "other kind" }),
        ledgerEntry({ headSha: "s2", data: "other head" }),
        ledgerEntry({ repository: globex, data: "other repository" }),
        ledgerEntry({ data }),
        ledgerEntry({ headSha: null, pull: null, kind: "rules", data: "no head" }),
      ]);
      expect(await store.noted(shop, "s1", ["verdict", "countersignature"])).toEqual([
        { pull: 1, kind: "verdict", data: ledgerEntry().data },
        { pull: 1, kind: "verdict", data },
      ]);
      expect(await store.noted(shop, null, ["rules"])).toEqual([
        { pull: null, kind: "rules", data: "no head" },
      ]);
    });

    test("it has all entries given together, or none", async () => {
      const broken = ledgerEntry({ data: { text: 1n } });
      await expect(
        store.append([ledgerEntry(), ledgerEntry({ repository: globex }), broken]),
      ).rejects.toThrow();
      await store.append([ledgerEntry()]);
      expect(await chainOf(store)).toHaveLength(1);
      expect(await chainOf(store, 8)).toEqual([]);
      await expectWhole(store);
    });

    test("of a branch's move it has the entries once", async () => {
      await store.beginWatch(shop, WATCHED, new Date(0));
      const move = {
        ...{ was: null, now: { branch: "main", tip: "b", move: "1" }, outcomes: [], served: [] },
        entries: [ledgerEntry({ kind: "change", data: { outcome: "let-through" } })],
      };
      const judged = [
        await store.recordMove(shop, move, new Date(0)),
        await store.recordMove(shop, move, new Date(0)),
      ];
      expect(judged).toEqual([true, false]);
      expect((await chainOf(store)).map(({ entry }) => entry.kind)).toEqual(["change"]);
      await expectWhole(store);
    });

    const because = "a request of 2026-05-01";
    const now = new Date("2026-05-02T00:00:00Z");
    const byOlga = (texts: Texts) => placesNaming({ login: "Olga", texts: [] }, texts);

    test("it erases whom somebody asks for, says so, and stays whole", async () => {
      const data = {
        signedBy: [
          { id: 2, login: "olga" },
          { id: 3, login: "sam" },
        ],
      };
      await store.append([ledgerEntry({ data }), ledgerEntry({ data: {} }), ledgerEntry({ data })]);
      expect(await store.erase(7, { places: byOlga, because, now })).toBe(2);

      const places = ["/signedBy/0/login"];
      const chain = await chainOf(store);
      expect(chain.map(({ entry: { kind } }) => kind)).toEqual(["verdict", "verdict", "verdict", "erasure"]);
      expect(chain[3]?.entry).toMatchObject({
        ...{ at: now.toISOString(), data: { erased: { 1: places, 3: places }, because }, repository: null },
      });
      expect(JSON.stringify(chain)).not.toContain("olga");
      expect((await all(store.entries("acme/shop")))[0]?.data).toEqual({
        signedBy: [
          { id: 2, login: "(erased by entry 4)" },
          { id: 3, login: "sam" },
        ],
      });
      await expectWhole(store);
      expect(await store.erase(7, { places: byOlga, because, now })).toBe(0);
      expect(await chainOf(store)).toHaveLength(4);
    });

    test("it erases however much there is", async () => {
      await store.append(Array.from({ length: 1_001 }, () => ledgerEntry()));
      expect(await store.erase(7, { places: byOlga, because, now })).toBe(1_001);
      expect(JSON.stringify(await chainOf(store))).not.toContain("olga");
      await expectWhole(store);
    });

    const written = (day: number) => ledgerEntry({ at: `2026-01-0${day}T00:00:00.000Z` });
    const before = new Date("2026-01-03T00:00:00.000Z");

    test("what is old is removed behind a checkpoint, and the chain stays whole", async () => {
      await store.append([written(1), written(2), written(3), written(2), written(4)]);
      const [, second] = await chainOf(store);
      const sign = (fields: object) => ({ signed: JSON.stringify(fields) });
      expect(await store.checkpoint(7, { before, now, sign })).toBe(2);
      const signed = { through: 2, hash: second?.hash, before: before.toISOString() };
      expect((await chainOf(store))[5]?.entry).toMatchObject({
        kind: "checkpoint",
        data: { ...signed, signature: { signed: JSON.stringify(signed) } },
      });
      await expectWhole(store);

      expect([await store.removeOld(), await store.removeOld()]).toEqual([2, 0]);

      const left = await chainOf(store);
      expect(left.map(({ entry, texts }) => [entry.seq, Object.keys(texts).length])).toEqual([
        ...[3, 4, 5].map((seq) => [seq, 1]),
        [6, 0],
      ]);
      await expectWhole(store);
      await store.append([ledgerEntry()]);
      expect((await store.chains())[0]?.seq).toBe(7);
    });

    test("a checkpoint of what was checked already says nothing", async () => {
      await store.append([written(1), written(4)]);
      expect(await store.checkpoint(7, { before, now })).toBe(1);
      expect(await store.checkpoint(7, { before, now })).toBe(0);
      expect(await store.checkpoint(7, { before: new Date(0), now })).toBe(0);
      expect(await chainOf(store)).toHaveLength(3);
    });

    test("one process at a time tells an audit sink, and it is known up to where", async () => {
      const at = (seconds: number) => new Date(seconds * 1_000);
      expect(await store.holdAudit("a", "one", at(0), at(10))).toBe(true);
      expect(await store.holdAudit("a", "two", at(5), at(15))).toBe(false);
      expect(await store.holdAudit("b", "two", at(5), at(15))).toBe(true);
      expect(await store.holdAudit("a", "one", at(9), at(19))).toBe(true);
      expect(await store.holdAudit("a", "two", at(20), at(30))).toBe(true);
      await store.moveAuditCursor("a", 7, 3);
      await store.moveAuditCursor("a", 8, 1);
      await store.moveAuditCursor("a", 7, 2);
      expect(await store.auditCursors("a")).toEqual(
        new Map([
          [7, 3],
          [8, 1],
        ]),
      );
      expect(await store.auditCursors("b")).toEqual(new Map());
    });
  });
}
