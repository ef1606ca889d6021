import { expect, test } from "@jest/globals";
import { toAsk } from "../../../src/app/work/lines.ts";
import type { RecordedPlace } from "../../../src/store/time.ts";

const place = (pull: number, given: Partial<RecordedPlace> = {}): RecordedPlace => ({
  ...{ area: "infra", pull, since: `2026-01-0${pull}T00:00:00Z`, asked: false, most: 2 },
  ...given,
});
const asked = { asked: true };

test.each<[string, readonly RecordedPlace[], readonly number[]]>([
  ["nobody stands in line", [], []],
  ["there is room for two", [place(1), place(2), place(3)], [1, 2]],
  ["one is asked about and one is next", [place(2), place(1, asked), place(3)], [2]],
  ["all that there is room for are asked about", [place(1, asked), place(2, asked), place(3)], []],
  ["two came at once", [place(3), place(2), place(1, { since: "2026-01-02T00:00:00Z", most: 1 })], [1, 2]],
  [
    "each area has a line of its own",
    [place(1, asked), place(1, { area: "db" }), place(2, { area: "db", most: 1 })],
    [1],
  ],
  ["the config has become narrower", [place(1, { ...asked, most: 1 }), place(2, { most: 1 })], []],
  [
    "strangers came first",
    [place(1, { outside: true }), place(2, { outside: true }), place(3, asked), place(4, asked)],
    [],
  ],
  ["one is next in two areas", [place(1), place(1, { area: "db" })], [1]],
])("who is asked about next where %s", (_, places, next) => {
  expect(toAsk(places)).toEqual(next);
});
