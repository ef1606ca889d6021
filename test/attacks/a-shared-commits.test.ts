import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const NOTES = { "app/notes.md": "notes\n" } as const;
const FOOTER = "Shrinks the database.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

/** Two commits, of which another pull request may hold the first alone. */
function twoCommits(gate: Gate, author: Account, body = ""): Pull {
  const commit = { author, message: "Shrink the database", changes: EDIT };
  return gate.openPull({
    author,
    commits: [commit, { ...commit, message: "Note it", changes: NOTES }],
    body,
  });
}

function firstOf(gate: Gate, pull: Pull): string {
  const [first] = gate.commitsOf(pull);
  return first?.sha ?? "";
}

/** What is told later of the first commit of a pull request that has passed, and what its check then says. */
type News = readonly (readonly [string, (gate: Gate) => readonly [Pull, () => void], RegExp])[];

const NEWS: News = [
  [
    "another pull request that holds it tells of an agent in its text",
    (gate) => {
      const { wes } = gate.people;
      const pull = twoCommits(gate, wes);
      return [pull, () => gate.openAgain(pull, { author: wes, body: FOOTER, sha: firstOf(gate, pull) })];
    },
    /Claude Code/,
  ],
  [
    "another pull request that holds it comes from an agent's branch",
    (gate) => {
      const { wes } = gate.people;
      const pull = twoCommits(gate, wes);
      return [
        pull,
        () => gate.openAgain(pull, { author: wes, head: "codex/shrink", sha: firstOf(gate, pull) }),
      ];
    },
    /OpenAI Codex/,
  ],
  [
    "another pull request makes the same change, and tells of an agent",
    (gate) => {
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
      const commits = [{ ...gate.humanCommit(wes, EDIT), message: "Shrink it" }];
      return [pull, () => gate.openPull({ author: wes, commits, body: FOOTER })];
    },
    /Claude Code/,
  ],
  [
    "another pull request that holds it says that who signed had asked for it",
    (gate) => {
      const pull = twoCommits(gate, gate.bots.kiro, KIRO_LINE("kira"));
      gate.world.review(pull, gate.people.olga, "APPROVED");
      const again = { author: gate.bots.kiro, body: KIRO_LINE("olga") };
      return [pull, () => gate.openAgain(pull, { ...again, sha: firstOf(gate, pull) })];
    },
    /@olga approved, but/,
  ],
  [
    "who signed pushes it to another branch",
    (gate) => {
      const { olga } = gate.people;
      const pull = twoCommits(gate, gate.bots.kiro, KIRO_LINE("kira"));
      gate.world.review(pull, olga, "APPROVED");
      return [pull, () => gate.world.createBranch(gate.repo, "olgas", firstOf(gate, pull), olga)];
    },
    /@olga approved, but .*pushed/,
  ],
];

describe("Whose approval: what is learnt of commits that several pull requests hold", () => {
  row.each(NEWS)(
    "A17",
    "a pull request has passed, and something is learnt of a commit of it elsewhere: %s",
    async (gate, _what, open, words) => {
      const [pull, learn] = open(gate);
      await gate.settle();
      expect(gate.passes(pull)).toBe(true);

      learn();
      await gate.settle();

      expect(gate.passes(pull)).toBe(false);
      await gate.says(pull, words);
    },
  );

  row.each(NEWS)(
    "E17",
    "a merge group has passed, and something is learnt of a commit of its pull request elsewhere: %s",
    async (gate, _what, open, words) => {
      const [pull, learn] = open(gate);
      await gate.settle();
      const group = gate.world.enqueue([pull], gate.people.wes);
      await gate.settle();
      expect(gate.passes(group)).toBe(true);

      learn();
      await gate.settle();

      expect(gate.passes(group)).toBe(false);
      await gate.says(group, words);
    },
  );

  row(
    "A25",
    "an outsider opens a commit of a pull request that passed, and tells of an agent",
    async (gate) => {
      const { wes } = gate.people;
      const { eve, fork } = await gate.outsider();
      const pull = twoCommits(gate, wes);
      await gate.settle();
      const before = gate.changesOf(pull);

      gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER, sha: firstOf(gate, pull) });
      await gate.settle();

      expect(gate.passes(pull)).toBe(true);
      expect(gate.changesOf(pull)).toBe(before);
    },
  );

  row("A17", "other people's pull requests stay as they are when a new one is judged", async (gate) => {
    const { wes, olga } = gate.people;
    const pull = twoCommits(gate, wes);
    await gate.settle();
    const before = gate.changesOf(pull);

    const commits = [gate.humanCommit(olga)];
    gate.openPull({ author: olga, commits, body: FOOTER });
    await gate.settle();

    expect(gate.changesOf(pull)).toBe(before);
  });
});
