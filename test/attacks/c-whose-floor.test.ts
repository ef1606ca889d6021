import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Repository } from "../github-double/world/model.ts";

const CONFIG = ".github/countersign.yml";
const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FLOOR = "version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n";

const floorOf = (gate: Gate, text = FLOOR): Repository =>
  gate.world.repository(gate.org, ".github", { files: { [CONFIG]: text } });

const UNSEEN: readonly (readonly [string, (gate: Gate, floor: Repository) => void])[] = [
  [
    "the App may not see the repository any more",
    (gate) => gate.world.selectRepositories(gate.installation, [gate.repo], gate.people.olga),
  ],
  [
    "the App may not see it any more, and nobody said so",
    (gate) => {
      const heard = gate.double.webhooks.drop(() => true);
      gate.world.selectRepositories(gate.installation, [gate.repo], gate.people.olga);
      heard();
    },
  ],
  [
    "its name is another",
    (gate, floor) => gate.world.renameRepository(floor, "dot-github", gate.people.olga),
  ],
];

const SILENT: readonly (readonly [string, string, string])[] = [
  ["observe", "version: 1\nbranches: [main]\n", "version: 1\nmode: observe\n"],
  ["observe, below a floor with areas", FLOOR, "version: 1\nmode: observe\n"],
  [
    "its own people",
    "version: 1\nproduction: [{ name: infrastructure, countersignatures: 1 }]\n",
    'version: 1\nproduction: [{ name: infrastructure, from: ["@mallory"] }]\n',
  ],
];

describe("Whose rules: the organization's floor", () => {
  row.each(UNSEEN)(
    "C14",
    "the organization's floor was seen once, and cannot be seen any more: %s",
    async (gate, _how, hide) => {
      const floor = floorOf(gate);
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, gate.people.olga, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

      hide(gate, floor);
      await gate.settle();
      gate.world.editPull(pull, { title: "Fix the slow checkout for good" }, gate.people.kira);
      await gate.settle();

      expect(gate.passes(pull)).toBe(false);
      await gate.says(pull, /\.github/);
    },
  );

  row("C14", "an unseen floor lets nothing pass that passed before", async (gate) => {
    floorOf(gate);
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.selectRepositories(gate.installation, [gate.repo], gate.people.olga);
    gate.pushTo(pull, { author: wes, changes: { "app/notes.md": "notes\n" } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /\.github/);

    gate.world.selectRepositories(gate.installation, null, gate.people.olga);
    gate.world.editPull(pull, { title: "Fill the cart faster" }, wes);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("C14", "there never was a floor", async (gate) => {
    const { wes } = gate.people;
    gate.world.selectRepositories(gate.installation, [gate.repo], gate.people.olga);
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("C14", "the floor's file is removed, in a repository that can be seen", async (gate) => {
    const floor = floorOf(gate);
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.world.setFile(floor, "main", CONFIG, null, gate.people.olga);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row.each(SILENT)(
    "C15",
    "the floor does not say it, and the repository lowers the gate to: %s",
    async (gate, _what, floor, own) => {
      floorOf(gate, floor);
      gate.configure(own);
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, gate.people.mallory, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /\.github\/countersign\.yml:\d+/);
    },
  );

  row.each<readonly (readonly [string, string | null, string])[]>([
    ["there is no floor", null, "version: 1\nmode: observe\n"],
    ["the floor says observe", "version: 1\nmode: observe\n", "version: 1\nmode: observe\n"],
  ])("C15", "the repository may observe: %s", async (gate, _why, floor, own) => {
    if (floor !== null) floorOf(gate, floor);
    gate.configure(own);
    const pull = gate.kirosChange(EDIT);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });
  });

  row("C15", "the floor says nothing of an area, and the repository makes that stricter", async (gate) => {
    floorOf(gate, "version: 1\nbranches: [main]\n");
    gate.configure("version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n");
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    gate.world.review(pull, gate.people.sam, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});
