import { beforeEach, describe, expect, test } from "@jest/globals";
import type { LetIn, Publication } from "../../src/store/passes.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import type { JudgedMove, WatchRules } from "../../src/store/watch.ts";
import { publication } from "./passes-contract.ts";

const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const pay = { ...shop, repositoryId: 71, repo: "pay" };
const elsewhere = { ...shop, installationId: 8, repositoryId: 80, owner: "globex" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

const RULES: WatchRules = {
  branches: ["~DEFAULT_BRANCH"],
  defaultBranch: "main",
  allowed: [{ account: "renovate[bot]", reason: "Lock files." }],
  followUp: "none",
};
const MAIN = { branch: "main", tip: "a", move: null };
export const WATCHED = { rules: RULES, branches: [] };
const INTO: LetIn = { branch: "main", content: "one line less" };
const RUN = { id: 11, nodeId: "CR_11" };

const move = (given: Partial<JudgedMove> = {}): JudgedMove => ({
  ...{ was: MAIN, now: { branch: "main", tip: "b", move: "1" }, served: [] },
  entries: [
    { at: at(1).toISOString(), repository: shop, pull: 7, headSha: "b", kind: "change", data: "red" },
  ],
  outcomes: [{ outcome: "red", allowed: false, count: 1 }],
  ...given,
});

/** What every store must keep of how governed branches came to be what they are. */
export function watchContract(storeOf: () => Store): void {
  describe("the watch over governed branches", () => {
    let store: Store;
    beforeEach(async () => {
      store = storeOf();
      const seen = [shop, pay, elsewhere].map((each) => ({ ...each, nodeId: null, createdAt: null }));
      await store.seeRepositories(seen);
    });

    const begin = (repository = shop) =>
      store.beginWatch(repository, { rules: RULES, branches: [MAIN] }, at(0));
    const branches = async () => (await store.watched(shop))?.branches;

    test("it begins once, at the tips of then, whatever the repository is called and who installed the App", async () => {
      expect(await store.watched(shop)).toBeNull();
      await begin();
      await store.beginWatch(shop, { rules: RULES, branches: [{ ...MAIN, tip: "z" }] }, at(9));
      const times = { readAt: at(0).getTime(), since: at(0).getTime(), sweptAt: at(0).getTime() };
      const watched = { rules: RULES, ...times, branches: [MAIN] };
      expect(await store.watched({ ...shop, installationId: 9, owner: "other" })).toEqual(watched);

      await store.recordWatchRules(shop, { ...RULES, defaultBranch: "trunk" }, at(4));
      await store.recordWatchSweep(shop, at(5));

      const rules = { ...RULES, defaultBranch: "trunk" };
      const later = { rules, readAt: at(4).getTime(), sweptAt: at(5).getTime() };
      expect(await store.watched(shop)).toEqual({ ...watched, ...later });
      expect(await store.watched(pay)).toBeNull();
    });

    test("a move is noted with its entries, once, and only behind the one before", async () => {
      await begin();
      expect(await store.recordMove(shop, move(), at(1))).toBe(true);
      expect(await store.recordMove(shop, move(), at(1))).toBe(false);
      expect(await branches()).toEqual([{ branch: "main", tip: "b", move: "1" }]);
      expect(await store.outcomes()).toEqual([{ outcome: "red", allowed: false, count: 1 }]);

      const was = { branch: "main", tip: "b", move: "1" };
      const back = move({ was, now: { branch: "main", tip: "a", move: "2" } });
      expect(await store.recordMove(shop, { ...back, was: { ...was, move: "0" } }, at(2))).toBe(false);
      expect(await store.recordMove(shop, back, at(2))).toBe(true);
      // The branch is at the commit that it was at in the beginning, and the move is another one.
      expect(await store.recordMove(shop, move(), at(2))).toBe(false);
      expect(await store.outcomes()).toEqual([{ outcome: "red", allowed: false, count: 2 }]);
    });

    test("a branch that was not watched is from its first move on", async () => {
      await begin();
      const first = move({ was: null, now: { branch: "release/1", tip: "r", move: "3" } });
      expect(await store.recordMove(shop, first, at(1))).toBe(true);
      expect(await store.recordMove(shop, first, at(1))).toBe(false);
      expect(await branches()).toEqual([MAIN, { branch: "release/1", tip: "r", move: "3" }]);
    });

    test("outcomes are counted apart from those of accounts that may", async () => {
      await begin();
      const outcomes = [
        { outcome: "red", allowed: true, count: 2 },
        { outcome: "no-check", allowed: false, count: 1 },
      ];
      await store.recordMove(shop, move({ outcomes }), at(1));
      expect(await store.outcomes()).toEqual(outcomes.toReversed());
    });

    test("the oldest sweep is that of a repository where the App is installed", async () => {
      expect(await store.oldestWatchSweep()).toBeNull();
      for (const each of [shop, pay, elsewhere]) await begin(each);
      await store.recordWatchSweep(shop, at(10));
      await store.recordWatchSweep(pay, at(20));
      expect(await store.oldestWatchSweep()).toBe(at(0).getTime());
      await store.watchOnly([7]);
      expect(await store.oldestWatchSweep()).toBe(at(10).getTime());
      await store.watchOnlyIn(7, [71]);
      expect(await store.oldestWatchSweep()).toBe(at(20).getTime());
      // It is installed again, and goes on where it was.
      await store.recordWatchSweep(elsewhere, at(15));
      expect(await store.oldestWatchSweep()).toBe(at(15).getTime());
      expect((await store.watched(elsewhere))?.branches).toEqual([MAIN]);
    });

    describe("what let a commit in", () => {
      const intend = async (given: Partial<Publication> = {}, seconds = 1) => {
        const one = publication("s1", { into: [INTO], ...given });
        expect(await store.intend(one, at(seconds), at(seconds + 40))).toBe(true);
        return one;
      };
      const publish = async (given: Partial<Publication> = {}, seconds = 1) => {
        const one = await intend(given, seconds);
        await store.published(one, RUN, at(seconds + 1));
        return one;
      };
      const BLOCKS = { conclusion: "action_required", passing: false, into: [] } as const;
      const spans = async () =>
        (await store.passesOf(shop, "s1")).map(({ branch, since, until }) => [
          branch,
          since / 1000 - at(0).getTime() / 1000,
          until === null ? null : until / 1000 - at(0).getTime() / 1000,
        ]);

      test("it counts from the write on, whose outcome may not be known", async () => {
        await intend();
        expect(await spans()).toEqual([["main", 1, null]]);
      });

      test("a write that did not reach GitHub let nothing in", async () => {
        await store.notPublished(await intend());
        expect(await spans()).toEqual([]);
      });

      test("what was refused for a doubt let nothing in", async () => {
        await store.invalidate({ facts: ["pull/70/1"] }, at(0));
        expect(await store.intend(publication("s1", { into: [INTO] }), at(1), at(41))).toBe(false);
        expect(await spans()).toEqual([]);
      });

      test("it ends when something else is shown", async () => {
        await publish();
        await publish(BLOCKS, 5);
        expect(await spans()).toEqual([["main", 1, 6]]);
        await publish({}, 8);
        expect(await spans()).toEqual([
          ["main", 1, 6],
          ["main", 8, null],
        ]);
      });

      test("it goes on with the same pass written once more, and ends for a branch that it is not for any more", async () => {
        await publish({ into: [INTO, { branch: "dev", content: null }] });
        await publish({}, 5);
        expect(await spans()).toEqual([
          ["dev", 1, 6],
          ["main", 1, null],
        ]);
      });

      test("a pass that is not written anew may be for one more branch", async () => {
        const one = await publish();
        const now = { ...one, into: [INTO, { branch: "dev", content: null }] };
        expect(await store.stillRests(now, at(7))).toBe(true);
        expect(await spans()).toEqual([
          ["main", 1, null],
          ["dev", 7, null],
        ]);
      });

      test("it ends when GitHub shows it as withdrawn, and not with the doubt", async () => {
        await publish();
        await store.invalidate({ facts: ["pull/70/1"] }, at(3));
        expect(await spans()).toEqual([["main", 1, null]]);
        const withdrawal = await store.claimWithdrawal(at(4), 60_000);
        if (withdrawal === null) throw new Error("nothing is to be withdrawn");
        await store.withdrawn(withdrawal, at(5));
        expect(await spans()).toEqual([["main", 1, 5]]);
      });

      test("a merge group's names the commit below it, and outlives the group", async () => {
        const group = { base: "main", baseSha: "base" };
        const task = { kind: "head", headSha: "s1", pulls: [1], group, ...shop } as const;
        await publish({ task, into: [{ branch: "main", content: null, above: "base" }] });
        const gone = { id: "gone", event: "merge_group", action: "destroyed" };
        await store.accept(
          gone,
          { tasks: [], about: shop, destroyed: [{ headSha: "s1", merged: true }] },
          at(5),
        );
        expect(await store.passesOf(shop, "s1")).toMatchObject([{ branch: "main", above: "base" }]);
      });

      test("a merge group's that was given up lets nothing in from then on, as nothing withdraws it any more", async () => {
        await publish({ into: [{ branch: "main", content: null, above: "base" }] });
        const gone = { id: "given-up", event: "merge_group", action: "destroyed" };
        await store.accept(
          gone,
          { tasks: [], about: shop, destroyed: [{ headSha: "s1", merged: false }] },
          at(5),
        );
        expect(await spans()).toEqual([["main", 1, 5]]);
      });

      test("what passes after it served may serve once more", async () => {
        await begin();
        const one = await publish();
        await store.recordMove(shop, move({ served: [{ headSha: "s1", branch: "main" }] }), at(9));
        expect(await store.stillRests({ ...one, id: "again" }, at(10))).toBe(true);
        expect((await store.passesOf(shop, "s1")).map(({ served }) => served)).toEqual([true, false]);
      });

      test("a merge group's is forgotten by its age", async () => {
        const into = [{ branch: "main", content: null, above: "base" }];
        await publish({ into });
        await store.forgetPasses(at(1));
        expect(await spans()).toHaveLength(1);
        await store.forgetPasses(at(2));
        expect(await spans()).toEqual([]);
      });

      const passBefore = async () => {
        const { into: _, ...before } = publication("s1", {});
        await store.intend(before, at(1), at(41));
        await store.published(before, RUN, at(2));
      };

      test("what passed before the watch began may be for whichever branch, as long as it stands", async () => {
        await passBefore();
        expect(await spans()).toEqual([]);
        await store.beginWatch(shop, { rules: RULES, branches: [MAIN] }, at(3));
        expect(await spans()).toEqual([["*", 2, null]]);
        await publish({}, 5);
        expect(await spans()).toEqual([["main", 5, null]]);
      });

      test("what passed before the watch began, and does no more, let nothing in", async () => {
        await passBefore();
        await store.beginWatch(shop, { rules: RULES, branches: [MAIN] }, at(3));
        await publish(BLOCKS, 5);
        expect(await spans()).toEqual([]);
      });

      test("two people's word is told from a verdict", async () => {
        await publish({ overridden: true });
        expect(await store.passesOf(shop, "s1")).toMatchObject([{ overridden: true }]);
        await publish({}, 5);
        expect(await store.passesOf(shop, "s1")).toMatchObject([
          { overridden: true, until: at(6).getTime() },
          { overridden: false, until: null },
        ]);
      });

      test("the same change is found by its content, for the same branch, until it has served", async () => {
        await begin();
        await publish();
        const change = { content: "one line less", branch: "main" };
        expect(await store.passesOfContent(shop, { ...change, branch: "dev" })).toEqual([]);
        expect(await store.passesOfContent(pay, change)).toEqual([]);
        expect(await store.passesOfContent(shop, change)).toMatchObject([{ headSha: "s1" }]);

        await store.recordMove(shop, move({ served: [{ headSha: "s1", branch: "main" }] }), at(9));

        expect(await store.passesOfContent(shop, change)).toEqual([]);
        expect(await store.passesOf(shop, "s1")).toHaveLength(1);
      });

      test("what ended or served long ago is forgotten, and what stands is kept", async () => {
        await begin();
        await publish();
        await store.forgetPasses(at(100));
        expect(await spans()).toHaveLength(1);
        await publish(BLOCKS, 5);
        await store.forgetPasses(at(6));
        expect(await spans()).toHaveLength(1);
        await store.forgetPasses(at(7));
        expect(await spans()).toEqual([]);
      });
    });
  });
}
