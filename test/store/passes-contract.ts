import { describe, expect, test } from "@jest/globals";
import type { Participant } from "../../src/signoff/snapshot.ts";
import {
  anyRefuserFact,
  branchFact,
  commitFact,
  type Fact,
  gainsFact,
  installationFact,
  peopleFact,
  pullFact,
  refusableFact,
  refusedFact,
  refuserFact,
  signerFact,
} from "../../src/store/fact.ts";
import type { News } from "../../src/store/jobs.ts";
import type { Gained, Invalidation, Publication } from "../../src/store/passes.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";

import { mainCheck } from "./main-check.ts";

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const LEASE = 60_000;
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const WRITE_ENDS = at(40);

let publications = 0;
export function publication(headSha: string, given: Partial<Publication> = {}): Publication {
  publications += 1;
  return {
    id: `publication-${publications}`,
    repository,
    headSha,
    name: "countersign",
    conclusion: "success",
    digest: `digest of ${headSha}`,
    passing: true,
    facts: [pullFact(repository, 1)],
    asOf: 0,
    urgent: false,
    task: { kind: "head", headSha, pulls: [1], ...repository },
    ...given,
  };
}

/** Publishes a pass that rests on these facts. */
export async function pass(store: Store, headSha: string, facts: readonly Fact[]): Promise<Publication> {
  await store.seeRepositories([{ ...repository, nodeId: "R_70", createdAt: "2025-01-01T00:00:00Z" }]);
  const { invalidations: asOf } = await store.moment(repository.installationId);
  const one = publication(headSha, { facts, asOf });
  expect(await store.intend(one, at(0), WRITE_ENDS)).toBe(true);
  await store.published(one, { id: 11, nodeId: "CR_11" }, at(0));
  return one;
}

function pushedBy(id: number): Participant {
  return {
    account: { id, login: `user-${id}`, type: "User" },
    role: "pusher",
    because: "pushed c1",
    sha: "c1",
  };
}

let deliveries = 0;
export async function doubt(store: Store, seconds: number, given: Invalidation): Promise<void> {
  deliveries += 1;
  const delivery = { id: `doubt-${deliveries}`, event: "membership", action: "removed" };
  await store.accept(delivery, { tasks: [], invalidation: given }, at(seconds));
}

/** What every store must do with what was published. */
export function passesContract(storeOf: () => Store): void {
  describe("the passes", () => {
    const claimed = async (seconds: number) => {
      const withdrawal = await storeOf().claimWithdrawal(at(seconds), LEASE);
      if (withdrawal === null) throw new Error("expected a withdrawal to be due");
      return withdrawal;
    };

    describe("of a commit that a merge group made", () => {
      const group = { base: "main", baseSha: "b" };
      const passGroup = async (sha: string) => {
        const task = { kind: "head", headSha: sha, pulls: [1], group, ...repository } as const;
        const one = publication(sha, { task, facts: [pullFact(repository, 1)] });
        expect(await storeOf().intend(one, at(0), WRITE_ENDS)).toBe(true);
        await storeOf().published(one, { id: 11, nodeId: "CR_11" }, at(0));
      };
      const hear = (id: string, news: Omit<News, "tasks">) =>
        storeOf().accept(
          { id, event: "any", action: null },
          { tasks: [], about: repository, ...news },
          at(1),
        );

      test("its group is known by the commit", async () => {
        await passGroup("grouped");
        await pass(storeOf(), "alone", [pullFact(repository, 2)]);
        expect(await storeOf().groupAt(repository, "grouped")).toEqual(group);
        expect(await storeOf().groupAt(repository, "alone")).toBeNull();
        expect(await storeOf().groupAt({ ...repository, repositoryId: 71 }, "grouped")).toBeNull();
      });

      test("is forgotten with the group", async () => {
        await passGroup("forgotten");
        await hear("destroyed-1", { destroyed: [{ headSha: "forgotten", merged: true }] });
        expect(await storeOf().publishedChecks(repository, "forgotten")).toEqual([]);
        expect(await storeOf().groupAt(repository, "forgotten")).toBeNull();
      });

      test("stays where a pull request has it as its head, and is its own from then on", async () => {
        await passGroup("shared");
        await hear("opened-2", { heads: [{ pull: 9, headSha: "shared" }] });
        await hear("destroyed-2", { destroyed: [{ headSha: "shared", merged: true }] });
        expect(await storeOf().groupAt(repository, "shared")).toBeNull();

        await doubt(storeOf(), 2, { facts: [pullFact(repository, 1)] });
        expect((await claimed(2)).headSha).toBe("shared");
      });
    });
    const heads = async (seconds: number) => {
      const found: string[] = [];
      for (;;) {
        const next = await storeOf().claimWithdrawal(at(seconds), LEASE);
        if (next === null) return found;
        found.push(next.headSha);
      }
    };

    const learns = async (headSha: string, sha: string, asOf: number, groups: readonly string[] = []) => {
      const account = { id: 5, login: "user-5", type: "User" as const };
      const participants = [{ account, role: "requester" as const, because: "asked for it" }];
      await storeOf().record(repository, 1, {
        ...{ approvals: [], refusals: [], evidence: [], participants: [], accounts: [], change: null },
        commits: [{ sha, evidence: [], participants }],
        by: { headSha, groups, asOf, at: at(1) },
      });
    };

    test("what is learnt of a commit while a head is judged puts the passes of other heads in doubt, once", async () => {
      const store = storeOf();
      await pass(store, "s1", [commitFact(repository, "c1")]);
      await pass(store, "s2", [commitFact(repository, "c1")]);
      await pass(store, "s3", [commitFact(repository, "c2")]);
      await learns("s1", "c1", 0);
      expect(await heads(1)).toEqual(["s2"]);
      await pass(store, "s4", [commitFact(repository, "c1")]);
      await learns("s3", "c1", 0);
      expect(await heads(2)).toEqual([]);
    });

    test("what is learnt of a commit leaves those merge groups alone for which whoever learnt it answers", async () => {
      const store = storeOf();
      for (const sha of ["g1", "g2"]) await pass(store, sha, [commitFact(repository, "c1")]);
      await learns("s1", "c1", 0, ["g1"]);
      expect(await heads(1)).toEqual(["g2"]);
    });

    test("what is learnt of a commit leaves the verdict alone in which it was learnt, and no other", async () => {
      const store = storeOf();
      const on = { facts: [commitFact(repository, "c1")], asOf: 0 };
      await learns("s1", "c1", 0);
      expect(await store.intend(publication("s1", on), at(2), WRITE_ENDS)).toBe(true);
      expect(await store.intend(publication("s2", on), at(2), WRITE_ENDS)).toBe(false);
    });

    test("what two learn of a commit at once is news to both", async () => {
      const store = storeOf();
      const on = { facts: [commitFact(repository, "c1")], asOf: 0 };
      await store.accept(
        { id: "pushed", event: "push", action: null },
        {
          tasks: [],
          about: repository,
          commits: [{ sha: "c1", evidence: [], participants: [pushedBy(6)] }],
        },
        at(1),
      );
      await learns("s1", "c1", 0);
      expect(await store.intend(publication("s1", on), at(2), WRITE_ENDS)).toBe(false);
      expect(await store.intend(publication("s1", { ...on, asOf: 2 }), at(2), WRITE_ENDS)).toBe(true);
    });

    test("a push that says nothing new of a commit puts nothing in doubt, one to a fork neither", async () => {
      const store = storeOf();
      let deliveries = 0;
      const pushed = async (participant: Participant) => {
        deliveries += 1;
        const commits = [{ sha: "c1", evidence: [], participants: [participant] }];
        const delivery = { id: `push-${deliveries}`, event: "push", action: null };
        await store.accept(delivery, { tasks: [], about: repository, commits }, at(1));
      };
      await pushed(pushedBy(6));
      await pass(store, "s1", [commitFact(repository, "c1")]);
      await pushed({ ...pushedBy(6), introduced: true });
      await pushed({ ...pushedBy(7), toFork: true });
      expect(await heads(1)).toEqual([]);
      await pushed({ ...pushedBy(6), forced: true });
      expect(await heads(1)).toEqual(["s1"]);
    });

    test("which merge groups pass is known, those included of whose write nobody knows the outcome", async () => {
      const store = storeOf();
      const group = { base: "main", baseSha: "b1" };
      const task = (headSha: string) =>
        ({ kind: "head", headSha, pulls: [1], group, ...repository }) as const;
      const of = (headSha: string, passing: boolean) =>
        publication(headSha, { passing, task: task(headSha) });
      const [one, two, three] = [of("g1", true), of("g2", false), of("g3", true)];
      for (const each of [one, two, three, publication("s1")]) await store.intend(each, at(0), WRITE_ENDS);
      for (const each of [one, two]) await store.published(each, { id: 11, nodeId: null }, at(1));
      expect(await store.passingGroups(repository)).toEqual([task("g1"), task("g3")]);
      expect(await store.passingGroups({ ...repository, repositoryId: 71 })).toEqual([]);
    });

    test("what was published is known with its run", async () => {
      const store = storeOf();
      expect(await mainCheck(store, repository, "s1")).toBeNull();
      await pass(store, "s1", []);
      expect(await mainCheck(store, repository, "s1")).toEqual({
        name: "countersign",
        checkRunId: 11,
        conclusion: "success",
        digest: "digest of s1",
        state: "standing",
      });
    });

    test("a doubt names the passes that rest on its facts, and no others", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1), signerFact(repository, 5)]);
      await pass(store, "s2", [pullFact(repository, 2), signerFact(repository, 6)]);
      await pass(store, "s3", [pullFact(repository, 3), branchFact(repository, "main")]);
      const red = publication("s4", { passing: false, conclusion: "action_required" });
      await store.intend(red, at(0), WRITE_ENDS);
      await store.published(red, { id: 12, nodeId: null }, at(0));
      await doubt(store, 1, { facts: [signerFact(repository, 5), branchFact(repository, "main")] });
      expect((await heads(1)).toSorted()).toEqual(["s1", "s3"]);
    });

    test("a withdrawal is claimed once, told with what it takes, and done", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1)]);
      await doubt(store, 1, { facts: [pullFact(repository, 1)] });
      expect(await store.nextWithdrawalAt()).toEqual(at(1));
      const withdrawal = await claimed(1);
      expect(withdrawal).toMatchObject({
        repository,
        headSha: "s1",
        checkRunId: 11,
        checkNodeId: "CR_11",
        inGroup: false,
        onlyIf: null,
        task: { kind: "head", headSha: "s1", pulls: [1] },
      });
      expect(await store.claimWithdrawal(at(2), LEASE)).toBeNull();
      expect(await store.withdrawn(withdrawal, at(2))).toBe(true);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({ state: "withdrawn", digest: "" });
      expect(await store.nextWithdrawalAt()).toBeNull();
      await doubt(store, 3, { facts: [pullFact(repository, 1)] });
      expect(await heads(3)).toEqual([]);
    });

    test("one that failed is tried again at its time, and one whose worker died after its lease", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1)]);
      await doubt(store, 1, { facts: [pullFact(repository, 1)] });
      await store.retryWithdrawal(await claimed(1), at(5));
      expect(await store.claimWithdrawal(at(4), LEASE)).toBeNull();
      expect((await claimed(5)).attempts).toBe(1);
      expect(await store.claimWithdrawal(at(64), LEASE)).toBeNull();
      expect(await heads(65)).toEqual(["s1"]);
    });

    test("a patient doubt withdraws what stands, and leaves a withdrawal that waits for its time to wait", async () => {
      const store = storeOf();
      const patient = { facts: [pullFact(repository, 1)], patient: true } as const;
      await pass(store, "s1", [pullFact(repository, 1)]);
      await doubt(store, 1, patient);
      await store.retryWithdrawal(await claimed(1), at(5));
      await doubt(store, 2, patient);
      expect(await store.nextWithdrawalAt()).toEqual(at(5));
      expect((await claimed(5)).attempts).toBe(1);
    });

    describe("what has passed may be refused by whoever gains the right", () => {
      const gained = { installationId: 7, account: 5 };
      const facts = [installationFact(repository), gainsFact(repository), refusableFact(repository, 1)];
      const [ofFive, ofAnybody] = [refuserFact(repository, 1, 5), anyRefuserFact(repository, 1)];

      test.each<{ why: string; gained: Gained; refused: Fact; ends: boolean }>([
        { why: "by that person", gained, refused: ofFive, ends: true },
        { why: "not by another", gained, refused: refuserFact(repository, 1, 6), ends: false },
        { why: "not of another pull request", gained, refused: refuserFact(repository, 2, 5), ends: false },
        { why: "of this repository", gained: { ...gained, repositoryId: 70 }, refused: ofFive, ends: true },
        { why: "not of another one", gained: { ...gained, repositoryId: 71 }, refused: ofFive, ends: false },
        {
          why: "not of another installation",
          gained: { ...gained, installationId: 8 },
          refused: ofFive,
          ends: false,
        },
        { why: "by anybody", gained: { ...gained, account: null }, refused: ofAnybody, ends: true },
        {
          why: "by anybody, not of another repository",
          gained: { ...gained, account: null, repositoryId: 71 },
          refused: ofAnybody,
          ends: false,
        },
      ])("$why", async ({ gained: given, refused, ends }) => {
        const store = storeOf();
        await pass(store, "s1", facts);
        await doubt(store, 1, { facts: [peopleFact({ installationId: 7 })], gained: given });
        expect(await heads(1)).toEqual([]);
        await doubt(store, 2, { facts: [refused] });
        expect(await heads(2)).toEqual(ends ? ["s1"] : []);
      });

      test("who refused before, as soon as that is heard", async () => {
        const store = storeOf();
        const refused = refusedFact(repository, 5);
        await pass(store, "s1", facts);
        await pass(store, "s2", [refusableFact(repository, 2)]);
        await doubt(store, 1, {
          facts: [ofFive],
          also: { where: refusableFact(repository, 1), facts: [refused] },
        });
        expect(await heads(1)).toEqual([]);
        await doubt(store, 2, { facts: [refused] });
        expect(await heads(2)).toEqual(["s1"]);
      });

      test("and what was judged meanwhile is not published", async () => {
        const store = storeOf();
        const { invalidations: asOf } = await store.moment(7);
        await doubt(store, 1, { facts: [peopleFact({ installationId: 7 })], gained });
        expect(await store.intend(publication("s1", { facts, asOf }), at(2), WRITE_ENDS)).toBe(false);
      });
    });

    test("a patient doubt ends what another one depended on", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1)]);
      await doubt(store, 1, { facts: [pullFact(repository, 1)], onlyIf: { account: 5, login: "user-5" } });
      await doubt(store, 2, { facts: [pullFact(repository, 1)], patient: true });
      expect((await claimed(2)).onlyIf).toBeNull();
    });

    test("checks of one commit are published, doubted and withdrawn by name", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1), pullFact(repository, 2)]);
      const named = publication("s1", { name: "countersign (main)", facts: [pullFact(repository, 1)] });
      expect(await store.intend(named, at(0), WRITE_ENDS)).toBe(true);
      await store.published(named, { id: 12, nodeId: "CR_12" }, at(0));
      await doubt(store, 1, { facts: [pullFact(repository, 2)] });
      const first = await claimed(1);
      expect(first).toMatchObject({ name: "countersign", checkRunId: 11 });
      expect(await store.claimWithdrawal(at(1), LEASE)).toBeNull();
      expect(await store.withdrawn(first, at(1))).toBe(true);
      expect(await store.publishedChecks(repository, "s1")).toMatchObject([
        { name: "countersign", checkRunId: 11, state: "withdrawn" },
        { name: "countersign (main)", checkRunId: 12, state: "standing" },
      ]);
      await doubt(store, 2, { facts: [pullFact(repository, 1)] });
      expect(await claimed(2)).toMatchObject({ name: "countersign (main)", checkRunId: 12 });
    });

    test("the intention to publish one check leaves the others of the commit as they are known", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1)]);
      const named = publication("s1", { name: "countersign (main)", facts: [pullFact(repository, 2)] });
      await store.intend(named, at(1), WRITE_ENDS);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({ digest: "digest of s1" });
      await store.notPublished(named);
      expect(await store.publishedChecks(repository, "s1")).toHaveLength(1);
      await store.intend(named, at(2), WRITE_ENDS);
      await doubt(store, 50, { facts: [pullFact(repository, 2)] });
      expect(await claimed(50)).toMatchObject({ name: "countersign (main)", checkRunId: null });
    });

    test("merge groups go first, then what auto-merge acts on, then the rest in the order of doubts", async () => {
      const store = storeOf();
      const facts = [installationFact(repository)];
      await pass(store, "plain", facts);
      for (const one of [
        publication("urgent", { facts, urgent: true }),
        publication("group", {
          facts,
          task: {
            kind: "head",
            headSha: "group",
            pulls: [],
            group: { base: "main", baseSha: "b" },
            ...repository,
          },
        }),
      ]) {
        await store.intend(one, at(0), WRITE_ENDS);
        await store.published(one, { id: 13, nodeId: null }, at(0));
      }
      await doubt(store, 1, { facts });
      expect(await heads(1)).toEqual(["group", "urgent", "plain"]);
    });

    test("what auto-merge acts on since it passed goes first, until it is judged without it", async () => {
      const store = storeOf();
      const facts = [installationFact(repository)];
      const [, second, third] = [
        await pass(store, "s1", facts),
        await pass(store, "s2", facts),
        await pass(store, "s3", facts),
      ];
      const news = { tasks: [], about: repository, mergingByItself: ["s2", "s3"] };
      await store.accept({ id: "enabled", event: "pull_request", action: "auto_merge_enabled" }, news, at(1));
      expect(await store.stillRests({ ...second, urgent: false }, at(0))).toBe(true);
      expect(await store.stillRests({ ...third, urgent: true }, at(0))).toBe(true);
      await doubt(store, 2, { facts });
      expect(await heads(2)).toEqual(["s3", "s1", "s2"]);
    });

    test("of another repository's commits nothing is heard", async () => {
      const store = storeOf();
      const facts = [installationFact(repository)];
      for (const sha of ["s1", "s2"]) await pass(store, sha, facts);
      const about = { ...repository, repositoryId: 71 };
      const news = { tasks: [], about, mergingByItself: ["s2"] };
      await store.accept(
        { id: "elsewhere", event: "pull_request", action: "auto_merge_enabled" },
        news,
        at(1),
      );
      await doubt(store, 2, { facts });
      expect(await heads(2)).toEqual(["s1", "s2"]);
    });

    test("E21 a pass is not intended when one of its facts was doubted after its questions were asked", async () => {
      const store = storeOf();
      const { invalidations: asOf } = await store.moment(7);
      await doubt(store, 1, { facts: [signerFact(repository, 5)] });
      const stale = publication("s1", { facts: [signerFact(repository, 5)], asOf });
      expect(await store.intend(stale, at(0), WRITE_ENDS)).toBe(false);
      expect(await mainCheck(store, repository, "s1")).toBeNull();
      const other = publication("s1", { facts: [signerFact(repository, 6)], asOf });
      expect(await store.intend(other, at(0), WRITE_ENDS)).toBe(true);
      const fresh = { ...stale, asOf: (await store.moment(7)).invalidations };
      expect(await store.intend(fresh, at(0), WRITE_ENDS)).toBe(true);
    });

    test("E20 an intention whose outcome is not known counts as a pass that stands", async () => {
      const store = storeOf();
      await store.seeRepositories([{ ...repository, nodeId: null, createdAt: null }]);
      await store.intend(publication("s1", { facts: [pullFact(repository, 1)] }), at(0), WRITE_ENDS);
      await doubt(store, 50, { facts: [pullFact(repository, 1)] });
      expect(await claimed(50)).toMatchObject({ headSha: "s1", checkRunId: null });
    });

    test("E20 a write that may still arrive is withdrawn once more after it can no longer", async () => {
      const store = storeOf();
      await pass(store, "s1", [pullFact(repository, 1)]);
      const { invalidations: asOf } = await store.moment(7);
      await store.intend(publication("s1", { digest: "again", asOf }), at(0), WRITE_ENDS);
      await doubt(store, 2, { facts: [pullFact(repository, 1)] });
      expect(await store.withdrawn(await claimed(2), at(3))).toBe(true);
      expect(await store.claimWithdrawal(at(39), LEASE)).toBeNull();
      expect(await store.withdrawn(await claimed(40), at(41))).toBe(true);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({ state: "withdrawn" });
    });

    test("a pass that was doubted while it was being written is withdrawn", async () => {
      const store = storeOf();
      await store.seeRepositories([{ ...repository, nodeId: null, createdAt: null }]);
      const one = publication("s1", { facts: [pullFact(repository, 1)] });
      await store.intend(one, at(0), WRITE_ENDS);
      await doubt(store, 1, { facts: [pullFact(repository, 1)] });
      expect(await store.withdrawn(await claimed(1), at(2))).toBe(true);
      await store.published(one, { id: 11, nodeId: null }, at(3));
      expect(await claimed(3)).toMatchObject({ headSha: "s1", checkRunId: 11 });
    });

    test("a failed write leaves what stood before", async () => {
      const store = storeOf();
      const one = await pass(store, "s1", [pullFact(repository, 1)]);
      const red = {
        ...one,
        id: "red",
        conclusion: "action_required",
        passing: false,
        digest: "red",
      } as const;
      await store.intend(red, at(0), WRITE_ENDS);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({
        conclusion: "success",
        digest: "",
      });
      await store.notPublished(red);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({ digest: "digest of s1" });
      await doubt(store, 1, { facts: [pullFact(repository, 1)] });
      expect(await heads(1)).toEqual(["s1"]);
    });

    test("a red verdict that is on its way does not hide the pass that stands until it arrives", async () => {
      const store = storeOf();
      const one = await pass(store, "s1", [pullFact(repository, 1)]);
      const red = {
        ...one,
        id: "red",
        conclusion: "action_required",
        passing: false,
        digest: "red",
      } as const;
      await store.intend(red, at(0), WRITE_ENDS);
      await doubt(store, 1, { facts: [pullFact(repository, 1)] });
      const withdrawal = await claimed(1);
      await store.published(red, { id: 11, nodeId: null }, at(2));
      // GitHub may show the withdrawal over the verdict now.
      expect(await store.withdrawn(withdrawal, at(3))).toBe(false);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({
        conclusion: "action_required",
        digest: "",
        state: "standing",
      });
    });

    test("E35 a doubt that depends on somebody's permission is spared, unless another came", async () => {
      const store = storeOf();
      const facts = [pullFact(repository, 1)];
      await pass(store, "s1", facts);
      const stranger = { account: 66, login: "mallory" };
      await doubt(store, 1, { facts, onlyIf: stranger });
      const first = await claimed(1);
      expect(first.onlyIf).toEqual([stranger]);
      await store.spared(first);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({ state: "standing" });
      await doubt(store, 2, { facts, onlyIf: stranger });
      await doubt(store, 2, { facts, onlyIf: { account: 67, login: "trudy" } });
      const second = await claimed(2);
      expect(second.onlyIf?.map(({ login }) => login)).toEqual(["mallory", "trudy"]);
      await doubt(store, 3, { facts });
      await store.spared(second);
      expect(await mainCheck(store, repository, "s1")).toMatchObject({ state: "doubted" });
    });

    test("E35 a spared pass that another doubted meanwhile is judged by that doubt at once", async () => {
      const store = storeOf();
      const facts = [pullFact(repository, 1)];
      await pass(store, "s1", facts);
      await doubt(store, 1, { facts, onlyIf: { account: 66, login: "mallory" } });
      const first = await claimed(1);
      await doubt(store, 2, { facts });
      await store.spared(first);
      expect((await claimed(2)).onlyIf).toBeNull();
    });

    test("E35 tells of a pass in doubt whether it rests on a fact", async () => {
      const store = storeOf();
      const facts = [pullFact(repository, 1)];
      await pass(store, "s1", facts);
      await pass(store, "s2", [pullFact(repository, 2)]);
      await doubt(store, 1, { facts });
      const withdrawal = await claimed(1);
      expect(await store.restsOn(withdrawal, pullFact(repository, 1))).toBe(true);
      expect(await store.restsOn(withdrawal, pullFact(repository, 2))).toBe(false);
      await store.intend(publication("s1", { asOf: 1, facts: [] }), at(2), WRITE_ENDS);
      expect(await store.restsOn(withdrawal, pullFact(repository, 1))).toBe(false);
    });

    test("a pass of a repository that no event told of is withdrawn by the name it was published under", async () => {
      const store = storeOf();
      const facts = [pullFact(repository, 1)];
      await store.intend(publication("s1", { facts }), at(0), WRITE_ENDS);
      await doubt(store, 1, { facts });
      expect((await claimed(1)).repository).toMatchObject(repository);
    });

    test("tells since when answers about people may be used", async () => {
      const store = storeOf();
      expect(await store.moment(7)).toEqual({ invalidations: 0, peopleSince: 0 });
      await doubt(store, 5, { facts: [peopleFact({ installationId: 7 })] });
      expect(await store.moment(7)).toEqual({ invalidations: 1, peopleSince: at(5).getTime() });
      expect(await store.moment(8)).toEqual({ invalidations: 1, peopleSince: 0 });
    });
  });
}
