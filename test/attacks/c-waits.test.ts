import { describe, expect } from "@jest/globals";
import { row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Pull } from "../github-double/world/model.ts";

const DELETION = { "infra/production/main.tf": null } as const;
const MINUTE = 60;

/** Ways of a pull request through a branch that is not governed, where nothing is shown of what it does. */
const WAYS: readonly (readonly [string, (gate: Gate) => Promise<Pull>])[] = [
  ["it was opened there", async (gate) => gate.kirosChange(DELETION, { base: "lab" })],
  [
    "it was pointed there as soon as it was seen",
    async (gate) => {
      const pull = gate.kirosChange(DELETION);
      await gate.settle();
      gate.world.retarget(pull, "lab", gate.people.kira);
      return pull;
    },
  ],
];

describe("Which policy, of what has to wait", () => {
  row.each(WAYS)(
    "C04",
    "a change that has to stand in the open stood where nobody looks: %s",
    async (gate, time, _how, lead) => {
      const { world, repo, people } = gate;
      gate.configure("version: 1\nbranches: [main]\ntime: { wait: { destructive: 30m } }\n");
      world.branch(repo, "lab", world.tip(repo, "main"));
      const pull = await lead(gate);
      await gate.settle();
      await time.leap(40 * MINUTE);
      world.retarget(pull, "main", people.kira);
      await time.leap(MINUTE);
      world.review(pull, people.olga, "APPROVED");
      await time.leap(MINUTE);

      expect(gate.passes(pull)).toBe(false);
      await gate.says(pull, /Waits until .*: destructive change/);
      await time.leap(29 * MINUTE);
      expect(gate.passes(pull)).toBe(true);
    },
  );
});
