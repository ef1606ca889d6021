import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Change } from "../github-double/world/commits.ts";
import type { Pull } from "../github-double/world/model.ts";

type Changes = Readonly<Record<string, Change>>;

const FILE = "infra/production/main.tf";
const NEW = "infra/production/dns.tf";
const lines = (...sizes: readonly number[]) => sizes.map((size) => `# instance of size ${size}\n`).join("");
/** Far enough apart that git merges changes of both ends. */
const BASE = lines(1, 2, 3, 4, 5, 6, 7, 8, 9);
const SIGNED = lines(100, 2, 3, 4, 5, 6, 7, 8, 9);
const ELSEWHERE = lines(1, 2, 3, 4, 5, 6, 7, 8, 900);

/** What the base does to the area after the approval, and what the pull request's side of it is then. */
interface Undone {
  readonly base: Changes;
  readonly head: Changes;
}

/** The branch takes the base in by a merge, or is put on top of it, and keeps the head's version all the same. */
const UPDATES: readonly (readonly [string, (gate: Gate, pull: Pull, head: Changes) => void])[] = [
  [
    "a merge of the base",
    (gate, pull, changes) => {
      gate.pushTo(pull, { author: gate.bots.kiro, mergeFrom: "main", changes });
    },
  ],
  [
    "a rebase",
    (gate, pull, changes) => {
      gate.rewrite(pull, [gate.kirosCommit(changes)]);
    },
  ],
];

const UNDONE: readonly (readonly [string, Undone, string])[] = [
  ["its change elsewhere in the same file", { base: { [FILE]: ELSEWHERE }, head: { [FILE]: SIGNED } }, FILE],
  [
    "its change of the same lines",
    { base: { [FILE]: lines(50, 2, 3, 4, 5, 6, 7, 8, 9) }, head: { [FILE]: SIGNED } },
    FILE,
  ],
  ["its deletion of the file", { base: { [FILE]: null }, head: { [FILE]: SIGNED } }, FILE],
  [
    "its mode",
    {
      base: { [FILE]: { mode: "100755", content: BASE } },
      head: { [FILE]: { mode: "100644", content: SIGNED } },
    },
    FILE,
  ],
  [
    "its new file of the same name",
    { base: { [NEW]: "# the base's\n" }, head: { [FILE]: SIGNED, [NEW]: "# ours\n" } },
    NEW,
  ],
];

/** A file of the area as the base has it, and Kiro's change to it, which Olga signed. */
async function signed(gate: Gate, changes: Changes): Promise<Pull> {
  gate.world.setFile(gate.repo, "main", FILE, BASE, gate.people.olga);
  await gate.settle();
  const pull = gate.kirosChange(changes);
  gate.world.review(pull, gate.people.olga, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  return pull;
}

function changeBase(gate: Gate, changes: Changes): void {
  const { sam } = gate.people;
  gate.world.commit(gate.repo, "main", { author: sam, message: "Change the area", changes, by: sam });
}

describe("What was approved, on both sides", () => {
  row.each(
    UPDATES.flatMap(([how, update]) =>
      UNDONE.map(([what, sides, path]) => [`${what}, by ${how}`, sides, path, update] as const),
    ),
  )(
    "B16",
    "after the approval the base changes the area, and the branch takes back: %s",
    async (gate, _what, { base, head }, path, update) => {
      const pull = await signed(gate, head);
      changeBase(gate, base);
      await gate.settle();
      update(gate, pull, head);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, new RegExp(`@olga approved, but [^\\n]*${path.replaceAll(".", "\\.")}`));
      // What the pull request says stays the same, so it has to be said that the other side moved.
      await gate.says(pull, /@olga approved, but [^\n]*\b(base|main)\b/);
    },
  );

  row("B16", "the pull request points at another branch, which has the file otherwise", async (gate) => {
    gate.configure("version: 1\nbranches: [main, next]\n");
    const pull = await signed(gate, { [FILE]: SIGNED });
    gate.world.branch(gate.repo, "next", "main");
    gate.world.setFile(gate.repo, "next", FILE, ELSEWHERE, gate.people.sam);
    gate.world.retarget(pull, "next", gate.people.kira);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but/);
  });

  row("B16", "the base is rewritten below the pull request", async (gate) => {
    const pull = await signed(gate, { [FILE]: SIGNED });
    gate.world.branch(gate.repo, "rewritten", gate.world.tip(gate.repo, "main"));
    gate.world.setFile(gate.repo, "rewritten", FILE, ELSEWHERE, gate.people.sam);
    gate.world.forcePush(gate.repo, "main", gate.world.tip(gate.repo, "rewritten"), gate.people.sam);
    gate.rewrite(pull, [gate.kirosCommit({ [FILE]: SIGNED })]);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but/);
  });

  clockedRow(
    "B16",
    "the base is rewritten after an approval of which the news is lost, and GitHub's timeline tells late",
    async (gate, time) => {
      const { world, repo, people } = gate;
      const pull = gate.kirosChange({ [FILE]: SIGNED });
      world.branch(repo, "rewritten", world.tip(repo, "main"));
      world.setFile(repo, "rewritten", FILE, ELSEWHERE, people.sam);
      world.setFile(repo, "main", "app/notes.md", "n\n", people.sam);
      await gate.settle();
      const heard = gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
      world.review(pull, people.olga, "APPROVED");
      world.forcePush(repo, "main", world.tip(repo, "rewritten"), people.sam);
      expect(pull.timeline.pop()).toMatchObject({ type: "base_ref_force_pushed" });
      heard();

      // What happened in the same second may have been before.
      await time.pass(5);
      expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but [^\n]*base/);
      world.review(pull, people.olga, "APPROVED");
      await time.pass(5);
      expect(gate.shown(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row(
    "B16",
    "a file that the pull request removes was changed by the base, which the branch takes in",
    async (gate) => {
      const pull = await signed(gate, { [FILE]: null });
      changeBase(gate, { [FILE]: ELSEWHERE });
      await gate.settle();
      gate.rewrite(pull, [gate.kirosCommit({ [FILE]: null })]);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but [^\n]*main\.tf/);
    },
  );

  row(
    "B16",
    "a file that the pull request renames was changed by the base, which the branch takes in",
    async (gate) => {
      const renames = { [FILE]: "infra/production/shop.tf" };
      gate.world.setFile(gate.repo, "main", FILE, BASE, gate.people.olga);
      await gate.settle();
      const open = { author: gate.bots.kiro, commits: [{ ...gate.kirosCommit({}), renames }] };
      const pull = gate.openPull(open);
      gate.world.review(pull, gate.people.olga, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      changeBase(gate, { [FILE]: ELSEWHERE });
      await gate.settle();
      const text = { "infra/production/shop.tf": BASE };
      gate.rewrite(pull, [{ ...gate.kirosCommit(text), renames }]);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but/);
    },
  );

  row.each<readonly (readonly [string, Changes, (gate: Gate, pull: Pull) => void])[]>([
    ["the base changes the file, and the branch stays behind", { [FILE]: ELSEWHERE }, () => {}],
    [
      "the base changes another file of the area, and the branch takes it in",
      { "infra/production/network.tf": "# wider\n" },
      (gate, pull) => gate.pushTo(pull, { author: gate.bots.kiro, mergeFrom: "main" }),
    ],
    [
      "the base changes another file of the area, and the branch is put on top of it",
      { "infra/production/network.tf": "# wider\n" },
      (gate, pull) => gate.rewrite(pull, [gate.kirosCommit({ [FILE]: SIGNED })]),
    ],
    [
      "the base changes something outside, and somebody presses “Update branch”",
      { "README.md": "# The shop\n" },
      (gate, pull) => gate.pushTo(pull, { author: gate.people.kira, committer: "web", mergeFrom: "main" }),
    ],
  ])(
    "B16",
    "both sides of what was signed stay as they were, and the approval counts: %s",
    async (gate, _what, base, update) => {
      const pull = await signed(gate, { [FILE]: SIGNED });
      changeBase(gate, base);
      await gate.settle();
      update(gate, pull);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      await gate.says(pull, /Signed: @olga/);
    },
  );
});
