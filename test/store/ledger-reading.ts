import { expect } from "@jest/globals";
import type { LedgerEntry, LedgerReader } from "../../src/store/ledger.ts";
import type { Store } from "../../src/store/store.ts";
import { all } from "./ledger-contract.ts";

const shop = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

const entry = (index: number, repository: LedgerEntry["repository"]): LedgerEntry => ({
  ...{ at: "2026-01-01T00:00:00Z", repository, pull: index, headSha: index % 2 ? "s1" : null },
  ...{ kind: "verdict", data: { index, login: "Ö\u0000" } },
});

/** A reader tells every entry of one repository in order, however many there are, and whatever its name is written like. */
export async function expectLedgerRead(store: Store, reader: LedgerReader): Promise<void> {
  const own = Array.from({ length: 2_001 }, (_, index) =>
    entry(index, index % 2 ? shop : { ...shop, owner: "Acme", repo: "Shop" }),
  );
  const others = ["other", "shop-2"].map((repo) => entry(0, { ...shop, repositoryId: 71, repo }));
  await store.append([...others.slice(1), ...own, ...others.slice(0, 1)]);
  const read = await all(reader.entries("acme/SHOP"));
  expect(read).toMatchObject(own.map(({ pull, headSha, data }) => ({ pull, headSha, data })));
  expect((await all(reader.chain(7))).map(({ entry: { seq } }) => seq)).toEqual(
    Array.from({ length: 2_003 }, (_, index) => index + 1),
  );
}
