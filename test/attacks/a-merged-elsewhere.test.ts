import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE, type OpenPull } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { CommitSpec } from "../github-double/world/commits.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "Shrinks it.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

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

/** What tells of an agent on a person's pull request, and not on the commit that a squash makes of it. */
const MARKED: readonly (readonly [string, (gate: Gate) => Partial<OpenPull>, RegExp])[] = [
  ["its text", () => ({ body: FOOTER }), /Claude Code/],
  ["its branch", () => ({ head: "codex/shrink" }), /OpenAI Codex/],
  ["a commit", (gate) => ({ commits: [gate.kirosCommit(EDIT)] }), /Kiro/],
];

interface Told {
  readonly given: (gate: Gate) => Partial<OpenPull>;
  readonly tool: RegExp;
  readonly wait: (gate: Gate) => Promise<void>;
}

const SEEN = MARKED.flatMap(([mark, given, tool]): readonly (readonly [string, Told])[] => [
  [`${mark} tells of it, and it was judged`, { given, tool, wait: (gate) => gate.settle() }],
  [`${mark} tells of it, and it is merged at once`, { given, tool, wait: async () => {} }],
]);

describe("Whose approval: what was merged into another branch first", () => {
  row.each<readonly (readonly [string, (gate: Gate) => Pull, RegExp])[]>([
    [
      "its text told of the agent",
      (gate) => {
        const { wes } = gate.people;
        return gate.openPull({ author: wes, body: FOOTER, commits: [gate.humanCommit(wes, EDIT)] });
      },
      /Claude Code/,
    ],
    ["the agent wrote it", (gate) => gate.kirosChange(EDIT), /Kiro/],
  ])(
    "A17",
    "an agent's change is undone, and a person undoes that, beside work of their own: %s",
    async (gate, _what, open, tool) => {
      const { wes, kira, olga } = gate.people;
      const pull = open(gate);
      gate.world.review(pull, olga, "APPROVED");
      await gate.settle();
      gate.world.merge(pull, kira, { method: "squash", message: "Shrinks it." });
      const revert = (message: string, changes: NonNullable<CommitSpec["changes"]>) => {
        const undone = gate.world.tip(gate.repo, "main");
        const commit = { author: wes, message: `${message}\n\nThis reverts commit ${undone}.`, changes };
        return gate.openPull({ author: wes, commits: [commit] });
      };
      const undoing = revert('Revert "Shrink it"', { "infra/production/main.tf": null });
      await gate.settle();
      gate.world.merge(undoing, kira, {
        method: "squash",
        message: `Undone\n\n${gate.commitsOf(undoing)[0]?.message}`,
      });

      const again = revert('Reapply "Shrink it"', { ...EDIT, "app/cart.ts": "export const cart = [2];\n" });

      expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
      await gate.says(again, tool);
    },
  );

  row.each<readonly (readonly [string, (gate: Gate) => readonly [string, string]])[]>([
    [
      "on its first commit",
      (gate) => {
        gate.world.push(gate.repo, "change", [gate.humanCommit(gate.people.wes, EDIT)], gate.people.wes);
        return [gate.world.tip(gate.repo, "change"), "Shrink it once more"];
      },
    ],
    [
      "on a commit that it was picked from",
      (gate) => {
        gate.world.branch(gate.repo, "source", "main");
        gate.world.push(gate.repo, "source", [gate.humanCommit(gate.people.wes, EDIT)], gate.people.wes);
        const sha = gate.world.tip(gate.repo, "source");
        return [sha, `Shrink it\n\n(cherry picked from commit ${sha})`];
      },
    ],
  ])(
    "A17",
    "it was squashed into another branch, what holds that has passed, and an agent is told of then: %s",
    async (gate, _where, start) => {
      const { wes, kira } = gate.people;
      gate.world.branch(gate.repo, "develop", "main");
      gate.world.branch(gate.repo, "change", "develop");
      const [told, message] = start(gate);
      const changes = { "infra/production/network.tf": "# wider\n" };
      gate.world.push(gate.repo, "change", [{ author: wes, message, changes }], wes);
      const given = { head: "change", base: "develop", title: "Shrink it", author: wes };
      const pull = gate.world.openPull(gate.repo, given);
      await gate.settle();
      gate.world.merge(pull, kira, { method: "squash", message: "Shrinks it." });
      await gate.settle();
      gate.world.branch(gate.repo, "release", "develop");
      gate.world.push(gate.repo, "release", [gate.humanCommit(kira)], kira);
      const of = { head: "release", base: "main", title: "Release", author: kira };
      const release = gate.world.openPull(gate.repo, of);
      await gate.settle();
      expect(gate.passes(release)).toBe(true);

      gate.world.branch(gate.repo, "again", told);
      gate.world.openPull(gate.repo, {
        head: "again",
        base: "main",
        title: "Again",
        author: wes,
        body: FOOTER,
      });
      await gate.settle();

      expect(gate.passes(release)).toBe(false);
      await gate.says(release, /Claude Code/);
    },
  );

  row(
    "A17",
    "it was squashed into another branch, what holds that has passed, and an agent makes the same change in new commits",
    async (gate) => {
      const { wes, kira } = gate.people;
      gate.world.branch(gate.repo, "develop", "main");
      const commits = [gate.humanCommit(wes, EDIT)];
      const pull = gate.openPull({ author: wes, base: "develop", commits });
      await gate.settle();
      gate.world.merge(pull, kira, { method: "squash", message: "Shrinks it." });
      await gate.settle();
      gate.world.branch(gate.repo, "release", "develop");
      gate.world.push(gate.repo, "release", [gate.humanCommit(kira)], kira);
      const of = { head: "release", base: "main", title: "Release", author: kira };
      const release = gate.world.openPull(gate.repo, of);
      await gate.settle();
      expect(gate.passes(release)).toBe(true);

      gate.openPull({ author: wes, body: FOOTER, commits: [gate.humanCommit(wes, EDIT)] });
      await gate.settle();

      expect(gate.passes(release)).toBe(false);
      await gate.says(release, /Claude Code/);
    },
  );

  row.each(SEEN)(
    "A17",
    "an agent's pull request is squashed into another branch, which is merged later: %s",
    async (gate, _how, { wait, given, tool }) => {
      gate.world.branch(gate.repo, "develop", "main");
      const { kira } = gate.people;
      const commits = [gate.humanCommit(kira, EDIT)];
      const pull = gate.openPull({ author: kira, base: "develop", commits, ...given(gate) });
      await wait(gate);

      const release = await released(gate, pull, squashing(gate));

      expect(await gate.check(release)).toMatchObject({ conclusion: "action_required" });
      await gate.says(release, tool);
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
