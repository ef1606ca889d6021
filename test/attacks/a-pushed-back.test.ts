import { describe, expect } from "@jest/globals";
import { type Gate, isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" };

/** A pull request that has passed, and who pushes to it, and then pushes it back to the head that passed. */
type Passed = readonly (readonly [string, (gate: Gate) => readonly [pull: Pull, back: () => void]])[];

const PASSED: Passed = [
  [
    "an agent pushes to a person's, and goes back",
    (gate) => {
      const { people, bots } = gate;
      const pull = gate.openPull({
        author: people.wes,
        commits: [{ ...gate.kirosCommit(EDIT), author: people.wes }],
      });
      return [pull, awayAndBack(gate, pull, bots.kiro)];
    },
  ],
  [
    "who signed an agent's pushes to it, and goes back",
    (gate) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, gate.people.olga, "APPROVED");
      return [pull, awayAndBack(gate, pull, gate.people.olga)];
    },
  ],
];

function awayAndBack(gate: Gate, pull: Pull, by: Gate["people"]["olga"]): () => void {
  return () => {
    const passed = pull.headSha;
    gate.pushTo(pull, { author: by, changes: { "app/notes.md": "notes\n" } });
    gate.world.forcePush(pull.headRepo, pull.headRef, passed, by);
  };
}

describe("Whose approval: a head that passed becomes the head again", () => {
  row.each(PASSED)("A16", "its pass is taken back before anything is read: %s", async (gate, _who, open) => {
    const [pull, back] = open(gate);
    await gate.settle();
    expect(gate.passes(pull)).toBe(true);

    const held = gate.double.faults.hold(isEvaluation);
    back();
    await gate.until(() => !gate.passes(pull));

    held.release();
    await gate.settle();
    expect(gate.passes(pull)).toBe(false);
  });
});
