import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, Pull, Repository } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";

/** What somebody without write access does about the pull request of others. */
interface Outsider {
  readonly gate: Gate;
  readonly pull: Pull;
  readonly eve: Account;
  readonly fork: Repository;
}

type Deeds = readonly (readonly [string, (given: Outsider) => void])[];

const ON_A_PERSONS: Deeds = [
  [
    "opens its commits again, with an agent's mark in the text",
    ({ gate, pull, eve, fork }) => gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER }),
  ],
  [
    "opens its commits again from a branch named like an agent's",
    ({ gate, pull, eve, fork }) =>
      gate.openAgain(pull, { author: eve, headRepo: fork, head: "codex/drop-the-database" }),
  ],
  [
    "opens its commits again, and writes the mark into the text afterwards",
    ({ gate, pull, eve, fork }) => {
      const again = gate.openAgain(pull, { author: eve, headRepo: fork });
      gate.world.editPull(again, { body: FOOTER }, eve);
    },
  ],
  [
    "opens its commits again with an agent's commit on top",
    ({ gate, pull, eve, fork }) => {
      gate.world.branch(fork, "more", pull.headSha);
      gate.world.push(fork, "more", [gate.kirosCommit({ "app/notes.md": "notes\n" })], eve);
      const sha = gate.world.tip(fork, "more");
      gate.openAgain(pull, { author: eve, headRepo: fork, sha, body: FOOTER });
    },
  ],
  [
    "opens its commits again and closes that",
    ({ gate, pull, eve, fork }) =>
      gate.world.close(gate.openAgain(pull, { author: eve, headRepo: fork, body: FOOTER }), eve),
  ],
  ["comments with an agent's footer", ({ gate, pull, eve }) => gate.world.comment(pull, eve, FOOTER)],
  [
    "commands an agent in a comment",
    ({ gate, pull, eve }) => gate.world.comment(pull, eve, "@claude please fix"),
  ],
  [
    "writes the footer into a review",
    ({ gate, pull, eve }) => gate.world.review(pull, eve, "COMMENTED", FOOTER),
  ],
  [
    "names the pull request in an issue that commands an agent",
    ({ gate, pull, eve }) =>
      gate.world.openIssue(gate.repo, {
        title: "Please",
        body: `@claude please fix #${pull.number}`,
        author: eve,
      }),
  ],
];

const ON_AN_AGENTS: Deeds = [
  [
    "opens its commits again and names the owner as the one who asked",
    ({ gate, pull, eve, fork }) =>
      gate.openAgain(pull, { author: eve, headRepo: fork, body: KIRO_LINE("olga") }),
  ],
  [
    "opens its commits again, and another commit that names the owner",
    ({ gate, pull, eve, fork }) => {
      gate.world.branch(fork, "more", pull.headSha);
      const spec = gate.humanCommit(eve, { "app/notes.md": "notes\n" });
      gate.world.push(fork, "more", [{ ...spec, message: `Note\n\n${KIRO_LINE("olga")}` }], eve);
      gate.openAgain(pull, { author: eve, headRepo: fork, sha: gate.world.tip(fork, "more") });
    },
  ],
  ["names the owner in a comment", ({ gate, pull, eve }) => gate.world.comment(pull, eve, KIRO_LINE("olga"))],
  [
    "names the owner in a review",
    ({ gate, pull, eve }) => gate.world.review(pull, eve, "COMMENTED", KIRO_LINE("olga")),
  ],
  [
    "puts the owner on a commit of a fork as its co-author",
    ({ gate, pull, eve, fork }) => {
      gate.world.branch(fork, "more", pull.headSha);
      const { olga } = gate.people;
      const message = `Note\n\nCo-authored-by: ${olga.name} <${olga.email}>`;
      const spec = { ...gate.humanCommit(eve, { "app/notes.md": "notes\n" }), message };
      gate.world.push(fork, "more", [spec], eve);
      gate.openAgain(pull, { author: eve, headRepo: fork, sha: gate.world.tip(fork, "more") });
    },
  ],
];

describe("Whose approval: words of strangers", () => {
  row.each(ON_A_PERSONS)(
    "A25",
    "a stranger does something about a person's pull request, which goes on passing: %s",
    async (gate, _deed, act) => {
      const { wes } = gate.people;
      const outsider = await gate.outsider();
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

      act({ gate, pull, ...outsider });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      await gate.says(pull, "No AI-authored change");
      expect(gate.labelsOf(pull)).toEqual([]);
    },
  );

  row.each(ON_AN_AGENTS)(
    "A25",
    "a stranger does something about an agent's pull request, and its owner can still sign: %s",
    async (gate, _deed, act) => {
      const outsider = await gate.outsider();
      const pull = gate.kirosChange(EDIT);
      await gate.settle();

      act({ gate, pull, ...outsider });
      await gate.settle();
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      await gate.says(pull, /@olga/);
    },
  );

  row("A25", "a stranger opened the commits before the person who wrote them did", async (gate) => {
    const { wes } = gate.people;
    const { eve, fork } = await gate.outsider();
    gate.world.branch(gate.repo, "work", "main");
    gate.world.push(gate.repo, "work", [gate.humanCommit(wes, EDIT)], wes);
    const sha = gate.world.tip(gate.repo, "work");
    gate.world.branch(fork, "theirs", sha);
    const words = { title: "Mine", body: FOOTER, author: eve };
    gate.world.openPull(gate.repo, { head: "theirs", base: "main", headRepo: fork, ...words });
    await gate.settle();

    const pull = gate.world.openPull(gate.repo, { head: "work", base: "main", title: "Ours", author: wes });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, "No AI-authored change");
  });

  row.each<readonly (readonly [string, (gate: Gate, pull: Pull) => void])[]>([
    [
      "in the text of the agent's pull request",
      (gate, pull) => gate.world.editPull(pull, { body: KIRO_LINE("olga") }, gate.people.mallory),
    ],
    [
      "in the text of their own",
      (gate, pull) => gate.openAgain(pull, { author: gate.people.mallory, body: KIRO_LINE("olga") }),
    ],
    [
      "in a commit",
      (gate, pull) => {
        const { mallory } = gate.people;
        const changes = { "app/notes.md": "notes\n" };
        gate.pushTo(pull, { author: mallory, message: `Note\n\n${KIRO_LINE("olga")}`, changes });
      },
    ],
  ])(
    "A25",
    "somebody with write access names an owner as the one who asked: %s",
    async (gate, _where, write) => {
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      write(gate, pull);
      await gate.settle();
      for (const each of gate.repo.pulls.values()) gate.world.review(each, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row("A25", "an agent's pull request builds on a person's, which goes on passing", async (gate) => {
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    await gate.settle();
    gate.world.branch(gate.repo, "kiros", pull.headSha);
    gate.world.push(gate.repo, "kiros", [gate.kirosCommit({ "app/notes.md": "notes\n" })], gate.bots.kiro);
    const words = { title: "More", author: gate.bots.kiro, body: KIRO_LINE("kira") };
    const kiros = gate.world.openPull(gate.repo, { head: "kiros", base: "main", ...words });
    await gate.settle();
    gate.world.label(pull, "bug", wes);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, "No AI-authored change");
    expect(await gate.check(kiros)).toMatchObject({ conclusion: "action_required" });
  });

  row("A25", "a mark by somebody with write access counts, whoever pushed the commits", async (gate) => {
    const { wes, mallory } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    const again = gate.openAgain(pull, { author: mallory, body: FOOTER });

    expect(await gate.check(again)).toMatchObject({ conclusion: "action_required" });
    await gate.says(again, /Claude Code/);
  });
});
