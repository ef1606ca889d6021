import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const WAITS = "Needs @acme/sre: infrastructure";
const FOOTER = "Shrinks the database.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";

/** What git-ai keeps beside a commit. */
const NOTE = [
  "infra/production/main.tf",
  "  s_00000000000001::t_0000000000000a 1",
  "---",
  JSON.stringify({
    schema_version: "authorship/3.0.0",
    sessions: { s_00000000000001: { agent_id: { tool: "cursor", id: "c1", model: "gpt-5.4" } } },
  }),
].join("\n");

/** What keepers of Agent Trace keep. */
const TRACE = JSON.stringify({
  version: "0.1.0",
  tool: { name: "codex" },
  files: [
    {
      path: "infra/production/main.tf",
      conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 1 }] }],
    },
  ],
});

describe("Who wrote it", () => {
  row.each([
    ["Claude Paroz", "claude@2xlibre.example", "Update translations"],
    ["Devin Wong", "devin.wong@example.com", "Move the text cursor by words, with cursor pagination"],
    ["Jules Mons", "jules@example.com", "Rename the copilot page"],
    ["Cody Oss", "cody@precursor.io", "Use precursor.io as the mirror"],
    ["Kira Khan", "kira@anthropic.com", 'Remove the "Generated with Claude Code" line from the docs'],
    ["Kira Khan", "kira@example.com", "AI disclosure: no AI was used."],
  ])("D01", "a person who sounds like a tool: %s <%s>: %s", async (gate, name, email, message) => {
    const person = gate.world.user(name.toLowerCase().replace(" ", "-"), { name, email: `own-${email}` });
    gate.world.permission(gate.repo, person, "write");
    const commit = {
      author: { name, email },
      message,
      changes: { "infra/production/main.tf": "# by hand\n" },
    };
    const pull = gate.openPull({ author: person, head: `${person.login}/cursor-keys`, commits: [commit] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
    expect(gate.labelsOf(pull)).toEqual([]);
  });

  row.each([
    ["by its author", (gate: Gate) => ({ author: gate.bots.kiro }), "Kiro, certain: author kiro-agent[bot]"],
    [
      "by its branch",
      (gate: Gate) => ({ author: gate.people.wes, head: "codex/drop-the-database" }),
      "OpenAI Codex, strong: branch codex/drop-the-database",
    ],
    [
      "by its text",
      (gate: Gate) => ({ author: gate.people.wes, body: FOOTER }),
      "Claude Code, strong: body 🤖 Generated with Claude Code",
    ],
  ])(
    "D02",
    "the commits name no tool, but the pull request does: %s",
    async (gate, _channel, opened, evidence) => {
      const commits = [gate.humanCommit(gate.people.wes, EDIT)];
      const pull = gate.openPull({ by: gate.people.wes, ...opened(gate), commits });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
      await gate.says(pull, evidence);
    },
  );

  row("D02", "an agent's app opens the pull request in a person's name", async (gate) => {
    const { wes } = gate.people;
    const { id } = gate.world.app("cursor");
    const commits = [gate.humanCommit(wes, EDIT)];
    const pull = gate.openPull({ author: wes, commits, performedVia: id });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "Cursor, strong: app cursor");
    await gate.says(pull, /Contributors \(cannot countersign\)\s+- @wes opened the pull request/);
  });

  row(
    "D02",
    "Copilot is started, and its commits are rewritten as a person's: one of two weak signals",
    async (gate) => {
      const { wes } = gate.people;
      gate.configure("version: 1\ndetect: { weak-pairs: true }\n");
      const { message: _, ...commit } = gate.humanCommit(wes, EDIT);
      const pull = gate.openPull({ author: wes, commits: [{ ...commit, message: "Initial plan" }] });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });

      gate.world.copilotWorkStarted(pull, wes);
      gate.rewrite(pull, [gate.humanCommit(wes, EDIT)]);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
      await gate.says(pull, "GitHub Copilot, weak: timeline copilot_work_started");
    },
  );

  row("D02", "a squash removes the trailer", async (gate) => {
    const { wes } = gate.people;
    const [squashed, named] = [gate.humanCommit(wes, EDIT), gate.humanCommit(wes, EDIT)];
    const message = "Shrink the database\n\nCo-authored-by: Claude <noreply@anthropic.com>";
    const pull = gate.openPull({ author: wes, commits: [{ ...named, message }] });
    const former = pull.headSha;
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.rewrite(pull, [squashed]);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, `of the former commit ${former.slice(0, 7)}`);
  });

  row("D02", "the trailers are removed, but git-ai's note still attests it", async (gate) => {
    const { wes } = gate.people;
    gate.double.webhooks.pause();
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    const { headSha } = pull;
    gate.world.notes(gate.repo, "ai", { [`${headSha.slice(0, 2)}/${headSha.slice(2)}`]: NOTE }, wes);
    gate.double.webhooks.resume();

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "Cursor, strong: attestation git-ai: 1 line by Cursor (gpt-5.4)");
  });

  row("D02", "the trailers are removed, but an Agent Trace note still attests it", async (gate) => {
    const { wes } = gate.people;
    gate.double.webhooks.pause();
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    gate.world.notes(gate.repo, "agent-trace", { [pull.headSha]: TRACE }, wes);
    gate.double.webhooks.resume();

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "OpenAI Codex, strong: attestation Agent Trace: 1 line by OpenAI Codex");
  });

  row("D02", "the trailers are removed, but the change still contains its Agent Trace", async (gate) => {
    const { wes } = gate.people;
    const changes = { ...EDIT, ".agent-trace/traces.jsonl": `${TRACE}\n` };
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, changes)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "OpenAI Codex, strong: attestation Agent Trace: 1 line by OpenAI Codex");
  });

  row("D02", "no signal names a tool, and undeclared changes count as AI", async (gate) => {
    const { wes } = gate.people;
    gate.configure("version: 1\ndetect: { undeclared: ai }\n");
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "This change counts as AI-authored, because nothing shows who wrote it");
  });

  row("D03", "a single agent's commit among forty human ones", async (gate) => {
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
    await gate.says(pull, `${kiros?.sha.slice(0, 7)} Fix the slow checkout: AI (Kiro)`);
    await gate.says(pull, "40 commits by humans, with no evidence of AI or automation");
  });

  row("D04", "a revert quotes the signal", async (gate) => {
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

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
  });

  row("D04", "the signal is part of a sentence", async (gate) => {
    const { wes } = gate.people;
    const message =
      "Explain trailers\n\nWe drop the line Co-authored-by: Claude <noreply@anthropic.com> from squashes.";
    const commit = { author: wes, message, changes: { "infra/production/main.tf": "# docs\n" } };
    const pull = gate.openPull({ author: wes, commits: [commit] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });
  });

  row.each([
    ["dependabot[bot]", 49699333, "Bump the provider from 5.1 to 5.2"],
    ["renovate[bot]", 29139614, "Update Terraform aws to v5.2"],
    ["release-please[bot]", 55107282, "chore(main): release 2.0.0"],
  ])("D05", "a bot that is not AI opens a pull request: %s", async (gate, login, id, message) => {
    const bot = gate.world.bot(login, { id });
    const pull = gate.openPull({ author: bot, commits: [{ author: bot, message, changes: EDIT }] });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "success",
      title: "Automation, no AI-authored change",
    });
    expect(gate.labelsOf(pull)).toEqual([]);
  });

  row("D05", "a dependency bot that is listed as an agent opens a pull request", async (gate) => {
    gate.configure('version: 1\ndetect: { agents: ["renovate[bot]"] }\n');
    const bot = gate.world.bot("renovate[bot]", { id: 29139614 });
    const message = "Update Terraform aws to v5.2";
    const pull = gate.openPull({ author: bot, commits: [{ author: bot, message, changes: EDIT }] });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "renovate[bot], certain: author renovate[bot]");
  });

  row("D06", "the tool's footer is edited out of the description", async (gate) => {
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: FOOTER });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    gate.world.editPull(pull, { body: "Shrinks the database." }, wes);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "Claude Code, strong: body 🤖 Generated with Claude Code");
  });

  row("D06", "the tool's footer is edited out before anybody has read it", async (gate) => {
    const { wes } = gate.people;
    const found = gate.double.webhooks.drop(({ event }) => event === "pull_request");
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body: FOOTER });
    found();

    gate.world.editPull(pull, { body: "Shrinks the database." }, wes);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, "Claude Code, strong: body 🤖 Generated with Claude Code");
  });

  row.each<readonly (readonly [string, string, (gate: Gate, pull: Pull) => void])[]>([
    [
      "its line is edited out",
      "Shrinks it.\n\nForged by Acme",
      (gate, pull) => gate.world.editPull(pull, { body: "Shrinks it." }, gate.people.wes),
    ],
    [
      "its label is taken off",
      "Shrinks it.",
      (gate, pull) => {
        gate.world.label(pull, "forge", gate.people.wes);
        gate.world.unlabel(pull, "forge", gate.people.wes);
      },
    ],
  ])(
    "D06",
    "a tool that only the config knows left a mark, and that is gone before anybody has read it: %s",
    async (gate, _how, body, act) => {
      const { wes } = gate.people;
      gate.configure(
        'version: 1\ndetect: { signals: [{ tool: Forge, line: "^Forged by Acme$" }, { tool: Forge, label: forge }] }\n',
      );
      expect(await gate.check(gate.kirosChange(EDIT))).not.toBeNull();
      const found = gate.double.webhooks.drop(({ event }) => event === "pull_request");
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body });
      found();

      act(gate, pull);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
      await gate.says(pull, /Forge, strong/);
    },
  );

  row("D07", "people ask an agent to work on their pull request", async (gate) => {
    const { wes } = gate.people;
    const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success", title: "No AI-authored change" });

    gate.world.comment(pull, wes, "@copilot please add a test");
    const asked = gate.pushTo(pull, { author: gate.bots.copilot, changes: { "app/cart.test.ts": "ok\n" } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required", title: WAITS });
    await gate.says(pull, `${asked.sha.slice(0, 7)} One more thing: AI (GitHub Copilot)`);
  });
});
