import { describe, expect, test } from "@jest/globals";
import { signerFact } from "../../src/store/fact.ts";
import type { Publication } from "../../src/store/passes.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { mainCheck } from "./main-check.ts";
import { doubt, pass, publication } from "./passes-contract.ts";

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const LEASE = 60_000;
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const OLD = signerFact(repository, 1);
const NEW = signerFact(repository, 2);
const RUN = { id: 11, nodeId: null };

/** What every store must do where writes fail, get lost, or overlap: two workers, or one killed in the middle. */
export function overlapContract(storeOf: () => Store): void {
  describe("writes that fail or overlap", () => {
    const green = (given: Partial<Publication> = {}) => publication("s1", { facts: [OLD], ...given });
    const red = () => publication("s1", { passing: false, conclusion: "action_required", digest: "red" });
    const claim = (seconds: number) => storeOf().claimWithdrawal(at(seconds), LEASE);
    const claimed = async (seconds: number) => {
      const withdrawal = await claim(seconds);
      if (withdrawal === null) throw new Error("expected a withdrawal to be due");
      return withdrawal;
    };
    const state = async () => (await mainCheck(storeOf(), repository, "s1"))?.state;
    const asOf = async () => (await storeOf().moment(7)).invalidations;

    test("E20 a doubt outlives the intention to publish a newer pass, which may fail", async () => {
      const store = storeOf();
      await pass(store, "s1", [OLD]);
      await doubt(store, 1, { facts: [OLD] });
      const next = green({ facts: [NEW], asOf: await asOf() });
      expect(await store.intend(next, at(2), at(40))).toBe(true);
      await store.notPublished(next);
      expect(await claimed(3)).toMatchObject({ headSha: "s1" });
    });

    test("a newer pass that was written takes the place of the one in doubt", async () => {
      const store = storeOf();
      await pass(store, "s1", [OLD]);
      await doubt(store, 1, { facts: [OLD] });
      const next = green({ facts: [NEW], asOf: await asOf() });
      await store.intend(next, at(2), at(40));
      await store.published(next, RUN, at(3));
      expect(await claim(4)).toBeNull();
      await doubt(store, 5, { facts: [OLD] });
      expect(await claim(5)).toBeNull();
      await doubt(store, 6, { facts: [NEW] });
      await claimed(6);
    });

    test.each(["notPublished", "published"] as const)(
      "%s by a worker that lost its lease leaves what a newer one noted, though both would write the same",
      async (outcome) => {
        const store = storeOf();
        const [late, newer] = [green(), green({ facts: [NEW] })];
        await store.intend(late, at(0), at(40));
        await store.intend(newer, at(1), at(41));
        await (outcome === "published" ? store.published(late, RUN, at(2)) : store.notPublished(late));
        await doubt(store, 3, { facts: [NEW] });
        await claimed(50);
      },
    );

    test("a pass that is reported after a newer verdict overlapped it is withdrawn: either may be shown", async () => {
      const store = storeOf();
      const [late, newer] = [green(), red()];
      await store.intend(late, at(0), at(40));
      await store.intend(newer, at(1), at(41));
      await store.published(newer, RUN, at(2));
      await store.published(late, RUN, at(3));
      expect(await state()).toBe("doubted");
      await store.withdrawn(await claimed(3), at(4));
      expect(await state()).toBe("withdrawn");
    });

    test("E20 a pass of unknown outcome that a red verdict overlapped is withdrawn once it can no longer arrive", async () => {
      const store = storeOf();
      const next = red();
      await store.intend(green(), at(0), at(40));
      await store.intend(next, at(1), at(41));
      await store.published(next, RUN, at(2));
      expect(await claim(39)).toBeNull();
      await store.withdrawn(await claimed(40), at(41));
      expect(await state()).toBe("withdrawn");
      expect(await store.nextWithdrawalAt()).toBeNull();
    });

    test("E20 a red verdict that was begun after it can no longer arrive takes its place", async () => {
      const store = storeOf();
      const next = red();
      await store.intend(green(), at(0), at(40));
      await store.intend(next, at(40), at(80));
      await store.published(next, RUN, at(41));
      expect(await state()).toBe("standing");
      await doubt(store, 42, { facts: [OLD] });
      expect(await claim(100)).toBeNull();
    });

    test("E20 what may have arrived between the withdrawal and its report is withdrawn once more", async () => {
      const store = storeOf();
      await store.intend(green(), at(0), at(40));
      await doubt(store, 1, { facts: [OLD] });
      expect(await store.withdrawn(await claimed(39), at(45))).toBe(true);
      expect(await store.withdrawn(await claimed(45), at(46))).toBe(true);
      expect(await state()).toBe("withdrawn");
    });

    test("a pass that was written while the one before it was being withdrawn is withdrawn too: either may be shown", async () => {
      const store = storeOf();
      await pass(store, "s1", [OLD]);
      await doubt(store, 1, { facts: [OLD] });
      const withdrawal = await claimed(1);
      const next = green({ facts: [NEW], asOf: await asOf() });
      await store.intend(next, at(2), at(40));
      await store.published(next, RUN, at(3));
      expect(await store.withdrawn(withdrawal, at(4))).toBe(false);
      await claimed(4);
    });

    test("a pass that is reported when it was given up long ago is withdrawn, and reported twice only once", async () => {
      const store = storeOf();
      const [late, newer] = [green(), red()];
      await store.intend(late, at(0), at(40));
      await store.intend(newer, at(41), at(80));
      await store.published(newer, RUN, at(42));
      await store.published(late, RUN, at(43));
      await store.withdrawn(await claimed(43), at(44));
      const next = green({ facts: [NEW] });
      await store.intend(next, at(50), at(90));
      await store.published(next, RUN, at(51));
      await store.published(next, RUN, at(52));
      expect(await state()).toBe("standing");
    });

    test("a pass begun after a withdrawal counts until it is known that it was not written", async () => {
      const store = storeOf();
      await pass(store, "s1", [OLD]);
      await doubt(store, 1, { facts: [OLD] });
      await store.withdrawn(await claimed(1), at(2));
      const next = green({ facts: [NEW], asOf: await asOf() });
      await store.intend(next, at(3), at(40));
      expect(await state()).toBe("standing");
      await doubt(store, 50, { facts: [NEW] });
      await claimed(50);
    });
  });
}
