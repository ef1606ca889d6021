import { describe, expect } from "@jest/globals";
import { APP_ID } from "../gate/app.ts";
import { type PassingTime, row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const CONFIG = 'version: 1\noverride: { by: ["@acme/web", "@acme/data"] }\n';
const REASON = "The shop is down";
const EDIT = { "infra/production/main.tf": "# one instance less\n" };

const line = ({ headSha }: Pull) => `/countersign override ${headSha.slice(0, 12)} ${REASON}`;

/** Kiro's change, blocked and judged for a while, where Wes and Dana may override. */
async function blocked(gate: Gate, time: PassingTime, changes: Record<string, string | null> = EDIT) {
  gate.configure(CONFIG);
  const pull = gate.kirosChange(changes);
  expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
  await time.leap(60);
  return pull;
}

async function saying(
  gate: Gate,
  time: PassingTime,
  { pull, by, body = line(pull) }: { readonly pull: Pull; readonly by: Account; readonly body?: string },
): Promise<void> {
  gate.world.comment(pull, by, body);
  await gate.settle();
  await time.leap(5);
}

async function overridden(gate: Gate, time: PassingTime): Promise<Pull> {
  const pull = await blocked(gate, time);
  await saying(gate, time, { pull, by: gate.people.wes });
  expect(gate.passes(pull)).toBe(false);
  await saying(gate, time, { pull, by: gate.people.dana });
  expect(gate.shown(pull)).toMatchObject({
    conclusion: "success",
    title: expect.stringMatching(/^Overridden by @wes and @dana until \d\d:\d\d UTC: The shop is down$/),
  });
  return pull;
}

/** What the App answered to people. */
const answers = (pull: Pull) =>
  pull.comments
    .filter(({ author, body }) => author.kind === "Bot" && body !== line(pull))
    .map(({ body }) => body);

type Act = (gate: Gate, pull: Pull) => unknown;

/** What ends an override. */
const ENDS: Readonly<Record<string, Act>> = {
  "a push": (gate, pull) => gate.pushTo(pull, { author: gate.bots.kiro, changes: { "a.txt": "a\n" } }),
  "a push there and back": (gate, pull) => {
    const sha = pull.headSha;
    gate.rewrite(pull, [gate.kirosCommit({ "infra/production/main.tf": "# none\n" })]);
    gate.world.forcePush(pull.headRepo, pull.headRef, sha, gate.bots.kiro);
  },
  "another base and back": ({ world, repo, people }, pull) => {
    world.branch(repo, "release", world.tip(repo, "main"));
    world.retarget(pull, "release", people.wes);
    world.retarget(pull, "main", people.wes);
  },
  "a word of one of them": ({ world, people }, pull) =>
    world.comment(pull, people.wes, "/countersign withdraw"),
  "a word of an owner passed over": ({ world, people }, pull) =>
    world.comment(pull, people.sam, "/countersign withdraw"),
  "a refusal": ({ world, people }, pull) => world.review(pull, people.sam, "CHANGES_REQUESTED", "No."),
  "a team that one of them leaves": ({ world, teams, people }) =>
    world.removeFromTeam(teams.data, people.dana, people.olga),
};

/** What is no command, and what its writer is told of it. */
const WRONG: Readonly<Record<string, { readonly says: string | null; readonly command: Act }>> = {
  "by somebody not allowed to": {
    says: "you are not among those",
    command: ({ world, people }, pull) => world.comment(pull, people.mallory, line(pull)),
  },
  "without a reason": {
    says: "names no reason",
    command: ({ world, people }, pull) =>
      world.comment(pull, people.wes, line(pull).replace(` ${REASON}`, "")),
  },
  quoted: {
    says: null,
    command: ({ world, people }, pull) => world.comment(pull, people.wes, `> ${line(pull)}`),
  },
  "in a code block": {
    says: null,
    command: ({ world, people }, pull) => world.comment(pull, people.wes, `\`\`\`\n${line(pull)}\n\`\`\``),
  },
  "on an old head": {
    says: "and the head is",
    command: ({ world, people }, pull) =>
      world.comment(pull, people.wes, line({ ...pull, headSha: "0".repeat(40) })),
  },
  "by e-mail": {
    says: "came by e-mail",
    command: ({ world, people }, pull) => world.comment(pull, people.wes, line(pull), { byEmail: true }),
  },
  "through an App": {
    says: "written by an App",
    command: ({ world, people }, pull) =>
      world.comment(pull, people.wes, line(pull), { performedVia: APP_ID }),
  },
  "edited into a comment": {
    says: "was edited",
    command: ({ world, people }, pull) => {
      const comment = world.comment(pull, people.wes, "LGTM");
      world.editComment(pull, comment, { body: line(pull), by: people.mallory });
    },
  },
  "by a machine": {
    says: null,
    command: ({ world, bots }, pull) => world.comment(pull, bots.coderabbit, line(pull)),
  },
};

describe("The machine: an override", () => {
  row("E13", "two who may say the same line let a head through, with a label", async (gate, time) => {
    const pull = await overridden(gate, time);
    expect(gate.labelsOf(pull)).toContain("countersign-override");
    await gate.says(pull, "@wes and @dana let this through without the countersignatures");
    await gate.says(pull, "Not countersigned: infrastructure (@acme/sre).");
    expect(answers(pull)).toEqual([]);
  });

  row("E13", "it ends at its time by itself", async (gate, time) => {
    const pull = await overridden(gate, time);
    await time.leap(59 * 60);
    expect(gate.passes(pull)).toBe(true);
    await time.leap(60);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
    expect(gate.labelsOf(pull)).not.toContain("countersign-override");
  });

  row("E13", "it ends in a merge group too", async (gate, time) => {
    const pull = await overridden(gate, time);
    const group = gate.world.enqueue([pull], gate.people.wes);
    await gate.settle();
    const made = { repo: gate.repo, headSha: group.headSha };
    expect(gate.shown(made)).toMatchObject({ conclusion: "success" });
    await time.leap(3600);
    expect(gate.passes(made)).toBe(false);
  });

  row("E13", "it ends for good by whatever makes it another change or another right", async (gate, time) => {
    for (const [how, end] of Object.entries(ENDS)) {
      const pull = await overridden(gate, time);
      end(gate, pull);
      await gate.settle();
      await time.leap(5);
      expect({ how, conclusion: gate.shown(pull)?.conclusion }).toEqual({
        how,
        conclusion: "action_required",
      });
    }
  });

  row(
    "E13",
    "deleting its comments undoes nothing, editing them changes nothing, and neither grants anew",
    async (gate, time) => {
      const pull = await overridden(gate, time);
      const [first, second] = pull.comments;
      if (first === undefined || second === undefined) throw new Error("two have commented");
      gate.world.editComment(pull, first, { body: "never mind", by: gate.people.wes });
      gate.world.deleteComment(pull, second, gate.people.dana);
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      await time.leap(3600);
      gate.world.editComment(pull, first, { body: line(pull), by: gate.people.wes });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /^(?!.*asked for an override)/s);
    },
  );

  row(
    "E13",
    "a withdrawal that somebody deletes or edits before it is read withdraws all the same",
    async (gate, time) => {
      const { world, people } = gate;
      for (const hide of [world.deleteComment, world.editComment] as const) {
        const pull = await overridden(gate, time);
        const comment = world.comment(pull, people.sam, "/countersign withdraw");
        if (hide === world.deleteComment) world.deleteComment(pull, comment, people.wes);
        else world.editComment(pull, comment, { body: "LGTM", by: people.wes });
        await gate.settle();
        await time.leap(5);
        expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
      }
    },
  );

  row("E13", "a line that somebody deletes before it is read grants nothing", async (gate, time) => {
    const pull = await blocked(gate, time);
    await saying(gate, time, { pull, by: gate.people.wes });
    const comment = gate.world.comment(pull, gate.people.dana, line(pull));
    gate.world.deleteComment(pull, comment, gate.people.mallory);
    await gate.settle();
    await time.leap(5);
    expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
  });

  row("E13", "another pull request on the same head still blocks it", async (gate, time) => {
    const pull = await blocked(gate, time);
    gate.world.branch(gate.repo, "release", gate.world.tip(gate.repo, "main"));
    gate.configure(`${CONFIG}branches: [main, release]\n`);
    gate.openAgain(pull, { author: gate.bots.kiro, base: "release" });
    await gate.settle();
    await time.leap(60);
    for (const by of [gate.people.wes, gate.people.dana]) await saying(gate, time, { pull, by });
    expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
  });

  row(
    "E13",
    "a command in which anything is wrong opens nothing, and its writer is told once",
    async (gate, time) => {
      for (const [how, { says, command }] of Object.entries(WRONG)) {
        const pull = await blocked(gate, time);
        command(gate, pull);
        await gate.settle();
        await saying(gate, time, { pull, by: gate.people.dana });
        const { conclusion } = gate.shown(pull) ?? {};
        expect({ how, conclusion, answers: answers(pull) }).toEqual({
          ...{ how, conclusion: "action_required" },
          answers: says === null ? [] : [expect.stringContaining(says)],
        });
      }
    },
  );

  row(
    "E13",
    "a hundred commands of a stranger cost no comment to be read and get no answer",
    async (gate, time) => {
      const pull = await blocked(gate, time);
      const eve = gate.world.user("eve", { name: "Eve Ellis", email: "eve@elsewhere.example" });
      gate.world.permission(gate.repo, eve, "read");
      await gate.settle();
      const before = gate.double.requests.length;
      for (let times = 0; times < 100; times += 1) gate.world.comment(pull, eve, line(pull));
      await gate.settle();
      await time.leap(60);
      const read = gate.double.requests.slice(before).map(({ operation }) => operation);
      expect(read.filter((operation) => operation.includes("/issues/comments/"))).toEqual([]);
      expect(answers(pull)).toEqual([]);
      expect(gate.passes(pull)).toBe(false);
    },
  );

  row("E13", "who is refused ten times is answered once", async (gate, time) => {
    const pull = await blocked(gate, time);
    for (let times = 0; times < 10; times += 1) await saying(gate, time, { pull, by: gate.people.mallory });
    expect(answers(pull)).toHaveLength(1);
  });

  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    ["the person who asked the agent", ({ people }) => people.kira],
    ["whoever opened it", ({ people }) => people.wes],
  ])("E14", "an override by somebody who took part is rejected: %s", async (gate, time, _, who) => {
    const by = who(gate);
    gate.configure('version: 1\noverride: { by: ["@acme/web", "@acme/data", "@acme/everyone"] }\n');
    const pull =
      by === gate.people.wes
        ? gate.openPull({ author: by, commits: [gate.kirosCommit(EDIT)] })
        : gate.kirosChange(EDIT);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await time.leap(60);
    await saying(gate, time, { pull, by });
    await saying(gate, time, { pull, by: gate.people.dana });
    expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
    expect(answers(pull)).toEqual([expect.stringContaining("contributors cannot countersign")]);
  });

  row("E14", "one person's word twice is one person's", async (gate, time) => {
    const pull = await blocked(gate, time);
    for (let times = 0; times < 2; times += 1) await saying(gate, time, { pull, by: gate.people.wes });
    expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });
    expect(answers(pull)).toEqual([expect.stringContaining("somebody else has to repeat")]);
  });

  row(
    "E13",
    "what it let in stays to be accepted by an owner who took no part, by a comment or a review",
    async (gate, time) => {
      const { people, world } = gate;
      const pull = await overridden(gate, time);
      expect(world.merge(pull, people.wes).status).toBe(200);
      await gate.settle();
      const [issue] = [...gate.repo.issues.values()];
      if (issue === undefined) throw new Error("no issue was opened");
      const accept = `/countersign accept ${gate.world.tip(gate.repo, "main").slice(0, 12)} Looked at it`;
      expect(issue.title).toMatch(/^To be accepted afterwards: what an override let in as /);
      expect(issue.body).toContain("- infrastructure: @acme/sre");
      expect(issue.body).toContain(accept.replace("Looked at it", "REASON"));

      for (const by of [people.wes, people.kira, people.mallory]) world.comment(issue, by, accept);
      world.comment(issue, people.sam, `> ${accept}`);
      await gate.settle();
      await time.pass(10);
      const refusals = issue.comments
        .map(({ body }) => body)
        .filter((body) => body.includes("Nothing came of"));
      expect(refusals).toEqual([
        expect.stringContaining("you took part"),
        expect.stringContaining("you took part"),
        expect.stringContaining("you own nothing"),
      ]);

      world.closeIssue(issue, people.wes);
      await gate.settle();
      expect(issue.state).toBe("open");
      world.closeIssue(issue, people.wes);
      await gate.settle();
      expect(issue.state).toBe("closed");
      world.reopenIssue(issue, people.wes);
      await time.leap(25 * 3600);
      expect(issue.comments.at(-1)?.body).toContain("nobody has accepted this yet");

      world.comment(issue, people.sam, accept);
      await gate.settle();
      expect({ state: issue.state, last: issue.comments.at(-1)?.body }).toEqual({
        state: "closed",
        last: "Accepted by `@sam`. It is in the ledger.",
      });
    },
  );

  row(
    "E13",
    "an approval of what was merged accepts it, and nobody else can delete it away",
    async (gate, time) => {
      const { people, world } = gate;
      const pull = await overridden(gate, time);
      world.merge(pull, people.dana);
      await gate.settle();
      const [issue] = [...gate.repo.issues.values()];
      if (issue === undefined) throw new Error("no issue was opened");
      await time.leap(5);
      world.review(pull, people.wes, "APPROVED");
      await gate.settle();
      expect(issue.state).toBe("open");
      // Who takes an approval back before it is heard accepts nothing.
      world.review(pull, people.sam, "APPROVED");
      world.review(pull, people.sam, "CHANGES_REQUESTED");
      await gate.settle();
      expect(issue.state).toBe("open");
      world.review(pull, people.olga, "APPROVED");
      await gate.settle();
      expect(issue.state).toBe("closed");
    },
  );
});
