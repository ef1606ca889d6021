import { describe, expect } from "@jest/globals";
import { row } from "../gate/row.ts";

describe("Who wrote it", () => {
  row.each([
    ["Claude Paroz", "claude@2xlibre.example", "Update translations"],
    ["Devin Wong", "devin.wong@example.com", "Move the text cursor by words, with cursor pagination"],
    ["Jules Mons", "jules@example.com", "Rename the copilot page"],
    ["Cody Oss", "cody@precursor.io", "Use precursor.io as the mirror"],
    ["Kira Khan", "kira@anthropic.com", 'Remove the "Generated with Claude Code" line from the docs'],
    ["Kira Khan", "kira@example.com", "AI disclosure: no AI was used."],
  ])("D01", "a person: %s <%s>: %s", async (gate, name, email, message) => {
    const person = gate.world.user(name.toLowerCase().replace(" ", "-"), { name, email: `own-${email}` });
    gate.world.permission(gate.repo, person, "write");
    const commit = {
      author: { name, email },
      message,
      changes: { "infra/production/main.tf": "# by hand\n" },
    };
    const pull = gate.openPull({ author: person, head: `${person.login}/cursor-keys`, commits: [commit] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    expect(gate.labelsOf(pull)).toEqual([]);
  });

  row("D03", "one agent's commit among forty human ones", async (gate) => {
    const { wes } = gate.people;
    const human = (n: number) => ({
      author: wes,
      message: `Step ${n}`,
      changes: { "app/steps.md": `${n}\n` },
    });
    const steps = Array.from({ length: 40 }, (_, n) => human(n));
    const pull = gate.openPull({
      author: wes,
      commits: [...steps.slice(0, 20), gate.kirosCommit(), ...steps.slice(20)],
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    const kiros = gate.commitsOf(pull).find(({ author }) => author.name.startsWith("kiro"));
    await gate.says(pull, kiros?.sha.slice(0, 7) ?? "the commit of Kiro is missing");
  });

  row("D04", "the mark is quoted in a revert", async (gate) => {
    const { wes } = gate.people;
    const message = [
      'Revert "Cache the catalogue"',
      "",
      "This reverts commit 2f1c9be8c1d2a3b4c5d6e7f8091a2b3c4d5e6f70. Its message was:",
      "",
      "> Cache the catalogue",
      ">",
      "> Co-authored-by: Claude <noreply@anthropic.com>",
    ].join("\n");
    const commit = { author: wes, message, changes: { "infra/production/main.tf": "# back\n" } };
    const pull = gate.openPull({ author: wes, commits: [commit] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row("D04", "the mark stands inside a sentence", async (gate) => {
    const { wes } = gate.people;
    const message =
      "Explain trailers\n\nWe drop the line Co-authored-by: Claude <noreply@anthropic.com> from squashes.";
    const commit = { author: wes, message, changes: { "infra/production/main.tf": "# docs\n" } };
    const pull = gate.openPull({ author: wes, commits: [commit] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });
});
