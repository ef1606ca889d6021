import { beforeEach, describe, expect, test } from "@jest/globals";
import type { ClockRecord, LineRecord } from "../../src/signoff/time-facts.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import type { HeardTime } from "../../src/store/time.ts";
import { NOTHING_TO_RECORD } from "./migration-contract.ts";

const shop: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const pay = { ...shop, repositoryId: 71, repo: "pay" };
const elsewhere = { ...shop, installationId: 8, repositoryId: 80, owner: "globex" };
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

const CLOCK: ClockRecord = { key: "k", first: at(1).toISOString(), ran: 5, since: null };
const place = (area: string, seconds: number, asked = true): LineRecord => {
  return { area, since: at(seconds).toISOString(), asked, most: 1 };
};

/** What every store must keep of what people have before them. */
export function timeContract(storeOf: () => Store): void {
  describe("time", () => {
    let store: Store;
    let deliveries = 0;
    beforeEach(async () => {
      store = storeOf();
      await store.seeRepositories(
        [shop, pay, elsewhere].map((each) => ({ ...each, nodeId: null, createdAt: null })),
      );
    });

    const hear = (heard: HeardTime | readonly HeardTime[], about = shop, now = at(0)) => {
      deliveries += 1;
      const delivery = { id: `time-${deliveries}`, event: "pull_request", action: null };
      return store.accept(delivery, { tasks: [], about, time: [heard].flat() }, now);
    };
    const record = (pull: number, seen: { clocks?: readonly ClockRecord[]; lines?: readonly LineRecord[] }) =>
      store.record(shop, pull, { ...NOTHING_TO_RECORD, ...seen, by: { headSha: "", asOf: 0, at: at(0) } });
    const places = async (repository = shop) =>
      (await store.linePlaces(repository)).map(({ area, pull }) => `${area} ${pull}`);

    test("clocks are kept as they were recorded last, and left alone by what was not judged", async () => {
      expect(await store.remember(shop, 1)).not.toHaveProperty("clocks");
      await record(1, { clocks: [CLOCK] });
      await record(1, {});
      expect(await store.remember(shop, 1)).toMatchObject({ clocks: [CLOCK] });
      await record(1, { clocks: [] });
      expect(await store.remember(shop, 1)).toMatchObject({ clocks: [] });
    });

    test("an author was last heard of at the latest moment, in whatever order deliveries come", async () => {
      await hear({ pull: 1, active: true }, shop, at(9));
      await hear({ pull: 1, active: true }, shop, at(3));
      await record(1, { clocks: [CLOCK] });
      expect(await store.remember(shop, 1)).toMatchObject({ activeAt: at(9).toISOString(), clocks: [CLOCK] });
    });

    test("a verdict takes the places that it names, and leaves the others", async () => {
      await record(2, { lines: [place("db", 2), place("infra", 2, false)] });
      await record(1, { lines: [{ ...place("infra", 1), outside: true }] });
      expect(await store.linePlaces(shop)).toEqual([
        { ...place("db", 2), pull: 2 },
        { ...place("infra", 1), pull: 1, outside: true },
        { ...place("infra", 2, false), pull: 2 },
      ]);
      expect(await places(pay)).toEqual([]);
      await record(2, { lines: [place("infra", 2)] });
      expect(await places()).toEqual(["infra 1", "infra 2"]);
      await record(1, {});
      expect(await places()).toEqual(["infra 2"]);
      await store.leaveLines(shop, 2);
      expect(await places()).toEqual([]);
    });

    test("reviews wait for those whom the last delivery names, and are counted of the other repositories alone", async () => {
      await hear({ pull: 1, waitsFor: [5, 6] });
      await hear({ pull: 2, waitsFor: [5] });
      await hear({ pull: 1, waitsFor: [6] }, elsewhere);
      expect(await store.loadElsewhere(pay)).toEqual({ 5: 2, 6: 1 });
      expect(await store.loadElsewhere(shop)).toEqual({});
      await hear({ pull: 1, waitsFor: [6] });
      expect(await store.loadElsewhere(pay)).toEqual({ 5: 1, 6: 1 });
      await hear({ pull: 1, active: true });
      await hear({ pull: 2, waitsFor: [] });
      expect(await store.loadElsewhere(pay)).toEqual({ 6: 1 });
    });

    test("what was opened again begins anew", async () => {
      await record(1, { clocks: [CLOCK], lines: [place("infra", 1)] });
      await hear([
        { pull: 1, closed: true },
        { pull: 1, waitsFor: [5], active: true },
      ]);
      expect(await places()).toEqual([]);
      const { clocks, activeAt } = await store.remember(shop, 1);
      expect([clocks, activeAt]).toEqual([undefined, at(0).toISOString()]);
      expect(await store.loadElsewhere(pay)).toEqual({ 5: 1 });
    });

    test("nothing is kept of what was closed, be it heard of or only missing among the open ones", async () => {
      for (const pull of [1, 2, 3]) {
        await hear({ pull, waitsFor: [5], active: true });
        await record(pull, { clocks: [CLOCK], lines: [place("infra", pull)] });
      }
      await hear({ pull: 1, closed: true });
      expect(await places()).toEqual(["infra 2", "infra 3"]);
      await store.keepTimeOf(shop, [3]);
      expect(await places()).toEqual(["infra 3"]);
      expect(await store.loadElsewhere(pay)).toEqual({ 5: 1 });
      for (const pull of [1, 2])
        expect(Object.keys(await store.remember(shop, pull))).not.toEqual(expect.arrayContaining(["clocks"]));
    });
  });
}
