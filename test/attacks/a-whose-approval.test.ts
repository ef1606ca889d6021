import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

/** Kiro's change to infrastructure, asked for by Kira; the owners are Olga and Sam. */
const kirosChange = (gate: Gate) => gate.kirosChange({ "infra/production/main.tf": null });

describe("Whose approval", () => {
  row("A05", "bots approve: an AI reviewer, a second agent, a workflow", async (gate) => {
    const pull = kirosChange(gate);
    for (const bot of [gate.bots.coderabbit, gate.bots.amazonQ, gate.bots.actions]) {
      gate.world.permission(gate.repo, bot, "write");
      gate.world.review(pull, bot, "APPROVED");
    }

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      /@coderabbitai.* approved, but is (an AI account|a machine account); only humans can countersign\./,
    );
    await gate.says(
      pull,
      /@amazon-q-developer.* approved, but is an AI account; only humans can countersign\./,
    );
    await gate.says(
      pull,
      /@github-actions.* approved, but is a machine account; only humans can countersign\./,
    );
  });

  row("A06", "a machine account of type User, listed under agents, approves", async (gate) => {
    gate.configure("version: 1\ndetect: { agents: [acme-build] }\n");
    const machine = gate.world.user("acme-build", { name: "Acme Build", email: "build@acme.example" });
    gate.world.addToTeam(gate.teams.sre, machine, gate.people.olga);
    const pull = kirosChange(gate);
    gate.world.review(pull, machine, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@acme-build approved, but is an AI account; only humans can countersign.");
  });

  row("A07", "a person with a bot's login without [bot] is treated as a person", async (gate) => {
    const namesake = gate.world.user("coderabbitai", { name: "Cody Rabbit", email: "rabbit@example.com" });
    gate.world.addToTeam(gate.teams.sre, namesake, gate.people.olga);
    const pull = kirosChange(gate);
    gate.world.review(pull, namesake, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, "✅ @coderabbitai countersigned");
  });

  row("A07", "a bot with an owner's login is treated as a bot", async (gate) => {
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
    await gate.says(second, "@kiro-agent[bot] approved, but is an AI account; only humans can countersign.");
  });

  row.each([
    [
      "the owning team",
      (gate: Gate) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
      "@sam approved, but does not own anything that needs a countersignature.",
    ],
    [
      "the organization",
      (gate: Gate) => gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga),
      "@sam approved, but does not own anything that needs a countersignature.",
    ],
    [
      "write access, with their team",
      (gate: Gate) => gate.world.permission(gate.repo, gate.teams.sre, "read", gate.people.olga),
      "Cannot sign: @acme/sre (has no write permission on the repository)",
    ],
  ])("A09", "the approver has lost the right to sign: %s", async (gate, _how, leave, sentence) => {
    const pull = kirosChange(gate);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    leave(gate);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, sentence);
  });

  row("A09", "the approver, named in CODEOWNERS, has lost write access", async (gate) => {
    const { olga, mallory } = gate.people;
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @mallory\n", olga);
    gate.world.permission(gate.repo, gate.teams.everyone, "read", olga);
    gate.world.permission(gate.repo, mallory, "write", olga);
    const pull = kirosChange(gate);
    gate.world.review(pull, mallory, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.permission(gate.repo, mallory, "read", olga);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      "@mallory approved, but has only read access to this repository; write access is required.",
    );
  });

  row(
    "A09",
    "an owner without write access, a deleted account, an e-mail address, a secret team",
    async (gate) => {
      const { olga, mallory } = gate.people;
      const ghosts = gate.world.team(gate.org, "ghosts", { members: [olga], privacy: "secret" });
      gate.world.permission(gate.repo, ghosts, "write", olga);
      gate.world.permission(gate.repo, gate.teams.everyone, "read", olga);
      const line = "/infra/ @acme/sre @mallory @gone @acme/ghosts ops@acme.example\n";
      gate.world.setFile(gate.repo, "main", "CODEOWNERS", line, olga);
      const pull = kirosChange(gate);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, "Can sign: @olga and @sam");
      await gate.says(
        pull,
        [
          `Cannot sign: @${mallory.login} (has only read access to this repository; write access is required)`,
          "@gone (does not exist on GitHub)",
          "@acme/ghosts (is a secret team)",
          "ops@acme.example (is an e-mail address; GitHub does not say which account owns it)",
        ]
          .join(", ")
          .replace(/, (?=ops)/, " and "),
      );
    },
  );

  row("A10", "the approver owns one of two touched areas", async (gate) => {
    const pull = gate.kirosChange({
      "infra/production/main.tf": null,
      "db/migrations/0002_drop_orders.sql": "DROP TABLE orders;\n",
    });
    gate.world.review(pull, gate.people.dana, "APPROVED");

    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    expect(check?.title).toBe("Needs @acme/sre: infrastructure");
  });

  row("A11", "an owner approved and later requested changes", async (gate) => {
    const { olga, sam } = gate.people;
    const pull = kirosChange(gate);
    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.review(pull, olga, "CHANGES_REQUESTED", "Not on a Friday.");
    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga requested changes. This stays blocked until @olga approves");

    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A12", "the person who asked the agent dismisses the refusal", async (gate) => {
    const { kira, olga, sam } = gate.people;
    const pull = kirosChange(gate);
    const no = gate.world.review(pull, olga, "CHANGES_REQUESTED", "No.");
    gate.world.dismiss(pull, no, kira, "It is fine.");
    gate.world.review(pull, sam, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga requested changes, and @kira has no right to dismiss that");
  });

  row("A12", "the author of the pull request dismisses the refusal", async (gate) => {
    const { wes, olga, sam } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.kirosCommit()] });
    const no = gate.world.review(pull, olga, "CHANGES_REQUESTED", "No.");
    gate.world.dismiss(pull, no, wes, "It is fine.");
    gate.world.review(pull, sam, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@olga requested changes, and @wes has no right to dismiss that");
  });

  row("A13", "the latest review is dismissed, and the same person has an older approval", async (gate) => {
    const { olga, sam } = gate.people;
    const pull = kirosChange(gate);
    gate.world.review(pull, olga, "APPROVED");
    const newer = gate.world.review(pull, olga, "APPROVED");
    gate.world.dismiss(pull, newer, sam, "Let us look again.");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but (@sam dismissed it|a newer review by them was dismissed)/);
  });

  row.each([["approved"], ["LGTM"], [":+1:"]])(
    "A14",
    "a comment sounds like an approval: %s",
    async (gate, words) => {
      const pull = kirosChange(gate);
      gate.world.review(pull, gate.people.olga, "COMMENTED", words);
      gate.world.comment(pull, gate.people.sam, "LGTM :+1:");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(
        pull,
        "@olga wrote a comment that sounds like an approval, but only an approving review counts.",
      );
    },
  );

  row("A15", "somebody else edits a comment into an approval", async (gate) => {
    const { kira, olga, sam } = gate.people;
    const pull = kirosChange(gate);
    const remark = gate.world.review(pull, olga, "COMMENTED", "Why the old network?");
    gate.world.editReview(pull, remark, { body: "Approved.", by: kira });
    const comment = gate.world.comment(pull, sam, "I am away this week.");
    gate.world.editComment(pull, comment, { body: "LGTM", by: kira });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      "@olga wrote a comment that sounds like an approval, but only an approving review counts.",
    );
  });

  row("A15", "somebody else edits a refusal into an approval", async (gate) => {
    const { kira, olga, sam } = gate.people;
    const pull = kirosChange(gate);
    const no = gate.world.review(pull, olga, "CHANGES_REQUESTED", "Not on a Friday.");
    gate.world.editReview(pull, no, { body: "Approved.", by: kira });
    gate.world.review(pull, sam, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Refused by @olga: infrastructure",
    });
    await gate.says(pull, "@olga requested changes. This stays blocked until @olga approves");
  });

  row("A15", "somebody else adds a false alarm to an owner's approval", async (gate) => {
    const { kira, olga } = gate.people;
    gate.configure("version: 1\nhazards: { destructive: { countersignatures: 2 } }\n");
    const pull = kirosChange(gate);
    const approval = gate.world.review(pull, olga, "APPROVED", "One of two.");
    gate.world.editReview(pull, approval, {
      body: "False alarm: terraform/resource-removed: it is fine",
      by: kira,
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      "@olga called terraform/resource-removed a false alarm, but somebody else has edited the review since.",
    );
  });
});

describe("Whose approval counts: passkeys", () => {
  row("A26", "an owner approves without their passkey, where the config asks for one", async (gate) => {
    gate.configure("version: 1\npasskey: production\n");
    const pull = gate.kirosChange({ "infra/production/main.tf": "# one instance less\n" });
    await gate.settle();
    gate.world.review(pull, gate.people.sam, "APPROVED", "");
    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Waiting for the passkey of @sam: infrastructure",
    });
    await gate.says(pull, "@sam approved; waiting for their passkey, and there is no page to sign on");
  });
});
