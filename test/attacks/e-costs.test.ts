import { describe, expect } from "@jest/globals";
import { row as clockedRow, type PassingTime } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
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

const STRANGERS = 40;

describe("What outsiders cost", () => {
  row(
    "E25",
    "many strangers approve and call hazards false alarms: the check lists some of them",
    async (gate) => {
      const pull = gate.kirosChange({ "infra/production/main.tf": null });
      for (let index = 0; index < STRANGERS; index++) {
        const eve = gate.world.user(`eve-${index}`, { name: "Eve", email: `eve-${index}@elsewhere.example` });
        gate.world.permission(gate.repo, eve, "read");
        gate.world.review(pull, eve, "APPROVED", "False alarm: terraform/resource-removed: it is fine");
      }
      const check = await gate.check(pull);
      expect(check).toMatchObject({ conclusion: "action_required" });
      const named = new Set(`${check?.summary} ${check?.text}`.match(/eve-\d+/g));
      expect(named.size).toBeLessThanOrEqual(STRANGERS / 2);

      gate.world.review(pull, gate.people.sam, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row.each([
    ["nothing changes meanwhile", () => {}, true],
    [
      "somebody pushes meanwhile",
      (gate: Gate, pull: Pull) =>
        gate.pushTo(pull, {
          author: gate.bots.kiro,
          changes: { "infra/production/main.tf": "# two less\n" },
        }),
      false,
    ],
    [
      "the history is rewritten meanwhile",
      (gate: Gate, pull: Pull) =>
        gate.rewrite(pull, [gate.kirosCommit({ "infra/production/main.tf": "# two less\n" })]),
      false,
    ],
  ])(
    "E25",
    "a stranger approves, and gains the right afterwards: %s",
    async (gate, _what, meanwhile, counts) => {
      const { eve } = await gate.outsider();
      const pull = gate.kirosChange({ "infra/production/main.tf": "# one instance less\n" });
      gate.world.review(pull, eve, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      meanwhile(gate, pull);
      await gate.settle();

      gate.world.permission(gate.repo, eve, "write");
      gate.world.addToTeam(gate.teams.sre, eve, gate.people.olga);
      await gate.settle();

      expect(gate.passes(pull)).toBe(counts);
    },
  );

  clockedRow.each(INCOMPLETE)("E24", "GitHub goes on not to tell it: %s", async (gate, time, _what, hide) => {
    const pull = gate.kirosChange({ "infra/production/main.tf": "# one instance less\n" });
    hide(gate, pull);
    await readsIn(gate, time, GROWING);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "failure" });

    // One reading asks in up to three ways.
    expect(await readsIn(gate, time, TWO_HOURS)).toBeLessThanOrEqual(3 * 3);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "failure" });
  });
});
