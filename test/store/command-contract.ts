import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Account, OverrideRecord } from "../../src/signoff/snapshot.ts";
import type { Verdict } from "../../src/signoff/verdict.ts";
import { overrideFact } from "../../src/store/fact.ts";
import type { Publication } from "../../src/store/passes.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import type { Task } from "../../src/store/task.ts";

const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const ann: Account = { id: 1, login: "ann", type: "User" };
const eve: Account = { id: 2, login: "eve", type: "User" };

const line = (commentId: number, by = ann): OverrideRecord => ({
  ...{ commentId, by, at: at(0).toISOString(), headSha: "s1", named: "s1", baseRef: "main" },
  ...{ reason: "It burns", lasts: 60_000 },
});

let deliveries = 0;

/** What every store must keep of commands. */
export function commandContract(storeOf: () => Store): void {
  describe("commands", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });

    const hear = async (commentId: number, by: Account, pull = 7) => {
      deliveries += 1;
      const delivery = { id: `command ${deliveries}`, event: "issue_comment", action: "created" };
      const heard = { pull, commentId, account: by.id, login: by.login };
      await store.accept(delivery, { tasks: [], about: shop, commands: [heard] }, at(0));
    };
    const judged = (seen: Partial<Verdict["toRecord"]>, pull = 7) =>
      store.record(shop, pull, {
        ...{ approvals: [], evidence: [], participants: [], refusals: [], commits: [], accounts: [] },
        ...{ change: null, by: { headSha: "s1", asOf: 0, at: at(0) } },
        ...seen,
      });
    const outcome = (commentId: number, by = ann) => ({ commentId, by, at: at(0).toISOString() });
    const known = async (pull = 7) => (await store.remember(shop, pull)).commands;

    test("wait until they are judged, each once, with the heads that are known", async () => {
      expect(await known()).toBeUndefined();
      await hear(11, ann);
      await hear(11, ann);
      await hear(12, eve);
      await store.recordHead(shop, 7, "s1", at(0));
      await store.recordHead(shop, 7, "s2", at(1));
      await store.recordHead(shop, 8, "s3", at(1));
      expect(await known()).toEqual({
        heard: [
          { commentId: 11, account: 1, login: "ann" },
          { commentId: 12, account: 2, login: "eve" },
        ],
        overrides: [],
        heads: ["s1", "s2"],
      });
    });

    test("wait with what was said, where that was heard", async () => {
      const said = { body: "/countersign withdraw", at: at(0).toISOString() };
      const heard = { pull: 7, commentId: 11, account: ann.id, login: ann.login, said };
      const delivery = { id: "said", event: "issue_comment", action: "created" };
      await store.accept(delivery, { tasks: [], about: shop, commands: [heard] }, at(0));
      expect((await known())?.heard).toEqual([{ commentId: 11, account: 1, login: "ann", said }]);
    });

    test("are forgotten where nothing comes of them, and kept as what they open", async () => {
      await hear(11, ann);
      await hear(12, eve);
      await judged({ commands: [{ ...outcome(11), override: line(11) }, outcome(12, eve)] });
      expect(await known()).toEqual({ heard: [], overrides: [line(11)], heads: [] });
    });

    test("open nothing again once they were heard, whatever became of it", async () => {
      await hear(11, ann);
      await judged({ commands: [{ ...outcome(11), override: line(11) }] });
      await judged({ ended: [{ record: line(11), because: "withdrawn", by: ann }] });
      await hear(11, ann);
      await judged({ commands: [{ ...outcome(11), override: line(11) }] });
      expect(await known()).toBeUndefined();
    });

    test("may end in the judgement that opens them", async () => {
      await hear(11, ann);
      await judged({
        commands: [{ ...outcome(11), override: line(11) }],
        ended: [{ record: line(11), because: "withdrawn", by: ann }],
      });
      expect(await known()).toBeUndefined();
    });

    test("tell what was frozen, and by whom it was lifted", async () => {
      const until = at(60).toISOString();
      const freeze = { ...outcome(11), area: "all", until, reason: "Look first" };
      const lift = { ...outcome(12, eve), area: "all", lifted: [11] };
      await hear(11, ann);
      await judged({ commands: [{ ...outcome(11), freeze }] });
      expect((await store.remember(shop, 8)).freezes).toMatchObject({ frozen: [freeze], lifts: [] });
      await hear(12, eve);
      await judged({ commands: [{ ...outcome(12, eve), lift }] });
      const freezes = (await store.remember(shop, 8)).freezes;
      expect(freezes).toMatchObject({ frozen: [], thawed: [freeze], lifts: [lift] });
    });

    test("given on a page of ours tell what was said, and are no less known for many that came by comments", async () => {
      const said = { body: "/countersign freeze all", at: at(0).toISOString(), onPage: "freeze" as const };
      const command = { pull: 7, commentId: -5, account: 1, login: "ann", said };
      const delivery = { id: "page-5", event: "page", action: "freeze" };
      await store.accept(delivery, { tasks: [], about: shop, commands: [command] }, at(0));
      const { pull: _, ...heard } = command;
      expect((await known())?.heard).toEqual([heard]);
      const until = at(60).toISOString();
      const freeze = { ...outcome(-5), area: "all", until, reason: "Look first" };
      await judged({ commands: [{ ...outcome(-5), freeze }] });
      const others = Array.from({ length: 101 }, (_each, index) => ({ ...ann, id: 100 + index }));
      const commands = others.map((by, index) => ({
        pull: 7,
        commentId: 20 + index,
        account: by.id,
        login: by.login,
      }));
      await store.accept({ ...delivery, id: "many" }, { tasks: [], about: shop, commands }, at(0));
      const lift = { area: "all", lifted: [-5] };
      await judged({
        commands: commands.map(({ commentId }) => {
          const told = { ...outcome(commentId, eve), at: at(1).toISOString() };
          return { ...told, lift: { ...told, ...lift } };
        }),
      });
      const { freezes } = await store.remember(shop, 8);
      expect(freezes).toMatchObject({ frozen: [], thawed: [freeze] });
      expect(freezes?.lifts).toHaveLength(100);
    });

    test("tell when somebody withdrew last, whether or not there was anything to withdraw", async () => {
      for (const [commentId, minute] of [
        [11, 5],
        [12, 3],
      ] as const) {
        await hear(commentId, ann);
        const withdrawal = { commentId, at: at(minute).toISOString() };
        await judged({ commands: [{ ...outcome(commentId), withdrawal }] });
      }
      expect(await known()).toEqual({
        heard: [],
        overrides: [],
        heads: [],
        withdrawnAt: at(5).toISOString(),
      });
      await hear(11, ann);
      expect((await known())?.heard).toEqual([]);
    });

    test("put in doubt what passes by them, in the judgement that ends them", async () => {
      await hear(11, ann);
      await judged({ commands: [{ ...outcome(11), override: line(11) }] });
      const { invalidations: asOf } = await store.moment(shop.installationId);
      const publication: Publication = {
        ...{ id: "one", repository: shop, headSha: "s1", name: "countersign", conclusion: "success" },
        ...{ digest: "d", passing: true, facts: [overrideFact(shop, 7)], asOf, urgent: false },
        task: { kind: "head", headSha: "s1", pulls: [7], ...shop },
      };
      const state = async () => (await store.publishedChecks(shop, "s1")).map((check) => check.state);
      await store.intend(publication, at(1), at(2));
      await store.published(publication, { id: 1, nodeId: null }, at(1));
      await judged({ ended: [{ record: line(99), because: "expired" }] }, 8);
      expect(await state()).toEqual(["standing"]);
      await judged({ ended: [{ record: line(11), because: "right-lost" }] });
      expect(await state()).toEqual(["doubted"]);
      expect(await store.intend({ ...publication, id: "two" }, at(3), at(4))).toBe(false);
    });

    test("of one person wait five at once, of another as many again, and none on what is over", async () => {
      for (let comment = 1; comment <= 9; comment += 1) await hear(comment, eve);
      await hear(20, ann);
      expect((await known())?.heard.map(({ commentId }) => commentId)).toEqual([1, 2, 3, 4, 5, 20]);
      await store.forgetCommands(shop, (await known())?.heard ?? []);
      expect(await known()).toBeUndefined();
    });

    test("are answered once to each person on each pull request", async () => {
      const answers = [
        await store.answerOnce(shop, 7, ann.id),
        await store.answerOnce(shop, 7, ann.id),
        await store.answerOnce(shop, 7, eve.id),
        await store.answerOnce(shop, 8, ann.id),
      ];
      expect(answers).toEqual([true, false, true, true]);
    });
  });

  describe("a task that is put to a moment", () => {
    let store: Store;
    beforeEach(() => {
      store = storeOf();
    });
    const task: Task = { kind: "expiry", headSha: "s1", ...shop };
    const LEASE_MS = 1000;

    test("is due then and not before, at the first moment that was wanted", async () => {
      await store.schedule(task, at(10));
      await store.schedule(task, at(5));
      await store.schedule(task, at(20));
      expect(await store.nextDueAt()).toEqual(at(5));
      expect(await store.claim(at(4), LEASE_MS)).toBeNull();
      expect((await store.claim(at(5), LEASE_MS))?.task).toEqual(task);
    });

    test("is done once more where it is put off while it is in work", async () => {
      await store.schedule(task, at(10));
      const job = await store.claim(at(10), LEASE_MS);
      if (job === null) throw new Error("it is due");
      await store.schedule(task, at(30));
      await store.finish(job);
      expect(await store.claim(at(29), LEASE_MS)).toBeNull();
      expect((await store.claim(at(30), LEASE_MS))?.task).toEqual(task);
    });
  });
}
