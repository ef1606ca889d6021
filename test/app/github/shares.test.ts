import { beforeEach, describe, expect, test } from "@jest/globals";
import { Shares } from "../../../src/app/github/shares.ts";
import { ManualClock } from "../manual-clock.ts";

const ONE = 1;
const OTHER = 2;
const HOUR_MS = 3_600_000;

let clock: ManualClock;
let shares: Shares;
beforeEach(() => {
  clock = new ManualClock();
  shares = new Shares({ now: clock.now, quotas: () => [] });
});

const draw = (by: string, requests: number) => shares.drew(ONE, "strangers", { by, requests });
const wait = (installation = ONE) => {
  const until = shares.until(installation, "strangers");
  return until === null ? 0 : until.getTime() - clock.now().getTime();
};

test("all strangers of an installation share a tenth of its requests in an hour", async () => {
  draw("70 1", 600);
  expect(wait()).toBe(0);
  draw("71 2", 400);
  expect([wait(), wait(OTHER)]).toEqual([HOUR_MS, 0]);
  await clock.advance(HOUR_MS - 1);
  expect(wait()).toBe(1);
  await clock.advance(1);
  expect(wait()).toBe(0);
});

test("bots of one repository take nothing from those of another one, nor from strangers", () => {
  shares.drew(ONE, "bots of 70", { by: "70 9", requests: 5000 });
  expect(shares.until(ONE, "bots of 70")).not.toBeNull();
  expect(shares.until(ONE, "bots of 71")).toBeNull();
  expect(wait()).toBe(0);
});

test("where GitHub grants more, so do the shares", () => {
  const quota = { installationId: ONE, limit: 15_000, remaining: 1, reset: 0 };
  const quotas = () => ["core", "graphql"].map((resource) => ({ ...quota, resource }));
  shares = new Shares({ now: clock.now, quotas });
  draw("70 1", 2_999);
  expect(wait()).toBe(0);
  draw("70 1", 1);
  expect(wait()).toBe(HOUR_MS);
});

test("who turns out to have write permission draws on no share", () => {
  draw("70 1", 300);
  draw("70 2", 900);
  expect(wait()).toBe(HOUR_MS);
  shares.mayWrite(ONE, "strangers", "70 2");
  expect(wait()).toBe(0);
  draw("70 2", 10_000);
  expect(wait()).toBe(0);
  draw("70 1", 700);
  expect(wait()).toBe(HOUR_MS);
});

test("a commit that has passed is judged once a minute all the same", async () => {
  const at = () => shares.passedAt(ONE, "strangers", "head:70@s1");
  expect(at()).toBeNull();
  expect(at()?.getTime()).toBe(clock.now().getTime() + 60_000);
  expect(shares.passedAt(ONE, "strangers", "head:70@s2")).toBeNull();
  await clock.advance(60_000);
  expect(at()).toBeNull();
});

describe("hours are kept while they last, and so many of them", () => {
  const bots = (repository: number) => `bots of ${repository}` as const;
  const isUsedUp = (repository: number) => shares.until(ONE, bots(repository)) !== null;
  const use = (repository: number) =>
    shares.drew(ONE, bots(repository), { by: `${repository} 9`, requests: 5000 });

  beforeEach(() => {
    shares = new Shares({ now: clock.now, quotas: () => [], mostShares: 3 });
  });

  test("E25 shares beyond the most have one together", () => {
    for (const repository of [70, 71, 72]) expect(isUsedUp(repository)).toBe(false);
    use(73);
    expect([70, 71, 72, 73, 74].map(isUsedUp)).toEqual([false, false, false, true, true]);
    use(70);
    expect([70, 71, 74].map(isUsedUp)).toEqual([true, false, true]);
  });

  test("E25 past hours make room", async () => {
    for (const repository of [70, 71, 72, 73]) use(repository);
    await clock.advance(HOUR_MS);
    use(74);
    expect([75, 76, 74].map(isUsedUp)).toEqual([false, false, true]);
    use(75);
    expect([75, 76].map(isUsedUp)).toEqual([true, false]);
  });
});

test("E25 what is drawn by more accounts than are told apart stays drawn", () => {
  for (let account = 0; account < 1_000; account++) draw(`70 ${account}`, 0);
  draw("70 1000", 999);
  draw("70 1", 1);
  expect(wait()).toBe(HOUR_MS);
  shares.mayWrite(ONE, "strangers", "70 1000");
  expect(wait()).toBe(HOUR_MS);
  shares.mayWrite(ONE, "strangers", "70 1");
  expect(wait()).toBe(0);
});

test("a commit that has passed is judged once a minute, whatever others were", async () => {
  const wait = (head: string) => {
    const at = shares.passedAt(ONE, "strangers", head);
    return at === null ? null : at.getTime() - clock.now().getTime();
  };
  expect([wait("one"), wait("one")]).toEqual([null, 60_000]);
  await clock.advance(59_999);
  expect([wait("two"), wait("one")]).toEqual([null, 1]);
  await clock.advance(1);
  expect([wait("one"), wait("one"), wait("two")]).toEqual([null, 60_000, 59_999]);
});
