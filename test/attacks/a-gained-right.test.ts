import { describe, expect } from "@jest/globals";
import { type Gate, isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" };

async function passing(gate: Gate): Promise<Pull> {
  const pull = gate.kirosChange(EDIT);
  gate.world.review(pull, gate.people.olga, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  return pull;
}

/** Long before a question that gets no answer is given up, whose pass is taken back then. */
async function withdrawn(gate: Gate, pull: Pull): Promise<void> {
  const began = performance.now();
  await gate.until(() => !gate.passes(pull));
  expect(performance.now() - began).toBeLessThan(GIVEN_UP_MS / 2);
  expect(gate.shown(pull)?.title).toBe("Being checked again");
}

const GIVEN_UP_MS = 30_000;
const REFUSED = { conclusion: "action_required" };

describe("Whose approval: the right to refuse that is gained after a pass", () => {
  row("A20", "whoever becomes an owner refuses before anything is judged again", async (gate) => {
    const pull = await passing(gate);
    const held = gate.double.faults.hold(isEvaluation);
    gate.world.addToTeam(gate.teams.sre, gate.people.wes, gate.people.olga);
    await gate.double.webhooks.settled();
    expect(gate.passes(pull)).toBe(true);

    gate.world.review(pull, gate.people.wes, "CHANGES_REQUESTED", "Not like this.");
    await withdrawn(gate, pull);

    held.release();
    expect(await gate.check(pull)).toMatchObject(REFUSED);
  });

  row("A20", "who refused without the right to becomes an owner", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.wes, "CHANGES_REQUESTED", "Not like this.");
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    const held = gate.double.faults.hold(isEvaluation);
    gate.world.addToTeam(gate.teams.sre, gate.people.wes, gate.people.olga);
    await withdrawn(gate, pull);

    held.release();
    expect(await gate.check(pull)).toMatchObject(REFUSED);
  });

  row("A20", "that somebody became an owner is heard after their refusal", async (gate) => {
    const pull = await passing(gate);
    const held = gate.double.faults.hold(isEvaluation);
    const { webhooks } = gate.double;
    webhooks.pause();
    gate.world.addToTeam(gate.teams.sre, gate.people.wes, gate.people.olga);
    gate.world.review(pull, gate.people.wes, "CHANGES_REQUESTED", "Not like this.");
    webhooks.resume({ order: "reversed" });
    await withdrawn(gate, pull);

    held.release();
    expect(await gate.check(pull)).toMatchObject(REFUSED);
  });

  row("A25", "somebody becomes an owner of what somebody else refused without the right to", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.dana, "CHANGES_REQUESTED", "Not like this.");
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    const held = gate.double.faults.hold(isEvaluation);
    gate.world.addToTeam(gate.teams.sre, gate.people.wes, gate.people.olga);
    await gate.double.webhooks.settled();
    expect(gate.passes(pull)).toBe(true);
    held.release();
  });
});
