import { describe, expect } from "@jest/globals";
import { row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const MORE = { "infra/production/network.tf": "# wider\n" } as const;
const CAREFUL = "version: 1\ndetect: { undeclared: ai }\n";
const WAITS = { conclusion: "action_required" } as const;
const BOX = "- [x] This change was written without AI";
const TRAILER = "Widen the network\n\nAI-assisted: no";

/** Wes declares of their own pull request that no AI took part. */
function declaredByWes(gate: Gate, base = "main"): Pull {
  const { wes } = gate.people;
  return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: BOX, base });
}

/** How others bring commits into a pull request after it was declared. */
const BROUGHT: readonly (readonly [string, (gate: Gate, pull: Pull) => void])[] = [
  [
    "another person pushes to it",
    (gate, pull) => void gate.pushTo(pull, { author: gate.people.mallory, changes: MORE }),
  ],
  [
    "another person pushes commits in its author's name",
    (gate, pull) =>
      void gate.pushTo(pull, { author: gate.people.wes, changes: MORE, by: gate.people.mallory }),
  ],
  [
    "another person rewrites it",
    (gate, pull) => {
      const { wes, mallory } = gate.people;
      gate.rewrite(pull, [gate.humanCommit(wes, { ...EDIT, ...MORE })], mallory);
    },
  ],
  [
    "another person pushes, and the news of it is lost",
    (gate, pull) => {
      const found = gate.double.webhooks.drop(({ event }) => event === "push" || event === "pull_request");
      gate.pushTo(pull, { author: gate.people.mallory, changes: MORE });
      found();
      gate.world.comment(pull, gate.people.wes, "Ready.");
      gate.world.review(pull, gate.people.kira, "COMMENTED", "Looking.");
    },
  ],
  [
    "another person pushes before its author does again",
    (gate, pull) => {
      const { wes, mallory } = gate.people;
      gate.pushTo(pull, { author: mallory, changes: MORE });
      gate.pushTo(pull, { author: wes, changes: { "app/notes.md": "notes\n" } });
    },
  ],
];

describe("Whose word lowers: of what was there when it was given", () => {
  row.each(BROUGHT)(
    "D09",
    "a person says of the whole that no AI took part, and others bring more: %s",
    async (gate, time, _how, bring) => {
      gate.configure(CAREFUL);
      await time.pass(5);
      const pull = declaredByWes(gate);
      await time.pass(5);
      expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });

      bring(gate, pull);
      await time.pass(5);

      expect(gate.shown(pull)).toMatchObject(WAITS);
      await gate.says(pull, /@wes declares [^\n]*others brought [0-9a-f]{7} since/);

      gate.world.editPull(pull, { body: `${BOX}\n\nAll of it.` }, gate.people.wes);
      await time.pass(5);
      expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row("D09", "others push back what had been taken out before it was declared", async (gate, time) => {
    gate.configure(CAREFUL);
    const { wes, mallory } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    const own = pull.headSha;
    await time.pass(5);
    const theirs = gate.pushTo(pull, { author: mallory, changes: MORE });
    await time.pass(5);
    gate.world.forcePush(pull.headRepo, pull.headRef, own, wes);
    await time.pass(5);
    gate.world.editPull(pull, { body: BOX }, wes);
    await time.pass(5);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });

    gate.world.forcePush(pull.headRepo, pull.headRef, theirs.sha, mallory);
    await time.pass(5);

    expect(gate.shown(pull)).toMatchObject(WAITS);
    await gate.says(pull, /@wes declares [^\n]*others brought [0-9a-f]{7} since/);
  });

  row("D09", "it is pointed at a base whose own commits others pushed", async (gate, time) => {
    gate.configure(CAREFUL);
    gate.world.branch(gate.repo, "develop", "main");
    const { mallory } = gate.people;
    gate.world.push(gate.repo, "develop", [gate.humanCommit(mallory, MORE)], mallory);
    await time.pass(5);
    const pull = declaredByWes(gate, "develop");
    await time.pass(5);

    gate.world.retarget(pull, "main", mallory);
    await time.pass(5);

    expect(gate.shown(pull)).toMatchObject(WAITS);
    await gate.says(pull, /@wes declares [^\n]*others brought [0-9a-f]{7} since/);
  });

  row.each<readonly (readonly [string, (gate: Gate, pull: Pull) => void])[]>([
    [
      "its author pushes more",
      (gate, pull) => void gate.pushTo(pull, { author: gate.people.wes, changes: MORE }),
    ],
    [
      "another person pushes what they declare themselves",
      (gate, pull) =>
        void gate.pushTo(pull, { author: gate.people.mallory, message: TRAILER, changes: MORE }),
    ],
  ])("D09", "a person's word stands for what it speaks of: %s", async (gate, time, _how, bring) => {
    gate.configure(CAREFUL);
    await time.pass(5);
    const pull = declaredByWes(gate);
    await time.pass(5);

    bring(gate, pull);
    await time.pass(5);

    expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
  });

  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    ["its author", (gate) => gate.people.wes],
    ["another person", (gate) => gate.people.olga],
  ])(
    "D09",
    "what others had pushed before is declared with the rest: %s",
    async (gate, time, _who, whose) => {
      gate.configure(CAREFUL);
      await time.pass(5);
      const { wes, mallory } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
      gate.pushTo(pull, { author: mallory, changes: MORE });
      await time.pass(5);
      expect(gate.shown(pull)).toMatchObject(WAITS);

      gate.world.editPull(pull, { body: BOX }, whose(gate));
      await time.pass(5);

      expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
      await gate.says(pull, new RegExp(`@${whose(gate).login} declares [^\\n]*without AI`));
    },
  );
});
