import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

/** What makes a signature void, of which nothing is heard. */
const LOST: readonly (readonly [string, (gate: Gate) => void])[] = [
  [
    "who signed leaves the team",
    (gate) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
  ],
  [
    "who signed leaves the organization",
    (gate) => gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga),
  ],
  [
    "the team may only read",
    (gate) => gate.world.permission(gate.repo, gate.teams.sre, "read", gate.people.olga),
  ],
];

function press(gate: Gate, { headSha }: Pick<Pull, "headSha">): void {
  const run = gate.repo.runs.findLast(({ suite }) => suite.sha === headSha);
  if (run) gate.world.rerequest(run, gate.people.wes);
}

describe("The machine, when somebody presses the button", () => {
  row.each(LOST)(
    "E01",
    "the news of people is lost, and the check is re-run at once: %s",
    async (gate, _what, lose) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.permission(gate.repo, gate.people.sam, "write");
      gate.world.review(pull, gate.people.sam, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      const found = gate.double.webhooks.drop(() => true);
      lose(gate);
      found();

      press(gate, pull);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    },
  );

  row.each(LOST)(
    "E01",
    "the news of people is lost, and the check of a merge group is re-run at once: %s",
    async (gate, _what, lose) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.permission(gate.repo, gate.people.sam, "write");
      gate.world.review(pull, gate.people.sam, "APPROVED");
      await gate.settle();
      const group = gate.world.enqueue([pull], gate.people.wes);
      await gate.settle();
      expect(gate.passes(group)).toBe(true);
      const found = gate.double.webhooks.drop(() => true);
      lose(gate);
      found();

      press(gate, group);
      await gate.settle();

      expect(gate.passes(group)).toBe(false);
    },
  );

  row("E01", "the news that somebody may sign is lost, and the check is re-run at once", async (gate) => {
    const { sam, olga } = gate.people;
    gate.world.removeFromTeam(gate.teams.sre, sam, olga);
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    const found = gate.double.webhooks.drop(() => true);
    gate.world.addToTeam(gate.teams.sre, sam, olga);
    found();

    press(gate, pull);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});
