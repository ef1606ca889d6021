import { expect } from "@jest/globals";
import type { LedgerEntry, LedgerReader } from "../../src/store/ledger.ts";
import type { Store } from "../../src/store/store.ts";

const entry = (index: number, repository: string): LedgerEntry => ({
  ...{ at: "2026-01-01T00:00:00Z", repository, pull: index, headSha: index % 2 ? "s1" : null },
  ...{ kind: "verdict", data: { index, name: "Ö\u0000" } },
});

/** A reader tells every entry of one repository in order, however many there are, and whatever its name is written like. */
export async function expectLedgerRead(store: Store, reader: LedgerReader): Promise<void> {
  const own = Array.from({ length: 2_001 }, (_, index) =>
    entry(index, index % 2 ? "acme/shop" : "Acme/Shop"),
  );
  await store.append([entry(0, "acme/other"), ...own, entry(0, "acme/shop-2")]);
  const read: LedgerEntry[] = [];
  for await (const each of reader.entries("acme/SHOP")) read.push(each);
  expect(read).toEqual(own);
}
