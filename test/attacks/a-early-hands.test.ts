import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const PUSHED = /@olga approved, but .*pushed/;

/** Kiro's commit on its branch, pushed by somebody, and one more by Kiro on top of it. */
function branchOf(gate: Gate, by: Account): void {
  gate.world.branch(gate.repo, "kiros", "main");
  gate.world.push(gate.repo, "kiros", [gate.kirosCommit(EDIT)], by);
  gate.world.push(gate.repo, "kiros", [gate.kirosCommit({ "app/notes.md": "notes\n" })], gate.bots.kiro);
}

function openKiros(gate: Gate): Pull {
  const words = { title: "Fix the slow checkout", body: KIRO_LINE("kira"), author: gate.bots.kiro };
  return gate.world.openPull(gate.repo, { head: "kiros", base: "main", ...words });
}

async function isSetAside(gate: Gate, pull: Pull, why: RegExp): Promise<void> {
  gate.world.review(pull, gate.people.olga, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  await gate.says(pull, why);
  // Whoever had no part in it can sign all the same.
  gate.world.review(pull, gate.people.sam, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
}

async function counts(gate: Gate, pull: Pull): Promise<void> {
  gate.world.review(pull, gate.people.olga, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
}

type Ways = readonly (readonly [string, (gate: Gate) => Pull | Promise<Pull>])[];

const PUSHES: Ways = [
  [
    "before the pull request is opened",
    (gate) => {
      branchOf(gate, gate.people.olga);
      return openKiros(gate);
    },
  ],
  [
    "before it is opened, and the news of the push is lost",
    (gate) => {
      const found = gate.double.webhooks.drop(({ event }) => event === "push");
      branchOf(gate, gate.people.olga);
      found();
      return openKiros(gate);
    },
  ],
  [
    "to another branch, from which the agent's is made",
    (gate) => {
      gate.world.branch(gate.repo, "olgas", "main");
      gate.world.push(gate.repo, "olgas", [gate.kirosCommit(EDIT)], gate.people.olga);
      gate.world.branch(gate.repo, "kiros", "olgas");
      gate.world.push(gate.repo, "kiros", [gate.kirosCommit({ "app/notes.md": "notes\n" })], gate.bots.kiro);
      return openKiros(gate);
    },
  ],
  [
    "while it is closed",
    async (gate) => {
      branchOf(gate, gate.bots.kiro);
      const pull = openKiros(gate);
      await gate.settle();
      gate.world.close(pull, gate.people.kira);
      await gate.settle();
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/a.md": "a\n" }, by: gate.people.olga });
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/b.md": "b\n" } });
      await gate.settle();
      gate.world.reopen(pull, gate.people.kira);
      return pull;
    },
  ],
  [
    "while it is closed, and the news of it comes after the rest",
    async (gate) => {
      branchOf(gate, gate.bots.kiro);
      const pull = openKiros(gate);
      await gate.settle();
      gate.double.webhooks.pause();
      gate.world.close(pull, gate.people.kira);
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/a.md": "a\n" }, by: gate.people.olga });
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/b.md": "b\n" } });
      gate.world.reopen(pull, gate.people.kira);
      gate.double.webhooks.resume({ order: "reversed" });
      return pull;
    },
  ],
];

/** What somebody wrote before the agent pushed, and how it is gone when it does. */
const COMMANDS: readonly (readonly [string, (gate: Gate, pull: Pull) => void | Promise<void>])[] = [
  [
    "deleted",
    ({ world, people: { olga } }, pull) =>
      world.deleteComment(pull, world.comment(pull, olga, "@claude please drop the old table"), olga),
  ],
  [
    "deleted by somebody else",
    ({ world, people: { olga, kira } }, pull) =>
      world.deleteComment(pull, world.comment(pull, olga, "/kiro drop the old table"), kira),
  ],
  [
    "edited",
    ({ world, people: { olga } }, pull) => {
      const comment = world.comment(pull, olga, "@claude please drop the old table");
      world.editComment(pull, comment, { body: "never mind", by: olga });
    },
  ],
  [
    "edited, then deleted",
    ({ world, people: { olga } }, pull) => {
      const comment = world.comment(pull, olga, "@claude please drop the old table");
      world.editComment(pull, comment, { body: "never mind", by: olga });
      world.deleteComment(pull, comment, olga);
    },
  ],
  [
    "edited into a command, then deleted",
    ({ world, people: { olga } }, pull) => {
      const comment = world.comment(pull, olga, "Hm.");
      world.editComment(pull, comment, { body: "@claude please drop the old table", by: olga });
      world.deleteComment(pull, comment, olga);
    },
  ],
];

const HARMLESS: readonly (readonly [string, string])[] = [
  ["a remark", "Looks fine so far."],
  ["a command as a quotation", "> @claude please drop the old table\n\nWho wrote this?"],
  ["a command as code", "Write `@claude please` if you want it."],
];

describe("Whose approval: those who took part early", () => {
  row.each(PUSHES)(
    "A16",
    "somebody pushes before an agent does, and approves: %s",
    async (gate, _when, act) => {
      const pull = await act(gate);
      await gate.settle();
      await isSetAside(gate, pull, PUSHED);
    },
  );

  row("A16", "somebody pushes other commits before the pull request is opened", async (gate) => {
    gate.world.branch(gate.repo, "olgas", "main");
    gate.world.push(gate.repo, "olgas", [gate.humanCommit(gate.people.olga)], gate.people.olga);
    branchOf(gate, gate.bots.kiro);
    await counts(gate, openKiros(gate));
  });

  row("A16", "somebody makes the branch from the base, and the agent alone pushes to it", async (gate) => {
    gate.world.createBranch(gate.repo, "kiros", "main", gate.people.olga);
    gate.world.push(gate.repo, "kiros", [gate.kirosCommit(EDIT)], gate.bots.kiro);
    await counts(gate, openKiros(gate));
  });

  row("A16", "somebody pushes to the base, which the branch takes in", async (gate) => {
    branchOf(gate, gate.bots.kiro);
    const pull = openKiros(gate);
    await gate.settle();
    gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", gate.people.olga);
    gate.pushTo(pull, { author: gate.bots.kiro, mergeFrom: "main" });
    await counts(gate, pull);
  });

  row.each(COMMANDS)(
    "A18",
    "an agent gets a command in a comment, and pushes when that is: %s",
    async (gate, _how, command) => {
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      await command(gate, pull);
      await gate.settle();
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" } });
      await isSetAside(gate, pull, /@olga approved, but .*command/);
    },
  );

  row.each([["by a person"], ["by the agent itself"]])(
    "A18",
    "who asked is edited out of the agent's text before anybody has read it: %s",
    async (gate, by) => {
      const { mallory, olga } = gate.people;
      const found = gate.double.webhooks.drop(({ event }) => event === "pull_request");
      const pull = gate.kirosChange({ "infra/production/main.tf": "# less\n" }, { body: KIRO_LINE("olga") });
      found();

      gate.world.editPull(pull, { body: "Shrinks it." }, by === "by a person" ? mallory : gate.bots.kiro);
      gate.world.review(pull, olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but .*asked Kiro/);
    },
  );

  row("A18", "the news of the command and of its deletion come together, the last first", async (gate) => {
    const { olga } = gate.people;
    const pull = gate.kirosChange(EDIT);
    await gate.settle();
    gate.double.webhooks.pause();
    gate.world.deleteComment(pull, gate.world.comment(pull, olga, "@claude please drop it"), olga);
    gate.double.webhooks.resume({ order: "reversed" });
    await isSetAside(gate, pull, /@olga approved, but .*command/);
  });

  row.each(HARMLESS)(
    "A18",
    "somebody writes and deletes what is no command: %s",
    async (gate, _what, text) => {
      const { olga } = gate.people;
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      gate.world.deleteComment(pull, gate.world.comment(pull, olga, text), olga);
      await gate.settle();
      await counts(gate, pull);
    },
  );
});
