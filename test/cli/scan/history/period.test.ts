import { expect, test } from "@jest/globals";
import { readDate } from "../../../../src/cli/scan/history/period.ts";

test.each([
  { text: "2026-03-14", from: "2026-03-14T00:00:00Z", until: "2026-03-14T23:59:59Z" },
  { text: "2026-12-31", from: "2026-12-31T00:00:00Z", until: "2026-12-31T23:59:59Z" },
  { text: "2024-02", from: "2024-02-01T00:00:00Z", until: "2024-02-29T23:59:59Z" },
  { text: "2026-12", from: "2026-12-01T00:00:00Z", until: "2026-12-31T23:59:59Z" },
  { text: "2026", from: "2026-01-01T00:00:00Z", until: "2026-12-31T23:59:59Z" },
  { text: "1970", from: "1970-01-01T00:00:00Z", until: "1970-12-31T23:59:59Z" },
  { text: "9999", from: "9999-01-01T00:00:00Z", until: "9999-12-31T23:59:59Z" },
])("$text is from $from until $until", ({ text, from, until }) => {
  expect(readDate(text)).toEqual({ text, from: Date.parse(from) / 1000, until: Date.parse(until) / 1000 });
});

test.each([
  "",
  "26",
  "2026-13",
  "2026-00",
  "2026-02-30",
  "2026-3-1",
  "1969",
  "0000",
  "10000",
  "2026-03-14T10:00",
  "now",
  "２０２６",
])("%j is no date", (text) => {
  expect(readDate(text)).toBeNull();
});
