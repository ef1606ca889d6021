import { describe, expect, test } from "@jest/globals";
import { DEFAULT_POLICY } from "../../../src/policy/merge.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { resolvePolicy } from "../../../src/policy/resolve.ts";

const found = (text: string) => ({ status: "found", path: ".github/countersign.yml", text }) as const;
const absent = { status: "absent" } as const;
const time = (text: string) => `time:\n  ${text.replaceAll("\n", "\n  ")}\n`;

type Read = (policy: Policy["time"]) => unknown;

describe("the stricter of the organization's file and the repository's is in force", () => {
  test.each<{ key: string; read: Read; organization: string; repository: string; inForce: unknown }>([
    {
      key: "max-reviews-per-person",
      read: ({ maxReviewsPerPerson: is }) => is,
      organization: "5",
      repository: "3",
      inForce: 3,
    },
    {
      key: "max-reviews-per-person",
      read: ({ maxReviewsPerPerson: is }) => is,
      organization: "5",
      repository: "9",
      inForce: 5,
    },
    {
      key: "max-open-changes",
      read: ({ maxOpenChanges: is }) => is,
      organization: "5",
      repository: "9",
      inForce: 5,
    },
    {
      key: "max-lines",
      read: ({ maxLines: is }) => is,
      organization: "400",
      repository: "4000",
      inForce: 400,
    },
    {
      key: "max-lines",
      read: ({ maxLines: is }) => is,
      organization: "400",
      repository: "100",
      inForce: 100,
    },
    {
      key: "over-limit",
      read: ({ overLimit: is }) => is,
      organization: "split",
      repository: "extra-approval",
      inForce: "split",
    },
    {
      key: "fast-approvals",
      read: ({ fastApprovals: is }) => is,
      organization: "ask",
      repository: "off",
      inForce: "ask",
    },
    {
      key: "fast-approvals",
      read: ({ fastApprovals: is }) => is,
      organization: "show",
      repository: "ask",
      inForce: "ask",
    },
    {
      key: "wait",
      read: ({ wait }) => wait.destructive,
      organization: "{ destructive: 30m }",
      repository: "{ destructive: 5m }",
      inForce: 1_800_000,
    },
    {
      key: "wait",
      read: ({ wait }) => wait.destructive,
      organization: "{ destructive: 30m }",
      repository: "{ destructive: 2h }",
      inForce: 7_200_000,
    },
    {
      key: "respond-within",
      read: ({ respondWithin: is }) => is,
      organization: "4h",
      repository: "1d",
      inForce: 86_400_000,
    },
    {
      key: "working-hours",
      read: ({ workingHours: { zone } }) => zone,
      organization: "{ zone: Europe/Berlin }",
      repository: "{ zone: Asia/Tokyo }",
      inForce: "Asia/Tokyo",
    },
  ])("$key: $organization and $repository", ({ key, read, organization, repository, inForce }) => {
    const { policy } = resolvePolicy({
      organization: found(time(`${key}: ${organization}`)),
      repository: found(time(`${key}: ${repository}`)),
    });
    expect(policy === null ? null : read(policy.time)).toBe(inForce);
  });

  test("what the organization says nothing of, a repository may set", () => {
    const { policy } = resolvePolicy({
      organization: found("mode: enforce\n"),
      repository: found(time("max-lines: 400\nwait: { widening: 10m }")),
    });
    expect([policy?.time.maxLines, policy?.time.wait.widening]).toEqual([400, 600_000]);
  });
});

test("without the key nobody is kept from being asked, and nothing waits", () => {
  expect(DEFAULT_POLICY.time).toEqual({
    maxReviewsPerPerson: null,
    maxOpenChanges: null,
    maxLines: null,
    overLimit: "extra-approval",
    fastApprovals: "off",
    wait: { destructive: 0, widening: 0 },
    respondWithin: null,
    workingHours: { zone: "UTC", days: [1, 2, 3, 4, 5], start: 540, end: 1020, teams: {} },
  });
});

describe("working hours", () => {
  const hours = (text: string) =>
    resolvePolicy({ organization: absent, repository: found(time(`working-hours: ${text}`)) });

  test.each<{ days: string; are: readonly number[] }>([
    { days: "mon-fri", are: [1, 2, 3, 4, 5] },
    { days: "sun-thu", are: [1, 2, 3, 4, 7] },
    { days: "fri-mon", are: [1, 5, 6, 7] },
    { days: "sat-sun", are: [6, 7] },
    { days: "wed-wed", are: [3] },
    { days: "tue", are: [2] },
    { days: "fri,mon,fri", are: [1, 5] },
  ])("days: $days", ({ days, are }) => {
    expect(hours(`{ days: "${days}" }`).policy?.time.workingHours.days).toEqual(are);
  });

  test("a team has what it does not set from those of all", () => {
    const { policy } = hours(
      '{ zone: Europe/Berlin, start: "08:00", teams: [{ team: "@Acme/SRE-APAC", zone: Asia/Tokyo, end: "24:00" }] }',
    );
    expect(policy?.time.workingHours.teams).toEqual({
      "acme/sre-apac": { zone: "Asia/Tokyo", days: [1, 2, 3, 4, 5], start: 480, end: 1440 },
    });
  });

  test.each<{ why: string; text: string; says: RegExp }>([
    { why: "a zone that is none", text: "{ zone: Europe/Berlon }", says: /Europe\/Berlon.*no time zone/ },
    { why: "an offset", text: '{ zone: "+01:00" }', says: /no time zone/ },
    {
      why: "a zone of a team that is none",
      text: '{ teams: [{ team: "@acme/sre", zone: Mars }] }',
      says: /Mars.*no time zone/,
    },
    { why: "an end before the beginning", text: '{ start: "17:00", end: "09:00" }', says: /not later/ },
    { why: "an end at the beginning", text: '{ start: "09:00", end: "09:00" }', says: /not later/ },
    { why: "a beginning after the end that is left out", text: '{ start: "18:00" }', says: /not later/ },
    {
      why: "a team's beginning after the end of all",
      text: '{ end: "12:00", teams: [{ team: "@acme/sre", start: "13:00" }] }',
      says: /not later/,
    },
    { why: "a time of day that is none", text: '{ start: "25:00" }', says: /start/ },
    { why: "a beginning at midnight of the next day", text: '{ start: "24:00" }', says: /start/ },
    { why: "days that are none", text: '{ days: "mon-freitag" }', says: /days/ },
    { why: "a person for a team", text: '{ teams: [{ team: "@olga" }] }', says: /no team/ },
    { why: "a team without a name", text: "{ teams: [{ zone: Asia/Tokyo }] }", says: /team/ },
  ])("$why is an error", ({ text, says }) => {
    const { policy, problems } = hours(text);
    expect(policy).toBeNull();
    expect(problems.map(({ message }) => message).join("\n")).toMatch(says);
  });
});

test("every zone that the config takes is one that times can be counted in", async () => {
  const { afterWorkingTime } = await import("../../../src/signoff/time/working-time.ts");
  const zones = [...Intl.supportedValuesOf("timeZone"), "EST", "Etc/GMT+5", "US/Eastern", "GMT", "utc"];
  const since = Date.parse("2026-11-20T10:00:00Z");
  for (const zone of zones) {
    const { policy } = resolvePolicy({
      organization: absent,
      repository: found(time(`working-hours: { zone: ${zone} }`)),
    });
    if (policy !== null)
      expect(afterWorkingTime(since, 60_000, policy.time.workingHours)).toBeGreaterThan(since);
  }
});
