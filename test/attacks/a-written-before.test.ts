import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import { asPerson, type Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { CommitSpec } from "../github-double/world/commits.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const MORE = { "infra/production/network.tf": "# wider\n" } as const;
const WAITS = { conclusion: "action_required" } as const;

/** How git names Olga on a commit that an agent wrote too. */
const NAMED: readonly (readonly [string, (gate: Gate) => CommitSpec])[] = [
  ["as its author", ({ people }) => ({ author: people.olga, message: "Shrink it", changes: EDIT })],
  [
    "as its committer",
    ({ people, bots }) => ({
      ...{ author: bots.kiro, committer: people.olga, message: "Shrink it", changes: EDIT },
    }),
  ],
  [
    "as its co-author",
    ({ people, bots }) => {
      const message = `Shrink it\n\nCo-authored-by: ${asPerson(people.olga)}`;
      return { author: bots.kiro, message, changes: EDIT };
    },
  ],
  [
    "as who suggested it, which another person applied",
    ({ people }) => {
      const message = `Apply suggestion from @olga\n\nCo-authored-by: ${asPerson(people.olga)}`;
      return { author: people.wes, committer: "web", message, changes: EDIT };
    },
  ],
];

describe("Whose approval: who wrote commits that are there no more", () => {
  row.each(NAMED)(
    "A17",
    "an owner wrote a commit of an agent's change, which is made anew under another name: %s",
    async (gate, _how, spec) => {
      const { olga, sam, mallory } = gate.people;
      const { kiro } = gate.bots;
      const first = gate.openPull({ author: kiro, commits: [spec(gate)], by: kiro });
      await gate.settle();
      gate.world.close(first, mallory);
      await gate.settle();

      const again = gate.openPull({ author: mallory, commits: [gate.humanCommit(mallory, EDIT)] });
      gate.world.review(again, olga, "APPROVED");

      expect(await gate.check(again)).toMatchObject(WAITS);
      await gate.says(again, /@olga approved, but .*(wrote|committed|suggested) [0-9a-f]{7}/);
      gate.world.review(again, sam, "APPROVED");
      expect(await gate.check(again)).toMatchObject({ conclusion: "success" });
    },
  );

  row("A17", "the history of an agent's pull request is rewritten under another name", async (gate) => {
    const { olga, mallory } = gate.people;
    const { kiro } = gate.bots;
    const commits = [{ author: olga, message: "Shrink it", changes: EDIT }];
    const pull = gate.openPull({ author: kiro, commits, by: kiro });
    await gate.settle();

    gate.rewrite(pull, [gate.humanCommit(mallory, EDIT)], mallory);
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject(WAITS);
    await gate.says(pull, /@olga approved, but .*wrote [0-9a-f]{7}/);
  });

  row.each(NAMED)(
    "A17",
    "an owner wrote a commit of an agent's pull request, which a squash makes another's: %s",
    async (gate, _how, spec) => {
      const { olga, kira, sam } = gate.people;
      const { kiro } = gate.bots;
      gate.world.branch(gate.repo, "develop", "main");
      const pull = gate.openPull({ author: kiro, base: "develop", commits: [spec(gate)], by: kiro });
      await gate.settle();
      gate.world.merge(pull, kira, { method: "squash", message: "Shrinks it." });
      await gate.settle();

      const title = "Release";
      const release = gate.world.openPull(gate.repo, { head: "develop", base: "main", title, author: kira });
      gate.world.review(release, olga, "APPROVED");

      expect(await gate.check(release)).toMatchObject(WAITS);
      await gate.says(release, /@olga approved, but .*(wrote|suggested) [0-9a-f]{7} in #/);
      gate.world.review(release, sam, "APPROVED");
      expect(await gate.check(release)).toMatchObject({ conclusion: "success" });
    },
  );

  describe("by an address that belongs to no account", () => {
    const NIGHT = { name: "Night Shift", email: "night@home.example" };
    const UNKNOWN = /could be the unidentified contributor Night Shift night@home.example/;

    /** An agent's change of which somebody wrote a commit, and what stands in its place. */
    type Remade = (gate: Gate, by: Account, name: string) => Promise<Pull>;
    const rewritten: Remade = async (gate, by, name) => {
      const { kiro } = gate.bots;
      const commits = [{ author: NIGHT, message: "Shrink it", changes: EDIT }];
      const pull = gate.openPull({ author: kiro, commits, by: kiro });
      await gate.settle();
      gate.rewrite(pull, [{ ...gate.humanCommit(by, EDIT), author: { name, email: by.email ?? "" } }], by);
      return pull;
    };
    const REMADE: readonly (readonly [string, Remade])[] = [
      ["in a rewritten history", rewritten],
      [
        "in a squash of it",
        async (gate, by, name) => {
          const { kiro } = gate.bots;
          gate.world.branch(gate.repo, "develop", "main");
          const author = { name, email: by.email ?? "" };
          const commits = [
            { author: NIGHT, message: "Shrink it", changes: EDIT },
            { author, message: "Widen it", changes: MORE },
          ];
          const pull = gate.openPull({ author: kiro, base: "develop", commits, by: kiro });
          await gate.settle();
          gate.world.merge(pull, gate.people.kira, { method: "squash", message: "Shrinks it." });
          await gate.settle();
          gate.world.branch(gate.repo, "release", "develop");
          gate.world.push(
            gate.repo,
            "release",
            [{ author, message: "Note it", changes: { "app/notes.md": "n\n" } }],
            by,
          );
          const given = { head: "release", base: "main", title: "Release", author: gate.people.kira };
          return gate.world.openPull(gate.repo, given);
        },
      ],
    ];

    clockedRow.each(REMADE)(
      "A17",
      "it is made anew under another name, and an owner signs whose address it turns out to be: %s",
      async (gate, time, _how, remade) => {
        const { olga, sam, mallory } = gate.people;
        const pull = await remade(gate, mallory, "Mallory");
        await time.pass(5);
        gate.world.review(pull, olga, "APPROVED");
        await time.pass(5);
        expect(gate.shown(pull)).toMatchObject(WAITS);
        await gate.says(pull, UNKNOWN);

        gate.world.addAddress(olga, NIGHT.email);
        gate.world.editPull(pull, { title: "Shrink it" }, sam);
        await time.pass(5);
        expect(gate.shown(pull)).toMatchObject(WAITS);
        await gate.says(pull, /@olga approved, but .*wrote [0-9a-f]{7}/);
        gate.world.review(pull, sam, "APPROVED");
        await time.pass(5);
        expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
      },
    );

    clockedRow.each(REMADE)(
      "A08",
      "it is made anew under the same name with a linked e-mail, as the check says: %s",
      async (gate, time, _how, remade) => {
        const { olga, mallory } = gate.people;
        const pull = await remade(gate, mallory, "night shift");
        await time.pass(5);
        gate.world.review(pull, olga, "APPROVED");

        await time.pass(5);
        expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
      },
    );

    clockedRow(
      "A17",
      "an agent makes it anew under the same name with another person's address, and an owner signs",
      async (gate, time) => {
        const { olga, mallory } = gate.people;
        const { kiro } = gate.bots;
        const commits = [{ author: NIGHT, message: "Shrink it", changes: EDIT }];
        const pull = gate.openPull({ author: kiro, commits, by: kiro });
        await gate.settle();
        const author = { name: NIGHT.name, email: mallory.email ?? "" };
        gate.rewrite(pull, [{ author, message: "Shrink it", changes: EDIT }], kiro);
        await time.pass(5);
        gate.world.review(pull, olga, "APPROVED");

        await time.pass(5);
        expect(gate.shown(pull)).toMatchObject(WAITS);
        await gate.says(pull, UNKNOWN);
      },
    );

    clockedRow(
      "A17",
      "the commit that named it is gone: nobody signs until it is known whose it is",
      async (gate, time) => {
        const { olga, mallory } = gate.people;
        const pull = await rewritten(gate, mallory, "Mallory");
        await time.pass(5);
        gate.world.addAddress(olga, NIGHT.email);
        gate.double.faults.add({
          match: ({ body }) => JSON.stringify(body).includes("CountersignWriters"),
          respond: (real) => ({ ...real, body: { data: { repository: { commit0: null } } } }),
        });
        gate.world.review(pull, olga, "APPROVED");

        await time.pass(5);
        expect(gate.shown(pull)).toMatchObject(WAITS);
        await gate.says(pull, UNKNOWN);
        await gate.says(pull, "let that person push the commits anew under their name with a linked e-mail");
      },
    );
  });

  clockedRow("A17", "an owner's merge brought work of its own before a rewriting", async (gate, time) => {
    const { olga, wes, sam } = gate.people;
    const { kiro } = gate.bots;
    const pull = gate.openPull({ author: kiro, commits: [gate.kirosCommit(EDIT)] });
    await gate.settle();
    gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", wes);
    const message = `Merge branch 'main' into ${pull.headRef}`;
    const merge: { author: Account; by: Account } = { author: olga, by: kiro };
    gate.pushTo(pull, { ...merge, committer: "web", mergeFrom: "main", message, changes: MORE });
    await gate.settle();
    gate.rewrite(pull, [gate.kirosCommit({ ...EDIT, ...MORE })]);
    await time.pass(5);
    gate.world.review(pull, olga, "APPROVED");
    await time.pass(5);

    expect(gate.shown(pull)).toMatchObject(WAITS);
    await gate.says(pull, /@olga approved, but .*wrote [0-9a-f]{7}/);
    gate.world.review(pull, sam, "APPROVED");
    await time.pass(5);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
  });

  clockedRow("A22", "an owner pressed “Update branch” before a rewriting, and signs", async (gate, time) => {
    const { olga, wes } = gate.people;
    const { kiro } = gate.bots;
    const pull = gate.openPull({ author: kiro, commits: [gate.kirosCommit(EDIT)] });
    await gate.settle();
    gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", wes);
    const message = `Merge branch 'main' into ${pull.headRef}`;
    const merge: { author: Account; by: Account } = { author: olga, by: kiro };
    gate.pushTo(pull, { ...merge, committer: "web", mergeFrom: "main", message, changes: {} });
    await gate.settle();
    gate.rewrite(pull, [gate.kirosCommit(EDIT)]);
    await time.pass(5);
    gate.world.review(pull, olga, "APPROVED");
    await time.pass(5);

    expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
  });

  row("A25", "an outsider writes an owner's name into the same change in a fork", async (gate) => {
    const { olga } = gate.people;
    const { kiro } = gate.bots;
    const { eve, fork } = await gate.outsider();
    const commits = [{ author: olga, message: "Shrink it", changes: EDIT }];
    gate.openPull({ author: eve, commits, by: eve, headRepo: fork });
    await gate.settle();

    const pull = gate.openPull({ author: kiro, commits: [gate.kirosCommit(EDIT)] });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});
