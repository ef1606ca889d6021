import { describe, expect } from "@jest/globals";
import { isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";

const CONFIG = ".github/countersign.yml";
const DELETION = { "infra/production/main.tf": null } as const;

describe("Which policy", () => {
  row("C01", "the pull request edits the config to weaken it", async (gate) => {
    const pull = gate.kirosChange({ ...DELETION, [CONFIG]: "version: 1\nmode: observe\nbuilt-in: false\n" });

    const check = await gate.check(pull);
    expect(check).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "infrastructure");
    await gate.says(pull, "control-files");
  });

  row("C02", "the pull request edits CODEOWNERS to make its author an owner", async (gate) => {
    const { mallory } = gate.people;
    const pull = gate.kirosChange({ ...DELETION, CODEOWNERS: "* @mallory\n" });
    gate.world.review(pull, mallory, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@mallory approved, but does not own what has to be countersigned.");
    await gate.says(pull, "control-files");
  });

  row.each([
    [".github/workflows/deploy.yml"],
    [".github/actions/setup/action.yml"],
    ["AGENTS.md"],
    ["services/shop/CLAUDE.md"],
    [".claude/settings.json"],
    [".kiro/steering/rules.md"],
    [".amazonq/rules/deploy.md"],
    [".cursor/rules/always.mdc"],
  ])("C03", "the pull request edits %s", async (gate, path) => {
    const pull = gate.kirosChange({ [path]: "anything\n" });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "control-files");
  });

  row("C04", "retargeted from an ungoverned branch to main after being opened", async (gate) => {
    gate.world.branch(gate.repo, "playground", "main");
    const pull = gate.kirosChange(DELETION, { base: "playground" });
    expect(await gate.check(pull)).toBeNull();

    gate.double.webhooks.pause();
    gate.world.retarget(pull, "main", gate.people.kira);
    expect(gate.world.merge(pull, gate.people.kira)).toMatchObject({ status: 405 });
    gate.double.webhooks.resume();
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  });

  row("C05", "a second pull request of the same head to a lax base", async (gate) => {
    gate.configure("version: 1\nbranches: [main, lax]\n");
    gate.world.branch(gate.repo, "lax", "main");
    const strict = gate.kirosChange(DELETION);
    expect(await gate.check(strict)).toMatchObject({ conclusion: "action_required" });
    gate.world.setFile(gate.repo, "lax", "infra/production/main.tf", null, gate.people.olga);
    const lax = gate.world.openPull(gate.repo, {
      head: strict.headRef,
      base: "lax",
      title: "The same commit, elsewhere",
      author: gate.bots.kiro,
    });

    const check = await gate.check(lax);
    expect(lax.headSha).toBe(strict.headSha);
    expect(check).toMatchObject({ conclusion: "action_required" });
    await gate.says(strict, "infrastructure");
  });

  row("C08", "the config on the default branch is no YAML", async (gate) => {
    gate.configure("version: 1\nproduction: [\n");
    const pull = gate.kirosChange(DELETION);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /\.github\/countersign\.yml:\d+:\d+/);
  });

  row("C08", "the config on the default branch has an unknown key", async (gate) => {
    gate.configure("version: 1\nbranchs: [main]\n");
    const pull = gate.openPull({ author: gate.people.wes, commits: [gate.humanCommit(gate.people.wes)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /\.github\/countersign\.yml:2:1/);
    await gate.says(pull, "branches");
  });

  row("C08", "the permission to read contents is withdrawn", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    gate.double.faults.add({
      match: isEvaluation,
      respond: (real) => ({
        ...real,
        body: {
          data: { repository: null, floor: null },
          errors: [
            {
              type: "FORBIDDEN",
              path: ["repository", "defaultBranchRef", "target"],
              message: "Resource not accessible by integration",
            },
          ],
        },
      }),
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, "Contents: read");
  });

  row("C12", "labels added and removed by hand", async (gate) => {
    const { kira } = gate.people;
    const pull = gate.kirosChange(DELETION);
    await gate.check(pull);
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "needs-countersign", "production"]);

    for (const name of gate.labelsOf(pull)) gate.world.unlabel(pull, name, kira);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    expect(gate.labelsOf(pull)).toEqual(["ai-authored", "needs-countersign", "production"]);
  });

  row("C12", "labels added by hand to a human's pull request", async (gate) => {
    const { wes, kira } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    gate.world.label(pull, "ai-authored", kira);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    expect(gate.labelsOf(pull)).toEqual([]);
  });
});
