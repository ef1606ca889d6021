import { describe, expect } from "@jest/globals";
import { type PassingTime, rowGranting } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
/** Not what Kiro changed: whoever repeats that is known by it. */
const ANOTHER = { "infra/production/main.tf": "# two instances less\n" } as const;
const USED_UP = /used up their share/;
const HOUR = 3_600;
const SOON = 5;

/** Of which all strangers together have a tenth. */
const row = rowGranting(300);

interface Given {
  readonly gate: Gate;
  readonly time: PassingTime;
  /** Somebody else without write permission, who has asked for nothing so far. */
  readonly ines: Account;
  /** Kiro's change, which Sam signed and which passes. */
  readonly signed: Pull;
}

/** Eve pushes until strangers have used up what they share. */
async function usedUp(gate: Gate, time: PassingTime): Promise<Given> {
  const signed = gate.kirosChange(EDIT);
  gate.world.review(signed, gate.people.sam, "APPROVED");
  await gate.settle();
  await time.pass(SOON, () => gate.passes(signed));
  expect(gate.passes(signed)).toBe(true);
  const { eve, fork } = await gate.outsider();
  const pull = gate.openPull({ author: eve, headRepo: fork, commits: [gate.humanCommit(eve)] });
  await gate.settle();
  for (let pushes = 0; pushes < 30 && !isPutOff(gate, pull); pushes++) {
    gate.pushTo(pull, { author: eve, changes: { [`docs/${pushes}.md`]: "more\n" } });
    await gate.settle();
    await time.pass(SOON, () => gate.shown(pull) !== null);
  }
  expect(isPutOff(gate, pull)).toBe(true);
  const ines = gate.world.user("ines", { name: "Ines", email: "ines@elsewhere.example" });
  gate.world.permission(gate.repo, ines, "read");
  await gate.settle();
  // All is looked at again after a change of permissions, which nobody in particular asks for.
  await time.pass(SOON);
  return { gate, time, ines, signed };
}

function isPutOff(gate: Gate, pull: Pull): boolean {
  return USED_UP.test(gate.shown(pull)?.title ?? "");
}

function opens({ gate }: Given, author: Account): Pull {
  const headRepo = gate.world.fork(gate.repo, author);
  return gate.openPull({ author, headRepo, commits: [gate.humanCommit(author, ANOTHER)] });
}

describe("Strangers share one part of what an installation may ask of GitHub", () => {
  row(
    "E25",
    "one used it up: another's pull request waits, is told until when, and is judged then",
    async (gate, time) => {
      const given = await usedUp(gate, time);
      const pull = opens(given, given.ines);
      await gate.settle();
      await time.pass(SOON, () => gate.shown(pull) !== null);
      expect(gate.shown(pull)).toMatchObject({ conclusion: "failure" });
      await gate.says(pull, /it goes on at \d\d:\d\d UTC/);

      await time.leap(HOUR);
      await time.pass(SOON, () => !isPutOff(gate, pull));

      expect(gate.shown(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
    },
  );

  row("E25", "one used it up: a refusal withdraws a pass at once, and is judged", async (gate, time) => {
    const { signed } = await usedUp(gate, time);

    gate.world.review(signed, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    await time.pass(SOON, () => /[Rr]efused/.test(gate.shown(signed)?.title ?? ""));

    expect(gate.passes(signed)).toBe(false);
    await gate.says(signed, /Refused by @olga/);
  });

  row(
    "E25",
    "one used it up: people with write permission and bots are judged at once",
    async (gate, time) => {
      await usedUp(gate, time);
      const { wes } = gate.people;

      const human = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, ANOTHER)] });
      const ai = gate.kirosChange({ "infra/production/other.tf": "# one more\n" });
      await gate.settle();
      await time.pass(SOON, () => gate.shown(human) !== null && gate.shown(ai) !== null);

      expect(gate.shown(human)).toMatchObject({ conclusion: "success" });
      expect(gate.shown(ai)).toMatchObject({ conclusion: "action_required" });
    },
  );
});
