import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull, Repository } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const PASSES = { conclusion: "success", title: "No AI-authored change" };
const WAITS = { conclusion: "action_required" };

interface Given {
  readonly gate: Gate;
  /** What Wes wrote, pushed and opened. */
  readonly pull: Pull;
  readonly eve: Account;
  readonly fork: Repository;
}

async function honest(gate: Gate): Promise<Given> {
  const { wes } = gate.people;
  const outsider = await gate.outsider();
  const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
  expect(await gate.check(pull)).toMatchObject(PASSES);
  return { gate, pull, ...outsider };
}

/** Eve's own work in her fork, which she opens. */
async function evesOwn(gate: Gate, words: { readonly body?: string } = {}): Promise<Given> {
  const { eve, fork } = await gate.outsider();
  const commits = [gate.humanCommit(eve, EDIT)];
  const pull = gate.openPull({ author: eve, commits, headRepo: fork, ...words });
  await gate.settle();
  return { gate, pull, eve, fork };
}

type Deeds = readonly (readonly [string, (given: Given) => void | Promise<void>])[];

const BY_OUTSIDERS: Deeds = [
  [
    "opens its commits again as a draft, and marks that as ready",
    ({ gate, pull, eve, fork }) => {
      const again = gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
      gate.world.convertToDraft(again, eve);
      gate.world.readyForReview(again, eve);
    },
  ],
  [
    "opens its commits again, closes that and reopens it",
    async ({ gate, pull, eve, fork }) => {
      const again = gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
      await gate.settle();
      gate.world.close(again, eve);
      await gate.settle();
      gate.world.reopen(again, eve);
    },
  ],
  [
    "opens its commits again and commands an agent there",
    ({ gate, pull, eve, fork }) => {
      const again = gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
      gate.world.comment(again, eve, "@claude please fix");
    },
  ],
  [
    "opens its commits again through an agent's app",
    ({ gate, pull, eve, fork }) => {
      const { id } = gate.world.app("cursor");
      gate.openAgain(pull, { author: eve, headRepo: fork, performedVia: id });
    },
  ],
  [
    "opens something else and puts its commits there",
    async ({ gate, pull, eve, fork }) => {
      gate.world.branch(fork, "else", "main");
      gate.world.push(fork, "else", [gate.humanCommit(eve)], eve);
      const words = { title: "Else", body: FOOTER, author: eve };
      gate.world.openPull(gate.repo, { head: "else", base: "main", headRepo: fork, ...words });
      await gate.settle();
      gate.world.forcePush(fork, "else", pull.headSha, eve);
    },
  ],
  [
    "makes the same change in a commit of their own, with the mark",
    ({ gate, eve, fork }) => {
      gate.openPull({ author: eve, commits: [gate.humanCommit(eve, EDIT)], headRepo: fork, body: FOOTER });
    },
  ],
  [
    "is a machine account, and opens its commits again",
    async ({ gate, pull, eve, fork }) => {
      gate.configure("version: 1\ndetect: { agents: [eve] }\n");
      await gate.settle();
      gate.openAgain(pull, { author: eve, headRepo: fork });
    },
  ],
  [
    "opens its commits again from two branches",
    ({ gate, pull, eve, fork }) => {
      gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
      gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
    },
  ],
  [
    "may read as a member, and opens its commits again from the repository",
    async ({ gate, pull }) => {
      const member = gate.world.user("rita", { name: "Rita Reed", email: "rita@acme.example" });
      const readers = gate.world.team(gate.org, "readers", { permission: "read" });
      gate.world.addToTeam(readers, member, gate.people.olga);
      await gate.settle();
      gate.openAgain(pull, { author: member, body: FOOTER });
    },
  ],
];

/** What makes an outsider's mark count all the same. */
const COUNTING: Deeds = [
  [
    "gets write permission",
    async ({ gate, pull, eve, fork }) => {
      gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
      await gate.settle();
      gate.world.permission(gate.repo, eve, "write", gate.people.olga);
    },
  ],
  [
    "had write permission when they wrote it",
    async ({ gate, pull, eve, fork }) => {
      gate.world.permission(gate.repo, eve, "write", gate.people.olga);
      await gate.settle();
      gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });
      await gate.settle();
      gate.world.permission(gate.repo, eve, "read", gate.people.olga);
    },
  ],
  [
    "gets an insider to edit it in",
    async ({ gate, pull, eve, fork }) => {
      const again = gate.openAgain(pull, { author: eve, headRepo: fork });
      await gate.settle();
      gate.world.editPull(again, { body: FOOTER }, gate.people.mallory);
    },
  ],
];

describe("Whose approval: outsiders", () => {
  row.each(BY_OUTSIDERS)(
    "A25",
    "somebody without write permission does something to a person's pull request: %s",
    async (gate, _deed, act) => {
      const given = await honest(gate);
      await act(given);
      await gate.settle();
      gate.world.label(given.pull, "bug", gate.people.wes);

      expect(await gate.check(given.pull)).toMatchObject(PASSES);
      expect(gate.labelsOf(given.pull)).toEqual(["bug"]);
    },
  );

  row.each(COUNTING)(
    "A25",
    "an outsider's mark on other people's commits counts, because the outsider: %s",
    async (gate, _how, act) => {
      const given = await honest(gate);
      await act(given);

      expect(await gate.check(given.pull)).toMatchObject(WAITS);
      await gate.says(given.pull, /Claude Code/);
    },
  );

  row(
    "A25",
    "an uninvolved owner lifts the mark of an outsider who made the same change first",
    async (gate) => {
      const { eve, fork } = await gate.outsider();
      const { wes, olga } = gate.people;
      gate.openPull({ author: eve, commits: [gate.humanCommit(eve, EDIT)], headRepo: fork, body: FOOTER });
      await gate.settle();
      const commits = [{ ...gate.humanCommit(wes, EDIT), message: "Shrink the database" }];
      const pull = gate.openPull({ author: wes, commits });
      expect(await gate.check(pull)).toMatchObject(WAITS);
      await gate.says(pull, /written by @eve, who has no write permission/);

      const review = gate.world.review(pull, olga, "APPROVED", "False alarm: mark by @eve: Wes wrote it.");
      expect(await gate.check(pull)).toMatchObject(PASSES);
      await gate.says(pull, /@olga lifted it/);

      gate.world.dismiss(pull, review, olga, "Not sure.");
      expect(await gate.check(pull)).toMatchObject(WAITS);
    },
  );

  row("A25", "an outsider's own work with a mark is opened again by an insider", async (gate) => {
    const { pull } = await evesOwn(gate, { body: FOOTER });
    const again = gate.openAgain(pull, { author: gate.people.mallory });

    expect(await gate.check(again)).toMatchObject(WAITS);
    await gate.says(again, /Claude Code/);
  });

  row("A25", "an outsider marks their own work after an insider pushed and opened it", async (gate) => {
    const { pull, eve } = await evesOwn(gate);
    const { mallory } = gate.people;
    gate.world.branch(gate.repo, "taken", "main");
    gate.world.forcePush(gate.repo, "taken", pull.headSha, mallory);
    const words = { title: "Taken", author: mallory };
    const taken = gate.world.openPull(gate.repo, { head: "taken", base: "main", ...words });
    expect(await gate.check(taken)).toMatchObject({ conclusion: "success" });

    gate.world.editPull(pull, { body: FOOTER }, eve);

    expect(await gate.check(taken)).toMatchObject(WAITS);
    await gate.says(taken, /Claude Code/);
  });

  row("A25", "an outsider whom git names as author marks what an insider pushed before", async (gate) => {
    const { eve, fork } = await gate.outsider();
    const { mallory } = gate.people;
    const pull = gate.openPull({ author: mallory, commits: [gate.humanCommit(eve, EDIT)] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER });

    expect(await gate.check(pull)).toMatchObject(WAITS);
  });

  row(
    "A25",
    "an insider's pull request is closed, and an outsider's of its commits stays open",
    async (gate) => {
      const { eve, fork } = await gate.outsider();
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      gate.world.review(pull, gate.people.olga, "APPROVED");
      const again = gate.openAgain(pull, { author: eve, headRepo: fork });
      expect(await gate.check(again)).toMatchObject({ conclusion: "success" });

      gate.world.close(pull, gate.people.kira);

      expect(await gate.check(again)).toMatchObject(WAITS);
    },
  );

  row("A25", "an owner refuses what an outsider opened again", async (gate) => {
    const { pull, eve, fork } = await honest(gate);
    gate.configure("version: 1\nproduction: [{ name: infrastructure, applies-to: everyone }]\n");
    await gate.settle();
    gate.world.review(pull, gate.people.olga, "APPROVED");
    const again = gate.openAgain(pull, { author: eve, headRepo: fork });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.review(again, gate.people.sam, "CHANGES_REQUESTED", "Not like this.");

    expect(await gate.check(pull)).toMatchObject(WAITS);
    await gate.says(pull, /@sam/);
  });

  row("A25", "an outsider opens what passed into another governed branch", async (gate) => {
    gate.configure('version: 1\nbranches: [main, "release/*"]\n');
    gate.world.branch(gate.repo, "release/1", "main");
    const { eve, fork } = await gate.outsider();
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.openAgain(pull, { author: eve, headRepo: fork, base: "release/1" });

    expect(await gate.check(pull)).toMatchObject(WAITS);
  });
});
