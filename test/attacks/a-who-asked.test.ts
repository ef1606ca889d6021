import { describe, expect } from "@jest/globals";
import { type Gate, KIRO_LINE } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Issue, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

/** Kiro's change, whose text says this; the issue is there before it. */
function answering(gate: Gate, issue: Issue, text: (number: number) => string): Pull {
  return gate.kirosChange(EDIT, { body: `${text(issue.number)}\n\n${KIRO_LINE("kira")}` });
}

const issueOf = (gate: Gate, body = "The checkout is slow."): Issue =>
  gate.world.openIssue(gate.repo, { title: "Slow checkout", body, author: gate.people.wes });

const ASKED: readonly (readonly [string, (gate: Gate) => Issue])[] = [
  [
    "by a command in a comment",
    (gate) => {
      const issue = issueOf(gate);
      gate.world.comment(issue, gate.people.olga, "@claude please fix this");
      return issue;
    },
  ],
  [
    "by a command before sixty other comments, and the news of it is lost",
    (gate) => {
      const found = gate.double.webhooks.drop(({ event }) => event === "issue_comment");
      const issue = issueOf(gate);
      gate.world.comment(issue, gate.people.olga, "@claude please fix this");
      for (let number = 0; number < 60; number += 1)
        gate.world.comment(issue, gate.people.wes, `I see it as well, for the ${number}th time.`);
      found();
      return issue;
    },
  ],
  [
    "by a command that is deleted",
    (gate) => {
      const issue = issueOf(gate);
      const { olga } = gate.people;
      gate.world.deleteComment(issue, gate.world.comment(issue, olga, "/kiro fix this"), olga);
      return issue;
    },
  ],
  [
    "by an assignment",
    (gate) => {
      const issue = issueOf(gate);
      gate.world.assign(issue, gate.bots.kiro, gate.people.olga);
      return issue;
    },
  ],
  [
    "by an assignment that is taken back",
    (gate) => {
      const issue = issueOf(gate);
      gate.world.assign(issue, gate.bots.copilot, gate.people.olga);
      gate.world.unassign(issue, gate.bots.copilot, gate.people.olga);
      return issue;
    },
  ],
  [
    "by the title of the issue",
    (gate) =>
      gate.world.openIssue(gate.repo, { title: "@claude fix the slow checkout", author: gate.people.olga }),
  ],
  [
    "by the title of the issue, and the news of it is lost",
    (gate) => {
      const found = gate.double.webhooks.drop(({ event }) => event === "issues");
      const issue = gate.world.openIssue(gate.repo, { title: "@claude fix it", author: gate.people.olga });
      found();
      return issue;
    },
  ],
  [
    "by a label",
    (gate) => {
      const issue = issueOf(gate);
      gate.world.labelIssue(issue, "kiro", gate.people.olga);
      return issue;
    },
  ],
  [
    "by a label, and the news of it is lost",
    (gate) => {
      const issue = issueOf(gate);
      const found = gate.double.webhooks.drop(({ action }) => action === "labeled");
      gate.world.labelIssue(issue, "Jules", gate.people.olga);
      found();
      return issue;
    },
  ],
  [
    "by the text of the issue",
    (gate) =>
      gate.world.openIssue(gate.repo, {
        title: "Slow",
        body: "@claude please fix",
        author: gate.people.olga,
      }),
  ],
];

const NAMED: readonly (readonly [string, (gate: Gate, issue: Issue) => Pull])[] = [
  ["it says that it closes it", (gate, issue) => answering(gate, issue, (number) => `Fixes #${number}`)],
  [
    "it says so with the full name",
    (gate, issue) => answering(gate, issue, (number) => `Resolves acme/shop#${number}`),
  ],
  ["it names it", (gate, issue) => answering(gate, issue, (number) => `See #${number}.`)],
  [
    "it names it behind many others",
    (gate, issue) =>
      answering(gate, issue, (number) => {
        const others = Array.from({ length: 120 }, (_, index) => `#${1_000 + index}`).join(" ");
        return `After ${others}, see #${number}.`;
      }),
  ],
  [
    "it is linked by hand",
    (gate, issue) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.linkIssue(pull, issue, gate.people.kira);
      gate.world.editPull(pull, { title: "Fix the slow checkout, as linked" }, gate.people.kira);
      return pull;
    },
  ],
];

/** How an owner starts an agent on a person's pull request, before the agent pushes to it. */
const STARTED: readonly (readonly [string, (gate: Gate, pull: Pull) => void])[] = [
  ["a label", ({ world, people }, pull) => world.label(pull, "kiro", people.olga)],
  [
    "a label that is taken off again, and the news of it is lost",
    ({ world, people, double }, pull) => {
      const found = double.webhooks.drop(({ action }) => action === "labeled");
      world.label(pull, "fix-me", people.olga);
      found();
      world.unlabel(pull, "fix-me", people.olga);
    },
  ],
  [
    "a command in the text",
    ({ world, people }, pull) =>
      world.editPull(pull, { body: "Shrink it. @claude please drop the old table, too." }, people.olga),
  ],
  [
    "a command in the text that is edited out again",
    ({ world, people }, pull) => {
      world.editPull(pull, { body: "Shrink it.\n\n/kiro drop the old table, too" }, people.olga);
      world.editPull(pull, { body: "Shrink it." }, people.olga);
    },
  ],
  [
    "a command in the title",
    ({ world, people }, pull) =>
      world.editPull(pull, { title: "Shrink it (@claude, please drop the old table)" }, people.olga),
  ],
  [
    "a command to OpenHands",
    ({ world, people }, pull) => void world.comment(pull, people.olga, "@openhands-agent fix this"),
  ],
  [
    "a command to opencode",
    ({ world, people }, pull) => void world.comment(pull, people.olga, "/oc fix this"),
  ],
];

const UNMARKED: readonly (readonly [string, (gate: Gate, body: string) => Pull])[] = [
  [
    "silence counts as an AI's",
    (gate, body) => {
      const { wes } = gate.people;
      gate.configure("version: 1\ndetect: { undeclared: ai }\n");
      return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)], body });
    },
  ],
  [
    "the change brings its record along",
    (gate, body) => {
      const { wes } = gate.people;
      const changes = { ...EDIT, ".agent-trace/traces.jsonl": `${TRACE}\n` };
      return gate.openPull({ author: wes, commits: [gate.humanCommit(wes, changes)], body });
    },
  ],
  [
    "it pushed below what a person pushed",
    (gate, body) => {
      const { wes } = gate.people;
      gate.world.branch(gate.repo, "work", "main");
      gate.world.push(gate.repo, "work", [gate.humanCommit(wes, EDIT)], gate.bots.kiro);
      gate.world.push(gate.repo, "work", [gate.humanCommit(wes)], wes);
      return gate.world.openPull(gate.repo, {
        ...{ head: "work", base: "main", title: "Fix the slow checkout", author: wes, body },
      });
    },
  ],
];

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

const LOOKING: readonly (readonly [string, string])[] = [
  ["a review", "@claude review"],
  ["a review, in other words", "@claude can you review this?"],
  ["a copy", "cc @copilot"],
  ["disagreement", "@codex is wrong here: the pool is not the cause."],
  ["thanks", "Thanks, @claude!"],
  ["a word about it", "What @claude wrote in #3 does not apply here."],
  ["a question to people", "Did anybody ask @cursor to do this?"],
];

const WORK: readonly (readonly [string, string])[] = [
  ["a fix", "@claude fix the failing test"],
  ["an order behind a greeting", "Hi @claude, please add the missing index"],
  ["work after a review", "@codex review and fix what you find"],
  ["an order to Copilot", "@copilot please drop the old table"],
];

describe("Whose approval: those who asked", () => {
  row.each(ASKED)(
    "A19",
    "an agent is asked in the issue that its pull request closes, by whoever then approves: %s",
    async (gate, _how, ask) => {
      const issue = ask(gate);
      await gate.settle();
      const pull = answering(gate, issue, (number) => `Fixes #${number}`);
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, new RegExp(`@olga approved, but .*(#${issue.number}|issue)`));
    },
  );

  row.each(ASKED.filter(([how]) => !how.includes("lost")))(
    "A19",
    "an agent is asked in an issue that is deleted before its pull request is opened: %s",
    async (gate, _how, ask) => {
      const issue = ask(gate);
      await gate.settle();
      gate.world.deleteIssue(issue, gate.people.sam);
      const pull = answering(gate, issue, (number) => `Fixes #${number}`);
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    },
  );

  row.each(STARTED)(
    "A18",
    "an owner starts an agent on a person's pull request, and approves what it pushes: %s",
    async (gate, _how, start) => {
      const { wes } = gate.people;
      const commits = [gate.humanCommit(wes, EDIT)];
      const pull = gate.openPull({ author: wes, commits, body: "Shrink it." });
      await gate.settle();
      start(gate, pull);
      await gate.settle();
      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/main.tf": "# none\n" } });
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but .*(command|label)/);
    },
  );

  row("A18", "an owner edits a text in which its author gave an agent a command", async (gate) => {
    const { wes, olga } = gate.people;
    const commits = [gate.humanCommit(wes, EDIT)];
    const pull = gate.openPull({ author: wes, commits, body: "Shrnk it. @claude please help" });
    gate.world.editPull(pull, { body: "Shrink it. @claude please help" }, olga);
    await gate.settle();
    gate.world.label(pull, "bug", olga);
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/main.tf": "# none\n" } });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row.each(NAMED)(
    "A19",
    "an agent is asked in an issue, and the pull request belongs to it: %s",
    async (gate, _how, open) => {
      const issue = issueOf(gate);
      gate.world.comment(issue, gate.people.olga, "@claude please fix this");
      await gate.settle();
      const pull = open(gate, issue);
      await gate.settle();
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but/);
    },
  );

  row.each(UNMARKED)(
    "A19",
    "an agent is asked in an issue, and what it made shows no mark of its own: %s",
    async (gate, _how, open) => {
      const issue = issueOf(gate);
      gate.world.comment(issue, gate.people.olga, "@claude please fix this");
      await gate.settle();
      gate.double.webhooks.pause();
      const pull = open(gate, `Fixes #${issue.number}`);
      gate.world.review(pull, gate.people.olga, "APPROVED");
      gate.double.webhooks.resume();

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but gave Claude Code a command/);
      const passed = gate.double.transitions.filter(({ conclusion }) => conclusion === "success");
      expect(passed.filter(({ sha }) => sha === pull.headSha)).toEqual([]);
    },
  );

  row("A19", "an agent's pull request names more issues than can be looked at", async (gate) => {
    const names = Array.from({ length: 501 }, (_, index) => `#${1_000 + index}`).join(" ");
    const pull = gate.kirosChange(EDIT, { body: `${names}\n\n${KIRO_LINE("kira")}` });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "failure" });
    await gate.says(pull, /names 501 issues.*\n?.*Name fewer/);
  });

  row.each<readonly (readonly [string, (gate: Gate, issue: Issue) => void])[]>([
    [
      "they only say what they think",
      (gate, issue) => gate.world.comment(issue, gate.people.olga, "I saw that, too."),
    ],
    [
      "they ask the agent to look",
      (gate, issue) => gate.world.comment(issue, gate.people.olga, "@claude review"),
    ],
    ["they assign a person", (gate, issue) => gate.world.assign(issue, gate.people.wes, gate.people.olga)],
    [
      "they ask in another issue",
      (gate) =>
        gate.world.comment(issueOf(gate, "Something else."), gate.people.olga, "@claude please fix this"),
    ],
    [
      "somebody else asks",
      (gate, issue) => gate.world.comment(issue, gate.people.sam, "@claude please fix this"),
    ],
  ])("A19", "an owner has to do with the issue and did not ask for the work: %s", async (gate, _how, act) => {
    const issue = issueOf(gate);
    act(gate, issue);
    await gate.settle();
    const pull = answering(gate, issue, (number) => `Fixes #${number}`);
    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  });

  row.each(LOOKING)(
    "A23",
    "an owner names an agent without asking it for work, and approves: %s",
    async (gate, _what, text) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.comment(pull, gate.people.olga, text);
      await gate.settle();
      gate.world.review(pull, gate.people.olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row.each(WORK)("A23", "an owner asks an agent for work, and approves: %s", async (gate, _what, text) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.comment(pull, gate.people.olga, text);
    await gate.settle();
    gate.world.review(pull, gate.people.olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but .*command/);
  });

  row.each([["Suggested-by"], ["Reviewed-by"], ["Acked-by"], ["Tested-by"], ["Reported-by"], ["Cc"]])(
    "A24",
    "an owner who wrote nothing stands in a trailer, and approves: %s",
    async (gate, key) => {
      const { olga } = gate.people;
      const message = `Fix the slow checkout\n\n${key}: ${olga.name} <${olga.email}>`;
      const pull = gate.openPull({
        author: gate.bots.kiro,
        commits: [{ ...gate.kirosCommit(EDIT), message }],
      });
      gate.world.review(pull, olga, "APPROVED");

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row("A24", "a trailer names an owner as a co-author, who approves", async (gate) => {
    const { olga } = gate.people;
    const message = `Fix the slow checkout\n\nReviewed-by: Sam Stone <sam@acme.example>\nCo-authored-by: ${olga.name} <${olga.email}>`;
    const pull = gate.openPull({ author: gate.bots.kiro, commits: [{ ...gate.kirosCommit(EDIT), message }] });
    gate.world.review(pull, olga, "APPROVED");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but .*co-wrote/);
  });
});
