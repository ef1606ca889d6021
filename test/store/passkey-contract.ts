import { beforeEach, describe, expect, test } from "@jest/globals";
import type { PasskeySignature } from "../../src/signoff/passkey-facts.ts";
import type { Account } from "../../src/signoff/snapshot.ts";
import { signaturesFact } from "../../src/store/fact.ts";
import type {
  Assertion,
  KeyState,
  OpenStatement,
  StoredPasskey,
  StoredProof,
} from "../../src/store/passkeys.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";

const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const person = (login: string, id: number): Account => ({ id, login, type: "User" });
const [olga, sven] = [person("olga", 2), person("sven", 3)];
const state = (counter: number, more: Partial<KeyState> = {}): KeyState => {
  return { counter, device: "single", backedUp: false, ...more };
};
const key = (id: string, owner = olga, more: Partial<StoredPasskey> = {}): StoredPasskey => ({
  ...{ id, owner, enrolledAt: at(0).toISOString(), publicKey: `public ${id}`, ...state(0) },
  ...more,
});
const statement = (challenge: string, account = olga.id): OpenStatement => {
  return { challenge, installationId: 7, account, record: '{"a": "ü"}' };
};
const proof: StoredProof = {
  ...{ statement: "{}", publicKey: "p", clientDataJSON: "c", authenticatorData: "a", signature: "s" },
};
const signature = (challenge: string, by = olga): PasskeySignature => ({
  ...{ statement: challenge, by, key: `${by.login}'s`, decision: { kind: "countersign", reviewId: 5 } },
  ...{ at: at(1).toISOString(), headSha: "h", baseRef: "main", content: { "a.tf": "{}" }, hazards: [] },
});

/** What every store must keep of keys and of what was signed with them. */
export function passkeyContract(storeOf: () => Store): void {
  describe("passkeys", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    const ids = async (installation = 7) => (await store.passkeys(installation)).map(({ id }) => id);
    const facts = () => store.passkeyFacts(shop, 1);
    const assertion = (outcome: Assertion["outcome"], more: Partial<Assertion> = {}): Assertion => ({
      ...{ installationId: 7, account: olga.id, key: "olga's", challenge: "c1", state: state(1), outcome },
      ...more,
    });
    const signing = (more: Partial<Assertion> = {}, pull = 1) => {
      const { challenge = "c1" } = more;
      const outcome = {
        kind: "signature",
        repository: shop,
        pull,
        signature: signature(challenge),
        proof,
      } as const;
      return store.recordAssertion(assertion(outcome, more), at(1));
    };

    test("a key is enrolled once, and known in its installation alone", async () => {
      expect(await store.enrolPasskey(7, key("olga's", olga, { byCode: true }))).toBe(true);
      expect(await store.enrolPasskey(7, key("olga's", sven))).toBe(false);
      expect(await store.enrolPasskey(8, key("sven's", sven))).toBe(true);
      expect(await store.passkeys(7)).toEqual([key("olga's", olga, { byCode: true })]);
      expect((await facts()).keys).toEqual([
        { id: "olga's", owner: olga, enrolledAt: at(0).toISOString(), byCode: true },
      ]);
    });

    test("one person has no more than twenty", async () => {
      const made = [];
      for (let number = 0; number < 21; number += 1) made.push(await store.enrolPasskey(7, key(`${number}`)));
      expect(made.filter((each) => each)).toHaveLength(20);
      expect(await store.enrolPasskey(7, key("sven's", sven))).toBe(true);
    });

    test("a statement is taken once, in time, by whom it was shown to", async () => {
      const take = (more: Partial<OpenStatement> = {}, seconds = 5) =>
        store.takeStatement({ ...statement("c1"), ...more }, at(seconds));
      expect(await store.keepStatement(statement("c1"), at(0), at(300))).toBe(true);
      expect(await store.keepStatement({ ...statement("c1"), record: "other" }, at(0), at(300))).toBe(false);
      expect(await take({ account: sven.id })).toBeNull();
      expect(await take({ installationId: 8 })).toBeNull();
      expect(await take({ challenge: "c2" })).toBeNull();
      expect(await take({}, 300)).toBeNull();
      expect(await take()).toEqual(statement("c1"));
      expect(await take()).toBeNull();
    });

    test("two who take it at once do not both get it", async () => {
      await store.keepStatement(statement("c1"), at(0), at(300));
      const taken = await Promise.all([1, 2, 3].map(() => store.takeStatement(statement("c1"), at(5))));
      expect(taken.filter((each) => each !== null)).toHaveLength(1);
    });

    test("one person has no more than twenty statements open", async () => {
      const keep = (number: number, seconds = 0, account = olga.id) =>
        store.keepStatement(statement(`c${number}`, account), at(seconds), at(seconds + 300));
      for (let number = 0; number < 20; number += 1) expect(await keep(number)).toBe(true);
      expect(await keep(20)).toBe(false);
      expect(await keep(21, 0, sven.id)).toBe(true);
      await store.takeStatement(statement("c1"), at(1));
      expect(await keep(22)).toBe(true);
      expect(await keep(23, 400)).toBe(true);
    });

    describe("an assertion", () => {
      beforeEach(async () => {
        await store.enrolPasskey(7, key("olga's"));
        await store.enrolPasskey(7, key("sven's", sven));
      });

      test("keeps the signature with its proof, and how the key stands", async () => {
        expect(await signing({ state: state(4, { device: "multi", backedUp: true }) })).toBe(true);
        expect((await facts()).signed).toEqual([signature("c1")]);
        expect(await store.passkeyFacts(shop, 2)).toMatchObject({ signed: [] });
        expect(await store.passkeyProofs(shop, 1)).toEqual(new Map([["c1", proof]]));
        expect(await store.passkeys(7)).toMatchObject([
          { id: "olga's", counter: 4, device: "multi", backedUp: true },
          {},
        ]);
      });

      test.each<[string, Partial<Assertion>]>([
        ["another account's key", { key: "sven's" }],
        ["a key that is not there", { key: "dora's" }],
        ["another installation", { installationId: 8 }],
        ["a counter that stands still", { state: state(4) }],
        ["a counter that went back", { state: state(3) }],
        ["a counter that counts no more", { state: state(0) }],
        ["the statement of the last one", { challenge: "c0", state: state(9) }],
      ])("of %s counts for nothing", async (_, more) => {
        await signing({ challenge: "c0", state: state(4) });
        expect(await signing(more)).toBe(false);
        expect((await facts()).signed).toHaveLength(1);
        expect((await store.passkeys(7))[0]).toMatchObject({ id: "olga's", counter: 4 });
      });

      test("of a key that does not count may follow another", async () => {
        for (const challenge of ["c1", "c2"])
          expect(await signing({ challenge, state: state(0) })).toBe(true);
        expect((await facts()).signed).toHaveLength(2);
      });

      test("two of one key at once count one after the other", async () => {
        const both = await Promise.all(
          ["c1", "c2"].map((challenge) => signing({ challenge, state: state(1) })),
        );
        expect(both.toSorted()).toEqual([false, true]);
        expect((await facts()).signed).toHaveLength(1);
      });

      test("vouches for a key", async () => {
        const vouch = { key: "sven's", by: olga, withKey: "olga's", at: at(1).toISOString() };
        expect(await store.recordAssertion(assertion({ kind: "vouch", vouch, proof }), at(1))).toBe(true);
        expect((await facts()).vouches).toEqual([vouch]);
      });

      test("removes a key for good, and with it its word for others", async () => {
        const vouch = { key: "sven's", by: olga, withKey: "olga's", at: at(1).toISOString() };
        await store.recordAssertion(assertion({ kind: "vouch", vouch, proof }), at(1));
        const removal = { kind: "removal", key: "olga's" } as const;
        const more = { challenge: "c2", state: state(2) };
        expect(await store.recordAssertion(assertion(removal, more), at(2))).toBe(true);
        expect(await ids()).toEqual(["sven's"]);
        expect((await facts()).vouches).toEqual([]);
        expect(await signing({ challenge: "c3", state: state(3) })).toBe(false);
        expect(await store.enrolPasskey(7, key("olga's"))).toBe(false);
      });

      test("that removes a key puts in doubt whatever passed by a signature", async () => {
        const before = await store.moment(7);
        await store.recordAssertion(assertion({ kind: "removal", key: "sven's" }), at(1));
        expect((await store.moment(7)).invalidations).toBeGreaterThan(before.invalidations);
        expect(signaturesFact({ installationId: 7 })).toBe("signatures/7");
      });
    });

    test("a code is spent once in an installation", async () => {
      const spend = (hash: string, installationId = 7) => store.spendCode({ installationId, hash }, at(1));
      expect(await Promise.all([spend("a"), spend("b"), spend("a", 8)])).toEqual([true, true, true]);
      expect(await spend("a")).toBe(false);
    });
  });
}
