import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import { type Gate, KIRO_LINE, type OpenPull } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const HOUR = 3600;
const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const MORE = { "infra/production/network.tf": "# wider\n" } as const;
const FOOTER = "Shrinks it.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const WAITS = { conclusion: "action_required" } as const;

/** Opens what `develop` holds up to a commit, or the whole of it, with other work on top. */
function released(gate: Gate, sha = gate.world.tip(gate.repo, "develop")): Pull {
  const { kira } = gate.people;
  gate.world.branch(gate.repo, "release", sha);
  gate.world.push(gate.repo, "release", [gate.humanCommit(kira)], kira);
  return gate.world.openPull(gate.repo, { head: "release", base: "main", title: "Release", author: kira });
}

/** A person's pull request into a branch that is not governed. */
function opened(gate: Gate, given: Partial<OpenPull> = {}): Pull {
  gate.world.branch(gate.repo, "develop", "main");
  const { wes } = gate.people;
  const commits = [gate.humanCommit(wes, EDIT), { ...gate.humanCommit(wes, MORE), message: "Widen it" }];
  return gate.openPull({ author: wes, base: "develop", commits, body: FOOTER, ...given });
}

/** Neither the news of it nor any redelivery arrives. */
function loseForGood(gate: Gate, act: () => unknown): void {
  const { webhooks } = gate.double;
  const before = webhooks.deliveries.length;
  const heard = webhooks.drop(() => true);
  act();
  heard();
  const lost = new Set(webhooks.deliveries.slice(before).map(({ guid }) => guid));
  webhooks.drop(({ guid }) => lost.has(guid));
}

describe("Whose approval: what was merged, and nothing was heard of it", () => {
  clockedRow.each<readonly (readonly [string, "squash" | "rebase"])[]>([
    ["by a squash", "squash"],
    ["by a rebase", "rebase"],
  ])(
    "A17",
    "the news that an agent's pull request was merged into another branch is lost for good: %s",
    async (gate, time, _how, method) => {
      const pull = opened(gate);
      await time.pass(5);
      loseForGood(gate, () => gate.world.merge(pull, gate.people.kira, { method }));
      await time.leap(HOUR);

      const release = released(gate);
      await time.pass(5);

      expect(gate.shown(release)).toMatchObject(WAITS);
      await gate.says(release, /Claude Code/);
    },
  );

  clockedRow(
    "A17",
    "what holds the squash has passed before a sweep finds that the news was lost",
    async (gate, time) => {
      const pull = opened(gate);
      await time.pass(5);
      loseForGood(gate, () => gate.world.merge(pull, gate.people.kira, { method: "squash" }));
      const release = released(gate);
      await time.pass(5);
      expect(gate.passes(release)).toBe(true);

      await time.leap(HOUR);
      await time.pass(5);

      expect(gate.passes(release)).toBe(false);
      await gate.says(release, /Claude Code/);
    },
  );

  clockedRow.each<readonly (readonly [string, number])[]>([
    ["for an hour", HOUR],
    ["for five days", 5 * 24 * HOUR],
  ])(
    "A17",
    "an agent's pull request was opened and merged while nothing was heard: %s",
    async (gate, time, _how, away) => {
      const before = gate.openPull({
        author: gate.people.wes,
        commits: [gate.humanCommit(gate.people.wes, { "app/a.md": "a\n" })],
      });
      await time.leap(HOUR);
      loseForGood(gate, () => void gate.world.merge(opened(gate), gate.people.kira, { method: "squash" }));
      await time.leap(away);

      const release = released(gate);
      await time.pass(5);

      expect(before.state).toBe("open");
      expect(gate.shown(release)).toMatchObject(WAITS);
      await gate.says(release, /Claude Code/);
    },
  );

  clockedRow(
    "A17",
    "an owner wrote what is merged, the news of it is lost, and the release is seen first, by the same opener",
    async (gate, time) => {
      const { olga, wes, kira, sam } = gate.people;
      const commits = [
        { author: olga, message: "Shrink it", changes: EDIT },
        { ...gate.humanCommit(wes, MORE), message: "Widen it" },
      ];
      const pull = opened(gate, { commits, body: "Shrinks it." });
      await time.pass(5);
      loseForGood(gate, () => gate.world.merge(pull, kira, { method: "squash", message: "Shrinks it." }));
      gate.world.branch(gate.repo, "release", "develop");
      gate.world.push(gate.repo, "release", [gate.humanCommit(wes)], wes);
      const given = { head: "release", base: "main", title: "Release", author: wes, body: FOOTER };
      const release = gate.world.openPull(gate.repo, given);
      await time.pass(5);
      await time.leap(HOUR);
      gate.world.review(release, olga, "APPROVED");
      await time.pass(5);

      expect(gate.shown(release)).toMatchObject(WAITS);
      await gate.says(release, /@olga approved, but .*wrote [0-9a-f]{7} in #/);
      gate.world.review(release, sam, "APPROVED");
      await time.pass(5);
      expect(gate.passes(release)).toBe(true);
    },
  );

  clockedRow("A17", "a merge that was heard of is asked about no more", async (gate, time) => {
    const pull = opened(gate);
    await time.pass(5);
    gate.world.merge(pull, gate.people.kira, { method: "squash" });
    await time.pass(5);
    const asked = () =>
      gate.double.requests.filter(({ operation }) => operation.endsWith("/pulls/{pull_number}")).length;
    const before = asked();

    await time.leap(HOUR);
    await time.leap(HOUR);

    expect(asked()).toBe(before);
  });
});

describe("Whose approval: what was merged as other commits", () => {
  row.each<readonly (readonly [string, (gate: Gate) => string])[]>([
    ["its first commit", (gate) => firstOf(gate)],
    ["all of them", (gate) => gate.world.tip(gate.repo, "develop")],
  ])(
    "A17",
    "an agent's pull request is rebased into another branch, and a part is merged later: %s",
    async (gate, _part, of) => {
      const pull = opened(gate);
      await gate.settle();
      gate.world.setFile(gate.repo, "develop", "README.md", "# The shop\n", gate.people.kira);
      gate.world.merge(pull, gate.people.kira, { method: "rebase" });
      await gate.settle();

      const release = released(gate, of(gate));

      expect(await gate.check(release)).toMatchObject(WAITS);
      await gate.says(release, /Claude Code/);
    },
  );

  row("A17", "it is rebased before it could be judged", async (gate) => {
    const pull = opened(gate);
    gate.world.merge(pull, gate.people.kira, { method: "rebase" });
    await gate.settle();

    const release = released(gate, firstOf(gate));

    expect(await gate.check(release)).toMatchObject(WAITS);
    await gate.says(release, /Claude Code/);
  });

  row.each<readonly (readonly [string, "squash" | "rebase"])[]>([
    ["by a squash", "squash"],
    ["by a rebase", "rebase"],
  ])(
    "A16",
    "an owner pushed an agent's first commit before the pull request was opened, which is merged: %s",
    async (gate, _how, method) => {
      const { kiro } = gate.bots;
      const { olga, kira, sam } = gate.people;
      gate.world.branch(gate.repo, "develop", "main");
      gate.world.branch(gate.repo, "kiros", "develop");
      gate.world.push(gate.repo, "kiros", [gate.kirosCommit(EDIT)], olga);
      gate.world.push(gate.repo, "kiros", [gate.kirosCommit(MORE)], kiro);
      const title = "Shrink it";
      const pull = gate.world.openPull(gate.repo, {
        ...{ head: "kiros", base: "develop", title, author: kiro, body: KIRO_LINE("kira") },
      });
      await gate.settle();
      gate.world.merge(pull, kira, { method });
      await gate.settle();

      const release = released(gate);
      gate.world.review(release, olga, "APPROVED");

      expect(await gate.check(release)).toMatchObject(WAITS);
      await gate.says(release, /@olga approved, but .*pushed/);
      gate.world.review(release, sam, "APPROVED");
      expect(await gate.check(release)).toMatchObject({ conclusion: "success" });
    },
  );

  describe("could not be read", () => {
    const trailers = (count: number, line: (at: number) => string) =>
      Array.from({ length: count }, (_, at) => line(at + 1)).join("\n");
    const picks = (count: number) =>
      trailers(count, (at) => `(cherry picked from commit ${`${at}`.padStart(40, "0")})`);
    const squashed = async (gate: Gate, message: string, body = "Shrinks it.") => {
      const { wes, kira } = gate.people;
      const pull = opened(gate, { body, commits: [{ author: wes, message, changes: EDIT }] });
      await gate.settle();
      gate.world.merge(pull, kira, { method: "squash", message: "Shrinks it." });
      await gate.settle();
      return released(gate);
    };

    row(
      "A17",
      "an agent's pull request is squashed into another branch, and was never read",
      async (gate) => {
        const release = await squashed(gate, `Shrink it\n\n${picks(101)}`, FOOTER);

        expect(await gate.check(release)).toMatchObject(WAITS);
        await gate.says(release, /Claude Code/);
      },
    );

    row("A17", "it was picked from an agent's commit, and says a thousand others first", async (gate) => {
      const { wes } = gate.people;
      gate.world.branch(gate.repo, "agents", "main");
      gate.world.push(gate.repo, "agents", [gate.kirosCommit(MORE)], wes);
      const sha = gate.world.tip(gate.repo, "agents");
      const title = "Widen it";
      gate.world.openPull(gate.repo, {
        ...{ head: "agents", base: "main", title, author: wes, body: FOOTER },
      });
      await gate.settle();
      const line = `(cherry picked from commit ${sha})`;
      const release = await squashed(gate, `Shrink it\n\n${picks(1000)}\n${line}`);

      expect(await gate.check(release)).toMatchObject(WAITS);
      await gate.says(release, /Claude Code/);
    });

    row("A16", "a commit names more authors than GitHub tells", async (gate) => {
      const authors = trailers(101, (at) => `Co-authored-by: W${at} <w${at}@acme.example>`);
      const release = await squashed(gate, `Shrink it\n\n${authors}`);

      expect(gate.passes(release)).toBe(false);
      await gate.says(release, /It is not known who wrote/);
    });
  });

  row("A17", "its text tells of an agent only after it was merged", async (gate) => {
    const { wes, kira } = gate.people;
    const pull = opened(gate, { body: "Shrinks it." });
    await gate.settle();
    gate.world.merge(pull, kira, { method: "squash" });
    await gate.settle();
    gate.world.editPull(pull, { body: FOOTER }, wes);
    await gate.settle();

    const release = released(gate);

    expect(await gate.check(release)).toMatchObject(WAITS);
    await gate.says(release, /Claude Code/);
  });

  row("A17", "other people's commits below what was rebased stay theirs", async (gate) => {
    const { wes, kira } = gate.people;
    gate.world.branch(gate.repo, "develop", "main");
    gate.world.push(gate.repo, "develop", [gate.humanCommit(wes, { "infra/production/a.tf": "# a\n" })], wes);
    const below = gate.world.tip(gate.repo, "develop");
    const commits = [gate.humanCommit(wes, EDIT), gate.humanCommit(wes, MORE)];
    const pull = gate.openPull({ author: wes, base: "develop", commits, body: FOOTER });
    await gate.settle();
    gate.world.merge(pull, kira, { method: "rebase" });
    await gate.settle();

    const release = released(gate, below);

    expect(await gate.check(release)).toMatchObject({ conclusion: "success" });
  });
});

/** The first of two commits at the tip of `develop`. */
function firstOf(gate: Gate): string {
  const [first] = gate.repo.objects.commitAt(gate.world.tip(gate.repo, "develop")).parents;
  return first ?? "";
}
