import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const FOOTER = "Shrinks the database.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>";

/** How a mark is seen while the base is not governed, and how it is wiped out before that changes. */
interface Wiped {
  readonly open: (gate: Gate) => Pull;
  readonly wipe: (gate: Gate, pull: Pull) => void;
}

const WIPED: readonly (readonly [string, Wiped, RegExp])[] = [
  [
    "the footer is edited out",
    {
      open: (gate) => intoPlayground(gate, { body: FOOTER }),
      wipe: (gate, pull) => gate.world.editPull(pull, { body: "Shrinks the database." }, gate.people.wes),
    },
    /Claude Code/,
  ],
  [
    "the trailer is taken away by a force-push",
    {
      open: (gate) => intoPlayground(gate, { message: `Shrink it\n\n${CLAUDE}` }),
      wipe: (gate, pull) => gate.rewrite(pull, [gate.humanCommit(gate.people.wes, EDIT)], gate.people.wes),
    },
    /Claude Code/,
  ],
  [
    "the agent's commit is written again in a person's name",
    {
      open: (gate) => {
        gate.world.branch(gate.repo, "playground", "main");
        const { wes } = gate.people;
        return gate.openPull({ author: wes, base: "playground", commits: [gate.kirosCommit(EDIT)] });
      },
      wipe: (gate, pull) => gate.rewrite(pull, [gate.humanCommit(gate.people.wes, EDIT)], gate.people.wes),
    },
    /Kiro/,
  ],
];

function intoPlayground(
  gate: Gate,
  { body = "", message = "Shrink it" }: { readonly body?: string; readonly message?: string },
): Pull {
  gate.world.branch(gate.repo, "playground", "main");
  const { wes } = gate.people;
  const commits = [{ author: wes, message, changes: EDIT }];
  return gate.openPull({ author: wes, base: "playground", commits, body });
}

/** Marks as a tool, a squash or a form garbled them. */
const GARBLED: readonly (readonly [string, string])[] = [
  [
    "a line break that was written out before it",
    String.raw`Shrink it\n\nCo-authored-by: Claude <noreply@anthropic.com>`,
  ],
  [
    "line breaks of Windows, written out",
    String.raw`Shrink it\r\n\r\nCo-authored-by: Claude <noreply@anthropic.com>`,
  ],
  ["a list mark before it", `Shrink it\n\n- ${CLAUDE}`],
  ["a star before it", `Shrink it\n\n* ${CLAUDE}`],
  ["an ornament before it", `Shrink it\n\n🤖 ${CLAUDE}`],
  ["angle brackets as entities", "Shrink it\n\nCo-authored-by: Claude &lt;noreply@anthropic.com&gt;"],
  [
    "the address as a link",
    "Shrink it\n\nCo-authored-by: Claude <[noreply@anthropic.com](mailto:noreply@anthropic.com)>",
  ],
];

const QUOTED: readonly (readonly [string, string])[] = [
  ["a quotation", `Shrink it\n\n> - ${CLAUDE}`],
  ["a fence", `Shrink it\n\n\`\`\`\n- ${CLAUDE}\n\`\`\``],
  ["a sentence", String.raw`Split "\n\nCo-authored-by: Claude <noreply@anthropic.com>" at its breaks`],
  ["a code span", `Shrink it\n\n- drop \`${CLAUDE}\` from squashes`],
];

describe("Who wrote it: marks", () => {
  row.each(WIPED)(
    "D11",
    "a mark is seen while the base is not governed, then the base is: %s",
    async (gate, _how, { open, wipe }, tool) => {
      const pull = open(gate);
      expect(await gate.check(pull)).toBeNull();
      wipe(gate, pull);
      await gate.settle();

      gate.world.retarget(pull, "main", gate.people.wes);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, tool);
    },
  );

  row.each<readonly (readonly [string, string, (gate: Gate, pull: Pull) => void, RegExp])[]>([
    [
      "who pushed",
      "kira",
      (gate, pull) => {
        const { kiro } = gate.bots;
        gate.pushTo(pull, { author: kiro, changes: { "app/notes.md": "notes\n" }, by: gate.people.olga });
        gate.pushTo(pull, { author: kiro, changes: { "app/notes.md": "more\n" } });
      },
      /@olga approved, but .*pushed/,
    ],
    [
      "whom the agent names as the one who asked",
      "olga",
      (gate, pull) => gate.world.editPull(pull, { body: KIRO_LINE("kira") }, gate.people.kira),
      /@olga approved, but .*asked Kiro/,
    ],
    [
      "who commanded the agent in a comment that is deleted",
      "kira",
      (gate, pull) => {
        const { olga } = gate.people;
        gate.world.deleteComment(pull, gate.world.comment(pull, olga, "@claude please fix this"), olga);
      },
      /@olga approved, but .*command/,
    ],
  ])(
    "D11",
    "somebody takes part while the base is not governed, and approves when it is: %s",
    async (gate, _who, asked, act, sentence) => {
      gate.world.branch(gate.repo, "playground", "main");
      const pull = gate.kirosChange(EDIT, { base: "playground", body: KIRO_LINE(asked) });
      await gate.settle();
      act(gate, pull);
      await gate.settle();

      gate.world.retarget(pull, "main", gate.people.wes);
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, sentence);
    },
  );

  row("D11", "nothing was seen while the base was not governed, so nothing is remembered", async (gate) => {
    const pull = intoPlayground(gate, {});
    await gate.settle();
    gate.world.retarget(pull, "main", gate.people.wes);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
  });

  row.each(GARBLED)(
    "D10",
    "a commit carries a mark that came out garbled: %s",
    async (gate, _how, message) => {
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [{ author: wes, message, changes: EDIT }] });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /Claude/);
    },
  );

  row.each(QUOTED)("D10", "a commit quotes a garbled mark: %s", async (gate, _how, message) => {
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [{ author: wes, message, changes: EDIT }] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
  });
});
