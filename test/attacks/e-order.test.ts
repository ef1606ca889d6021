import { describe, expect } from "@jest/globals";
import { row } from "../gate/row.ts";

const INFRA = { "infra/production/main.tf": null } as const;

describe("The machine, when deliveries come in another order", () => {
  row.each<readonly [string, "kept" | "reversed", number][]>([
    ["in order", "kept", 1],
    ["in reverse, each twice", "reversed", 2],
    ["in order, each three times", "kept", 3],
  ])(
    "E01",
    "deliveries in another order or repeated lead to the same check: %s",
    async (gate, _situation, order, times) => {
      const { olga, sam } = gate.people;
      const { webhooks } = gate.double;
      webhooks.pause();
      const before = webhooks.deliveries.length;
      const pull = gate.kirosChange(INFRA);
      const review = gate.world.review(pull, olga, "APPROVED");
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/cart.ts": "export const cart = [2];\n" } });
      gate.world.dismiss(pull, review, olga, "not any more");
      gate.world.review(pull, sam, "APPROVED");
      const once = webhooks.deliveries.slice(before);
      for (let time = 1; time < times; time++) for (const { id } of once) webhooks.redeliver(id);
      webhooks.resume({ order });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      const passed = gate.double.transitions.filter(({ conclusion }) => conclusion === "success");
      expect(passed.every(({ sha }) => sha === pull.headSha)).toBe(true);
    },
  );

  row("E01", "a dismissal that arrives before its approval leaves nothing green", async (gate) => {
    const pull = gate.kirosChange(INFRA);
    await gate.settle();
    gate.double.webhooks.pause();
    const review = gate.world.review(pull, gate.people.olga, "APPROVED");
    gate.world.dismiss(pull, review, gate.people.olga, "not any more");
    gate.double.webhooks.resume({ order: "reversed" });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    expect(gate.double.transitions.map(({ conclusion }) => conclusion)).not.toContain("success");
  });
});
