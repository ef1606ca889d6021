import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

/** The App is taken away and installed once more; what happens meanwhile it hears nothing of. */
function away(gate: Gate, meanwhile: () => void): void {
  const { olga } = gate.people;
  gate.world.uninstall(gate.installation, olga);
  meanwhile();
  gate.world.install(gate.installation.app, gate.installation.account, olga);
}

/** Lists are answered with errors, so that nothing tells what there is to be looked at. */
function withoutLists(gate: Gate): void {
  gate.double.faults.refuse(({ operation }) => operation === "GET /installation/repositories", 502);
}

describe("The machine, when it is installed once more", () => {
  row("E15", "an approval is dismissed before the App is installed again, and lists fail", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    const approval = gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    withoutLists(gate);
    away(gate, () => gate.world.dismiss(pull, approval, gate.people.olga, "not any more"));
    await gate.settle();

    expect(gate.passes(pull)).toBe(false);
  });

  row("E15", "who signed leaves after the App was installed again, and lists fail", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    withoutLists(gate);
    away(gate, () => {});
    gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga);
    await gate.settle();

    expect(gate.passes(pull)).toBe(false);
  });

  row("E15", "nothing changes before the App is installed again, and it passes again", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    away(gate, () => {});

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});
