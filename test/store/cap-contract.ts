import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Evidence } from "../../src/provenance/evidence.ts";
import type { Participant } from "../../src/signoff/snapshot.ts";
import type { Delivery } from "../../src/store/jobs.ts";
import type { LedgerEntry } from "../../src/store/ledger.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import { CAP } from "../../src/store/sql/caps.ts";
import type { Store } from "../../src/store/store.ts";
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

    const command = (account: Participant["account"], because = "gave Claude a command"): Participant => {
      return { account, role: "requester", because };
    };
    const hearCommand = async (participant: Participant, pull: number, now: Date, isOutsider = true) => {
      deliveries += 1;
      const delivery: Delivery = { id: `c${deliveries}`, event: "issue_comment", action: "created" };
      const participants = [{ pull, participant, ...(isOutsider && { outsider: true as const }) }];
      await store.accept(delivery, { tasks: [], about: repository, participants }, now);
    };
    const askersOf = async (pull: number) => {
      const { participants, mayHaveAsked = [], dropped } = await store.remember(repository, pull);
      const anywhere = mayHaveAsked.map(({ account, role }) => `${account.login} ${role}`);
      return [...participants.map(({ account }) => account.login), ...anywhere, ...(dropped ? ["?"] : [])];
    };

    test("E25 whoever gives more commands than are kept may have asked for anything", async () => {
      await hearCommand(command(eve, LONG), 1, day(0));
      expect(await askersOf(1)).toEqual(["eve"]);
      expect(await askersOf(2)).toEqual([]);
      await hearCommand(command(eve, "again"), 1, day(0));
      expect(await askersOf(2)).toEqual([]);

      for (const pull of [2, 3]) await hearCommand(command(eve), pull, day(0));
      await hearCommand(command(wes), 3, day(0));

      expect(await askersOf(1)).toEqual(["eve", "eve requester"]);
      expect(await askersOf(2)).toEqual(["eve requester"]);
      expect(await askersOf(3)).toEqual(["wes", "eve requester"]);
      await hearCommand(command(eve), 4, day(1));
      expect(await askersOf(4)).toEqual(["eve", "eve requester"]);
      expect((await store.remember({ ...repository, repositoryId: 71 }, 4)).mayHaveAsked).toBeUndefined();
    });

    test("E25 commands of the people of the repository, and of bots, are not counted", async () => {
      const bot = { id: 10, login: "helper[bot]", type: "Bot" } as const;
      await hearCommand(command(wes, LONG), 1, day(0), false);
      await hearCommand(command(bot, LONG), 1, day(0));
      await hearCommand(command(wes), 2, day(0), false);
      await hearCommand(command(bot), 2, day(0));

      expect(await askersOf(2)).toEqual(["wes", "helper[bot]"]);
    });

    test("E25 of what an outsider's text told beyond it, it is kept that there was something", async () => {
      const evidence = (text: string, outsider: boolean): Evidence => ({
        tool: "Claude Code",
        ...{ kind: "body-line", strength: "strong", text, where: { on: "pull-request", field: "body" } },
        ...(outsider && { writtenBy: { id: eve.id, login: eve.login, outsider: true } }),
      });
      const hearText = async (pull: number, told: Evidence) => {
        deliveries += 1;
        const delivery: Delivery = { id: `t${deliveries}`, event: "pull_request", action: "edited" };
        const news = { tasks: [], about: repository, evidence: [{ pull, evidence: told }] };
        await store.accept(delivery, news, day(0));
      };
      await hearText(1, evidence(LONG, true));
      await hearText(1, evidence(LONG, true));
      await hearText(2, evidence("told", true));
      await hearText(3, evidence("told", false));

      const known = async (pull: number) => {
        const { evidence: kept, dropped } = await store.remember(repository, pull);
        return [kept.length, dropped];
      };
      expect(await known(1)).toEqual([1, undefined]);
      expect(await known(2)).toEqual([0, true]);
      expect(await known(3)).toEqual([1, undefined]);
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

    test("E25 what the ledger keeps counts apart, by day, until the account may write", async () => {
      const cause = { repository, account: eve.id };
      const entry: LedgerEntry = {
        ...{ at: day(0).toISOString(), repository, pull: 1, headSha: sha(1), kind: "verdict" },
        data: { problems: [LONG] },
      };
      expect(await store.hasUsedUpLedger(repository, eve.id, day(0))).toBe(false);

      await store.countInLedger(cause, [entry], day(0));

      expect(await store.hasUsedUpLedger(repository, eve.id, day(0))).toBe(true);
      expect(await store.hasUsedUpLedger(repository, eve.id, day(1))).toBe(false);
      expect(await store.hasUsedUpLedger(repository, wes.id, day(0))).toBe(false);
      expect(await store.hasUsedUpLedger({ ...repository, repositoryId: 71 }, eve.id, day(0))).toBe(false);
      expect(await store.hasUsedUp(repository, eve.id, day(0))).toBe(false);

      await store.mayKeepMore(repository, eve.id);

      expect(await store.hasUsedUpLedger(repository, eve.id, day(0))).toBe(false);
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
