import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull, Review } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
/** Pull requests that are opened before somebody has second thoughts; ATTACK_PULLS=60 is the whole of it. */
const RUSH = Number(process.env.ATTACK_PULLS ?? 30);
/** From the doubt to its withdrawal, in seconds. */
const SOON = 3;

interface Signed {
  readonly gate: Gate;
  readonly pull: Pull;
  readonly approval: Review;
}

/** Kiro's change, signed by Sam, which passes. */
async function signed(gate: Gate): Promise<Signed> {
  const pull = gate.kirosChange(EDIT);
  const approval = gate.world.review(pull, gate.people.sam, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  return { gate, pull, approval };
}

const DOUBTS: readonly (readonly [string, (signed: Signed) => void])[] = [
  ["a refusal", ({ gate, pull }) => gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No.")],
  ["a dismissal", ({ gate, pull, approval }) => gate.world.dismiss(pull, approval, gate.people.olga, "no")],
  [
    "a departure from the team",
    ({ gate }) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
  ],
  [
    "new rules",
    ({ gate }) =>
      gate.configure("version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n"),
  ],
];

/** Nothing is left of a quota, and the app has seen that. */
async function useUp({ gate, pull }: Signed, resource: "core" | "graphql"): Promise<void> {
  gate.double.limits.exhaust(gate.installation, resource);
  gate.world.editPull(pull, { title: "Fix the slow checkout for good" }, gate.people.kira);
  await gate.settle();
}

describe("The machine, with its quotas used up", () => {
  row.each(DOUBTS)(
    "E19",
    "GraphQL's quota is used up, and a pass is in doubt: %s",
    async (gate, _what, doubt) => {
      const all = await signed(gate);
      await useUp(all, "graphql");

      doubt(all);
      await gate.settle();

      expect(gate.passes(all.pull)).toBe(false);
    },
  );

  row.each(DOUBTS)(
    "E19",
    "REST's quota is used up, and a pass is in doubt: %s",
    async (gate, _what, doubt) => {
      const all = await signed(gate);
      await useUp(all, "core");

      doubt(all);
      await gate.settle();

      expect(gate.passes(all.pull)).toBe(false);
    },
  );

  clockedRow(
    "E19",
    "both quotas are used up by other work, but for a share that is kept",
    async (gate, time) => {
      const all = await signed(gate);
      for (const resource of ["core", "graphql"] as const)
        gate.double.limits.exhaust(gate.installation, resource, 30);
      for (let n = 0; n < RUSH; n++) gate.kirosChange({ [`infra/production/part-${n}.tf`]: `# ${n}\n` });
      await time.pass(RUSH);

      gate.world.review(all.pull, gate.people.olga, "CHANGES_REQUESTED", "No.");
      await gate.settle();
      await time.pass(SOON, () => !gate.passes(all.pull));

      expect(gate.passes(all.pull)).toBe(false);
    },
  );

  clockedRow("E19", "the group in a merge queue, when GraphQL's quota is used up", async (gate, time) => {
    const all = await signed(gate);
    const group = gate.world.enqueue([all.pull], gate.people.wes);
    await time.pass(SOON, () => gate.passes(group));
    expect(gate.passes(group)).toBe(true);
    await useUp(all, "graphql");

    gate.world.review(all.pull, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    await time.pass(SOON, () => !gate.passes(group));

    expect(gate.passes(group)).toBe(false);
  });

  clockedRow("E19", "when the quota is there again, the refusal is judged and said", async (gate, time) => {
    const all = await signed(gate);
    await useUp(all, "graphql");
    gate.world.review(all.pull, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    gate.double.limits.refill(gate.installation, "graphql");
    await time.leap(3_700);

    expect(gate.shown(all.pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(all.pull, /Refused by @olga/);
  });

  clockedRow.each(DOUBTS)(
    "E29",
    "many pull requests are opened, and a pass is in doubt: %s",
    async (gate, time, _what, doubt) => {
      const all = await signed(gate);
      await time.pass(20);
      for (let n = 0; n < RUSH; n++) gate.kirosChange({ [`infra/production/part-${n}.tf`]: `# ${n}\n` });
      await gate.settle();

      doubt(all);
      await gate.settle();
      await time.pass(SOON, () => !gate.passes(all.pull));

      expect(gate.passes(all.pull)).toBe(false);
    },
  );

  clockedRow("E29", "what may be wrongly green is judged before what is red anyway", async (gate, time) => {
    const all = await signed(gate);
    await time.pass(20);
    for (let n = 0; n < RUSH; n++) gate.kirosChange({ [`infra/production/part-${n}.tf`]: `# ${n}\n` });
    await gate.settle();

    gate.world.dismiss(all.pull, all.approval, gate.people.olga, "not any more");
    await gate.settle();
    const judged = () => /needs|waits/.test(gate.shown(all.pull)?.title ?? "");
    await time.pass(10, judged);

    expect(gate.shown(all.pull)?.title).toMatch(/@acme\/sre/);
  });

  clockedRow("E29", "new pull requests are all judged in the end", async (gate, time) => {
    const pulls = Array.from({ length: 20 }, (_, n) =>
      gate.kirosChange({ [`infra/production/part-${n}.tf`]: `# ${n}\n` }),
    );
    await gate.settle();
    await time.pass(120, () => pulls.every((pull) => gate.shown(pull) !== null));

    expect(pulls.map((pull) => gate.shown(pull)?.conclusion)).toEqual(pulls.map(() => "action_required"));
  });
});
