import { describe, expect } from "@jest/globals";
import { type Gate, isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Change } from "../github-double/world/commits.ts";
import type { Pull } from "../github-double/world/model.ts";

type Changes = Readonly<Record<string, Change>>;

const link = (target: string | Buffer): Change => ({ mode: "120000", content: target });
const SUBMODULE: Change = { mode: "160000", content: "5".repeat(40) };
const WORKFLOW = "on: push\njobs: {}\n";
const OBEY = { "shared/manners.txt": "Obey.\n" } as const;

/** What stands on main, and the change that steers an agent or a workflow by it. */
const LINKED: readonly (readonly [string, Changes, Changes])[] = [
  [
    "the end of a chain of links",
    { "CLAUDE.md": link("docs/ai.txt"), "docs/ai.txt": link("../shared/manners.txt") },
    OBEY,
  ],
  [
    "a link in a chain",
    { "CLAUDE.md": link("docs/ai.txt"), "docs/ai.txt": link("kind.txt"), "docs/kind.txt": "Be kind.\n" },
    { "docs/ai.txt": link("unkind.txt") },
  ],
  ["behind a link to a folder", { "CLAUDE.md": link("current/manners.txt"), current: link("shared") }, OBEY],
  [
    "the folder on the way to a link's target",
    { "CLAUDE.md": link("gen/manners.txt"), "shared/manners.txt": "Obey.\n" },
    { gen: link("shared") },
  ],
  ["what a link waits for", { "AGENTS.md": link("shared/manners.txt") }, OBEY],
  ["a target in other letters", { "AGENTS.md": link("Shared/Manners.txt"), "shared/manners.txt": "" }, OBEY],
  ["a target by way of the folder of the clone", { "AGENTS.md": link("../shop/shared/manners.txt") }, OBEY],
  ["a target by its whole path", { "AGENTS.md": link("/srv/shop/shared/manners.txt") }, OBEY],
  [
    "a workflow in a folder that stands for .github",
    { ".github": link("shared/github") },
    { "shared/github/workflows/ship.yml": WORKFLOW },
  ],
  [
    "a folder that stands for that of the workflows",
    { ".github/workflows": link("../ci/jobs") },
    { "ci/jobs/ship.yml": WORKFLOW },
  ],
  [
    "a link in place of .github",
    { "shared/github/workflows/ship.yml": WORKFLOW },
    { ".github": link("shared/github") },
  ],
  ["a submodule in place of .github", {}, { ".github": SUBMODULE }],
  [
    "the submodule that a link leads into",
    { ".claude": link("lib/claude"), lib: SUBMODULE },
    { lib: { mode: "160000", content: "6".repeat(40) } },
  ],
  [
    "the editor's settings in a folder of another name",
    { "app/.vscode": link("../ide") },
    { "ide/settings.json": "{}\n" },
  ],
];

const ORDINARY: readonly (readonly [string, Changes, Changes])[] = [
  [
    "what is beside a link's target",
    { "CLAUDE.md": link("shared/kind.txt"), "shared/kind.txt": "Be kind.\n" },
    OBEY,
  ],
  [
    "a picture in a folder that stands for .github",
    { ".github": link("shared/github") },
    { "shared/github/logo.svg": "<svg/>\n" },
  ],
  [
    "a document in a folder that stands for docs",
    { docs: link("site/docs") },
    { "site/docs/index.txt": "Welcome\n" },
  ],
  [
    "a link that leads in circles",
    { "docs/en": link("."), "docs/fr": link("en") },
    { "docs/index.txt": "Welcome\n" },
  ],
  ["a new link between documents", { "docs/one.txt": "1\n" }, { "docs/latest.txt": link("one.txt") }],
];

async function setUp(gate: Gate, changes: Changes): Promise<void> {
  const { olga } = gate.people;
  gate.world.commit(gate.repo, "main", { author: olga, message: "Set it up", changes, by: olga });
  await gate.settle();
}

async function expectControl(gate: Gate, pull: Pull): Promise<void> {
  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  await gate.says(pull, /control-files/);
}

describe("Which policy: links from where control files are looked for", () => {
  row.each(LINKED)(
    "C17",
    "the pull request changes what is read through links: %s",
    async (gate, _what, before, changes) => {
      await setUp(gate, before);
      await expectControl(gate, gate.kirosChange(changes));
    },
  );

  row.each(ORDINARY)(
    "C17",
    "the pull request changes what no control file is read through: %s",
    async (gate, _what, before, changes) => {
      await setUp(gate, before);
      expect(await gate.check(gate.kirosChange(changes))).toMatchObject({ conclusion: "neutral" });
    },
  );

  row("C17", "the check says through which link a file is read", async (gate) => {
    await setUp(gate, { "CLAUDE.md": link("shared/manners.txt"), "shared/manners.txt": "Be kind.\n" });
    const pull = gate.kirosChange(OBEY);
    await expectControl(gate, pull);
    await gate.says(pull, "shared/manners.txt is read through the link CLAUDE.md.");

    gate.world.review(pull, gate.people.wes, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("C17", "the link has another owner than what it leads to", async (gate) => {
    gate.world.setFile(
      gate.repo,
      "main",
      "CODEOWNERS",
      "* @acme/web\n/.github/ @acme/sre\n/db/ @acme/data\n",
      gate.people.olga,
    );
    await setUp(gate, { ".github/workflows": link("../ci/jobs") });
    const pull = gate.kirosChange({ "ci/jobs/ship.yml": WORKFLOW });
    gate.world.review(pull, gate.people.wes, "APPROVED");
    await expectControl(gate, pull);

    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row(
    "C17",
    "the pull request brings a link and its target, and changes the target once that is signed",
    async (gate) => {
      const pull = gate.kirosChange({
        "CLAUDE.md": link("shared/manners.txt"),
        "shared/manners.txt": "Be kind.\n",
      });
      await expectControl(gate, pull);
      gate.world.review(pull, gate.people.wes, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

      gate.pushTo(pull, { author: gate.bots.kiro, changes: OBEY });

      await expectControl(gate, pull);
    },
  );

  row("C17", "the pull request takes a link away and changes what was read through it", async (gate) => {
    await setUp(gate, { ".github": link("shared/github"), "shared/github/workflows/ship.yml": WORKFLOW });
    const pull = gate.kirosChange({ ".github": null });
    await expectControl(gate, pull);
  });

  row("C17", "nobody can tell where a link leads", async (gate) => {
    await setUp(gate, { "CLAUDE.md": link(Buffer.from([0x64, 0xff, 0x00])) });
    const pull = gate.kirosChange(OBEY);
    await expectControl(gate, pull);
    await gate.says(
      pull,
      "It is not known where the link CLAUDE.md leads, so every file counts: replace it with a file.",
    );
  });

  row("C17", "the repository is too large for GitHub to list at once", async (gate) => {
    await setUp(gate, { "app/shop/CLAUDE.md": link("../../shared/manners.txt"), "shared/manners.txt": "" });
    gate.world.limitTrees(gate.repo, 2);

    await expectControl(gate, gate.kirosChange(OBEY));
  });

  row("C17", "the link comes to the base once the pull request passes", async (gate) => {
    await setUp(gate, { "shared/manners.txt": "Be kind.\n" });
    const pull = gate.kirosChange(OBEY);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });

    await setUp(gate, { "CLAUDE.md": link("shared/manners.txt") });

    await expectControl(gate, pull);
  });

  row(
    "C17",
    "the link comes to the base, and the pass is taken back before anything is read",
    async (gate) => {
      await setUp(gate, { "shared/manners.txt": "Be kind.\n" });
      const pull = gate.kirosChange(OBEY);
      expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });

      const held = gate.double.faults.hold(isEvaluation);
      const changes = { "CLAUDE.md": link("shared/manners.txt") };
      const { olga } = gate.people;
      gate.world.commit(gate.repo, "main", { author: olga, message: "Link it", changes, by: olga });
      await gate.until(() => !gate.passes(pull));

      held.release();
      await expectControl(gate, pull);
    },
  );

  row("C17", "the link is where a stack goes, and not where its next part goes", async (gate) => {
    await setUp(gate, { "CLAUDE.md": link("shared/manners.txt"), "shared/manners.txt": "Be kind.\n" });
    const lower = gate.kirosChange({ "CLAUDE.md": "Be kind.\n" });
    const upper = gate.kirosChange(OBEY, { base: lower.headRef });
    gate.world.stack([lower, upper], gate.people.kira);

    await expectControl(gate, upper);
  });

  row("C17", "the link is in the part of a stack below, and not where the stack goes", async (gate) => {
    await setUp(gate, { "shared/manners.txt": "Be kind.\n" });
    const lower = gate.kirosChange({ "CLAUDE.md": link("shared/manners.txt") });
    const upper = gate.kirosChange(OBEY, { base: lower.headRef });
    gate.world.stack([lower, upper], gate.people.kira);

    await expectControl(gate, upper);
  });
});
