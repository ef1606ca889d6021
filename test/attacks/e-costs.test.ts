import { describe, expect } from "@jest/globals";
import { row as clockedRow, type PassingTime } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Pull } from "../github-double/world/model.ts";

/** How often pull requests were read while each of these times passed. */
async function readsIn(gate: Gate, time: PassingTime, seconds: readonly number[]): Promise<number> {
  const before = gate.double.requests.length;
  for (const each of seconds) await time.leap(each);
  return gate.double.requests.slice(before).filter(({ operation }) => operation.includes("Evaluation"))
    .length;
}

/** Longer than each wait until those have grown to an hour. */
const GROWING = [120, 240, 480, 960, 1920, 3600, 3600];
const TWO_HOURS = Array.from({ length: 12 }, () => 600);

const INCOMPLETE: readonly (readonly [string, (gate: Gate, pull: Pull) => void])[] = [
  ["the mode of a file", ({ world, repo }) => world.hideMode(repo, "infra/production/main.tf")],
  ["one number of changed files", ({ world }, pull) => world.misreportFiles(pull, { graphqlCount: 7 })],
];

describe("What outsiders cost", () => {
  clockedRow.each(INCOMPLETE)("E24", "GitHub goes on not to tell %s", async (gate, time, _what, hide) => {
    const pull = gate.kirosChange({ "infra/production/main.tf": "# one instance less\n" });
    hide(gate, pull);
    await readsIn(gate, time, GROWING);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "failure" });

    // One reading asks in up to three ways.
    expect(await readsIn(gate, time, TWO_HOURS)).toBeLessThanOrEqual(3 * 3);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "failure" });
  });
});
