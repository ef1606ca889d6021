import { describe, expect, test } from "@jest/globals";
import {
  branchFact,
  type Fact,
  headFact,
  installationFact,
  peopleFact,
  pullFact,
  signerFact,
  teamsFact,
} from "../../src/store/fact.ts";
import type { RepositoryRef, SeenRepository } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { all, chainOf, expectWhole, ledgerEntry } from "./ledger-contract.ts";
import { mainCheck } from "./main-check.ts";

/** A store as the version before wrote it. */
export interface FormerStore {
  insert(table: string, row: Readonly<Record<string, string | number | null>>): Promise<void>;
  /** Opens it with this version. */
  open(): Promise<Store>;
}

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "Acme", repo: "Shop" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const seen = (createdAt: string | null, given: Partial<SeenRepository> = {}): SeenRepository => {
  return { ...repository, nodeId: "R_70", createdAt, ...given };
};

const approval = {
  reviewId: 5,
  reviewerId: 1,
  headSha: "s1",
  baseRef: "main",
  seenAt: "2025-06-02T10:00:00.000Z",
  content: { "infra/main.tf": "blob" },
};
const evidence = {
  tool: "Kiro",
  kind: "trailer",
  strength: "strong",
  where: { on: "pull-request", field: "body" },
  text: "Kiro wrote “this”",
};
const participant = {
  account: { id: 3, login: "olga", type: "User" },
  role: "pusher",
  because: "pushed the head commit",
};

/** Pull request 1 of `acme/shop` with its head first seen in June 2025, and what was seen and published of it. */
async function fill(store: FormerStore): Promise<void> {
  const of = { repository: "acme/shop", pull: 1 };
  await store.insert("pull_request", { ...of, head_sha: "s1", head_seen_at: "2025-06-01T10:00:00.000Z" });
  await store.insert("approval", { ...of, review_id: 5, record: JSON.stringify(approval) });
  await store.insert("evidence", { ...of, record: JSON.stringify(evidence) });
  await store.insert("participant", {
    ...of,
    role: "pusher",
    account: 3,
    record: JSON.stringify(participant),
  });
  const check = { repository: "acme/shop", check_run_id: 11, digest: "d" };
  await store.insert("published_check", { ...check, head_sha: "s1", conclusion: "success" });
  await store.insert("published_check", { ...check, head_sha: "s0", conclusion: "action_required" });
  for (const id of ["known", KNOWN_UUID])
    await store.insert("delivery", { id, event: "push", action: null, accepted_at: at(0).getTime() });
  await store.insert("job", { key: "head:acme/shop@s1", task: "{}", urgency: 0, due_at: 0 });
}

const KNOWN_UUID = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

const NOTHING = { approvals: [], refusals: [], evidence: [], participants: [], headSha: null };
const ALL = {
  approvals: [approval],
  refusals: [],
  evidence: [evidence],
  participants: [participant],
  accounts: [],
  headSha: "s1",
  headSeenAt: "2025-06-01T10:00:00.000Z",
};

/** What comes of work that was queued when passes and what people wait for were of one class less. */
export function orderMigrationContract(name: string, former: () => Promise<FormerStore>): void {
  test(`${name} keeps passes first that were queued before`, async () => {
    const old = await former();
    const task = (headSha: string) => JSON.stringify({ kind: "head", headSha, pulls: [1], ...repository });
    for (const [headSha, urgency] of [
      ["awaited", 1],
      ["green", 0],
      ["aside", 5],
      ["swept-green", 2],
    ] as const)
      await old.insert("job", { key: `head:70@${headSha}`, task: task(headSha), urgency, due_at: 0 });
    const store = await old.open();
    const taken = [];
    for (let count = 0; count < 4; count++) {
      const job = await store.claim(at(1), 60_000);
      taken.push([job?.task.kind === "head" && job.task.headSha, job?.priority, job?.hasPassed]);
    }
    expect(taken).toEqual([
      ["green", "direct", true],
      ["awaited", "direct", false],
      ["swept-green", "sweep", true],
      ["aside", "aside", false],
    ]);
    await store.close();
  });
}

/** What every store must make of one that the version before wrote. */
export function migrationContract(name: string, former: () => Promise<FormerStore>): void {
  describe(`${name} takes over the store of the version before`, () => {
    const opened = async () => {
      const old = await former();
      await fill(old);
      return old.open();
    };

    test("deliveries stay known, and what was queued under names is left to the sweep", async () => {
      const store = await opened();
      const known = ["known", KNOWN_UUID];
      expect(await store.accepted([...known, "other"])).toEqual(new Set(known));
      expect(await store.depth()).toBe(0);
      await store.close();
    });

    test.each([
      { why: "there before", given: seen("2025-05-01T00:00:00Z") },
      {
        why: "renamed",
        given: seen("2025-05-01T00:00:00Z", { repo: "store", formerly: { owner: "acme", repo: "shop" } }),
      },
    ])("E22 a repository that was $why takes over what was kept under its name", async ({ given }) => {
      const store = await opened();
      await store.seeRepositories([given]);
      expect(await store.remember(repository, 1)).toEqual(ALL);
      expect(await store.pullsWithHead(repository, "s1")).toEqual([1]);
      expect(await mainCheck(store, repository, "s1")).toEqual({
        name: "countersign",
        checkRunId: 11,
        conclusion: "success",
        digest: "d",
        state: "standing",
      });
      await store.close();
    });

    test.each([
      { why: "was made after", given: seen("2025-07-01T00:00:00Z") },
      { why: "has another name", given: seen("2025-05-01T00:00:00Z", { repo: "shop2" }) },
      { why: "was made nobody knows when", given: seen(null) },
    ])("E22 a repository that $why inherits nothing", async ({ given }) => {
      const store = await opened();
      await store.seeRepositories([given]);
      expect(await store.remember(repository, 1)).toMatchObject(NOTHING);
      expect(await mainCheck(store, repository, "s1")).toBeNull();
      expect(await store.pullsWithHead(repository, "s1")).toEqual([]);
      await store.close();
    });

    test("E22 a repository that took the name leaves what it finds to the one that had it", async () => {
      const store = await opened();
      await store.seeRepositories([seen("2025-07-01T00:00:00Z", { repositoryId: 99 })]);
      const formerly = { owner: "acme", repo: "shop" };
      await store.seeRepositories([seen("2025-05-01T00:00:00Z", { repo: "old-shop", formerly })]);
      expect(await store.remember({ ...repository, repositoryId: 99 }, 1)).toMatchObject(NOTHING);
      expect(await store.remember(repository, 1)).toEqual(ALL);
      await store.close();
    });

    test("what is known by now is not overwritten", async () => {
      const store = await opened();
      await store.recordHead(repository, 1, "s9", at(0));
      await store.seeRepositories([seen("2025-05-01T00:00:00Z")]);
      expect(await store.remember(repository, 1)).toMatchObject({ headSha: "s9", evidence: [evidence] });
      expect(await store.pullsWithHead(repository, "s1")).toEqual([1]);
      await store.close();
    });

    const claimAfter = async (fact: Fact) => {
      const store = await opened();
      await store.seeRepositories([seen("2025-05-01T00:00:00Z")]);
      const delivery = { id: "doubt", event: "membership", action: "removed" };
      await store.accept(delivery, { tasks: [], invalidation: { facts: [fact] } }, at(1));
      const claims = [await store.claimWithdrawal(at(1), 1000), await store.claimWithdrawal(at(1), 1000)];
      await store.close();
      return claims;
    };

    test.each([
      installationFact(repository),
      signerFact(repository, 5),
      teamsFact(repository),
      branchFact(repository, "main/x"),
      headFact(repository, "s8"),
      pullFact(repository, 8),
    ])("a pass of before may rest on anything, so %s withdraws it", async (fact) => {
      expect(await claimAfter(fact)).toMatchObject([
        { headSha: "s1", checkRunId: 11, repository, task: { kind: "head", headSha: "s1", ...repository } },
        null,
      ]);
    });

    test.each([
      peopleFact(repository),
      installationFact({ installationId: 8 }),
      pullFact({ repositoryId: 71 }, 1),
    ])("%s does not", async (fact) => {
      expect(await claimAfter(fact)).toEqual([null, null]);
    });
  });
}

/** What every store must make of one that kept with each approval what it covered. */
export function contentMigrationContract(name: string, former: () => Promise<FormerStore>): void {
  test(`${name} keeps the approvals of a store that kept with each what it covered`, async () => {
    const old = await former();
    const of = { repository: 70, pull: 1 };
    const second = { ...approval, reviewId: 6, hazards: ["terraform/resource-removed infra/main.tf"] };
    for (const one of [approval, second])
      await old.insert("approval", { ...of, review_id: one.reviewId, record: JSON.stringify(one) });
    const store = await old.open();

    expect((await store.remember(repository, 1)).approvals).toEqual([approval, second]);
    const third = { ...approval, reviewId: 7 };
    const by = { headSha: "s1", asOf: 0, at: new Date(0) };
    const toRecord = { ...NOTHING_TO_RECORD, by, approvals: [{ ...second, seenAt: "later" }, third] };
    await store.record(repository, 1, toRecord);
    expect((await store.remember(repository, 1)).approvals).toEqual([approval, second, third]);
    await store.close();
  });
}

export const NOTHING_TO_RECORD = {
  ...{ approvals: [], refusals: [], evidence: [], participants: [], commits: [], accounts: [] },
  change: null,
};
/** What every store must make of one that kept one check for each commit. */
export function checksMigrationContract(name: string, former: () => Promise<FormerStore>): void {
  test(`${name} keeps the passes of a store that knew one check for each commit, and what they rest on`, async () => {
    const old = await former();
    const place = { repository: 70, head_sha: "s1" };
    const task = { kind: "head", headSha: "s1", pulls: [1], ...repository };
    await old.insert("published_check", {
      ...place,
      ...{ publication: "p1", check_run_id: 11, conclusion: "success", digest: "d", passing: 1 },
      ...{ state: "standing", task: JSON.stringify(task) },
    });
    await old.insert("intention", { ...place, id: "p2", passing: 1, since: 0, written_until: 5 });
    await old.insert("pass_fact", { ...place, fact: pullFact(repository, 1), intention: "" });
    await old.insert("pass_fact", { ...place, fact: pullFact(repository, 2), intention: "p2" });
    const store = await old.open();

    expect(await store.publishedChecks(repository, "s1")).toEqual([
      { name: "countersign", checkRunId: 11, conclusion: "success", digest: "", state: "standing" },
    ]);
    await store.invalidate({ facts: [pullFact(repository, 2)] }, at(10));
    const withdrawal = await store.claimWithdrawal(at(10), 60_000);
    expect(withdrawal).toMatchObject({ headSha: "s1", name: "countersign", checkRunId: 11 });
    if (withdrawal !== null) expect(await store.withdrawn(withdrawal, at(11))).toBe(true);
    expect(await mainCheck(store, repository, "s1")).toMatchObject({ state: "withdrawn" });
    await store.invalidate({ facts: [pullFact(repository, 1)] }, at(12));
    expect(await store.claimWithdrawal(at(12), 60_000)).toBeNull();
    await store.close();
  });
}

/** What every store must make of one whose ledger was no chain. */
export function ledgerMigrationContract(name: string, former: () => Promise<FormerStore>): void {
  describe(`${name} chains the ledger of the version before`, () => {
    const insert = (old: FormerStore, called: string, count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          old.insert("ledger", {
            ...{
              at: at(index).toISOString(),
              repository: called,
              pull: index,
              head_sha: "s1",
              kind: "verdict",
            },
            data: JSON.stringify({ signedBy: ["olga"], index }),
          }),
        ),
      );
    const opened = async (count: number) => {
      const old = await former();
      await insert(old, "acme/shop", count);
      await insert(old, "acme/gone", 1);
      const store = await old.open();
      await store.seeRepositories([seen(null)]);
      return store;
    };
    const later = ledgerEntry({ repository, pull: 1_000 });

    test("in its order, what comes meanwhile behind it, and marked", async () => {
      const store = await opened(450);
      await store.append([later]);
      expect(await store.unchained()).toBe(452);
      const pulls = async () => (await all(store.entries("acme/shop"))).map(({ pull }) => pull);
      const inOrder = [...Array.from({ length: 450 }, (_, index) => index), 1_000];
      expect(await pulls()).toEqual(inOrder);

      const carried: number[] = [];
      for (let count = -1; count !== 0; carried.push(count)) {
        count = await store.carryOver();
        // However far it is, all of it is read, and nothing twice.
        expect(await pulls()).toEqual(inOrder);
        await expectWhole(store);
      }

      expect(carried).toEqual([200, 200, 52, 0]);
      const chain = await chainOf(store);
      expect(chain.map(({ entry }) => entry.carriedOver)).toEqual(inOrder.map((pull) => pull < 1_000));
      expect(chain[0]).toMatchObject({
        entry: { repository: { id: 70, name: "acme/shop" }, happenedAt: null },
        texts: { "/signedBy/0": { text: "olga" } },
      });
      expect(chain.at(-1)).toMatchObject({
        entry: { repository: { id: 70, name: "Acme/Shop" }, pull: 1_000 },
      });
      await store.append([later]);
      expect(await chainOf(store)).toHaveLength(452);
      await store.close();
    });

    test("what is of a repository that nobody knows any more, in a chain of its own", async () => {
      const store = await opened(1);
      await store.carryOver();
      expect(await chainOf(store, 0)).toMatchObject([
        { entry: { installation: 0, repository: { id: null, name: "acme/gone" }, carriedOver: true } },
      ]);
      await expectWhole(store, 0);
      await store.close();
    });
  });
}
