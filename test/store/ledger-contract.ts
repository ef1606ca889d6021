import { beforeEach, describe, expect, test } from "@jest/globals";
import type { EntryKind, LinkedEntry } from "../../src/ledger/entry.ts";
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
  });
}
