import { describe, expect } from "@jest/globals";
import { asPerson, type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

/** Kiro's change to infrastructure, asked for by Kira; the owners are Olga and Sam. */
const kirosChange = (gate: Gate) => gate.kirosChange({ "infra/production/main.tf": null });

const STRANGER = { name: "Night Shift", email: "night@home.example" };

describe("Whose approval: those who took part", () => {
  row("A01", "the author of the pull request approves", async (gate) => {
    const { olga } = gate.people;
    const pull = gate.openPull({ author: olga, commits: [gate.kirosCommit()], by: gate.bots.kiro });

    // GitHub refuses this review; were it ever to let one through, it must not count.
    expect(() => gate.world.review(pull, olga, "APPROVED")).toThrow();
    gate.forgeReview(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      /@olga approved, but opened the pull request.*, and contributors cannot countersign\./,
    );
  });

  row("A02", "the author of a human commit next to Kiro's approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    const commit = gate.pushTo(pull, {
      author: olga,
      changes: { "app/notes.md": "notes\n" },
      by: gate.bots.kiro,
    });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `@olga approved, but wrote ${commit.sha.slice(0, 7)}`);
  });

  row("A02", "the committer of Kiro's commit approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    const commit = gate.pushTo(pull, {
      author: gate.bots.kiro,
      committer: olga,
      changes: { "app/notes.md": "notes\n" },
      by: gate.bots.kiro,
    });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `@olga approved, but committed ${commit.sha.slice(0, 7)}`);
  });

  row("A02", "a co-author of Kiro's commit approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    const commit = gate.pushTo(pull, {
      author: gate.bots.kiro,
      message: `Tidy up\n\nCo-authored-by: ${asPerson(olga)}`,
      changes: { "app/notes.md": "notes\n" },
      by: gate.bots.kiro,
    });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `@olga approved, but co-wrote ${commit.sha.slice(0, 7)}`);
  });

  row("A03", "somebody pushes one commit to a bot's pull request, then approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" }, by: olga });
    await gate.settle();
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      /@olga approved, but pushed the head commit.*, and contributors cannot countersign\./,
    );
  });

  row(
    "A03",
    "somebody pushes an agent's commit, then the agent pushes, then that person approves",
    async (gate) => {
      const { olga } = gate.people;
      const pull = kirosChange(gate);
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" }, by: olga });
      await gate.settle();
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "more\n" } });
      await gate.settle();
      gate.world.review(pull, olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but pushed [0-9a-f]{7}, and contributors cannot countersign\./);
    },
  );

  row("A03", "somebody pushes, the agent pushes right after, then that person approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    await gate.settle();
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" }, by: olga });
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "more\n" } });
    await gate.settle();
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but pushed [0-9a-f]{7}, and contributors cannot countersign\./);
  });

  row("A04", "the command to the agent is edited out before its author approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    const comment = gate.world.comment(pull, olga, "@claude please");
    gate.world.editPull(pull, { title: "Fix the slow checkout for good" }, gate.people.kira);
    await gate.settle();
    gate.world.editComment(pull, comment, { body: "never mind", by: olga });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but gave Claude Code a command/);
  });

  row("A04", "the person whom Kiro names as requester approves", async (gate) => {
    const { olga } = gate.people;
    const pull = gate.kirosChange({ "infra/production/main.tf": null }, { body: KIRO_LINE("olga") });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      "@olga approved, but asked Kiro for this change, and contributors cannot countersign.",
    );
  });

  row("A04", "the person who started Copilot approves", async (gate) => {
    const { olga } = gate.people;
    const pull = gate.openPull({
      author: gate.bots.copilot,
      head: "copilot/fix-storage",
      commits: [gate.copilotsCommit({ "infra/production/main.tf": null })],
    });
    gate.world.copilotWorkStarted(pull, olga);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but asked Copilot to start \(\d{4}-\d\d-\d\d\)/);
  });

  row("A04", "the person who assigned the agent approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    gate.world.assign(pull, gate.bots.kiro, olga);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but assigned kiro-agent/);
  });

  row("A04", "the requester's name is edited out before that person approves", async (gate) => {
    const { kira, olga } = gate.people;
    const pull = gate.kirosChange({ "infra/production/main.tf": null }, { body: KIRO_LINE("olga") });
    await gate.settle();
    gate.world.editPull(pull, { body: "Fixes the slow checkout." }, kira);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      "@olga approved, but asked Kiro for this change, and contributors cannot countersign.",
    );
  });

  row.each([
    ["/kiro", "Kiro"],
    ["@claude", "Claude Code"],
    ["@codex", "OpenAI Codex"],
    ["/q dev", "Amazon Q Developer"],
    ["@copilot", "GitHub Copilot"],
    ["@cursor", "Cursor"],
    ["@jules", "Jules"],
    ["@devin-ai-integration", "Devin"],
  ])("A04", "the person whose comment started an agent approves: %s", async (gate, command, tool) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    gate.world.comment(pull, olga, `${command} please delete the old environment as well`);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      new RegExp(`@olga approved, but gave ${tool} a command \\(.*\\), and contributors cannot countersign`),
    );
  });

  row("A08", "a commit's e-mail belongs to no account", async (gate) => {
    const pull = kirosChange(gate);
    const commit = gate.world.commit(gate.repo, pull.headRef, {
      author: STRANGER,
      message: "Note it down",
      changes: { "app/notes.md": "notes\n" },
      by: gate.bots.kiro,
    });
    gate.world.review(pull, gate.people.olga, "APPROVED");

    const sha = commit.sha.slice(0, 7);
    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    expect(check?.title).toContain("Nobody can countersign infrastructure yet");
    await gate.says(
      pull,
      `The e-mail of Night Shift night@home.example (wrote ${sha} and committed ${sha}) is not linked to a GitHub account, so the approver could be the same person. Add the e-mail to that person's account, rewrite the commit with a linked e-mail`,
    );
    await gate.says(
      pull,
      "@olga approved, but could be the unidentified contributor Night Shift night@home.example.",
    );
  });

  row("A08", "a commit's e-mail belongs to no account, outside production", async (gate) => {
    const pull = gate.kirosChange({ "app/cart.ts": "export const cart = [2];\n" });
    gate.world.commit(gate.repo, pull.headRef, {
      author: STRANGER,
      message: "Note it down",
      changes: { "app/notes.md": "notes\n" },
      by: gate.bots.kiro,
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
    await gate.says(pull, "Night Shift night@home.example wrote");
  });
});
