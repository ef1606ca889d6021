import { beforeEach, describe, expect, test } from "@jest/globals";
import { Budgets } from "../../../src/app/github/budgets.ts";
import { ManualClock } from "../manual-clock.ts";

const ONE = 1;
const OTHER = 2;

let clock: ManualClock;
let budgets: Budgets;
beforeEach(() => {
  clock = new ManualClock();
  budgets = new Budgets({ now: clock.now, writesPerSecond: 1 });
});

const write = (times: number, installation = ONE) => {
  for (let written = 0; written < times; written++) budgets.wrote(installation);
};
/** Seconds until a job may start. */
const wait = (installation: number, priority: "direct" | "sweep" = "direct") => {
  const at = budgets.startAt(installation, priority);
  return at === null ? 0 : (at.getTime() - clock.now().getTime()) / 1000;
};
const quota = (remaining: number, resource = "graphql") => {
  const reset = clock.now().getTime() + 600_000;
  budgets.observed(ONE, { resource, limit: 5000, remaining, reset });
};

describe("writes", () => {
  test("some may come at once, then one a second", async () => {
    write(10);
    expect(wait(ONE)).toBeGreaterThan(0);
    await clock.advance(4000);
    expect(wait(ONE)).toBe(0);
  });

  test("of one installation do not hold up another one", () => {
    write(50);
    expect([wait(ONE), wait(OTHER)]).toEqual([43.5, 0]);
  });

  test.each([
    { replicas: 1, writesPerSecond: 1 },
    { replicas: 2, writesPerSecond: 0.5 },
    { replicas: 4, writesPerSecond: 0.25 },
  ])("never pass 80 in any minute, however jobs come: $replicas", async ({ replicas, writesPerSecond }) => {
    const all = Array.from({ length: replicas }, () => new Budgets({ now: clock.now, writesPerSecond }));
    const written: number[] = [];
    for (let second = 0; second < 300; second++) {
      for (const own of all) {
        while (own.startAt(ONE, "direct") === null) {
          own.wrote(ONE);
          written.push(second);
        }
      }
      await clock.advance(1000);
    }
    for (const start of written) {
      expect(written.filter((at) => at >= start && at < start + 60).length).toBeLessThan(80);
    }
    expect(written.length).toBeGreaterThan(290);
  });

  test("jobs put off get a moment each: nobody comes back in a crowd", () => {
    write(10);
    expect([wait(ONE), wait(ONE), wait(ONE)]).toEqual([3.5, 4.5, 5.5]);
  });

  test("a sweep leaves some to what somebody waits for", () => {
    write(6);
    expect([wait(ONE, "sweep"), wait(ONE, "direct")]).toEqual([1, 0]);
  });

  test("E29 a quarter is left to withdrawals, which wait for nothing else", async () => {
    write(7);
    expect([wait(ONE) > 0, budgets.withdrawalAt(ONE)]).toEqual([true, null]);
    quota(0, "core");
    budgets.close(ONE, new Date(clock.now().getTime() + 120_000));
    expect(budgets.withdrawalAt(ONE)).toBeNull();
    write(3);
    const second = new Date(clock.now().getTime() + 1000);
    expect(budgets.withdrawalAt(ONE)).toEqual(second);
  });

  test("E29 verdicts wait while a withdrawal is under way", async () => {
    write(6);
    expect(wait(ONE)).toBe(0);
    await budgets.withdrawing(ONE, async () => expect(wait(ONE)).toBeGreaterThan(0));
  });

  test("are free where GitHub has no limits", () => {
    budgets = new Budgets({ now: clock.now, writesPerSecond: null });
    write(1000);
    expect([wait(ONE), wait(ONE, "sweep"), budgets.withdrawalAt(ONE)]).toEqual([0, 0, null]);
  });
});

describe("the hourly limit", () => {
  test("E16 keeps a fifth from sweeps", () => {
    quota(1000);
    expect([wait(ONE, "sweep"), wait(ONE, "direct")]).toEqual([600, 0]);
  });

  test("used up, lets nobody ask until it is set back", async () => {
    quota(0, "core");
    expect([wait(ONE), wait(OTHER)]).toEqual([600, 0]);
    await clock.advance(600_000);
    expect(wait(ONE)).toBe(0);
  });

  test("is told as GitHub told it last, one kind of requests apart from the other", () => {
    quota(4000, "core");
    quota(70);
    quota(69);
    expect(budgets.quotas().map(({ resource, remaining }) => [resource, remaining])).toEqual([
      ["core", 4000],
      ["graphql", 69],
    ]);
  });
});

describe("an installation that is closed", () => {
  test("E03 is left alone until GitHub's moment, and a nearer one does not open it", async () => {
    budgets.close(ONE, new Date(clock.now().getTime() + 120_000));
    budgets.close(ONE, new Date(clock.now().getTime() + 30_000));
    expect([wait(ONE), wait(OTHER)]).toEqual([120, 0]);
    await clock.advance(120_000);
    expect(wait(ONE)).toBe(0);
  });

  test("E15 suspended, is asked about every ten minutes, or as soon as there is news of it", () => {
    budgets.suspended(ONE);
    expect([wait(ONE), wait(OTHER)]).toEqual([600, 0]);
    budgets.resumed(ONE);
    expect(wait(ONE)).toBe(0);
  });

  test("E15 news of it does not lift a limit", () => {
    budgets.close(ONE, new Date(clock.now().getTime() + 60_000));
    budgets.resumed(ONE);
    expect(wait(ONE)).toBe(60);
  });
});
