import { describe, expect, test } from "@jest/globals";
import type { Hours, HoursConfig } from "../../../src/policy/keys/working-hours.ts";
import { workingHours } from "../../../src/policy/keys/working-hours.ts";
import { afterWorkingTime } from "../../../src/signoff/time/working-time.ts";
import { threadTime } from "../../thread-time.ts";
import { DAY, HOUR, MINUTE } from "./build.ts";

const hours = (written: HoursConfig = {}): Hours => workingHours.read(written, () => "");
const berlin = { zone: "Europe/Berlin" } as const;

interface Row {
  readonly why: string;
  readonly hours: HoursConfig;
  readonly since: string;
  readonly lasts: number;
  readonly ends: string;
}

describe("working time ends", () => {
  test.each<Row>([
    {
      why: "on the same day",
      hours: {},
      since: "2026-11-20T10:00Z",
      lasts: 4 * HOUR,
      ends: "2026-11-20T14:00Z",
    },
    {
      why: "with the day, where it just fits",
      hours: {},
      since: "2026-11-20T13:00Z",
      lasts: 4 * HOUR,
      ends: "2026-11-20T17:00Z",
    },
    {
      why: "after the weekend",
      hours: {},
      since: "2026-11-20T16:00Z",
      lasts: 4 * HOUR,
      ends: "2026-11-23T12:00Z",
    },
    {
      why: "counted from the morning",
      hours: {},
      since: "2026-11-20T03:00Z",
      lasts: HOUR,
      ends: "2026-11-20T10:00Z",
    },
    {
      why: "counted from Monday, when asked on a Saturday",
      hours: {},
      since: "2026-11-21T12:00Z",
      lasts: HOUR,
      ends: "2026-11-23T10:00Z",
    },
    {
      why: "on a Sunday, from sun to thu",
      hours: { days: "sun-thu" },
      since: "2026-11-20T10:00Z",
      lasts: HOUR,
      ends: "2026-11-22T10:00Z",
    },
    {
      why: "on one of the days listed",
      hours: { days: "mon,wed" },
      since: "2026-11-23T16:00Z",
      lasts: 2 * HOUR,
      ends: "2026-11-25T10:00Z",
    },
    {
      why: "around the end of a week that begins on a Saturday",
      hours: { days: "sat-mon" },
      since: "2026-11-23T16:00Z",
      lasts: 2 * HOUR,
      ends: "2026-11-28T10:00Z",
    },
    {
      why: "at midnight, where the day lasts until 24:00",
      hours: { start: "20:00", end: "24:00" },
      since: "2026-11-20T19:00Z",
      lasts: 4 * HOUR,
      ends: "2026-11-21T00:00Z",
    },
    {
      why: "over the end of the year",
      hours: {},
      since: "2026-12-31T16:30Z",
      lasts: HOUR,
      ends: "2027-01-01T09:30Z",
    },
    {
      why: "by the clock of a zone with half an hour",
      hours: { zone: "Asia/Kolkata" },
      since: "2026-11-20T00:00Z",
      lasts: HOUR,
      ends: "2026-11-20T04:30Z",
    },
    // Berlin goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 to 02:00 on 2026-10-25.
    {
      why: "an hour earlier by UTC once Berlin has summer time",
      hours: berlin,
      since: "2026-03-27T15:30Z",
      lasts: HOUR,
      ends: "2026-03-30T07:30Z",
    },
    {
      why: "an hour later by UTC once it has not",
      hours: berlin,
      since: "2026-10-23T14:30Z",
      lasts: HOUR,
      ends: "2026-10-26T08:30Z",
    },
    {
      why: "after 23 hours of a day without one of its hours",
      hours: { ...berlin, days: "sun", start: "00:00", end: "24:00" },
      since: "2026-03-28T12:00Z",
      lasts: 23 * HOUR,
      ends: "2026-03-29T22:00Z",
    },
    {
      why: "after 25 hours of a day with one twice",
      hours: { ...berlin, days: "sun", start: "00:00", end: "24:00" },
      since: "2026-10-24T12:00Z",
      lasts: 25 * HOUR,
      ends: "2026-10-25T23:00Z",
    },
    {
      why: "from the end of a gap that the day begins in",
      hours: { ...berlin, days: "sun", start: "02:30", end: "04:00" },
      since: "2026-03-28T12:00Z",
      lasts: 30 * MINUTE,
      ends: "2026-03-29T02:00Z",
    },
    {
      why: "in New York, when its clock goes ahead",
      hours: { zone: "America/New_York" },
      since: "2026-03-06T21:30Z",
      lasts: HOUR,
      ends: "2026-03-09T13:30Z",
    },
    {
      why: "in New York, when its clock goes back",
      hours: { zone: "America/New_York" },
      since: "2026-10-30T20:30Z",
      lasts: HOUR,
      ends: "2026-11-02T14:30Z",
    },
    // Lord Howe moves by half an hour: to +11 on 2026-10-04, to +10:30 on 2026-04-05.
    {
      why: "on Lord Howe, half an hour earlier",
      hours: { zone: "Australia/Lord_Howe" },
      since: "2026-10-02T06:00Z",
      lasts: HOUR,
      ends: "2026-10-04T22:30Z",
    },
    {
      why: "on Lord Howe, half an hour later",
      hours: { zone: "Australia/Lord_Howe" },
      since: "2026-04-03T05:30Z",
      lasts: HOUR,
      ends: "2026-04-05T23:00Z",
    },
  ])("$why", ({ hours: written, since, lasts, ends }) => {
    const found = afterWorkingTime(Date.parse(since), lasts, hours(written));
    expect(found === null ? null : new Date(found).toISOString()).toBe(new Date(ends).toISOString());
  });
});

test("of years of working time there is no end, and it is told quickly", () => {
  const took = threadTime(() => {
    expect(afterWorkingTime(Date.parse("2026-11-20T10:00Z"), 9999 * DAY, hours(berlin))).toBeNull();
  });
  expect(took).toBeLessThan(1_000);
});
