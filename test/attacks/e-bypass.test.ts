import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

/** Nothing holds a merge to the check. */
function unrequired(gate: Gate): void {
  gate.repo.rulesets.length = 0;
}

async function countOf({ webhookUrl }: Gate, outcome: string, allowed = "no"): Promise<number> {
  const text = await (await fetch(new URL("/metrics", webhookUrl))).text();
  const line = new RegExp(`^countersign_changes\\{outcome="${outcome}",allowed="${allowed}"\\} (\\d+)$`, "m");
  return Number(line.exec(text)?.[1] ?? 0);
}

const commentsOf = (pull: Pull): readonly string[] =>
  pull.timeline.flatMap((item) => (item.type === "commented" ? [item.body] : []));

describe("Merged although blocked", () => {
  row("E12", "an administrator merges while the check is red: label, comment, count", async (gate) => {
    unrequired(gate);
    const pull = gate.kirosChange(EDIT);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.world.merge(pull, gate.people.olga);
    await gate.settle();

    expect(gate.labelsOf(pull)).toContain("countersign-bypassed");
    expect(await countOf(gate, "red")).toBe(1);
  });
});
