import { beforeEach, describe, expect, test } from "@jest/globals";
import { pullFact } from "../../src/store/fact.ts";
import type { FollowUp } from "../../src/store/follow-up.ts";
import type { LedgerEntry } from "../../src/store/ledger.ts";
import type { NewShownVerdict } from "../../src/store/pages.ts";
import type { RepositoryRef, SeenRepository } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { publication } from "./passes-contract.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const ms = (seconds: number) => at(seconds).getTime();
const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "Acme", repo: "Shop" };
const depot: RepositoryRef = { ...shop, repositoryId: 71, repo: "depot" };
const seen = (one: RepositoryRef): SeenRepository => ({ ...one, nodeId: null, createdAt: null });
const verdict = (pull: number, given: Partial<NewShownVerdict> = {}): NewShownVerdict => {
  return { pull, headSha: "s1", conclusion: "failure", summary: '{"a":1}', record: '{"b":2}', ...given };
};
const olga = { id: "digest", account: 3, login: "olga" };

/** What every store must keep for the pages. */
export function pagesContract(storeOf: () => Store): void {
  describe("what the pages show", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    const pulls = async (repository: RepositoryRef = shop) =>
      (await store.allShown(repository, 9)).map(({ pull }) => pull);

    test("is the last verdict on a pull request, with the moment since when it has had its conclusion", async () => {
      await store.keepShown(shop, verdict(1), at(0));
      await store.keepShown(shop, verdict(1, { headSha: "s2", record: '{"b":3}' }), at(5));
      const common = { pull: 1, headSha: "s2", conclusion: "failure", summary: '{"a":1}' };
      const listed = { ...common, judgedAt: ms(5), since: ms(0), inDoubt: false };
      expect(await store.shown(shop, 1)).toEqual({ ...listed, record: '{"b":3}' });
      expect(await store.allShown(shop, 9)).toEqual([listed]);

      await store.keepShown(shop, verdict(1, { conclusion: "success" }), at(9));
      expect(await store.shown(shop, 1)).toMatchObject({ conclusion: "success", since: ms(9) });
      expect(await store.shown(shop, 2)).toBeNull();
      expect(await store.shown(depot, 1)).toBeNull();
    });

    test("is in doubt once its check is, or another head is heard of after it was judged", async () => {
      const doubt = async () => [
        (await store.shown(shop, 1))?.inDoubt,
        (await store.allShown(shop, 9))[0]?.inDoubt,
      ];
      const hear = (id: string, headSha: string, seconds: number) =>
        store.accept(
          { id, event: "pull_request", action: "synchronize" },
          { tasks: [], about: shop, heads: [{ pull: 1, headSha }] },
          at(seconds),
        );
      await hear("a", "s0", 1);
      await hear("b", "s1", 2);
      await store.keepShown(shop, verdict(1), at(3));
      expect(await doubt()).toEqual([false, false]);
      await hear("c", "s2", 4);
      expect(await doubt()).toEqual([true, true]);
      await store.keepShown(shop, verdict(1, { headSha: "s2" }), at(5));
      expect(await doubt()).toEqual([false, false]);

      const one = publication("s2", { repository: shop, facts: [pullFact(shop, 1)] });
      await store.intend(one, at(6), at(9));
      await store.published(one, { id: 1, nodeId: null }, at(6));
      expect(await doubt()).toEqual([false, false]);
      await store.invalidate({ facts: [pullFact(shop, 1)] }, at(7));
      expect(await doubt()).toEqual([true, true]);
    });

    test("is listed by how long it has been so, and no more than was asked for", async () => {
      await store.keepShown(shop, verdict(2), at(1));
      await store.keepShown(shop, verdict(1), at(2));
      await store.keepShown(shop, verdict(3), at(0));
      expect(await pulls()).toEqual([3, 2, 1]);
      expect(await store.allShown(shop, 1)).toHaveLength(1);
    });

    test("is gone once a pull request is closed, or was not open when all were looked at", async () => {
      for (const pull of [1, 2, 3]) await store.keepShown(shop, verdict(pull), at(0));
      await store.keepShown(depot, verdict(1), at(0));
      const closed = { pull: 1, closed: true } as const;
      const delivery = { id: "a", event: "pull_request", action: "closed" };
      await store.accept(delivery, { tasks: [], about: shop, time: [closed] }, at(1));
      expect(await pulls()).toEqual([2, 3]);
      await store.keepTimeOf(shop, [3]);
      expect(await pulls()).toEqual([3]);
      expect(await pulls(depot)).toEqual([1]);
    });

    test("is of repositories, of which the one that was judged last comes first", async () => {
      await store.seeRepositories([shop, depot, { ...shop, repositoryId: 72, repo: "empty" }].map(seen));
      await store.keepShown(depot, verdict(1), at(1));
      await store.keepShown(shop, verdict(1), at(2));
      await store.keepShown(shop, verdict(2), at(0));
      expect((await store.shownRepositories(9)).map(({ repo }) => repo)).toEqual(["Shop", "depot"]);
      expect(await store.shownRepositories(1)).toHaveLength(1);
    });

    test("finds a repository by its name in any case", async () => {
      await store.seeRepositories([seen(shop)]);
      expect(await store.repositoryCalled("aCME", "shoP")).toMatchObject({ repositoryId: 70, owner: "Acme" });
      expect(await store.repositoryCalled("acme", "shops")).toBeNull();
    });

    test("comes from the ledger: of one pull request, or what is out of the ordinary; newest first", async () => {
      const entry = (pull: number, kind: LedgerEntry["kind"], data: unknown): LedgerEntry => {
        return { at: "2026-01-01T00:00:00Z", repository: shop, pull, headSha: null, kind, data };
      };
      await store.append([
        entry(1, "verdict", 1),
        entry(1, "override", 2),
        entry(2, "bypass", 3),
        entry(2, "change", 7),
        { ...entry(1, "verdict", 4), repository: depot },
        entry(1, "evidence", 5),
        entry(2, "freeze", 6),
      ]);
      const told = (entries: readonly { readonly data: unknown }[]) => entries.map(({ data }) => data);
      expect(told(await store.ledgerOf(shop, 1, 9))).toEqual([5, 2, 1]);
      expect(told(await store.ledgerOf(shop, 1, 2))).toEqual([5, 2]);
      expect(told(await store.exceptions(shop, 9))).toEqual([6, 3, 2]);
      expect(told(await store.exceptions(shop, 1))).toEqual([6]);
      expect(told(await store.exceptions(depot, 9))).toEqual([]);
    });

    test("tells who answered hazards, and how long changes waited for their first countersignature", async () => {
      const entry = (
        pull: number,
        kind: LedgerEntry["kind"],
        minute: number,
        signed?: number,
      ): LedgerEntry => ({
        ...{ at: at(minute).toISOString(), repository: shop, pull, headSha: null, kind, data: minute },
        ...(signed !== undefined && { happenedAt: at(signed).toISOString() }),
      });
      await store.append([
        entry(1, "verdict", 0),
        entry(1, "answer", 1),
        entry(1, "verdict", 20),
        entry(1, "countersignature", 21, 10),
        entry(1, "countersignature", 22, 15),
        entry(2, "answer", 23),
        entry(2, "verdict", 24),
        entry(2, "countersignature", 25, 23),
        entry(3, "countersignature", 26, 26),
        { ...entry(3, "verdict", 1), repository: depot },
      ]);
      expect((await store.answers(shop, 9)).map(({ data }) => data)).toEqual([23, 1]);
      expect(await store.answers(shop, 1)).toHaveLength(1);
      expect(await store.waits(shop, 9)).toEqual([10_000, 0]);
      expect(await store.waits(shop, 2)).toEqual([0]);
      expect(await store.waits(depot, 9)).toEqual([]);
    });

    test("includes the follow-ups that are open", async () => {
      const followUp: Omit<FollowUp, "commitSha"> = {
        ...{ reason: "bypass", headSha: null, pull: null, passedOver: [], involved: [], involvedLogins: [] },
        ...{ says: "Pushed.", openedAt: "2026-01-01T00:00:00Z" },
      };
      await store.openFollowUp(shop, { ...followUp, commitSha: "m1" });
      await store.openFollowUp(shop, { ...followUp, commitSha: "m2" });
      const state = await store.followUp(shop, "m1");
      if (state === null) throw new Error("it was not opened");
      await store.keepFollowUp(shop, { ...state, isOpen: false });
      const open = await store.openFollowUpsIn(shop);
      expect(open.map(({ followUp: { commitSha } }) => commitSha)).toEqual(["m2"]);
      expect(await store.openFollowUpsIn(depot)).toEqual([]);
    });

    test("a session lasts until its time is over, or until it is ended", async () => {
      await store.beginSession(olga, at(0), at(10));
      expect(await store.session("digest", at(9))).toEqual({
        ...{ account: 3, login: "olga", begunAt: at(0).getTime() },
      });
      expect(await store.session("digest", at(10))).toBeNull();
      expect(await store.session("other", at(1))).toBeNull();
      await store.endSession("digest");
      expect(await store.session("digest", at(1))).toBeNull();
    });

    test("the sessions of one person end together, those that began before", async () => {
      await store.beginSession(olga, at(0), at(99));
      await store.beginSession({ ...olga, id: "later" }, at(5), at(99));
      await store.beginSession({ id: "sam", account: 4, login: "sam" }, at(0), at(99));
      await store.endSessionsOf(3, at(5));
      const live = await Promise.all(["digest", "later", "sam"].map((id) => store.session(id, at(6))));
      expect(live.map((one) => one?.login ?? null)).toEqual([null, "olga", "sam"]);
    });

    test("a login is used once, and forgotten when it is too old to be used", async () => {
      expect(await store.useLogin("a", at(0), at(10))).toBe(true);
      expect(await store.useLogin("a", at(9), at(10))).toBe(false);
      expect(await store.useLogin("b", at(9), at(19))).toBe(true);
      expect(await store.useLogin("a", at(10), at(20))).toBe(true);
    });
  });
}
