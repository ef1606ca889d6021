import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { publishedKeys } from "../../../src/app/attesting/published-keys.ts";
import { prepareSigning, RevokedSigningKey, SigningKeyChanged } from "../../../src/app/attesting/signing.ts";
import { newSigningKey, signingKeyOf } from "../../../src/attestation/key.ts";
import { keysIn } from "../../../src/attestation/key-set.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";
import { SHOP } from "../watch/shop.ts";

const [ONE, OTHER] = [newSigningKey(), newSigningKey()];
const idOf = (pem: string) => signingKeyOf(pem)?.keyid ?? "";

let store: Store;
let clock: ManualClock;
let log: Notes;
beforeEach(() => {
  store = openSqliteStore(":memory:");
  [clock, log] = [new ManualClock(), notes()];
});
afterEach(() => store.close());

const start = (pem?: string) => prepareSigning({ store, clock, log }, pem);
const signsWith = async (signing: Awaited<ReturnType<typeof start>>) => (await signing.key()).keyid;
const kept = async () =>
  (await store.signingKeys()).map(({ keyid, privateKey, revokedAt }) => {
    return { keyid, hasPrivate: privateKey !== null, isRevoked: revokedAt !== null };
  });

describe("What statements are signed with", () => {
  test("is made once, kept, and the same for every process and after each start", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const keyid = await signsWith(one);
    expect(await signsWith(other)).toBe(keyid);
    expect(await signsWith(await start())).toBe(keyid);
    expect(await kept()).toEqual([{ keyid, hasPrivate: true, isRevoked: false }]);
  });

  test("is the key of the settings, whose private part is not kept", async () => {
    expect(await signsWith(await start(ONE))).toBe(idOf(ONE));
    expect(await kept()).toEqual([{ keyid: idOf(ONE), hasPrivate: false, isRevoked: false }]);
  });

  test("replaces what was made before, of which the public part alone is left", async () => {
    const before = await start();
    const made = await signsWith(before);
    const now = await start(ONE);
    expect(await signsWith(now)).toBe(idOf(ONE));
    expect(await kept()).toEqual([
      { keyid: made, hasPrivate: false, isRevoked: true },
      { keyid: idOf(ONE), hasPrivate: false, isRevoked: false },
    ]);
    await expect(before.key()).rejects.toThrow(SigningKeyChanged);
    expect(log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "warn: statements are signed with another key from now on",
    ]);
  });

  test("is made anew where that of the settings is gone from them", async () => {
    await start(ONE);
    const made = await signsWith(await start());
    expect(made).not.toBe(idOf(ONE));
    expect(await kept()).toMatchObject([{ keyid: idOf(ONE), isRevoked: true }, { keyid: made }]);
  });

  test("is never again one that was replaced", async () => {
    await start(ONE);
    await start(OTHER);
    await expect(start(ONE)).rejects.toThrow(RevokedSigningKey);
    expect(await kept()).toMatchObject([{ keyid: idOf(ONE), isRevoked: true }, { keyid: idOf(OTHER) }]);
  });

  test("is in every chain from then on", async () => {
    const at = clock.now().toISOString();
    await store.append([
      { at, repository: SHOP, pull: 1, headSha: "a", kind: "verdict", data: {} },
      { at, repository: { installationId: 8 }, pull: null, headSha: null, kind: "rules", data: {} },
    ]);
    await start(ONE);
    await start(OTHER);
    for (const installation of [7, 8]) {
      const told: unknown[] = [];
      for await (const { entry } of store.chain(installation, 1)) told.push([entry.kind, entry.data]);
      expect(told).toEqual([
        ["key", { keyid: idOf(ONE), status: "signs" }],
        ["key", { keyid: idOf(ONE), status: "revoked" }],
        ["key", { keyid: idOf(OTHER), status: "signs" }],
      ]);
    }
  });
});

describe("What is published of the keys", () => {
  test("is all of them with their times, and no private part", async () => {
    await start(ONE);
    clock.pass(1000);
    await start(OTHER);
    const document = await publishedKeys(store, clock)();
    expect(keysIn(document)?.map(({ keyid, revokedAt }) => [keyid, revokedAt !== undefined])).toEqual([
      [idOf(ONE), true],
      [idOf(OTHER), false],
    ]);
    expect(JSON.stringify(document)).not.toContain("PRIVATE");
  });

  test("is read once a minute, however often strangers ask", async () => {
    let read = 0;
    const signingKeys = async () => {
      read += 1;
      return store.signingKeys();
    };
    const keys = publishedKeys({ signingKeys }, clock);
    for (let asked = 0; asked < 5; asked += 1) await keys();
    expect(read).toBe(1);
    clock.pass(60_000);
    await keys();
    expect(read).toBe(2);
  });

  test("is asked for again after the store did not answer", async () => {
    let answers = false;
    const signingKeys = async () => {
      if (!answers) throw new Error("no answer");
      return store.signingKeys();
    };
    const keys = publishedKeys({ signingKeys }, clock);
    await expect(keys()).rejects.toThrow("no answer");
    answers = true;
    expect(await keys()).toEqual({ keys: [] });
  });
});
