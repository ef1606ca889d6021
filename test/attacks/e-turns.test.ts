import { describe, expect } from "@jest/globals";
import { type PassingTime, row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Pull } from "../github-double/world/model.ts";

const STRANGERS = 20;
/** Seconds, of which each brings a write. */
const SOON = 5;

/** Eve opens so many pull requests at once, each with a commit of its own. */
async function eves(gate: Gate): Promise<readonly Pull[]> {
  const { eve, fork } = await gate.outsider();
  return Array.from({ length: STRANGERS }, (_, index) =>
    gate.openPull({
      author: eve,
      headRepo: fork,
      commits: [gate.humanCommit(eve, { [`docs/eve-${index}.md`]: `${index}\n` })],
    }),
  );
}

const waiting = (gate: Gate, pulls: readonly Pull[]) =>
  pulls.filter((pull) => gate.shown(pull) === null).length;

/** What strangers asked for goes on when nothing else waits. */
async function allAreJudged(gate: Gate, time: PassingTime, pulls: readonly Pull[]): Promise<void> {
  await time.pass(3 * STRANGERS, () => waiting(gate, pulls) === 0);
  expect(waiting(gate, pulls)).toBe(0);
}

describe("Whose pull requests are judged first", () => {
  row(
    "E25",
    "a stranger opens 20 pull requests, then a member opens one: it is judged at once, and the others after it",
    async (gate, time) => {
      const pulls = await eves(gate);
      const { wes } = gate.people;
      const honest = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
      await gate.settle();
      await time.pass(SOON, () => gate.shown(honest) !== null);
      expect(gate.shown(honest)).toMatchObject({ conclusion: "success" });
      expect(waiting(gate, pulls)).toBeGreaterThan(STRANGERS / 3);
      await allAreJudged(gate, time, pulls);
    },
  );

  row(
    "E25",
    "a stranger opens 20 pull requests, and a member approves the last: it is the member's, and judged at once",
    async (gate, time) => {
      const pulls = await eves(gate);
      const last = pulls.at(-1);
      if (last === undefined) throw new Error("none was opened");
      gate.world.review(last, gate.people.olga, "APPROVED");
      await gate.settle();
      await time.pass(SOON, () => gate.shown(last) !== null);
      expect(gate.shown(last)).toMatchObject({ conclusion: "success" });
      expect(waiting(gate, pulls)).toBeGreaterThan(STRANGERS / 3);
      await allAreJudged(gate, time, pulls);
    },
  );
});
