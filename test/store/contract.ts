import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Participant, UNLINKED } from "../../src/signoff/snapshot.ts";
import { commitFact, pullFact } from "../../src/store/fact.ts";
import type { Delivery, News } from "../../src/store/jobs.ts";
import type { RepositoryRef, SeenRepository } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import type { HeadTask, Job, Task } from "../../src/store/task.ts";
import { fc } from "../fast-check.ts";
import { capContract } from "./cap-contract.ts";
import { commandContract } from "./command-contract.ts";
import { ledgerContract } from "./ledger-contract.ts";
import { noticeContract } from "./notice-contract.ts";
import { overlapContract } from "./overlap-contract.ts";
import { pagesContract } from "./pages-contract.ts";
import { pass, passesContract, publication } from "./passes-contract.ts";
import { passkeyContract } from "./passkey-contract.ts";
import { protectionContract } from "./protection-contract.ts";
import { signingKeyContract } from "./signing-key-contract.ts";
import { timeContract } from "./time-contract.ts";
import { watchContract } from "./watch-contract.ts";

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const LEASE = 60_000;

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const head = (headSha: string, ...pulls: number[]): HeadTask => ({
  ...{ kind: "head", headSha, pulls },
  ...repository,
});
const delivery = (id: string): Delivery => ({ id, event: "pull_request", action: "opened" });

/** What every store must do, whatever it keeps its records in. `open` gives an empty store. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the contract of a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    async function claim(seconds: number): Promise<Job> {
      const job = await store.claim(at(seconds), LEASE);
      if (!job) throw new Error("expected a job to be due");
      return job;
    }

    describe("the inbox", () => {
      test("accepts a delivery once: sent again it has no effect", async () => {
        expect(await store.accept(delivery("a"), { tasks: [head("s1", 1)] }, at(0))).toBe(true);
        await store.finish(await claim(1));
        expect(await store.accept(delivery("a"), { tasks: [head("s1", 1)] }, at(2))).toBe(false);
        expect(await store.depth()).toBe(0);
      });

      test("accepts a delivery and its tasks together or not at all", async () => {
        const broken = { ...repository, kind: "head", pulls: [1], headSha: 1n } as unknown as Task;
        await expect(
          store.accept(delivery("a"), { tasks: [head("s1", 1), broken] }, at(0)),
        ).rejects.toThrow();
        expect(await store.depth()).toBe(0);
        expect(await store.accept(delivery("a"), { tasks: [head("s1", 1)] }, at(1))).toBe(true);
      });

      test("of deliveries that come together each is accepted once, and a broken one harms no other", async () => {
        const broken = { ...repository, kind: "head", pulls: [1], headSha: 1n } as unknown as Task;
        const outcomes = await Promise.allSettled([
          store.accept(delivery("a"), { tasks: [head("s1", 1)] }, at(0)),
          store.accept(delivery("b"), { tasks: [broken] }, at(0)),
          store.accept(delivery("a"), { tasks: [head("s1", 1)] }, at(0)),
          store.accept(delivery("c"), { tasks: [head("s1", 2), head("s2", 3)] }, at(0)),
        ]);
        expect(outcomes).toMatchObject([
          { value: true },
          { status: "rejected" },
          { value: false },
          { value: true },
        ]);
        expect(await store.accepted(["a", "b", "c"])).toEqual(new Set(["a", "c"]));
        expect([(await claim(1)).task, (await claim(1)).task]).toEqual([head("s1", 1, 2), head("s2", 3)]);
      });

      test("tells which deliveries were accepted", async () => {
        await store.accept(delivery("a"), { tasks: [] }, at(0));
        await store.accept(delivery("c"), { tasks: [head("s1", 1)] }, at(0));
        expect(await store.accepted(["a", "b", "c"])).toEqual(new Set(["a", "c"]));
        expect(await store.accepted([])).toEqual(new Set());
      });

      test.each(["a", "72d3162e-cc78-11e3-81ab-4c9367dc0958"])(
        "knows delivery %s for 30 days, and forgets it within another",
        async (id) => {
          const day = (days: number) => new Date(at(0).getTime() + days * 24 * 60 * 60 * 1000);
          const next = async (days: number) => store.accept(delivery(`${days}`), { tasks: [] }, day(days));
          expect(await store.accept(delivery(id), { tasks: [] }, day(0))).toBe(true);
          await next(1);
          await next(29.9);
          expect(await store.accept(delivery(id), { tasks: [] }, day(29.9))).toBe(false);
          expect(await store.accepted([id, "never"])).toEqual(new Set([id]));
          await next(31);
          expect(await store.accepted([id, "1"])).toEqual(new Set(["1"]));
        },
      );

      test("accepts a delivery that asks for nothing", async () => {
        expect(await store.accept(delivery("a"), { tasks: [] }, at(0))).toBe(true);
        expect(await store.claim(at(1), LEASE)).toBeNull();
      });
    });

    describe("the queue", () => {
      test("requests for one head become one job with all pull requests named", async () => {
        await store.accept(delivery("a"), { tasks: [head("s1", 2)] }, at(0));
        await store.accept(delivery("b"), { tasks: [head("s1", 1, 2)] }, at(1));
        expect(await store.depth()).toBe(1);
        expect((await claim(2)).task).toEqual(head("s1", 1, 2));
      });

      test("a re-run asked for is not forgotten when an ordinary request joins it", async () => {
        await store.enqueue(
          [{ kind: "head", headSha: "s1", pulls: [], republish: true, ...repository }],
          "direct",
          at(0),
        );
        await store.enqueue([head("s1", 1)], "direct", at(1));
        expect((await claim(2)).task).toEqual({ ...head("s1", 1), republish: true });
      });

      test("a repository is known by its id, whatever it is called", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        const renamed = { ...repository, owner: "Other", repo: "store" };
        await store.enqueue([{ ...renamed, kind: "head", headSha: "s1", pulls: [2] }], "direct", at(0));
        expect(await store.depth()).toBe(1);
        expect((await claim(1)).task).toEqual({ ...head("s1", 1, 2), ...renamed });
      });

      test("jobs on commits that have passed go first: only they may be wrongly green", async () => {
        await pass(store, "green", [pullFact(repository, 3)]);
        await store.enqueue([head("red", 1), head("green", 3)], "direct", at(0));
        await store.enqueue([head("other", 4)], "sweep", at(0));
        const order = [await claim(1), await claim(1), await claim(1)];
        expect(order.map(({ task }) => task)).toEqual([head("green", 3), head("red", 1), head("other", 4)]);
        expect(order.map(({ priority }) => priority)).toEqual(["direct", "direct", "sweep"]);
      });

      test("the newest installation wins: a reinstalled app has no use for the old one", async () => {
        await store.enqueue([{ kind: "repository", ...repository }], "direct", at(0));
        await store.enqueue([{ kind: "repository", ...repository, installationId: 8 }], "direct", at(1));
        expect((await claim(2)).task).toMatchObject({ installationId: 8 });
      });

      test("a job is held by one worker at a time", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        await claim(1);
        expect(await store.claim(at(1), LEASE)).toBeNull();
      });

      test("a request during work does not start a second writer, and leaves exactly one follow-up", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        const first = await claim(1);
        await store.enqueue([head("s1", 2)], "direct", at(2));
        await store.enqueue([head("s1", 3)], "direct", at(3));
        expect(await store.claim(at(4), LEASE)).toBeNull();
        await store.finish(first);
        const second = await claim(5);
        expect(second.task).toEqual(head("s1", 1, 2, 3));
        expect(second.generation).toBeGreaterThan(first.generation);
        await store.finish(second);
        expect(await store.depth()).toBe(0);
      });

      test("a lease expires, and the late worker can no longer speak for the job", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        const late = await claim(0);
        const now = await claim(61);
        expect(now.attempts).toBe(late.attempts + 1);
        expect(await store.renew(late, at(61), LEASE)).toBe(false);
        await store.finish(late);
        await store.retry(late, at(62), "late");
        expect(await store.depth()).toBe(1);
        expect(await store.renew(now, at(61), LEASE)).toBe(true);
      });

      test("a renewed lease holds", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        const job = await claim(0);
        expect(await store.renew(job, at(50), LEASE)).toBe(true);
        expect(await store.claim(at(100), LEASE)).toBeNull();
        expect(await store.claim(at(110), LEASE)).not.toBeNull();
      });

      test("direct work goes ahead of older sweep work, and a direct request lifts a sweep job", async () => {
        await store.enqueue([head("sweep", 1), head("lifted", 2)], "sweep", at(0));
        await store.enqueue([head("direct", 3)], "direct", at(1));
        await store.enqueue([head("lifted", 2)], "direct", at(2));
        const order = [await claim(3), await claim(3), await claim(3)];
        expect(order.map((job) => job.task)).toEqual([
          head("lifted", 2),
          head("direct", 3),
          head("sweep", 1),
        ]);
        expect(order.map((job) => job.priority)).toEqual(["direct", "direct", "sweep"]);
      });

      describe("a job that is set aside", () => {
        beforeEach(async () => {
          await store.enqueue([head("eves", 1)], "direct", at(0));
          await store.setAside(await claim(0));
        });

        test("is taken after all others, untried, and of its part alone", async () => {
          await store.enqueue([head("sweep", 2)], "sweep", at(1));
          await store.enqueue([head("direct", 3)], "direct", at(2));
          expect(await store.nextDueAt("ahead")).toEqual(at(1));
          expect(await store.nextDueAt("aside")).toEqual(at(0));
          const order = [await claim(3), await claim(3), await claim(3)];
          expect(order.map(({ task }) => task)).toEqual([
            head("direct", 3),
            head("sweep", 2),
            head("eves", 1),
          ]);
          expect(order[2]).toMatchObject({ priority: "aside", hasPassed: false, attempts: 0 });
        });

        test("is not taken with those that go ahead", async () => {
          expect(await store.claim(at(1), LEASE, { part: "ahead" })).toBeNull();
          expect(await store.nextDueAt("ahead")).toBeNull();
          expect((await store.claim(at(1), LEASE, { part: "aside" }))?.task).toEqual(head("eves", 1));
        });

        test("goes ahead again once somebody asks for it", async () => {
          await store.enqueue([head("eves", 1)], "direct", at(1));
          expect(await store.claim(at(2), LEASE, { part: "aside" })).toBeNull();
          expect((await claim(2)).priority).toBe("direct");
        });

        test("goes ahead again once a pass on its commit was withdrawn", async () => {
          await store.ensure(head("eves", 1), at(1));
          await store.enqueue([head("direct", 3)], "direct", at(0));
          expect(await claim(2)).toMatchObject({ task: head("eves", 1), priority: "direct" });
        });

        test("stays aside where it is moved there again, failed or put off", async () => {
          await store.enqueue([head("eves", 1)], "aside", at(1));
          await store.retry(await claim(2), at(3), "it failed");
          await store.defer(await claim(3), at(4));
          expect((await claim(4)).priority).toBe("aside");
        });
      });

      test("a job that was asked for meanwhile is not set aside", async () => {
        await store.enqueue([head("eves", 1)], "direct", at(0));
        const job = await claim(0);
        await store.enqueue([head("eves", 1)], "direct", at(1));
        await store.setAside(job);
        expect((await claim(1)).priority).toBe("direct");
      });

      test("who lost a job does not set it aside", async () => {
        await store.enqueue([head("eves", 1)], "direct", at(0));
        const late = await claim(0);
        const job = await claim(61);
        await store.setAside(late);
        expect(await store.renew(job, at(62), LEASE)).toBe(true);
      });

      test("of those set aside too, the ones on commits that have passed go first", async () => {
        await pass(store, "green", [pullFact(repository, 3)]);
        await store.enqueue([head("red", 1), head("green", 3)], "direct", at(0));
        for (const job of [await claim(0), await claim(0)]) await store.setAside(job);
        const order = [await claim(1), await claim(1)];
        expect(order.map(({ task }) => task)).toEqual([head("green", 3), head("red", 1)]);
        expect(order.map(({ hasPassed }) => hasPassed)).toEqual([true, false]);
      });

      test("it is known when somebody asked", async () => {
        const eve = { account: 66, login: "eve", bot: false };
        const olga = { account: 3, login: "olga", bot: false };
        await store.enqueue([{ ...head("s1", 1), askedBy: [eve] }], "direct", at(1));
        await store.enqueue([{ ...head("s1", 1), askedBy: [olga] }], "direct", at(2));
        const askedBy = [
          { ...eve, at: at(1).getTime() },
          { ...olga, at: at(2).getTime() },
        ];
        expect((await claim(3)).task).toEqual({ ...head("s1", 1), askedBy });
      });

      test("the order of work: passes, what people wait for, pushes, sweeps", async () => {
        await pass(store, "swept-green", [pullFact(repository, 3)]);
        await pass(store, "green", [pullFact(repository, 4)]);
        await store.enqueue([head("swept", 2), head("swept-green", 3)], "sweep", at(0));
        await store.enqueue([{ ...head("pushed", 1), pushed: true }], "direct", at(1));
        await store.enqueue([head("awaited", 5)], "direct", at(2));
        await store.enqueue([head("green", 4)], "direct", at(3));
        const order = [];
        for (let taken = 0; taken < 5; taken++) order.push((await claim(4)).task);
        expect(order.map((task) => task.kind === "head" && task.headSha)).toEqual([
          "green",
          "awaited",
          "pushed",
          "swept-green",
          "swept",
        ]);
      });

      describe("of a repository that has many jobs in work", () => {
        const other = { ...repository, repositoryId: 71, repo: "other" };
        const ofOther = (headSha: string): Task => ({ kind: "head", headSha, pulls: [9], ...other });
        const fairly = async () =>
          (await store.claim(at(9), LEASE, { last: [repository.repositoryId] }))?.task;

        test("others of the same class go first", async () => {
          await store.enqueue([head("flood-1", 1), head("flood-2", 2)], "direct", at(0));
          await store.enqueue([ofOther("one")], "direct", at(1));
          expect([await fairly(), await fairly(), await fairly()]).toEqual([
            ofOther("one"),
            head("flood-1", 1),
            head("flood-2", 2),
          ]);
        });

        test("what is of an earlier class goes first all the same", async () => {
          await store.enqueue([ofOther("one")], "sweep", at(0));
          await store.enqueue([head("review", 1)], "direct", at(1));
          expect([await fairly(), await fairly()]).toEqual([head("review", 1), ofOther("one")]);
        });

        test("what is of no repository is nobody's", async () => {
          await store.enqueue([head("flood", 1)], "direct", at(0));
          await store.enqueue([{ kind: "upkeep" }], "direct", at(1));
          expect([await fairly(), await fairly()]).toEqual([{ kind: "upkeep" }, head("flood", 1)]);
        });
      });

      test("within one priority the oldest request goes first", async () => {
        await store.enqueue([head("b", 1)], "sweep", at(1));
        await store.enqueue([head("a", 2)], "sweep", at(2));
        expect((await claim(3)).task).toEqual(head("b", 1));
      });

      test("tasks given together are taken in the order given", async () => {
        await store.enqueue([head("c", 1), head("a", 2), head("b", 3)], "sweep", at(0));
        const order = [await claim(1), await claim(1), await claim(1)];
        expect(order.map(({ task }) => task)).toEqual([head("c", 1), head("a", 2), head("b", 3)]);
      });

      test("a job put off was not tried, and a request meanwhile does not wait", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        await store.defer(await claim(0), at(100));
        expect(await store.claim(at(99), LEASE)).toBeNull();
        const job = await claim(100);
        expect(job.attempts).toBe(0);
        await store.enqueue([head("s1", 1)], "direct", at(101));
        await store.defer(job, at(500));
        await claim(101);
      });

      test("retrying never gives up, and counts", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        for (let attempt = 0; attempt < 50; attempt++) {
          const job = await claim(attempt);
          expect(job.attempts).toBe(attempt);
          await store.retry(job, at(attempt + 1), "GitHub answered 502");
        }
        expect(await store.depth()).toBe(1);
      });

      test("a retried job waits for its time, unless something new is asked for", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        await store.retry(await claim(0), at(100), "GitHub answered 502");
        expect(await store.claim(at(99), LEASE)).toBeNull();
        expect(await store.nextDueAt()).toEqual(at(100));
        await store.enqueue([head("s1", 1)], "direct", at(20));
        await claim(20);
      });

      test("a request during a try that fails does not wait for the retry", async () => {
        await store.enqueue([head("s1", 1)], "direct", at(0));
        const job = await claim(0);
        await store.enqueue([head("s1", 1)], "direct", at(1));
        await store.retry(job, at(100), "GitHub answered 502");
        await claim(2);
      });

      test("says when the next job falls due: at its time, or when its lease ends", async () => {
        expect(await store.nextDueAt()).toBeNull();
        await store.enqueue([head("s1", 1)], "direct", at(5));
        expect(await store.nextDueAt()).toEqual(at(5));
        await claim(10);
        expect(await store.nextDueAt()).toEqual(at(70));
      });

      test("tells the jobs that are due or in work from those put off", async () => {
        await store.enqueue([head("s1", 1), head("s2", 2), head("s3", 3)], "direct", at(0));
        await store.retry(await claim(0), at(100), "GitHub answered 502");
        await claim(0);
        expect(await store.active(at(1))).toBe(2);
        expect(await store.active(at(100))).toBe(3);
        expect(await store.depth()).toBe(3);
      });

      test("property: whatever happens, no request is lost and no job has two holders", async () => {
        const step = fc.oneof(
          fc.record({ do: fc.constant("request" as const), sha: fc.constantFrom("a", "b", "c") }),
          fc.record({ do: fc.constantFrom("claim", "finish", "retry", "wait") }),
        );
        await fc.assert(
          fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
            const fresh = await open();
            await followStepsAndDrain(fresh, steps).finally(() => fresh.close());
          }),
          { numRuns: 60 },
        );
      });
    });

    describe("the memory", () => {
      const record = (reviewId: number, seenAt: string) => ({
        reviewId,
        reviewerId: 1,
        headSha: "s1",
        baseRef: "main",
        seenAt,
        content: { "infra/main.tf": "blob" },
      });
      const evidence = (text: string) =>
        ({
          tool: "Kiro",
          kind: "trailer",
          strength: "strong",
          where: { on: "pull-request", field: "body" },
          text,
        }) as const;

      const NOTHING = {
        approvals: [],
        refusals: [],
        evidence: [],
        participants: [],
        commits: [],
        accounts: [],
        change: null,
        by: { headSha: "s1", asOf: 0, at: at(0) },
      };
      const participant = (id: number, role: "pusher" | "requester", because: string) => {
        return { account: { id, login: `user-${id}`, type: "User" as const }, role, because };
      };
      const seen = (createdAt: string, given: Partial<SeenRepository> = {}): SeenRepository => {
        return { ...repository, nodeId: "R_70", createdAt, ...given };
      };

      test("knows nothing of a pull request it never saw", async () => {
        const nothing = { approvals: [], refusals: [], evidence: [], participants: [], accounts: [] };
        expect(await store.remember(repository, 1)).toEqual({ ...nothing, headSha: null, headSeenAt: null });
        expect(await store.recall(repository, ["s1"])).toEqual([]);
        expect(await store.repository(70)).toBeNull();
      });

      test("keeps who could sign through an owner, as it was recorded last, in each repository", async () => {
        const set = (accounts: readonly number[], former: readonly number[] = []) => ({
          owner: "@acme/sre",
          accounts,
          former: former.map((account) => ({ account, until: at(1).toISOString() })),
        });
        const other = { owner: "@olga", accounts: [3], former: [] };
        await store.record(repository, 1, { ...NOTHING, signers: [set([3, 4]), other] });
        await store.record(repository, 2, { ...NOTHING, signers: [set([4], [3])] });
        await store.record(repository, 1, NOTHING);
        expect((await store.remember(repository, 9)).signers).toEqual([set([4], [3]), other]);
        const elsewhere = { ...repository, repositoryId: 71 };
        expect((await store.remember(elsewhere, 1)).signers).toBeUndefined();
      });

      test("keeps when a head was first seen, until the head moves", async () => {
        await store.recordHead(repository, 1, "s1", at(0));
        await store.recordHead(repository, 1, "s1", at(9));
        const first = { headSha: "s1", headSeenAt: at(0).toISOString() };
        expect(await store.remember(repository, 1)).toMatchObject(first);
        await store.recordHead(repository, 1, "s2", at(10));
        const second = { headSha: "s2", headSeenAt: at(10).toISOString() };
        expect(await store.remember(repository, 1)).toMatchObject(second);
      });

      test("knows of a commit what is learnt of those that it was made of, and puts in doubt what passed without it", async () => {
        const sources = [
          { sha: "squash", source: "merge" },
          { sha: "merge", source: "s1" },
          { sha: "s1", source: "merge" },
        ];
        await store.record(repository, 1, { ...NOTHING, sources });
        expect(await store.recall(repository, ["squash", "other"])).toEqual([]);
        const rests = publication("s9", { facts: [commitFact(repository, "squash")] });
        await store.intend(rests, at(0), at(0));
        await store.published(rests, { id: 1, nodeId: null }, at(0));
        const participants = [participant(5, "pusher", "pushed s1")];
        await store.record(repository, 2, {
          ...NOTHING,
          commits: [{ sha: "s1", evidence: [], participants }],
        });
        expect(await store.recall(repository, ["squash"])).toEqual([
          {
            sha: "squash",
            evidence: [],
            participants: [{ ...participants[0], role: "opener", because: "pushed s1 as s1" }],
          },
        ]);
        expect(await store.recall({ ...repository, repositoryId: 71 }, ["squash"])).toEqual([]);
        expect(await store.publishedChecks(repository, "s9")).toMatchObject([{ state: "doubted" }]);
      });

      test("keeps apart whose addresses belong to no account, and puts in doubt what passed without one of them", async () => {
        const unlinked = (email: string) => ({
          ...{ account: UNLINKED, role: "commit-author" as const, because: "wrote s0" },
          identity: { name: "Night Shift", email, sha: "s0" },
        });
        const [one, two] = [unlinked("a@home.example"), unlinked("b@home.example")];
        const commits = (participants: readonly Participant[]) => [{ sha: "s0", evidence: [], participants }];
        await store.record(repository, 1, { ...NOTHING, commits: commits([one]) });
        const { invalidations } = await store.moment(repository.installationId);
        await store.record(repository, 1, { ...NOTHING, commits: commits([one]) });
        expect(await store.moment(repository.installationId)).toMatchObject({ invalidations });
        await store.record(repository, 1, { ...NOTHING, commits: commits([one, two]) });
        expect((await store.moment(repository.installationId)).invalidations).toBeGreaterThan(invalidations);
        const [known] = await store.recall(repository, ["s0"]);
        expect(new Set(known?.participants)).toEqual(new Set([one, two]));
        const other = { ...one, identity: { ...one.identity, name: "Day Shift" } };
        const sources = [{ sha: "squash", source: "s0" }];
        const squash = { sha: "squash", evidence: [], participants: [one] };
        await store.record(repository, 1, { ...NOTHING, commits: [...commits([other]), squash], sources });
        const [made] = await store.recall(repository, ["squash"]);
        expect(made?.participants.map(({ identity }) => identity)).toHaveLength(3);
      });

      test("keeps the signals that a config adds, until it adds others, and where it cannot be read", async () => {
        const tools = (name: string) => [{ tool: name, vendor: "configured", signals: [] }];
        const recorded = async (signals?: ReturnType<typeof tools>) => {
          await store.record(repository, 1, { ...NOTHING, ...(signals && { signals }) });
          return store.configuredSignals(repository);
        };
        expect(await store.configuredSignals(repository)).toEqual([]);
        expect(await recorded(tools("One"))).toEqual(tools("One"));
        expect(await recorded(tools("Two"))).toEqual(tools("Two"));
        expect(await recorded()).toEqual(tools("Two"));
        expect(await recorded([])).toEqual([]);
      });

      test("keeps what was found of moves, and which heads were heard of", async () => {
        const moves = (headMovedAt: string | null, changedAt: string | null) => {
          return { headMovedAt, base: { ref: "main", changedAt } };
        };
        await store.recordHead(repository, 1, "s1", at(0), moves(null, null));
        expect(await store.remember(repository, 1)).toMatchObject({ base: { ref: "main", changedAt: null } });
        await store.recordHead(repository, 1, "s1", at(0), moves("then", "before"));
        const heardOf = (id: string, headSha: string, seconds: number) => {
          const news = { tasks: [], about: repository, heads: [{ pull: 1, headSha }] };
          return store.accept({ id, event: "pull_request", action: "synchronize" }, news, at(seconds));
        };
        await heardOf("a", "s1", 1);
        await heardOf("b", "s2", 2);
        await heardOf("c", "s1", 3);
        await store.recordHead(repository, 1, "s3", at(4), moves("then", "before"));
        expect(await store.remember(repository, 1)).toMatchObject({
          ...{ headSha: "s3", headMovedAt: "then", base: { ref: "main", changedAt: "before" } },
          heardHeads: [
            { headSha: "s2", at: at(2).getTime() },
            { headSha: "s1", at: at(3).getTime() },
          ],
        });
      });

      test("keeps which branches were rewritten, of a pull request that is known its base alone", async () => {
        const rewrite = (id: string, rewritten: readonly string[], seconds: number, about = repository) =>
          store.accept({ id, event: "push", action: null }, { tasks: [], about, rewritten }, at(seconds));
        expect((await store.remember(repository, 1)).rewritten).toBeUndefined();
        await rewrite("a", ["main", "release"], 1);
        await rewrite("b", ["main"], 3);
        await rewrite("c", ["main"], 2);
        await rewrite("d", ["main"], 4, { ...repository, repositoryId: 71 });
        const main = { branch: "main", at: at(3).toISOString() };
        const release = { branch: "release", at: at(1).toISOString() };
        expect((await store.remember(repository, 1)).rewritten).toEqual([main, release]);
        const moves = { headMovedAt: null, base: { ref: "release", changedAt: null } };
        await store.recordHead(repository, 1, "s1", at(5), moves);
        expect((await store.remember(repository, 1)).rewritten).toEqual([release]);
      });

      test("keeps what an approval covered when it was first seen", async () => {
        const approvals = [record(5, "first"), record(3, "first")];
        await store.record(repository, 1, { ...NOTHING, approvals });
        await store.record(repository, 1, { ...NOTHING, approvals: [record(5, "later")] });
        expect((await store.remember(repository, 1)).approvals).toEqual(approvals.toReversed());
      });

      test("keeps what approvals covered for each, where some covered the same and some did not", async () => {
        const first = [record(5, "first"), { ...record(6, "first"), reviewerId: 2 }];
        const hazards = { ...record(7, "second"), hazards: ["terraform/resource-removed infra/main.tf"] };
        const other = { ...record(8, "second"), content: { "infra/main.tf": "other", __proto__x: "b" } };
        await store.record(repository, 1, { ...NOTHING, approvals: first });
        await store.record(repository, 1, { ...NOTHING, approvals: [hazards, other] });
        await store.record(repository, 2, { ...NOTHING, approvals: [record(9, "elsewhere")] });
        expect((await store.remember(repository, 1)).approvals).toEqual([...first, hazards, other]);
        expect((await store.remember(repository, 2)).approvals).toEqual([record(9, "elsewhere")]);
        expect((await store.remember({ ...repository, repositoryId: 71 }, 1)).approvals).toEqual([]);
      });

      test("keeps that the organization has a floor, in all its repositories, until it is seen to be gone", async () => {
        const elsewhere = { ...repository, repositoryId: 71, repo: "other" };
        const stranger = { ...repository, installationId: repository.installationId + 1, repositoryId: 72 };
        await store.record(repository, 1, { ...NOTHING, floor: "seen" });
        await store.record(repository, 1, { ...NOTHING, floor: "seen" });
        await store.record(repository, 1, NOTHING);
        expect((await store.remember(elsewhere, 9)).floorSeen).toBe(true);
        expect((await store.remember(stranger, 9)).floorSeen).toBeUndefined();
        await store.record(elsewhere, 9, { ...NOTHING, floor: "gone" });
        expect((await store.remember(repository, 1)).floorSeen).toBeUndefined();
      });

      test("tells pushes of one person apart by what was pushed", async () => {
        const pushes = ["s1", "s2"].map((sha) => ({ ...participant(5, "pusher", `pushed ${sha}`), sha }));
        const forced = { ...participant(5, "pusher", "forced s2"), sha: "s2", forced: true as const };
        await store.record(repository, 1, { ...NOTHING, participants: [...pushes, ...pushes, forced] });
        expect((await store.remember(repository, 1)).participants).toEqual([...pushes, forced]);
      });

      test("keeps a refusal for each area as it was given", async () => {
        const refusal = (area: string, at: string) => ({
          reviewId: 5,
          by: { id: 1, login: "olga", type: "User" as const },
          at,
          commitSha: "s1",
          as: { kind: "user" as const, login: "olga" },
          area,
          paths: ["infra/main.tf"],
        });
        await store.record(repository, 1, {
          ...NOTHING,
          refusals: [refusal("b", "first"), refusal("a", "first")],
        });
        await store.record(repository, 1, { ...NOTHING, refusals: [refusal("a", "later")] });
        expect((await store.remember(repository, 1)).refusals).toEqual([
          refusal("a", "first"),
          refusal("b", "first"),
        ]);
      });

      test("keeps who took part, each once in a role, with the first reason", async () => {
        const asked = participant(1, "requester", "gave Claude Code a command");
        const pushed = participant(1, "pusher", "pushed the head commit");
        await store.record(repository, 1, { ...NOTHING, participants: [asked] });
        const more = [participant(1, "requester", "later"), pushed];
        await store.record(repository, 1, { ...NOTHING, participants: more });
        expect((await store.remember(repository, 1)).participants).toEqual([pushed, asked]);
        expect((await store.remember(repository, 2)).participants).toEqual([]);
      });

      test("keeps evidence once seen, without repeats, in order", async () => {
        await store.record(repository, 1, { ...NOTHING, evidence: [evidence("b"), evidence("a")] });
        await store.record(repository, 1, { ...NOTHING, evidence: [evidence("a"), evidence("c")] });
        const kept = [evidence("b"), evidence("a"), evidence("c")];
        expect((await store.remember(repository, 1)).evidence).toEqual(kept);
        expect((await store.remember(repository, 2)).evidence).toEqual([]);
      });

      test("what is known of commits is known in every pull request that holds them", async () => {
        const commit = (sha: string, text: string) => ({
          sha,
          evidence: [evidence(text)],
          participants: [participant(3, "pusher", `pushed ${sha}`)],
        });
        await store.record(repository, 1, { ...NOTHING, commits: [commit("c1", "a"), commit("c2", "b")] });
        await store.record(repository, 2, { ...NOTHING, commits: [commit("c2", "c")] });
        expect(await store.recall(repository, ["c2", "c9"])).toEqual([
          {
            sha: "c2",
            evidence: [evidence("b"), evidence("c")],
            participants: [participant(3, "pusher", "pushed c2")],
          },
        ]);
        expect(await store.recall({ ...repository, repositoryId: 71 }, ["c2"])).toEqual([]);
      });

      test("a text with every kind of character is kept as it is", async () => {
        const odd = evidence("\u0000 \ud800 “é” \u202e \\u0000 '");
        await store.record(repository, 1, { ...NOTHING, evidence: [odd] });
        expect((await store.remember(repository, 1)).evidence).toEqual([odd]);
      });

      test("finds all pull requests that ever had a head, and only in that repository", async () => {
        await store.recordHead(repository, 2, "s1", at(0));
        await store.recordHead(repository, 1, "s1", at(0));
        await store.recordHead(repository, 1, "s2", at(1));
        await store.recordHead({ ...repository, repositoryId: 71 }, 4, "s1", at(0));
        expect(await store.pullsWithHead({ ...repository, owner: "other" }, "s1")).toEqual([1, 2]);
      });

      test("A25 who brings a commit to a fork pushed it only where nobody else did before", async () => {
        const push = (id: number, more: Partial<Participant> = {}): Participant => ({
          ...participant(id, "pusher", "pushed c1"),
          ...{ sha: "c1", ...more },
        });
        const toFork = { presumed: true, toFork: true } as const;
        const hear = async (id: string, pushed: Participant) => {
          const commits = [{ sha: "c1", evidence: [], participants: [pushed] }];
          await store.accept(delivery(id), { tasks: [], about: repository, commits }, at(0));
        };
        const known = async () =>
          (await store.recall(repository, ["c1"])).flatMap(({ participants }) =>
            participants.map(({ account }) => account.id),
          );
        await hear("fork-1", push(3, toFork));
        await hear("fork-2", push(4, toFork));
        await hear("fork-3", push(3, { toFork: true }));
        expect(await known()).toEqual([3, 3]);
        await hear("fork-4", push(5));
        await hear("fork-5", push(6, { toFork: true }));
        expect(await known()).toEqual([3, 3, 5]);
        await store.record(repository, 1, { ...NOTHING, participants: [push(6, toFork)] });
        expect((await store.remember(repository, 1)).participants).toEqual([push(6, toFork)]);
      });

      test("D09 what is pushed again counts as pushed then, and what else was heard stays as it was", async () => {
        const push = (hour: number): Participant => ({
          ...participant(3, "pusher", "pushed c1"),
          ...{ sha: "c1", at: at(hour).toISOString() },
        });
        const asked = (because: string): Participant => participant(3, "requester", because);
        const hear = async (id: string, one: Participant, other: Participant) => {
          const participants = [{ pull: 1, participant: other }];
          const commits = [{ sha: "c1", evidence: [], participants: [one] }];
          await store.accept(delivery(id), { tasks: [], about: repository, participants, commits }, at(0));
        };
        await hear("push-1", push(0), asked("asked first"));
        await hear("push-2", push(2), asked("asked again"));
        expect(await store.recall(repository, ["c1"])).toMatchObject([{ participants: [push(2)] }]);
        expect((await store.remember(repository, 1)).participants).toEqual([asked("asked first")]);
      });

      test("a delivery's news are on disk with it: names, heads, who took part, in pull requests and in commits", async () => {
        const pushed = participant(3, "pusher", "pushed c1");
        const news: News = {
          tasks: [],
          repositories: [seen("2025-01-01T00:00:00Z")],
          about: repository,
          heads: [{ pull: 1, headSha: "s1" }],
          participants: [{ pull: 1, participant: pushed }],
          commits: [{ sha: "c1", evidence: [], participants: [pushed] }],
        };
        await store.accept(delivery("a"), news, at(0));
        expect(await store.repository(70)).toEqual(seen("2025-01-01T00:00:00Z"));
        expect(await store.remember(repository, 1)).toMatchObject({ headSha: null, participants: [pushed] });
        expect(await store.pullsWithHead(repository, "s1")).toEqual([1]);
        expect(await store.recall(repository, ["c1"])).toMatchObject([{ participants: [pushed] }]);
      });

      test("E22 a repository is shown under its newest name, and what an event does not tell stays known", async () => {
        await store.seeRepositories([seen("2025-01-01T00:00:00Z")]);
        await store.seeRepositories([
          { ...repository, owner: "Other", repo: "store", nodeId: null, createdAt: null },
        ]);
        expect(await store.repository(70)).toEqual(
          seen("2025-01-01T00:00:00Z", { owner: "Other", repo: "store" }),
        );
      });

      test("keeps the last looks at a repository's pull requests", async () => {
        const sweepRecord = (pull: number, updatedAt: string) => ({ pull, headSha: "s1", updatedAt, at: 5 });
        expect(await store.sweepRecords(repository)).toBeNull();
        await store.recordSweeps(repository, []);
        expect(await store.sweepRecords(repository)).toEqual([]);
        await store.recordSweeps(repository, [sweepRecord(1, "a"), sweepRecord(2, "a")]);
        await store.recordSweeps({ ...repository, repositoryId: 71 }, [sweepRecord(9, "a")]);
        await store.recordSweeps(repository, [sweepRecord(2, "b")]);
        expect(await store.sweepRecords(repository)).toEqual([sweepRecord(2, "b")]);
      });
    });

    passesContract(() => store);
    overlapContract(() => store);
    capContract(() => store);
    protectionContract(() => store);

    test("what was learnt of the server last is kept", async () => {
      expect(await store.learntOfServer()).toBeNull();
      await store.recordServer({ version: "enterprise-server@3.17.2", unknownFields: ["PullRequest.stack"] });
      const learnt = { version: "enterprise-server@3.18.0", unknownFields: [] };
      await store.recordServer(learnt);
      expect(await store.learntOfServer()).toEqual(learnt);
    });
    commandContract(() => store);
    watchContract(() => store);
    ledgerContract(() => store);
    timeContract(() => store);
    noticeContract(() => store);
    signingKeyContract(() => store);
    passkeyContract(() => store);
    pagesContract(() => store);
  });
}

/** Plays the steps, then works everything off; every request must have been seen by a claim that came after it. */
async function followStepsAndDrain(
  store: Store,
  steps: readonly { do: string; sha?: string }[],
): Promise<void> {
  let clock = 0;
  let asked = 0;
  const unseen = new Map<string, number>();
  const held = new Map<string, Job>();

  const claimNext = async () => {
    const job = await store.claim(at(clock), 1_000_000);
    if (!job) return false;
    expect(held.has(job.key)).toBe(false);
    held.set(job.key, job);
    if (job.task.kind === "head") unseen.delete(job.task.headSha);
    return true;
  };
  const release = async (how: (job: Job) => Promise<void>) => {
    for (const job of held.values()) {
      held.delete(job.key);
      await how(job);
      return;
    }
  };

  for (const step of steps) {
    clock += 1;
    if (step.do === "request" && step.sha) {
      unseen.set(step.sha, ++asked);
      await store.enqueue([head(step.sha, asked)], "direct", at(clock));
    }
    if (step.do === "claim") await claimNext();
    if (step.do === "finish") await release((job) => store.finish(job));
    if (step.do === "retry") await release((job) => store.retry(job, at(clock + 3), "again"));
  }
  for (const _ of steps) await release((job) => store.finish(job));
  clock += 10;
  while (await claimNext()) await release((job) => store.finish(job));
  expect([...unseen.keys()]).toEqual([]);
  expect(await store.depth()).toBe(0);
}
