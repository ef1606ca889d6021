import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import { type Gate, isEvaluation } from "../gate/gate.ts";
import { withProcessGate } from "../gate/process-gate.ts";
import { row } from "../gate/row.ts";
import type { SeenRequest } from "../github-double/faults.ts";
import type { Pull, Review } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

/** A write of a check, by GraphQL or REST. */
function writesCheck({ method, path, body }: SeenRequest): boolean {
  if (method === "GET") return false;
  if (path.includes("/check-runs")) return true;
  return /CheckRun/.test(JSON.stringify(body)) && /"query":"\s*mutation/.test(JSON.stringify(body));
}

/** A write that makes a check pass. */
function passesCheck(request: SeenRequest): boolean {
  return writesCheck(request) && /success/i.test(JSON.stringify(request.body));
}

const asksFor =
  (words: RegExp) =>
  (request: SeenRequest): boolean =>
    !writesCheck(request) && words.test(`${request.path} ${JSON.stringify(request.body)}`);

interface Signed {
  readonly gate: Gate;
  readonly pull: Pull;
  readonly approval: Review;
}

const DOUBTS: readonly (readonly [string, (signed: Signed) => void])[] = [
  [
    "an owner refuses",
    ({ gate, pull }) => gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No."),
  ],
  [
    "the approval is dismissed",
    ({ gate, pull, approval }) => gate.world.dismiss(pull, approval, gate.people.olga, "no"),
  ],
  [
    "who signed leaves the team",
    ({ gate }) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
  ],
];

/** What an answer may hold of the people and rules that a verdict rests on, and how that becomes out of date. */
const OUTDATED: readonly (readonly [string, RegExp, (signed: Signed) => void])[] = [
  [
    "the members of a team, which somebody leaves",
    /members/,
    ({ gate }) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
  ],
  [
    "the reviews, of which one is dismissed",
    /reviews/,
    ({ gate, pull, approval }) => gate.world.dismiss(pull, approval, gate.people.olga, "not any more"),
  ],
  [
    "the reviews, when an owner refuses",
    /reviews/,
    ({ gate, pull }) => gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No."),
  ],
  [
    "the owners' file, which is changed",
    /CODEOWNERS|CountersignEvaluation/,
    ({ gate }) =>
      gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @acme/data\n", gate.people.olga),
  ],
  [
    "the config, which is changed",
    /countersign\.yml|CountersignEvaluation/,
    ({ gate }) =>
      gate.configure("version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n"),
  ],
  [
    "a permission, which is withdrawn",
    /permission|collaborators/,
    ({ gate }) => gate.world.permission(gate.repo, gate.teams.sre, "read", gate.people.olga),
  ],
];

describe("The machine, when answers are lost or late", () => {
  clockedRow.each(DOUBTS)(
    "E20",
    "the answer to a passing check is lost, and the pass is in doubt: %s",
    async (gate, time, _what, doubt) => {
      const pull = gate.kirosChange(EDIT);
      await time.pass(5);
      gate.double.faults.loseAnswer(passesCheck, { times: 1 });
      const approval = gate.world.review(pull, gate.people.sam, "APPROVED");
      await gate.settle();

      // Nothing can be read now that would tell of the pass.
      gate.double.faults.refuse(isEvaluation, 502);
      doubt({ gate, pull, approval });
      await gate.settle();
      await time.pass(3, () => !gate.passes(pull));

      expect(gate.passes(pull)).toBe(false);
    },
  );

  clockedRow(
    "E20",
    "the answer to a first check that passes is lost, and the config makes it stricter",
    async (gate, time) => {
      gate.double.faults.loseAnswer(passesCheck, { times: 1 });
      const { wes } = gate.people;
      const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes, EDIT)] });
      await gate.settle();
      gate.configure("version: 1\nproduction: [{ name: infrastructure, applies-to: everyone }]\n");
      await gate.settle();
      await time.pass(3, () => !gate.passes(pull));

      expect(gate.passes(pull)).toBe(false);
      expect(gate.repo.runs.filter(({ suite }) => suite.sha === pull.headSha)).toHaveLength(1);
    },
  );

  clockedRow("E20", "the answer to the withdrawal itself is lost", async (gate, time) => {
    const pull = gate.kirosChange(EDIT);
    gate.world.review(pull, gate.people.sam, "APPROVED");
    await time.pass(5);
    expect(gate.passes(pull)).toBe(true);
    gate.double.faults.add({ match: writesCheck, respond: "drop", times: 1 });

    gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    await time.pass(10, () => !gate.passes(pull));

    expect(gate.passes(pull)).toBe(false);
  });

  clockedRow(
    "E20",
    "the answer is lost, nothing else happens, and the pass is noted later",
    async (gate, time) => {
      const pull = gate.kirosChange(EDIT);
      await time.pass(5);
      gate.double.faults.loseAnswer(passesCheck, { times: 1 });
      gate.world.review(pull, gate.people.sam, "APPROVED");
      await gate.settle();
      await time.pass(60);

      expect(gate.passes(pull)).toBe(true);
      expect(gate.repo.runs.filter(({ suite }) => suite.sha === pull.headSha)).toHaveLength(1);
    },
  );

  row.each(OUTDATED)(
    "E21",
    "an answer is on its way that still holds what is no longer so: %s",
    async (gate, _what, words, change) => {
      const first = gate.kirosChange({ "infra/production/network.tf": "# wider\n" });
      expect(await gate.check(first)).toMatchObject({ conclusion: "action_required" });
      const held = gate.double.faults.hold(asksFor(words), { times: 1 });
      const pull = gate.kirosChange(EDIT);
      const approval = gate.world.review(pull, gate.people.sam, "APPROVED");
      // No other job waits, so that nothing is asked about whose turn it is: that answer would be held instead.
      // Some answers are remembered from before, so that nothing is asked.
      await Promise.race([held.asked(), gate.settle()]);
      const before = gate.double.transitions.length;
      change({ gate, pull, approval });
      await gate.double.webhooks.settled();
      held.release();

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      const since = gate.double.transitions.slice(before).filter(({ sha }) => sha === pull.headSha);
      expect(since.map(({ conclusion }) => conclusion)).not.toContain("success");
    },
  );

  row("E21", "what a late answer held is not kept for the next pull request", async (gate) => {
    const { olga, sam } = gate.people;
    const held = gate.double.faults.hold(asksFor(/members/), { times: 1 });
    const first = gate.kirosChange({ "infra/production/network.tf": "# wider\n" });
    await Promise.race([held.asked(), gate.settle()]);
    gate.world.removeFromTeam(gate.teams.sre, sam, olga);
    await gate.double.webhooks.settled();
    held.release();
    await gate.check(first);

    const second = gate.kirosChange(EDIT);
    gate.world.review(second, sam, "APPROVED");

    expect(await gate.check(second)).toMatchObject({ conclusion: "action_required" });
    await gate.says(second, /@sam approved, but/);
  });

  row.each<readonly (readonly [string, (gate: Gate) => void])[]>([
    ["once", (gate) => gate.double.tokens.refuse(gate.installation)],
    [
      "for the write alone",
      (gate) => {
        gate.double.faults.refuse(writesCheck, 401, { times: 1 });
      },
    ],
    [
      "for the read alone",
      (gate) => {
        gate.double.faults.refuse(asksFor(/CountersignEvaluation/), 401, { times: 1 });
      },
    ],
  ])(
    "E31",
    "GitHub refuses a token that should still be good, when an owner refuses: %s",
    async (gate, _how, refuse) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, gate.people.sam, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      refuse(gate);

      gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No.");

      // Nothing waits: with the next token it goes on.
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /Refused by @olga/);
    },
  );

  clockedRow(
    "E31",
    "GitHub refuses every token: a handful of requests is all that it costs",
    async (gate, time) => {
      const pull = gate.kirosChange(EDIT);
      gate.world.review(pull, gate.people.sam, "APPROVED");
      await time.pass(5);
      gate.double.faults.refuse(({ operation }) => !operation.includes("access_tokens"), 401);
      const before = gate.double.requests.length;
      gate.world.review(pull, gate.people.olga, "CHANGES_REQUESTED", "No.");
      await gate.settle();

      // A read, a permission and the withdrawal, each with up to five tries of GitHub's library in as many seconds.
      expect(gate.double.requests.length - before).toBeLessThan(30);
      gate.double.faults.clear();
      await time.leap(3600);
      expect(gate.passes(pull)).toBe(false);
    },
  );
});

describe("The machine, killed between a write and its note", () => {
  // A process of its own, which alone can be killed.
  const killed = (number: string, situation: string, story: Parameters<typeof withProcessGate>[0]) =>
    row(number, situation, () => withProcessGate(story));

  killed(
    "E20",
    "a pass is written, the process dies before it notes that, and the approval is dismissed",
    async (gate) => {
      const { faults, world } = gate.double;
      const { olga } = gate.fixtures.people;
      const pull = gate.kirosChange("change");
      await gate.rest();
      const held = faults.hold(passesCheck, { times: 1 });
      const approval = world.review(pull, olga, "APPROVED");
      await held.asked();
      expect(gate.conclusionOf(pull)).toBe("success");
      await gate.app?.kill();
      held.release();
      // Nothing can be read after the restart, so that nothing but what was noted tells of the pass.
      faults.refuse(({ method, operation }) => method === "GET" && operation !== "GET /app", 502);
      faults.refuse(isEvaluation, 502);
      await gate.start();
      world.dismiss(pull, approval, olga, "not any more");
      // Nothing but time waits for a withdrawal: no job, and no answer about the pull request.
      await gate.until(() => gate.conclusionOf(pull) !== "success");
    },
  );
});
