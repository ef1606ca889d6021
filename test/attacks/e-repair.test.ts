import { describe, expect } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { FILES } from "../gate/people.ts";
import { row } from "../gate/row.ts";

/** ATTACK_PULLS=500 is the whole of it. */
const PULLS = Number(process.env.ATTACK_PULLS ?? 40);

describe("The machine, when deliveries go astray", () => {
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
