import { describe, expect } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { FILES } from "../gate/people.ts";
import { row } from "../gate/row.ts";

/** ATTACK_PULLS=500 is the whole of it. */
const PULLS = Number(process.env.ATTACK_PULLS ?? 40);
const INFRA = { "infra/production/main.tf": null } as const;

describe("The machine, when deliveries go astray", () => {
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

  row("E16", "one change of CODEOWNERS causes many evaluations, and direct events go first", async (gate) => {
    const pulls = Array.from({ length: PULLS }, (_, index) =>
      gate.kirosChange({ [`infra/production/part-${index}.tf`]: `# ${index}\n` }),
    );
    const [first, last] = [pulls[0], pulls.at(-1)];
    if (!first || !last) throw new Error("no pull requests");
    gate.world.review(first, gate.people.olga, "APPROVED");
    expect(await gate.check(first)).toMatchObject({ conclusion: "success" });

    const asked: string[] = [];
    let pushed = false;
    gate.double.faults.add({
      match: (request) => {
        if (isEvaluation(request)) asked.push(JSON.stringify(request.body));
        // In the midst of the sweep somebody signs.
        if (asked.length === 5 && !pushed) {
          pushed = true;
          gate.world.review(last, gate.people.sam, "APPROVED");
        }
        return false;
      },
      respond: "hang",
    });
    const owners = `${FILES.CODEOWNERS}/infra/ @acme/data\n`;
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", owners, gate.people.olga);

    expect(await gate.check(first)).toMatchObject({ conclusion: "action_required" });
    expect(await gate.check(last)).toMatchObject({ conclusion: "action_required" });
    const place = asked.findIndex((body) => new RegExp(`"number":${last.number}\\b`).test(body));
    expect(place).toBeGreaterThan(0);
    // The sweep takes the oldest pull requests first, so this one would have been the last.
    expect(place).toBeLessThan(PULLS - 5);
    // The pass that rested on the old owners was taken back before anything was judged.
    const ofFirst = gate.double.transitions.filter(({ sha }) => sha === first.headSha);
    expect(ofFirst.map(({ title }) => title)).toContain("Being checked again");
  });
});
