import { describe, expect } from "@jest/globals";
import { row } from "../gate/row.ts";

const CONFIG = ".github/countersign.yml";
const LAX = "version: 1\nmode: observe\nbuilt-in: false\n";
const DELETION = { "infra/production/main.tf": null } as const;
const WAITS = "Needs @acme/sre: infrastructure";

/** What is wrong, the files that a pull request brings, what the check says of them. */
type BroughtConfig = readonly [string, Readonly<Record<string, string>>, string];

describe("Whose rules", () => {
  row("C01", "the pull request edits the config to weaken it", async (gate) => {
    const pull = gate.kirosChange({ ...DELETION, [CONFIG]: "version: 1\nmode: observe\nbuilt-in: false\n" });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/sre: infrastructure; @acme/web: control-files",
    });
    await gate.says(pull, "Kiro took part in this change, and it touches control-files (built-in).");
  });

  row("C02", "the pull request edits CODEOWNERS to make its author an owner", async (gate) => {
    const { mallory } = gate.people;
    const pull = gate.kirosChange({ ...DELETION, CODEOWNERS: "* @mallory\n" });
    gate.world.review(pull, mallory, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, "@mallory approved, but does not own anything that needs a countersignature.");
    await gate.says(pull, "control-files ⏳ needs approval from @acme/web");
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
  ])("C03", "the pull request edits files that control workflows or agents: %s", async (gate, path) => {
    const pull = gate.kirosChange({ [path]: "anything\n" });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/web: control-files",
    });
    await gate.says(pull, `For: ${path} (CODEOWNERS:1)`);
  });

  row("C06", "the base of a stacked pull request has its own config", async (gate) => {
    gate.configure("version: 1\nbranches: [main, feature]\n");
    gate.world.branch(gate.repo, "feature", "main");
    gate.world.setFile(gate.repo, "feature", CONFIG, LAX, gate.people.mallory);
    const pull = gate.kirosChange(DELETION, { base: "feature" });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "it touches infrastructure (built-in).");
  });

  row("C06", "the base of a pull request in a stack has its own owners", async (gate) => {
    const { kira, mallory } = gate.people;
    const lower = gate.openPull({
      author: mallory,
      head: "feature",
      commits: [gate.humanCommit(mallory, { CODEOWNERS: "* @mallory\n", [CONFIG]: LAX })],
    });
    const upper = gate.kirosChange(DELETION, { base: "feature" });
    gate.world.stack([lower, upper], kira);
    gate.world.review(upper, mallory, "APPROVED");

    expect(await gate.check(upper)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(upper, "@mallory approved, but does not own anything that needs a countersignature.");
  });

  row("C07", "a tag has the name of the default branch", async (gate) => {
    const { mallory } = gate.people;
    gate.world.branch(gate.repo, "lax", "main");
    gate.world.setFile(gate.repo, "lax", CONFIG, LAX, mallory);
    const lax = gate.world.setFile(gate.repo, "lax", "CODEOWNERS", "* @mallory\n", mallory);
    gate.world.tag(gate.repo, "main", lax.sha);
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, mallory, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "@mallory approved, but does not own anything that needs a countersignature.");
  });

  row("C09", "the repository's config weakens the organization's", async (gate) => {
    const floor = "version: 1\nmode: enforce\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n";
    gate.world.repository(gate.org, ".github", { files: { [CONFIG]: floor } });
    gate.configure("version: 1\nmode: observe\nbuilt-in: [migrations]\n");
    const pull = gate.kirosChange(DELETION);

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs 2 of @acme/sre: infrastructure",
    });
    await gate.says(
      pull,
      '.github/countersign.yml:2:7 mode is "observe", but the organization\'s "enforce" (acme/.github: .github/countersign.yml:2) holds.',
    );
  });

  row.each([
    ["mode: observe", "mode: observe", 'mode is "observe"'],
    [
      "a signer of its own for a built-in area",
      "production: [{ name: infrastructure, from: ['@mallory'] }]",
      'production.0.from is ["@mallory"]',
    ],
    ["no built-in area", "built-in: false", "built-in is false"],
    ["another branch only", "branches: [nowhere]", null],
  ])(
    "C15",
    "the organization's file leaves out what the repository lowers: %s",
    async (gate, _, lowered, ignored) => {
      gate.world.repository(gate.org, ".github", { files: { [CONFIG]: "version: 1\ncomment: false\n" } });
      gate.configure(`version: 1\n${lowered}\n`);
      const pull = gate.kirosChange(DELETION);
      gate.world.review(pull, gate.people.mallory, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
      if (ignored === null) return;
      await gate.says(
        pull,
        `${ignored}, but acme/.github: .github/countersign.yml does not set it, so the default holds.`,
      );
    },
  );

  row.each<readonly BroughtConfig[]>([
    ["in a file of another extension", { ".github/countersign.yaml": LAX }, "This file is not read"],
    ["by a key in capitals", { [CONFIG]: "Production: []\n" }, 'There is no key "Production"'],
    [
      "by alternatives in a pattern",
      { [CONFIG]: 'production: [{ name: data, paths: ["/{etl,dbt}/"] }]\n' },
      'Write a pattern for each: "/etl/", "/dbt/".',
    ],
  ])(
    "C18",
    "a pull request brings a config that cannot mean what it says: %s",
    async (gate, _, files, says) => {
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, files)] });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
      await gate.says(pull, says);
    },
  );

  row.each([
    [
      "at the root",
      { "countersign.yml": LAX },
      "This file is not read: the config is .github/countersign.yml.",
    ],
    [
      "with an area that is nearly a built-in one",
      { [CONFIG]: "production: [{ name: infrastucture, paths: [/infra/] }]\n" },
      'The area "infrastucture" is not the built-in area "infrastructure"',
    ],
  ])(
    "C18",
    "a pull request brings a config that probably means something else: %s",
    async (gate, _, files, says) => {
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, files)] });

      await gate.says(pull, says);
      expect(await gate.check(pull)).not.toMatchObject({ conclusion: "failure" });
    },
  );

  row("C10", "the config points at a stranger's repository", async (gate) => {
    const { mallory, wes } = gate.people;
    gate.world.repository(mallory, "presets", { private: false, files: { [CONFIG]: LAX } });
    gate.configure("version: 1\n_extends: mallory/presets\n");
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, ".github/countersign.yml:2:1 There is no key");
    expect(gate.double.requests.filter(({ path }) => path.includes("mallory"))).toEqual([]);
  });
});
