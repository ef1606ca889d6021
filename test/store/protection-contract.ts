import { beforeEach, describe, expect, test } from "@jest/globals";
import type { BranchFinding } from "../../src/doctor/branch-findings.ts";
import { diagnose } from "../../src/doctor/finding.ts";
import { known } from "../../src/doctor/known.ts";
import type { ProtectionLook } from "../../src/store/protection.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import type { Task } from "../../src/store/task.ts";
import { BRANCH, SOUND } from "../doctor/sound.ts";

const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const pay = { ...shop, repositoryId: 71, repo: "pay" };
const now = new Date("2026-01-01T00:00:00Z");

const fine: ProtectionLook = { at: 1_764_547_200_000, branches: [], findings: diagnose(SOUND) };
const NOT_REQUIRED: BranchFinding = { branch: "main", code: "check-required", fix: "countersign doctor" };
const unprotected: ProtectionLook = {
  at: 5,
  branches: [NOT_REQUIRED],
  findings: diagnose({ ...SOUND, branches: known([{ ...BRANCH, protections: known([]) }]) }),
};
const byAnybody: ProtectionLook = {
  ...fine,
  findings: fine.findings.map((finding) =>
    finding.code === "check-pinned" ? { ...finding, holds: "no", fix: "countersign doctor" } : finding,
  ),
};
const unseen: ProtectionLook = { at: 6, branches: [], findings: [] };

/** What every store must keep of the rules of branches. */
export function protectionContract(storeOf: () => Store): void {
  describe("what is known of the rules of branches", () => {
    let store: Store;
    beforeEach(async () => {
      store = storeOf();
      const seen = [shop, pay, { ...shop, installationId: 8, repositoryId: 80, owner: "globex" }];
      await store.seeRepositories(seen.map((each) => ({ ...each, nodeId: null, createdAt: null })));
    });

    test("the last look is kept, by repository", async () => {
      expect(await store.protection(shop)).toBeNull();
      expect(await store.branchFindings(shop)).toEqual([]);
      await store.recordProtection(shop, unprotected);
      await store.recordProtection(pay, fine);
      expect(await store.branchFindings(shop)).toEqual([NOT_REQUIRED]);
      expect(await store.branchFindings(pay)).toEqual([]);
      expect(await store.protection({ ...shop, owner: "other", repo: "name" })).toEqual(unprotected);
      await store.recordProtection(shop, fine);
      expect(await store.protection(shop)).toEqual(fine);
    });

    test.each([
      { why: "it holds", look: fine, counts: 0 },
      { why: "the check is not required", look: unprotected, counts: 1 },
      { why: "others can report the check", look: byAnybody, counts: 1 },
      { why: "nothing is known", look: unseen, counts: 0 },
    ])("counted are repositories known not to be held to the check: $why", async ({ look, counts }) => {
      await store.recordProtection(shop, look);
      expect(await store.unprotected()).toBe(counts);
    });

    test("of repositories that an installation no longer has, nothing is kept", async () => {
      for (const each of [shop, pay]) await store.recordProtection(each, unprotected);
      await store.recordProtection({ ...shop, repositoryId: 80 }, unprotected);
      await store.forgetProtectionIn(7, [71]);
      expect(await store.protection(shop)).toBeNull();
      expect(await store.unprotected()).toBe(2);
      await store.forgetProtectionIn(7, []);
      expect(await store.unprotected()).toBe(1);
    });

    test("of installations that are gone, nothing is kept", async () => {
      await store.recordProtection(shop, unprotected);
      await store.recordProtection({ ...shop, repositoryId: 80 }, unprotected);
      await store.forgetProtectionOutside([7, 9]);
      expect(await store.protection(shop)).toEqual(unprotected);
      expect(await store.unprotected()).toBe(1);
      await store.forgetProtectionOutside([]);
      expect(await store.protection(shop)).toBeNull();
    });

    test("nobody waits for a look: it comes after what somebody asked for, whatever asks for it", async () => {
      const look: Task = { kind: "protection", ...shop };
      const head: Task = { kind: "head", headSha: "s1", pulls: [1], ...shop };
      const delivery = { id: "a", event: "repository_ruleset", action: "edited" };
      await store.accept(delivery, { tasks: [look] }, now);
      await store.enqueue([look, head], "direct", now);

      const jobs = [await store.claim(now, 60_000), await store.claim(now, 60_000)];

      expect(jobs).toMatchObject([
        { task: head, priority: "direct" },
        { task: look, priority: "sweep", hasPassed: false },
      ]);
      expect(await store.claim(now, 60_000)).toBeNull();
    });
  });
}
