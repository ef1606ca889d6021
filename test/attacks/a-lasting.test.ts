import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull, Review } from "../github-double/world/model.ts";

const FILE = "infra/production/main.tf";
const EDIT = { [FILE]: "# one instance less\n" };

interface Refused {
  readonly gate: Gate;
  readonly pull: Pull;
  readonly no: Review;
}

type Ends = readonly (readonly [string, (refused: Refused) => void])[];

/** How Sam, who refused, loses the right to. */
const LOSSES: Ends = [
  [
    "leaves the team",
    ({ gate }) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
  ],
  [
    "leaves the organization",
    ({ gate }) => gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga),
  ],
  ["is gone from GitHub", ({ gate }) => gate.world.deleteAccount(gate.people.sam)],
  [
    "no longer owns the files",
    ({ gate }) => gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @olga\n", gate.people.olga),
  ],
  [
    "takes part in the change",
    ({ gate, pull }) => {
      gate.pushTo(pull, { author: gate.people.sam, changes: { "app/notes.md": "notes\n" } });
    },
  ],
];

async function refused(gate: Gate): Promise<Refused> {
  const pull = gate.kirosChange(EDIT);
  const no = gate.world.review(pull, gate.people.sam, "CHANGES_REQUESTED", "Not like this.");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  return { gate, pull, no };
}

/** The merge of main into the pull request, as the button on GitHub's page makes it. */
function updateBranch(gate: Gate, pull: Pull, by: Account, changes = {}): void {
  gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", gate.people.wes);
  const message = `Merge branch 'main' into ${pull.headRef}`;
  gate.pushTo(pull, { author: by, committer: "web", mergeFrom: "main", message, changes });
}

describe("Whose approval: what lasts", () => {
  row.each(LOSSES)("A20", "an owner refuses, and loses the right to refuse: %s", async (gate, _how, lose) => {
    const all = await refused(gate);
    lose(all);
    await gate.settle();
    gate.world.review(all.pull, gate.people.olga, "APPROVED");

    expect(await gate.check(all.pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(all.pull, /requested changes/);
  });

  row(
    "A20",
    "an owner approves, refuses and leaves before anything is judged, and the news of the refusal is lost",
    async (gate) => {
      const { olga, sam } = gate.people;
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, sam, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      const heard = gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
      const no = gate.world.review(pull, sam, "CHANGES_REQUESTED", "Not like this.");
      gate.world.removeFromOrg(gate.org, sam, olga);
      heard();
      await gate.settle();
      gate.world.review(pull, olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@sam requested changes/);
      gate.world.dismiss(pull, no, olga, "It was changed.");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row.each<readonly (readonly [string, (gate: Gate) => void, (gate: Gate) => void])[]>([
    [
      "they leave the team",
      () => {},
      (gate) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
    ],
    [
      "they leave the organization",
      () => {},
      (gate) => gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga),
    ],
    [
      "they are named as owner, and lose write permission",
      (gate) => {
        gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga);
        gate.world.removeFromTeam(gate.teams.everyone, gate.people.sam, gate.people.olga);
        gate.world.permission(gate.repo, gate.people.sam, "write");
        gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @sam @olga\n", gate.people.olga);
      },
      (gate) => gate.world.permission(gate.repo, gate.people.sam, "read"),
    ],
  ])(
    "A20",
    "an owner refuses and loses the right before anything is judged, and the news of the refusal is lost: %s",
    async (gate, _how, prepare, lose) => {
      const { olga, sam } = gate.people;
      prepare(gate);
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      const heard = gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
      const no = gate.world.review(pull, sam, "CHANGES_REQUESTED", "Not like this.");
      lose(gate);
      heard();
      await gate.settle();
      gate.world.review(pull, olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@sam requested changes/);
      gate.world.dismiss(pull, no, olga, "It was changed.");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  clockedRow("A20", "somebody refuses who left before", async (gate, time) => {
    const { olga, sam } = gate.people;
    const pull = gate.kirosChange(EDIT);
    await time.pass(2);
    gate.world.removeFromOrg(gate.org, sam, olga);
    await time.pass(5);
    gate.world.review(pull, sam, "CHANGES_REQUESTED", "Not like this.");
    gate.world.review(pull, olga, "APPROVED");
    await time.pass(5);

    expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A20", "somebody refuses who never could write here", async (gate) => {
    const { olga } = gate.people;
    const { eve } = await gate.outsider();
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, eve, "APPROVED");
    gate.world.review(pull, olga, "APPROVED");
    await gate.settle();
    gate.world.review(pull, eve, "CHANGES_REQUESTED", "No.");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A20", "an owner refuses and leaves; an uninvolved owner dismisses that and signs", async (gate) => {
    const { pull, no } = await refused(gate);
    const { olga, sam } = gate.people;
    gate.world.removeFromTeam(gate.teams.sre, sam, olga);
    gate.world.review(pull, olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    // Sam cannot lift it any more, so the check has to say who can.
    await gate.says(pull, /(an owner|@acme\/sre|@olga)[^\n]*dismiss/);

    gate.world.dismiss(pull, no, olga, "It was changed.");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    ["who asked the agent", (gate) => gate.people.kira],
    ["an owner of something else", (gate) => gate.people.dana],
  ])(
    "A20",
    "an owner refuses and leaves, and somebody dismisses that who may not: %s",
    async (gate, _who, whoOf) => {
      const { pull, no } = await refused(gate);
      const { olga, sam } = gate.people;
      gate.world.removeFromTeam(gate.teams.sre, sam, olga);
      gate.world.dismiss(pull, no, whoOf(gate), "It is fine.");
      gate.world.review(pull, olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@sam requested changes/);
    },
  );

  row.each<readonly (readonly [string, (gate: Gate) => Pull, (gate: Gate, pull: Pull) => void])[]>([
    [
      "a person made the change, before an agent pushed to it",
      (gate) => {
        const { wes } = gate.people;
        return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
      },
      (gate, pull) =>
        void gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/notes.md": "notes\n" } }),
    ],
    [
      "the config was broken, before it was mended",
      (gate) => {
        gate.configure("version: 1\nbranchs: [main]\n");
        return gate.kirosChange(EDIT);
      },
      (gate) => gate.configure("version: 1\n"),
    ],
  ])("A20", "an owner refuses when nothing is required, and leaves: %s", async (gate, _when, open, ask) => {
    const { olga, sam } = gate.people;
    const pull = open(gate);
    gate.world.review(pull, sam, "CHANGES_REQUESTED", "Not like this.");
    await gate.settle();
    gate.world.removeFromTeam(gate.teams.sre, sam, olga);
    await gate.settle();

    ask(gate, pull);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@sam requested changes/);
  });

  row("A20", "an owner refuses, leaves, and approves from outside", async (gate) => {
    const { pull } = await refused(gate);
    const { olga, sam } = gate.people;
    gate.world.removeFromTeam(gate.teams.sre, sam, olga);
    await gate.settle();
    gate.world.review(pull, sam, "APPROVED");
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A20", "somebody who never had a right to refuse leaves", async (gate) => {
    const { dana, olga } = gate.people;
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, dana, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    gate.world.removeFromOrg(gate.org, dana, olga);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row.each<readonly (readonly [string, (gate: Gate, machine: Account) => void])[]>([
    ["nobody takes the old name", (gate, machine) => gate.world.renameAccount(machine, "acme-helper")],
    [
      "somebody else takes the old name",
      (gate, machine) => {
        gate.world.renameAccount(machine, "acme-helper");
        gate.world.user("acme-build", { email: "another@elsewhere.example" });
      },
    ],
  ])(
    "A21",
    "a machine account that is listed as an agent is renamed, and approves: %s",
    async (gate, _what, rename) => {
      const machine = gate.world.user("acme-build", { name: "Acme Build", email: "build@acme.example" });
      gate.world.addToTeam(gate.teams.sre, machine, gate.people.olga);
      gate.configure("version: 1\ndetect: { agents: [acme-build] }\n");
      await gate.check(gate.kirosChange({ "infra/production/network.tf": "# wider\n" }));
      rename(gate, machine);
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, machine, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@acme-helper approved, but is an AI/);
    },
  );

  row.each([["from"], ["senior"]])(
    "A21",
    "a person who is listed is renamed, and somebody else takes the name and approves: %s",
    async (gate, key) => {
      const { sam, mallory } = gate.people;
      gate.configure(`version: 1\nproduction: [{ name: infrastructure, ${key}: ["@sam"] }]\n`);
      await gate.check(gate.kirosChange({ "infra/production/network.tf": "# wider\n" }));
      gate.world.renameAccount(sam, "samantha");
      gate.world.addToTeam(gate.teams.sre, mallory, gate.people.olga);
      gate.world.renameAccount(mallory, "sam");
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, mallory, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

      gate.world.review(pull, sam, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row("A21", "an owner whom CODEOWNERS names is renamed, and somebody else takes the name", async (gate) => {
    const { sam, mallory, olga } = gate.people;
    gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @sam\n", olga);
    await gate.check(gate.kirosChange({ "infra/production/network.tf": "# wider\n" }));
    gate.world.renameAccount(sam, "samantha");
    gate.world.addToTeam(gate.teams.sre, mallory, olga);
    gate.world.renameAccount(mallory, "sam");
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, mallory, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@sam approved, but .*another account/);

    gate.world.review(pull, sam, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@sam \(belongs to another account/);

    gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @samantha\n", olga);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row(
    "A21",
    "who took the name of an owner whom CODEOWNERS names refuses, or signs as a member of a team",
    async (gate) => {
      const { sam, mallory, olga } = gate.people;
      gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @sam @acme/sre\n", olga);
      await gate.check(gate.kirosChange({ "infra/production/network.tf": "# wider\n" }));
      gate.world.permission(gate.repo, mallory, "write");
      gate.world.renameAccount(sam, "samantha");
      gate.world.renameAccount(mallory, "sam");
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, mallory, "CHANGES_REQUESTED", "No.");
      const signed = gate.world.review(pull, olga, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@sam requested changes/);

      gate.world.addToTeam(gate.teams.sre, mallory, olga);
      gate.world.review(pull, mallory, "APPROVED");
      gate.world.dismiss(pull, signed, olga, "once more");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row("A22", "an owner presses “Update branch”, and then signs", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    await gate.settle();
    updateBranch(gate, pull, gate.people.olga);
    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A22", "an owner signs, and then presses “Update branch”", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    await gate.settle();
    updateBranch(gate, pull, gate.people.olga);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A22", "an owner resolves a conflict in files outside the area, and signs", async (gate) => {
    const pull = gate.kirosChange({ ...EDIT, "app/cart.ts": "export const cart = [2];\n" });
    await gate.settle();
    gate.world.setFile(gate.repo, "main", "app/cart.ts", "export const cart = [3];\n", gate.people.wes);
    updateBranch(gate, pull, gate.people.olga, { "app/cart.ts": "export const cart = [2, 3];\n" });
    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A22", "an owner edits a file of the area while resolving a conflict, and signs", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    await gate.settle();
    updateBranch(gate, pull, gate.people.olga, { [FILE]: "# nothing is left\n" });
    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but .*merge/);
  });
});
