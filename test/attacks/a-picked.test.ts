import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "Shrinks the database.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

const picked = (...shas: readonly string[]) =>
  ["Shrink it", "", ...shas.map((sha) => `(cherry picked from commit ${sha})`)].join("\n");

/** A commit on a branch of its own, of which no pull request was opened. */
function source(gate: Gate, by = gate.people.wes): string {
  gate.world.branch(gate.repo, "source", "main");
  gate.world.push(gate.repo, "source", [gate.humanCommit(by, EDIT)], by);
  return gate.world.tip(gate.repo, "source");
}

/** A pull request with other work beside what it says it was picked from. */
function pickOf(gate: Gate, message: string, author = gate.people.mallory): Pull {
  const changes = { ...EDIT, "app/cart.ts": "export const cart = [2];\n" };
  return gate.openPull({ author, commits: [{ author, message, changes }] });
}

describe("Whose approval: what is learnt of commits that others were picked from", () => {
  row.each<readonly (readonly [string, (gate: Gate, sha: string) => string])[]>([
    ["by the pull request's only commit", (_gate, sha) => picked(sha)],
    ["by a commit that was picked once more", (_gate, sha) => picked(sha, "b".repeat(40))],
  ])(
    "A17",
    "a pull request has passed, and an agent is told of on a commit it was picked from: %s",
    async (gate, _how, message) => {
      const sha = source(gate);
      const pull = pickOf(gate, message(gate, sha));
      await gate.settle();
      expect(gate.passes(pull)).toBe(true);

      const title = "Shrink the database";
      gate.world.openPull(gate.repo, {
        ...{ head: "source", base: "main", title, author: gate.people.wes, body: FOOTER },
      });
      await gate.settle();

      expect(gate.passes(pull)).toBe(false);
      await gate.says(pull, /Claude Code/);
    },
  );

  row("A17", "who signed pushes the commit that was picked from to another branch", async (gate) => {
    const { olga } = gate.people;
    const sha = source(gate);
    const { kiro } = gate.bots;
    const pull = pickOf(gate, picked(sha), kiro);
    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.createBranch(gate.repo, "olgas", sha, olga);
    await gate.settle();

    expect(gate.passes(pull)).toBe(false);
    await gate.says(pull, /@olga approved, but .*pushed/);
  });

  row("E17", "a merge group has passed, and an agent is told of on a commit picked from", async (gate) => {
    const pull = pickOf(gate, picked(source(gate)));
    await gate.settle();
    const group = gate.world.enqueue([pull], gate.people.wes);
    await gate.settle();
    expect(gate.passes(group)).toBe(true);

    const title = "Shrink the database";
    gate.world.openPull(gate.repo, {
      ...{ head: "source", base: "main", title, author: gate.people.wes, body: FOOTER },
    });
    await gate.settle();

    expect(gate.passes(group)).toBe(false);
  });

  row("A25", "an outsider opens a commit that a pull request was picked from, with a mark", async (gate) => {
    const { eve, fork } = await gate.outsider();
    const sha = source(gate);
    const pull = pickOf(gate, picked(sha));
    await gate.settle();
    const before = gate.changesOf(pull);

    gate.world.branch(fork, "source", sha);
    const title = "Shrink the database";
    gate.world.openPull(gate.repo, {
      ...{ head: "source", headRepo: fork, base: "main", title, author: eve, body: FOOTER },
    });
    await gate.settle();

    expect(gate.passes(pull)).toBe(true);
    expect(gate.changesOf(pull)).toBe(before);
  });
});
