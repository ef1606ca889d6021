import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const CAREFUL = "version: 1\ndetect: { undeclared: ai }\n";
const WAITS = { conclusion: "action_required" } as const;
const TRAILER = "Shrink the database\n\nAI-assisted: no";
const BOX = "- [x] This change was written without AI";

const noreply = (id: number, login: string) => ({
  name: login,
  email: `${id}+${login}@users.noreply.github.com`,
});

const BORROWED: readonly (readonly [string, { readonly name: string; readonly email: string }])[] = [
  ["dependabot", noreply(49699333, "dependabot[bot]")],
  ["renovate", noreply(29139614, "renovate[bot]")],
  ["renovate by its own address", { name: "Renovate Bot", email: "bot@renovateapp.com" }],
  ["github-actions", noreply(41898282, "github-actions[bot]")],
  ["a listed machine", noreply(77001, "acme-sync[bot]")],
];

/** The machines that the borrowed addresses belong to. */
function makeMachines(gate: Gate): void {
  gate.configure('version: 1\ndetect: { undeclared: ai, not-ai: ["acme-sync[bot]"] }\n');
  gate.world.bot("dependabot[bot]", { id: 49699333 });
  gate.world.bot("renovate[bot]", { id: 29139614 });
  gate.world.bot("acme-sync[bot]", { id: 77001 });
}

describe("Whose word lowers", () => {
  row.each(BORROWED)(
    "D08",
    "silence counts as AI, and a person writes a machine's name on their commits: %s",
    async (gate, _machine, author) => {
      makeMachines(gate);
      const { wes } = gate.people;
      const commits = [{ author, message: "Bump the provider", changes: EDIT }];
      const pull = gate.openPull({ author: wes, commits });

      expect(await gate.check(pull)).toMatchObject(WAITS);
      await gate.says(pull, /counts as AI/);
    },
  );

  row("D08", "a person pushes a machine's commit onto the machine's own pull request", async (gate) => {
    gate.configure(CAREFUL);
    const bot = gate.world.bot("dependabot[bot]", { id: 49699333 });
    const message = "Bump the provider";
    const pull = gate.openPull({ author: bot, commits: [{ author: bot, message, changes: EDIT }] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    const changes = { "infra/production/network.tf": "# wider\n" };
    gate.pushTo(pull, { author: bot, changes, by: gate.people.mallory });

    expect(await gate.check(pull)).toMatchObject(WAITS);
  });

  row("D08", "a person opens what a machine is said to have committed in a fork", async (gate) => {
    gate.configure(CAREFUL);
    const bot = gate.world.bot("dependabot[bot]", { id: 49699333 });
    const { eve, fork } = await gate.outsider();
    const commits = [{ author: bot, message: "Bump the provider", changes: EDIT }];
    const pull = gate.openPull({ author: eve, commits, headRepo: fork });

    expect(await gate.check(pull)).toMatchObject(WAITS);
  });

  row.each([
    ["dependabot[bot]", 49699333],
    ["renovate[bot]", 29139614],
  ])("D08", "a machine opens and pushes its own work, which passes: %s", async (gate, login, id) => {
    gate.configure(CAREFUL);
    const bot = gate.world.bot(login, { id });
    const commits = [{ author: bot, message: "Bump the provider", changes: EDIT }];
    const pull = gate.openPull({ author: bot, commits });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, /[Aa]utomation/);
  });

  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    ["an agent", (gate) => gate.bots.kiro],
    ["a workflow", (gate) => gate.bots.actions],
  ])(
    "D09",
    "a machine pushes a person's commit that says no AI took part: %s",
    async (gate, _machine, machine) => {
      gate.configure(CAREFUL);
      const { wes } = gate.people;
      const commits = [{ author: wes, message: TRAILER, changes: EDIT }];
      const pull = gate.openPull({ author: wes, commits, by: machine(gate) });

      expect(await gate.check(pull)).toMatchObject(WAITS);
    },
  );

  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    ["an agent", (gate) => gate.bots.kiro],
    ["a workflow", (gate) => gate.bots.actions],
    ["an agent's account of the type User", (gate) => gate.world.user("acme-build")],
  ])("D09", "a machine ticks the box in a person's text: %s", async (gate, _machine, machineOf) => {
    const machine = machineOf(gate);
    gate.configure("version: 1\ndetect: { undeclared: ai, agents: [acme-build] }\n");
    const { wes } = gate.people;
    const commits = [gate.humanCommit(wes, EDIT)];
    const pull = gate.openPull({ author: wes, commits, body: BOX.replace("[x]", "[ ]") });
    expect(await gate.check(pull)).toMatchObject(WAITS);

    gate.world.editPull(pull, { body: BOX }, machine);

    expect(await gate.check(pull)).toMatchObject(WAITS);
  });

  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    ["a bot that nobody knows", (gate) => gate.world.bot("some-builder[bot]")],
    ["a workflow", (gate) => gate.bots.actions],
  ])(
    "D09",
    "a person says of the whole that no AI took part, and a machine pushes to it: %s",
    async (gate, _machine, machineOf) => {
      gate.configure(CAREFUL);
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: BOX });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

      gate.pushTo(pull, { author: machineOf(gate), changes: { "infra/production/main.tf": "# none\n" } });

      expect(await gate.check(pull)).toMatchObject(WAITS);
    },
  );

  row.each([["a person makes a branch of it"], ["a person moves a branch to it"]])(
    "D09",
    "a machine's push is not heard of, and its commit says that no AI took part: %s",
    async (gate, way) => {
      gate.configure(CAREFUL);
      await gate.settle();
      const { wes } = gate.people;
      gate.world.branch(gate.repo, "generated", "main");
      const found = gate.double.webhooks.drop(({ event }) => event === "push");
      const commits = [{ author: wes, message: TRAILER, changes: EDIT }];
      gate.world.push(gate.repo, "generated", commits, gate.bots.actions);
      found();
      if (way.includes("makes")) gate.world.createBranch(gate.repo, "tidied", "generated", wes);
      else {
        gate.world.createBranch(gate.repo, "tidied", "main", wes);
        gate.world.forcePush(gate.repo, "tidied", gate.world.tip(gate.repo, "generated"), wes);
      }
      const title = "Shrink the database";
      const pull = gate.world.openPull(gate.repo, { head: "tidied", base: "main", title, author: wes });

      expect(await gate.check(pull)).toMatchObject(WAITS);
    },
  );

  row("D09", "a machine opens the pull request with the box ticked", async (gate) => {
    gate.configure(CAREFUL);
    const { wes } = gate.people;
    const commits = [gate.humanCommit(wes, EDIT)];
    const pull = gate.openPull({ author: gate.bots.actions, commits, by: wes, body: BOX });

    expect(await gate.check(pull)).toMatchObject(WAITS);
  });

  row.each<readonly (readonly [string, (gate: Gate) => Pull, RegExp])[]>([
    [
      "in a commit that its author pushed",
      (gate) => {
        const { wes } = gate.people;
        return gate.openPull({ author: wes, commits: [{ author: wes, message: TRAILER, changes: EDIT }] });
      },
      /@wes/,
    ],
    [
      "in a commit that somebody else pushed: it is their word",
      (gate) => {
        const { wes, mallory } = gate.people;
        const commits = [{ author: wes, message: TRAILER, changes: EDIT }];
        return gate.openPull({ author: wes, commits, by: mallory });
      },
      /@mallory/,
    ],
    [
      "by the box in their own text",
      (gate) => {
        const { wes } = gate.people;
        return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: BOX });
      },
      /@wes/,
    ],
  ])(
    "D09",
    "a person says that no AI took part, and the check names them: %s",
    async (gate, _where, open, who) => {
      gate.configure(CAREFUL);
      const pull = open(gate);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      await gate.says(pull, new RegExp(`${who.source}[^\\n]*without AI`));
    },
  );
});
