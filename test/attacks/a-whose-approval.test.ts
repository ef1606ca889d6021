import { describe, expect } from "@jest/globals";
import { asPerson, type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

/** Kiro's change to infrastructure, asked for by Kira; the owners are Olga and Sam. */
const kirosChange = (gate: Gate) => gate.kirosChange({ "infra/production/main.tf": null });

describe("Whose approval", () => {
  row("A01", "the author of the pull request approves", async (gate) => {
    const { olga } = gate.people;
    const pull = gate.openPull({ author: olga, commits: [gate.kirosCommit()], by: gate.bots.kiro });

    // GitHub refuses this review; were it ever to let one through, it must not count.
    expect(() => gate.world.review(pull, olga, "APPROVED")).toThrow();
    gate.forgeReview(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga approved, but opened the pull request: a contributor cannot countersign.");
  });

  row("A02", "the author of a human commit beside Kiro's approves", async (gate) => {
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
    await gate.says(pull, "@olga approved, but pushed the head commit: a contributor cannot countersign.");
  });

  row("A04", "the person named by Kiro as the one who asked approves", async (gate) => {
    const { olga } = gate.people;
    const pull = gate.kirosChange({ "infra/production/main.tf": null }, { body: KIRO_LINE("olga") });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      /@olga approved, but asked .*Kiro.* for this change: a contributor cannot countersign\./,
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

  row("A04", "the person whose comment commanded the agent approves", async (gate) => {
    const { olga } = gate.people;
    const pull = kirosChange(gate);
    gate.world.comment(pull, olga, "/kiro please delete the old environment as well");
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but gave .*Kiro.* a command/);
  });

  row("A05", "bots approve: an AI reviewer, a second agent, a workflow", async (gate) => {
    const pull = kirosChange(gate);
    for (const bot of [gate.bots.coderabbit, gate.bots.amazonQ, gate.bots.actions]) {
      gate.world.permission(gate.repo, bot, "write");
      gate.world.review(pull, bot, "APPROVED");
    }

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      /@coderabbitai.* approved, but is (an AI's account|a machine): only people countersign\./,
    );
    await gate.says(
      pull,
      /@amazon-q-developer.* approved, but is an AI's account: only people countersign\./,
    );
    await gate.says(pull, /@github-actions.* approved, but is a machine: only people countersign\./);
  });

  row("A07", "a person whose login is a bot's without [bot] is judged as a person", async (gate) => {
    const namesake = gate.world.user("coderabbitai", { name: "Cody Rabbit", email: "rabbit@example.com" });
    gate.world.addToTeam(gate.teams.sre, namesake, gate.people.olga);
    const pull = kirosChange(gate);
    gate.world.review(pull, namesake, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, "@coderabbitai");
  });

  row("A07", "a bot whose login is an owner's is judged as a bot", async (gate) => {
    const pull = kirosChange(gate);
    gate.world.setFile(
      gate.repo,
      "main",
      "CODEOWNERS",
      "* @acme/web\n/infra/ @kiro-agent\n",
      gate.people.wes,
    );
    const second = gate.kirosChange({ "infra/production/main.tf": null });
    gate.forgeReview(second, gate.bots.kiro, "APPROVED");

    expect(await gate.check(second)).toMatchObject({ conclusion: "action_required" });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(second, /only people countersign/);
  });

  row("A10", "the approver owns one of two areas touched", async (gate) => {
    const pull = gate.kirosChange({
      "infra/production/main.tf": null,
      "db/migrations/0002_drop_orders.sql": "DROP TABLE orders;\n",
    });
    gate.world.review(pull, gate.people.dana, "APPROVED");

    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    expect(check?.title).toMatch(/1 of 2 countersigned.*infrastructure/);
  });

  row("A11", "an owner approved and later requested changes", async (gate) => {
    const { olga, sam } = gate.people;
    const pull = kirosChange(gate);
    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.review(pull, olga, "CHANGES_REQUESTED", "Not on a Friday.");
    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga requested changes: only @olga can lift that");

    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A12", "the no is dismissed by the person who asked the agent", async (gate) => {
    const { kira, olga, sam } = gate.people;
    const pull = kirosChange(gate);
    const no = gate.world.review(pull, olga, "CHANGES_REQUESTED", "No.");
    gate.world.dismiss(pull, no, kira, "It is fine.");
    gate.world.review(pull, sam, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga requested changes, and @kira may not dismiss that");
  });

  row("A13", "the newest review is dismissed, an older approval of the same person exists", async (gate) => {
    const { olga, sam } = gate.people;
    const pull = kirosChange(gate);
    gate.world.review(pull, olga, "APPROVED");
    const newer = gate.world.review(pull, olga, "APPROVED");
    gate.world.dismiss(pull, newer, sam, "Let us look again.");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but (@sam dismissed it|a newer review of theirs was dismissed)/);
  });

  row("A14", "a comment says approved", async (gate) => {
    const pull = kirosChange(gate);
    gate.world.review(pull, gate.people.olga, "COMMENTED", "approved");
    gate.world.comment(pull, gate.people.sam, "LGTM :+1:");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      "@olga wrote a comment that sounds like an approval, but only an approving review counts.",
    );
  });
});
