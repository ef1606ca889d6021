import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const REWRITTEN = { "infra/production/main.tf": "# two instances less\n" } as const;
const FOOTER = "Shrinks the database.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

/** A pull request in which a person's name stands on every commit, and all that tells of an agent lies outside them. */
type Hidden = (gate: Gate) => Pull;

const byItsAuthor: Hidden = (gate) =>
  gate.openPull({ author: gate.bots.kiro, commits: [gate.humanCommit(gate.people.wes, EDIT)] });

const MARKS: readonly (readonly [string, Hidden, RegExp])[] = [
  ["its author", byItsAuthor, /Kiro/],
  [
    "its text",
    (gate) => {
      const { wes } = gate.people;
      return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: FOOTER });
    },
    /Claude Code/,
  ],
  [
    "its branch",
    (gate) => {
      const { wes } = gate.people;
      const commits = [gate.humanCommit(wes, EDIT)];
      return gate.openPull({ author: wes, commits, head: "codex/drop-the-database" });
    },
    /OpenAI Codex/,
  ],
  [
    "the app that opened it",
    (gate) => {
      const { wes } = gate.people;
      const { id } = gate.world.app("cursor");
      return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], performedVia: id });
    },
    /Cursor/,
  ],
];

describe("Whose approval: commits that come back", () => {
  row.each(MARKS)(
    "A17",
    "an agent's pull request is closed, and its commits are opened again without what told of the agent: %s",
    async (gate, _mark, open, tool) => {
      const first = open(gate);
      expect(await gate.check(first)).toMatchObject({ conclusion: "action_required" });
      gate.world.close(first, gate.people.mallory);
      await gate.settle();

      const again = gate.openAgain(first, { author: gate.people.mallory });

      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, tool);
    },
  );

  row(
    "A17",
    "a commit of an agent's pull request is picked by a person, with work of their own",
    async (gate) => {
      const { wes, olga } = gate.people;
      const first = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: FOOTER });
      gate.pushTo(first, { author: wes, changes: { "app/notes.md": "notes\n" }, by: olga });
      await gate.settle();
      const picked = (sha: string) => `Shrink it\n\n(cherry picked from commit ${sha})`;
      const changes = { ...EDIT, "app/cart.ts": "export const cart = [2];\n" };
      const { mallory } = gate.people;
      const commits = [{ author: mallory, message: picked(first.headSha), changes }];
      const again = gate.openPull({ author: mallory, commits });

      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, /Claude Code/);
      gate.world.review(again, olga, "APPROVED");
      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, /@olga approved, but .*pushed/);
    },
  );

  row.each<readonly (readonly [string, (gate: Gate, first: Pull) => Pull])[]>([
    [
      "from the same branch",
      (gate, first) => gate.openAgain(first, { author: gate.people.mallory, head: first.headRef }),
    ],
    [
      "with a commit of their own on top",
      (gate, first) => {
        const { mallory } = gate.people;
        gate.world.branch(gate.repo, "more", first.headSha);
        gate.world.push(gate.repo, "more", [gate.humanCommit(mallory)], mallory);
        return gate.openAgain(first, {
          author: mallory,
          head: "more-again",
          sha: gate.world.tip(gate.repo, "more"),
        });
      },
    ],
    [
      "all but the last of them",
      (gate, first) => {
        const [oldest] = gate.commitsOf(first);
        return gate.openAgain(first, { author: gate.people.mallory, sha: oldest?.sha ?? "" });
      },
    ],
    [
      "into another governed branch",
      (gate, first) => gate.openAgain(first, { author: gate.people.mallory, base: "release/1" }),
    ],
    [
      "from a fork",
      (gate, first) => {
        const headRepo = gate.world.fork(gate.repo, gate.people.mallory);
        return gate.openAgain(first, { author: gate.people.mallory, headRepo });
      },
    ],
  ])(
    "A17",
    "an agent's pull request is closed, and its commits come back in another: %s",
    async (gate, _how, open) => {
      gate.configure('version: 1\nbranches: [main, "release/*"]\n');
      gate.world.branch(gate.repo, "release/1", "main");
      const { wes } = gate.people;
      const commits = [gate.humanCommit(wes, EDIT), gate.humanCommit(wes)];
      const first = gate.openPull({ author: wes, commits, body: FOOTER });
      expect(await gate.check(first)).toMatchObject({ conclusion: "action_required" });
      gate.world.close(first, gate.people.mallory);
      await gate.settle();

      const again = open(gate, first);

      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, /Claude Code/);
    },
  );

  row.each<readonly (readonly [string, (gate: Gate, first: Pull) => Pull])[]>([
    ["the rewritten commits", (gate, first) => gate.openAgain(first, { author: gate.people.mallory })],
    [
      "the same change in new commits",
      (gate) => {
        const { mallory } = gate.people;
        return gate.openPull({ author: mallory, commits: [gate.humanCommit(mallory, REWRITTEN)] });
      },
    ],
  ])(
    "A17",
    "only its commits told of an agent, which a person rewrote with other content: %s",
    async (gate, _what, open) => {
      const { wes, mallory } = gate.people;
      const first = gate.openPull({ author: wes, commits: [gate.kirosCommit(EDIT)] });
      await gate.settle();
      gate.rewrite(first, [gate.humanCommit(mallory, REWRITTEN)], mallory);
      expect(await gate.check(first)).toMatchObject({ conclusion: "action_required" });
      gate.world.close(first, mallory);
      await gate.settle();

      const again = open(gate, first);

      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, /Kiro/);
    },
  );

  row("A25", "a person's own commit was there before an agent's, which is dropped again", async (gate) => {
    const { wes, mallory } = gate.people;
    const first = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    await gate.settle();
    const own = first.headSha;
    gate.pushTo(first, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" }, by: wes });
    await gate.settle();
    gate.world.forcePush(first.headRepo, first.headRef, own, wes);
    await gate.settle();
    gate.world.close(first, wes);
    await gate.settle();

    const again = gate.openAgain(first, { author: mallory });

    expect(await gate.check(again)).toMatchObject({ title: "No AI-authored change" });
  });

  row("A17", "an agent's commits are opened again, and who asked for them approves", async (gate) => {
    const { olga, mallory } = gate.people;
    const first = gate.kirosChange(EDIT, { body: KIRO_LINE("olga") });
    await gate.settle();
    gate.world.close(first, mallory);
    await gate.settle();

    const again = gate.openAgain(first, { author: mallory });
    gate.world.review(again, olga, "APPROVED");

    expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
    await gate.says(again, /@olga approved, but .*asked Kiro/);
  });

  row("A17", "an agent's commits are opened again, and who pushed one of them approves", async (gate) => {
    const { olga, mallory } = gate.people;
    const first = gate.kirosChange(EDIT);
    gate.pushTo(first, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" }, by: olga });
    gate.pushTo(first, { author: gate.bots.kiro, changes: { "app/notes.md": "more\n" } });
    await gate.settle();
    gate.world.close(first, mallory);
    await gate.settle();

    const again = gate.openAgain(first, { author: mallory });
    gate.world.review(again, olga, "APPROVED");

    expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
    await gate.says(again, /@olga approved, but .*pushed [0-9a-f]{7}/);
  });

  row(
    "A17",
    "commits are opened again by somebody else, and who opened them first approves",
    async (gate) => {
      const { olga, mallory } = gate.people;
      const first = gate.openPull({ author: olga, commits: [gate.kirosCommit(EDIT)], by: gate.bots.kiro });
      await gate.settle();
      gate.world.close(first, olga);
      await gate.settle();

      const again = gate.openAgain(first, { author: mallory });
      gate.world.review(again, olga, "APPROVED");

      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, /@olga approved, but .*opened/);
    },
  );

  row("A17", "the agent's pull request is still open when a person opens its commits too", async (gate) => {
    const { mallory } = gate.people;
    const first = byItsAuthor(gate);
    await gate.settle();
    const again = gate.openAgain(first, { author: mallory });
    await gate.settle();
    gate.world.close(first, mallory);

    expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
    await gate.says(again, /Kiro/);
  });

  row("A17", "the same change is opened again in new commits", async (gate) => {
    const { wes, mallory } = gate.people;
    const first = byItsAuthor(gate);
    await gate.settle();
    gate.world.close(first, mallory);
    await gate.settle();

    const commit = { ...gate.humanCommit(wes, EDIT), message: "Shrink the database" };
    const again = gate.openPull({ author: mallory, commits: [commit] });

    expect(again.headSha).not.toBe(first.headSha);
    expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
    await gate.says(again, /Kiro/);
  });

  row("A17", "the same change is opened again in new commits, and only git named the agent", async (gate) => {
    const { wes, mallory } = gate.people;
    const first = gate.openPull({ author: wes, commits: [gate.kirosCommit(EDIT)] });
    await gate.settle();
    gate.world.close(first, mallory);
    await gate.settle();

    const commit = { ...gate.humanCommit(wes, EDIT), message: "Shrink the database" };
    const again = gate.openPull({ author: mallory, commits: [commit] });

    expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
    await gate.says(again, /Kiro/);
  });

  row(
    "A17",
    "the same change is opened again in new commits, and who pushed the old ones approves",
    async (gate) => {
      const { olga, wes, mallory } = gate.people;
      const first = gate.openPull({ author: wes, commits: [gate.kirosCommit(EDIT)], by: olga });
      await gate.settle();
      gate.world.close(first, mallory);
      await gate.settle();

      const commit = { ...gate.kirosCommit(EDIT), message: "Shrink the database" };
      const again = gate.openPull({ author: mallory, commits: [commit], by: mallory });
      gate.world.review(again, olga, "APPROVED");

      expect(again.headSha).not.toBe(first.headSha);
      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, /@olga approved, but pushed the head commit/);
    },
  );

  row("A17", "the same change in new commits is built upon, and only git named the agent", async (gate) => {
    const { wes, mallory } = gate.people;
    const first = gate.openPull({ author: wes, commits: [gate.kirosCommit(EDIT)] });
    await gate.settle();
    gate.world.close(first, mallory);
    const again = gate.openPull({ author: mallory, commits: [gate.humanCommit(wes, EDIT)] });
    await gate.settle();
    gate.world.close(again, mallory);
    await gate.settle();
    gate.world.branch(gate.repo, "more", again.headSha);
    gate.world.push(gate.repo, "more", [gate.humanCommit(mallory)], mallory);

    const more = gate.openAgain(again, {
      author: mallory,
      head: "more-again",
      sha: gate.world.tip(gate.repo, "more"),
    });

    expect(await gate.check(more)).toMatchObject({ conclusion: "action_required" });
    await gate.says(more, /Kiro/);
  });

  row("A17", "other work of the same people stays theirs after an agent's pull request", async (gate) => {
    const { wes, mallory } = gate.people;
    const first = byItsAuthor(gate);
    await gate.settle();
    gate.world.close(first, mallory);

    const own = gate.openPull({
      author: wes,
      commits: [gate.humanCommit(wes, { "infra/production/network.tf": "# a wider network\n" })],
    });

    expect(await gate.check(own)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
  });

  row("A17", "an uninvolved owner signs what was opened again", async (gate) => {
    const { olga, mallory } = gate.people;
    const first = byItsAuthor(gate);
    await gate.settle();
    gate.world.close(first, mallory);
    const again = gate.openAgain(first, { author: mallory });
    gate.world.review(again, olga, "APPROVED");

    expect(await gate.check(again)).toMatchObject({ conclusion: "success" });
  });
});
