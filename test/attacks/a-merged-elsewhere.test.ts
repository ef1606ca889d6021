import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "Shrinks it.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

type Ways = readonly (readonly [string, (gate: Gate) => Promise<void>])[];

/** Merges it into `develop`, which is not governed, with other work after it; all of that is opened into main. */
async function released(gate: Gate, pull: Pull, merge: (pull: Pull) => void): Promise<Pull> {
  const { wes, kira } = gate.people;
  merge(pull);
  const other = gate.openPull({ author: wes, base: "develop", commits: [gate.humanCommit(wes)] });
  await gate.settle();
  merge(other);
  await gate.settle();
  return gate.world.openPull(gate.repo, { head: "develop", base: "main", title: "Release", author: kira });
}

const squashing = (gate: Gate) => (pull: Pull) =>
  void gate.world.merge(pull, gate.people.kira, { method: "squash" });

/** A person's pull request whose text alone tells of an agent. */
function marked(gate: Gate): Pull {
  gate.world.branch(gate.repo, "develop", "main");
  const { kira } = gate.people;
  const commits = [gate.humanCommit(kira, EDIT)];
  return gate.openPull({ author: kira, base: "develop", body: FOOTER, commits });
}

const SEEN: Ways = [
  ["once it was judged", (gate) => gate.settle()],
  ["as soon as it was opened", async () => {}],
];

describe("Whose approval: what was merged into another branch first", () => {
  row.each(SEEN)(
    "A17",
    "an agent's pull request is squashed into another branch, which is merged later: %s",
    async (gate, _when, wait) => {
      const pull = marked(gate);
      await wait(gate);

      const release = await released(gate, pull, squashing(gate));

      expect(await gate.check(release)).toMatchObject({ conclusion: "action_required" });
      await gate.says(release, /Claude Code/);
    },
  );

  row.each<readonly (readonly [string, (gate: Gate) => Pull, RegExp])[]>([
    [
      "who asked for it",
      (gate) => {
        gate.world.branch(gate.repo, "develop", "main");
        return gate.kirosChange(EDIT, { base: "develop", body: KIRO_LINE("olga") });
      },
      /@olga approved, but .*asked Kiro/,
    ],
    [
      "who pushed to it",
      (gate) => {
        gate.world.branch(gate.repo, "develop", "main");
        const pull = gate.kirosChange(EDIT, { base: "develop" });
        const { kiro } = gate.bots;
        gate.pushTo(pull, { author: kiro, changes: { "app/a.md": "a\n" }, by: gate.people.olga });
        return pull;
      },
      /@olga approved, but .*pushed/,
    ],
  ])(
    "A17",
    "an agent's pull request is squashed into another branch, and an owner approves when that is merged: %s",
    async (gate, _who, open, why) => {
      const pull = open(gate);
      await gate.settle();
      const release = await released(gate, pull, squashing(gate));
      gate.world.review(release, gate.people.wes, "APPROVED");
      gate.world.review(release, gate.people.olga, "APPROVED");

      expect(await gate.check(release)).toMatchObject({ conclusion: "action_required" });
      await gate.says(release, why);

      gate.world.review(release, gate.people.sam, "APPROVED");
      expect(await gate.check(release)).toMatchObject({ conclusion: "success" });
    },
  );

  row("A17", "people's work alone is squashed into another branch, which is merged later", async (gate) => {
    gate.world.branch(gate.repo, "develop", "main");
    const { kira } = gate.people;
    const commits = [gate.humanCommit(kira, EDIT)];
    const pull = gate.openPull({ author: kira, base: "develop", body: "Shrinks it.", commits });
    await gate.settle();

    const release = await released(gate, pull, squashing(gate));

    expect(await gate.check(release)).toMatchObject({
      conclusion: "success",
      title: "No AI-authored change",
    });
  });
});
