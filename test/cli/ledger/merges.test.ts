import { describe, expect, test } from "@jest/globals";
import { HeldMerges, mergeRows } from "../../../src/cli/ledger/population/merges.ts";

const SEPTEMBER = { from: Date.UTC(2026, 8, 1), until: Date.UTC(2026, 9, 1) };
const MAIN = { repository: "acme/shop", branch: "main" };

const held = (...changes: readonly (readonly [pull: number | null, movedAt: string, name?: string])[]) => {
  const merges = new HeldMerges(SEPTEMBER);
  for (const [pull, movedAt, name = "acme/shop"] of changes)
    merges.take({ pull, movedAt, branch: "main", repository: { id: 70, name } });
  return merges;
};

const OLD = [1, "2026-08-01T00:00:00Z"] as const;

describe("The merges that the ledger holds, beside those that GitHub counts", () => {
  test.each<
    readonly [string, ReturnType<typeof held>, readonly number[], readonly number[], readonly number[]]
  >([
    ["the same", held(OLD, [2, "2026-09-02T00:00:00Z"]), [2], [], []],
    ["one more on GitHub", held(OLD, [2, "2026-09-02T00:00:00Z"]), [2, 3], [3], []],
    ["one more in the ledger", held(OLD, [2, "2026-09-02T00:00:00Z"]), [], [], [2]],
    [
      "several changes of one, as of a rebase",
      held(OLD, [2, "2026-09-02T00:00:00Z"], [2, "2026-09-02T00:00:01Z"]),
      ...([[2], [], []] as const),
    ],
    ["a push without a pull request", held(OLD, [null, "2026-09-02T00:00:00Z"]), [], [], []],
    ["one whose branch moved a minute after the period", held(OLD, [2, "2026-10-01T00:01:00Z"]), [2], [], []],
    ["one whose branch moved long after the period", held(OLD, [2, "2026-10-01T10:00:00Z"]), [2], [2], []],
  ])("%s", (_, merges, merged, missing, extra) => {
    expect(merges.comparedWith(MAIN, merged)).toMatchObject({ missing, extra });
  });

  test("are those of a repository under its newest name", () => {
    const merges = held([1, "2026-09-01T00:00:00Z", "acme/store"], [2, "2026-09-02T00:00:00Z"]);
    expect(merges.branches).toEqual([MAIN]);
    expect(merges.comparedWith(MAIN, [1, 2])).toMatchObject({ held: 2, missing: [], extra: [] });
  });

  test("of a branch that is new to the ledger, a missing one may be from before", () => {
    const compared = held([2, "2026-09-05T00:00:00Z"]).comparedWith(MAIN, [1, 2]);
    expect(mergeRows([compared], SEPTEMBER)).toMatchObject([
      {
        pull: 1,
        exceptions: [
          {
            code: "not-in-ledger",
            reason:
              "GitHub says that it was merged into main, and the ledger holds no change of it. The ledger's first change of main is of 2026-09-05T00:00:00Z: it may have been merged before.",
          },
        ],
      },
    ]);
  });
});
