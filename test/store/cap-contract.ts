import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Participant } from "../../src/signoff/snapshot.ts";
import { CAP } from "../../src/store/sql/caps.ts";
import type { Delivery, RepositoryRef, Store } from "../../src/store/store.ts";
import { NOTHING_TO_RECORD } from "./migration-contract.ts";

const by = { headSha: "", asOf: 0, at: new Date("2026-01-01T00:00:00Z") };

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const DAY_MS = 24 * 60 * 60_000;
const day = (number: number) => new Date(Date.UTC(2026, 0, 1, 12) + number * DAY_MS);
const eve = { id: 9, login: "eve", type: "User" } as const;
const wes = { id: 5, login: "wes", type: "User" } as const;
const sha = (number: number) => String(number).padEnd(40, "a");

const byFork = (account: Participant["account"], commit: string): Participant => {
  return { account, role: "pusher", because: "pushed it", sha: commit, toFork: true };
};

/** So much that the store keeps no more for one day, even of a delivery. */
const LONG = "x".repeat(2 * CAP.aDay);

/** What every store must keep of accounts that make it keep too much. */
export function capContract(storeOf: () => Store): void {
  describe("what accounts make it keep", () => {
    let store: Store;
    let deliveries = 0;
    beforeEach(() => {
      store = storeOf();
    });

    const hear = async (participant: Participant, now: Date, pull = 1) => {
      deliveries += 1;
      const delivery: Delivery = { id: `d${deliveries}`, event: "pull_request", action: "synchronize" };
      const { sha = "" } = participant;
      const commits = [{ sha, evidence: [], participants: [participant] }];
      const participants = [{ pull, participant }];
      await store.accept(delivery, { tasks: [], about: repository, participants, commits }, now);
    };
    const approve = async (pull: number, reviewId: number, seenAt: Date, path: string) => {
      const given = { reviewId, reviewerId: wes.id, headSha: sha(pull), baseRef: "main" };
      const approvals = [{ ...given, seenAt: seenAt.toISOString(), content: { [path]: "blob" } }];
      await store.record(repository, pull, { ...NOTHING_TO_RECORD, by, approvals });
    };
    const coveredBy = async (pull: number) =>
      (await store.remember(repository, pull)).approvals.map(({ content, gone }) => gone ?? content);

    test("what approvals of pull requests covered that were closed long ago is forgotten", async () => {
      await store.recordHead(repository, 1, sha(1), day(0));
      await store.recordHead(repository, 2, sha(2), day(0));
      await store.recordHead(repository, 3, sha(3), day(50));
      await approve(1, 11, day(1), "closed");
      await approve(2, 12, day(1), "open");
      await approve(3, 13, day(1), "pushed to since");
      await approve(4, 14, day(51), "approved since");
      await approve(5, 15, day(1), "open");
      // Nothing is known of what is open before a sweep.
      expect(await store.forgetContents(day(50))).toBe(0);
      await store.recordSweeps(repository, [{ pull: 2, headSha: sha(2), updatedAt: "", at: 0 }]);

      expect(await store.forgetContents(day(50))).toBe(1);
      expect(await store.forgetContents(day(50))).toBe(0);

      expect(await coveredBy(1)).toEqual([true]);
      expect(await coveredBy(2)).toEqual([{ open: "blob" }]);
      expect(await coveredBy(3)).toEqual([{ "pushed to since": "blob" }]);
      expect(await coveredBy(4)).toEqual([{ "approved since": "blob" }]);
      // Shared with one that is open.
      expect(await coveredBy(5)).toEqual([{ open: "blob" }]);
    });

    const pushersOf = async (commit: string) =>
      (await store.recall(repository, [commit])).map(({ participants, dropped }) => ({
        pushers: participants.map(({ account }) => account.login),
        ...(dropped && { dropped }),
      }));

    test("E25 of what somebody pushes to a fork beyond it, it is kept that there was something", async () => {
      await hear({ ...byFork(eve, sha(1)), because: LONG }, day(0));
      await hear(byFork(eve, sha(2)), day(0));
      await hear(byFork(eve, sha(3)), day(0), 2);
      await hear(byFork(wes, sha(4)), day(0), 3);

      expect(await pushersOf(sha(1))).toEqual([{ pushers: ["eve"] }]);
      expect(await pushersOf(sha(2))).toEqual([{ pushers: [], dropped: true }]);
      expect(await pushersOf(sha(4))).toEqual([{ pushers: ["wes"] }]);
      expect(await pushersOf(sha(5))).toEqual([]);
      // That Eve pushed to the first one is known.
      expect((await store.remember(repository, 1)).dropped).toBeUndefined();
      expect((await store.remember(repository, 2)).dropped).toBe(true);
      expect((await store.remember(repository, 3)).dropped).toBeUndefined();
    });

    test("E25 what is known of others stays as it is", async () => {
      await hear({ account: wes, role: "pusher", because: "pushed it", sha: sha(2) }, day(0));
      await hear({ ...byFork(eve, sha(1)), because: LONG }, day(0));
      await hear(byFork(eve, sha(2)), day(0), 2);

      expect(await pushersOf(sha(2))).toEqual([{ pushers: ["wes"] }]);
    });

    test("E25 what was dropped stays so, and the next day's is kept", async () => {
      await hear({ ...byFork(eve, sha(1)), because: LONG }, day(0));
      await hear(byFork(eve, sha(2)), day(0));
      await hear(byFork(eve, sha(2)), day(1));
      await hear(byFork(eve, sha(3)), day(1));

      expect(await pushersOf(sha(2))).toEqual([{ pushers: ["eve"], dropped: true }]);
      expect(await pushersOf(sha(3))).toEqual([{ pushers: ["eve"] }]);
    });

    test("E25 what an evaluation finds counts, by day and in all, until the account may write", async () => {
      const long = { account: eve, role: "opener", because: LONG } as const;
      for (let number = 0; number < CAP.inAll / CAP.aDay; number++) {
        const commits = [{ sha: sha(number), evidence: [], participants: [long] }];
        const keptFor = { account: eve.id, day: day(number).toISOString().slice(0, 10) };
        await store.record(repository, 1, { ...NOTHING_TO_RECORD, by, commits, keptFor });
        expect(await store.hasUsedUp(repository, eve.id, day(number))).toBe(true);
        if (number === 0) expect(await store.hasUsedUp(repository, eve.id, day(1))).toBe(false);
      }
      expect(await store.hasUsedUp(repository, eve.id, day(99))).toBe(true);
      expect(await store.hasUsedUp(repository, wes.id, day(0))).toBe(false);
      expect(await store.hasUsedUp({ ...repository, repositoryId: 71 }, eve.id, day(0))).toBe(false);

      await store.mayKeepMore(repository, eve.id);

      expect(await store.hasUsedUp(repository, eve.id, day(0))).toBe(false);
    });

    test("E25 what an evaluation does not keep is known to have been there", async () => {
      const dropped = { commits: [sha(1)], pullRequest: true };
      await store.record(repository, 1, { ...NOTHING_TO_RECORD, by, dropped });

      expect(await pushersOf(sha(1))).toEqual([{ pushers: [], dropped: true }]);
      expect((await store.remember(repository, 1)).dropped).toBe(true);
      expect((await store.remember(repository, 11)).dropped).toBeUndefined();
    });
  });
}
