import { describe, expect } from "@jest/globals";
import { row as clockedRow } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";
import { metric } from "../gate/queue.ts";
import { row } from "../gate/row.ts";
import type { MergeOptions } from "../github-double/world/merging.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const MORE = { "infra/production/network.tf": "# wider\n" } as const;
const LABEL = "countersign-bypassed";
const HOUR = 3600;

/** Nothing holds a merge to the check. */
function unrequired(gate: Gate): void {
  gate.repo.rulesets.length = 0;
}

async function numbersOf({ webhookUrl }: Gate): Promise<string> {
  return (await fetch(new URL("/metrics", webhookUrl))).text();
}

/** How many changes of governed branches there were of each outcome; with `+` what the config allows. */
async function outcomesOf(gate: Gate): Promise<Readonly<Record<string, number>>> {
  await gate.settle();
  const lines = (await numbersOf(gate)).matchAll(
    /^countersign_changes\{outcome="([a-z-]+)",allowed="(yes|no)"\} (\d+)$/gm,
  );
  return Object.fromEntries(
    [...lines].map(([, outcome, allowed, count]) => [
      `${outcome}${allowed === "yes" ? "+" : ""}`,
      Number(count),
    ]),
  );
}

/** What the watch asked of GitHub while something was done. */
async function costOf(gate: Gate, act: () => unknown): Promise<number> {
  const read = async () => metric(await numbersOf(gate), "countersign_job_requests_sum", '{kind="watch"}');
  await gate.settle();
  const before = await read();
  await act();
  await gate.settle();
  return (await read()) - before;
}

/** Kiro's change, which Olga signed. */
async function signed(
  gate: Gate,
  changes: Readonly<Record<string, string>> = EDIT,
  base = "main",
): Promise<Pull> {
  const pull = gate.kirosChange(changes, { base });
  await gate.settle();
  gate.world.review(pull, gate.people.olga, "APPROVED");
  await gate.settle();
  expect(gate.passes(pull)).toBe(true);
  return pull;
}

/** Another commit comes into the branch, so that what is merged next is a commit of its own. */
function moveOn(gate: Gate, branch = "main"): void {
  gate.world.push(gate.repo, branch, [gate.humanCommit(gate.people.wes)], gate.people.wes);
}

const commentsOn = ({ comments }: Pull) => comments.map(({ body }) => body);

describe("Merged although blocked", () => {
  row.each<readonly (readonly [string, (gate: Gate) => Account])[]>([
    [
      "nothing requires it",
      (gate) => {
        unrequired(gate);
        return gate.people.olga;
      },
    ],
    [
      "an administrator bypasses the rules",
      (gate) => {
        gate.repo.rulesets.length = 0;
        const requiredChecks = [{ context: "countersign", integrationId: 4711 }];
        gate.world.ruleset(gate.repo, {
          branches: ["~DEFAULT_BRANCH"],
          ...{ requiredChecks, bypass: [gate.people.olga] },
        });
        return gate.people.olga;
      },
    ],
  ])("E12", "a red check: recorded, labelled and commented on: %s", async (gate, _how, merger) => {
    const by = merger(gate);
    const pull = gate.kirosChange(EDIT);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

    expect(gate.world.merge(pull, by).status).toBe(200);

    expect(await outcomesOf(gate)).toEqual({ red: 1 });
    expect(metric(await numbersOf(gate), "countersign_bypasses", "")).toBe(1);
    expect(gate.labelsOf(pull)).toContain(LABEL);
    expect(commentsOn(pull)).toEqual([
      expect.stringMatching(
        /Merged past Countersign[\s\S]*`olga` merged `[0-9a-f]{7}` into main on .* check did not pass/,
      ),
    ]);
  });

  row.each<readonly (readonly [string, MergeOptions])[]>([
    ["as a merge", { method: "merge" }],
    ["by a squash", { method: "squash" }],
    ["by a rebase", { method: "rebase" }],
  ])("E12", "a signed change is let through, for two requests: %s", async (gate, _how, options) => {
    const pull = await signed(gate);
    moveOn(gate);
    const before = await outcomesOf(gate);

    const cost = await costOf(gate, () => gate.world.merge(pull, gate.people.kira, options));

    expect(await outcomesOf(gate)).toEqual({ "let-through": (before["let-through"] ?? 0) + 1 });
    expect(cost).toBeLessThanOrEqual(2);
    expect(gate.labelsOf(pull)).not.toContain(LABEL);
    expect(commentsOn(pull)).toEqual([]);
  });

  row(
    "E12",
    "merged before there was a check: an agent's is a bypass, a person's would have passed",
    async (gate) => {
      unrequired(gate);
      const { webhooks } = gate.double;
      webhooks.pause();
      const agents = gate.kirosChange(EDIT);
      gate.world.merge(agents, gate.people.kira);
      const { wes } = gate.people;
      const persons = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
      gate.world.merge(persons, gate.people.kira);
      webhooks.resume();

      expect(await outcomesOf(gate)).toEqual({ "no-check": 1, "let-through": 1 });
      expect(gate.labelsOf(agents)).toContain(LABEL);
      expect(gate.labelsOf(persons)).not.toContain(LABEL);
    },
  );

  row.each<readonly (readonly [string, Readonly<Record<string, string>>])[]>([
    ["a config that only observes", { ".github/countersign.yml": "mode: observe\n" }],
    ["a config that governs nothing", { ".github/countersign.yml": "branches: [nothing]\n" }],
    ["owners who have signed it", { CODEOWNERS: "* @mallory\n" }],
  ])(
    "E12",
    "merged before there was a check, with the rules that would let it through: %s",
    async (gate, _which, rules) => {
      unrequired(gate);
      const { webhooks } = gate.double;
      webhooks.pause();
      const pull = gate.kirosChange({ ...EDIT, ...rules });
      gate.world.review(pull, gate.people.mallory, "APPROVED");
      gate.world.merge(pull, gate.people.kira);
      webhooks.resume();

      expect(await outcomesOf(gate)).toEqual({ "no-check": 1 });
    },
  );

  clockedRow("E12", "signed only after it was merged, before there was a check", async (gate, time) => {
    unrequired(gate);
    const { webhooks } = gate.double;
    webhooks.pause();
    const pull = gate.kirosChange(EDIT);
    gate.world.merge(pull, gate.people.kira);
    await time.pass(2);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    webhooks.resume();
    await time.pass(5);

    expect(await outcomesOf(gate)).toEqual({ "no-check": 1 });
  });

  row(
    "E12",
    "the news that ends a pass comes after the merge: it was green then, and nobody is alarmed",
    async (gate) => {
      const pull = await signed(gate);
      const { webhooks } = gate.double;
      webhooks.pause();
      const [review] = pull.reviews;
      if (review === undefined) throw new Error("nobody signed");
      gate.world.dismiss(pull, review, gate.people.sam, "not yet");
      gate.world.merge(pull, gate.people.kira);
      webhooks.resume();

      expect(await outcomesOf(gate)).toEqual({ "turned-red-after": 1 });
      expect(gate.labelsOf(pull)).not.toContain(LABEL);
    },
  );

  row(
    "E12",
    "accounts that the config lists are recorded and nobody is alarmed, by id once they are known",
    async (gate) => {
      unrequired(gate);
      gate.configure("bypass: { allowed: [{ account: Mallory, reason: Night shift. }] }\n");
      await gate.settle();
      const { mallory, wes } = gate.people;
      const pull = gate.kirosChange(EDIT);
      await gate.settle();
      gate.world.merge(pull, mallory);
      expect(await outcomesOf(gate)).toMatchObject({ "red+": 1 });
      expect(gate.labelsOf(pull)).not.toContain(LABEL);

      gate.world.renameAccount(mallory, "mallory-2");
      gate.world.renameAccount(wes, "mallory");
      const others = gate.kirosChange(MORE);
      await gate.settle();
      gate.world.merge(others, wes);

      expect(await outcomesOf(gate)).toMatchObject({ "red+": 1, red: 1 });
      expect(gate.labelsOf(others)).toContain(LABEL);
    },
  );

  row("E12", "whoever merges may not allow it to themselves: the config of before decides", async (gate) => {
    unrequired(gate);
    const { kiro } = gate.bots;
    const config =
      "branches: [nothing]\nbypass: { allowed: [{ account: 'kiro-agent[bot]', reason: Mine. }] }\n";
    const commit = {
      author: kiro,
      message: "Update",
      changes: { ".github/countersign.yml": config, ...EDIT },
    };

    gate.world.push(gate.repo, "main", [commit], kiro);

    expect(await outcomesOf(gate)).toEqual({ "no-pull-request": 1 });
  });

  clockedRow(
    "E12",
    "two people let it through: it is no bypass, and the ledger tells it apart",
    async (gate, time) => {
      gate.configure('override: { by: ["@acme/web", "@acme/data"] }\n');
      await gate.settle();
      const before = await outcomesOf(gate);
      const pull = gate.kirosChange(EDIT);
      await time.pass(5);
      for (const by of [gate.people.wes, gate.people.dana]) {
        gate.world.comment(pull, by, `/countersign override ${pull.headSha.slice(0, 12)} The shop is down`);
        await time.pass(5);
      }
      expect(gate.passes(pull)).toBe(true);

      gate.world.merge(pull, gate.people.kira);
      await time.pass(5);

      expect(await outcomesOf(gate)).toEqual({ ...before, overridden: 1 });
      expect(gate.labelsOf(pull)).not.toContain(LABEL);
    },
  );

  clockedRow(
    "E12",
    "two people let a pull request through, and its change comes without it",
    async (gate, time) => {
      unrequired(gate);
      gate.configure('override: { by: ["@acme/web", "@acme/data"] }\n');
      await gate.settle();
      const pull = gate.kirosChange(EDIT);
      await time.pass(5);
      for (const by of [gate.people.wes, gate.people.dana]) {
        gate.world.comment(pull, by, `/countersign override ${pull.headSha.slice(0, 12)} The shop is down`);
        await time.pass(5);
      }
      expect(gate.passes(pull)).toBe(true);

      gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.people.wes);
      await time.pass(5);

      // Nobody would be asked to accept afterwards what is not the pull request's.
      expect(await outcomesOf(gate)).toMatchObject({ "no-pull-request": 1 });
    },
  );

  row.each<readonly (readonly [string, (gate: Gate) => unknown])[]>([
    [
      "a red pull request",
      async (gate) => {
        const pull = gate.kirosChange(EDIT);
        await gate.settle();
        gate.world.merge(pull, gate.people.wes);
      },
    ],
    [
      "without a pull request",
      (gate) => gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.bots.kiro),
    ],
  ])("E12", "the owners who were passed over are asked by an issue, once: %s", async (gate, _what, pass) => {
    unrequired(gate);
    gate.configure("bypass: { follow-up: issue }\n");
    await gate.settle();
    await pass(gate);
    await gate.settle();
    const asked = [...gate.repo.issues.values()];
    expect(asked.map(({ state, body }) => [state, body ?? ""])).toEqual([
      ["open", expect.stringMatching(/infrastructure: .*acme\/sre/)],
    ]);

    const arrived = gate.double.webhooks.deliveries.filter(({ event }) => event === "push");
    for (const { id } of arrived) gate.double.webhooks.redeliver(id);
    await gate.settle();

    expect(gate.repo.issues.size).toBe(asked.length);
  });

  row("E12", "GitHub does not let the App label or comment: it is recorded all the same", async (gate) => {
    unrequired(gate);
    const pull = gate.kirosChange(EDIT);
    await gate.settle();
    gate.double.faults.refuse(({ path, method }) => method === "POST" && path.endsWith("/labels"), 403);

    gate.world.merge(pull, gate.people.olga);

    expect(await outcomesOf(gate)).toEqual({ red: 1 });
  });
});

describe("Changed without a pull request", () => {
  row.each<readonly (readonly [string, (gate: Gate) => void, string])[]>([
    ["a person outside production", (gate) => moveOn(gate), "let-through"],
    [
      "an agent in production",
      (gate) => void gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.bots.kiro),
      "no-pull-request",
    ],
    [
      "a person, an agent's commit in production, with others",
      (gate) => {
        const { wes } = gate.people;
        const commits = [
          gate.humanCommit(wes),
          gate.kirosCommit(EDIT),
          gate.humanCommit(wes, { "a.md": "a\n" }),
        ];
        gate.world.push(gate.repo, "main", commits, wes);
      },
      "no-pull-request",
    ],
    [
      "an agent outside production",
      (gate) =>
        void gate.world.push(gate.repo, "main", [gate.kirosCommit({ "a.md": "a\n" })], gate.bots.kiro),
      "let-through",
    ],
  ])("E12", "pushed to the default branch without a pull request: %s", async (gate, _who, push, outcome) => {
    unrequired(gate);
    push(gate);
    expect(await outcomesOf(gate)).toEqual({ [outcome]: 1 });
  });

  row("E12", "a push that nothing let in is judged once, and costs what one judging does", async (gate) => {
    unrequired(gate);
    const { kiro } = gate.bots;
    const push = () => gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], kiro);
    // Its moves, the comparison, its commits and rules, modes, contents, and whether a pull request brought it.
    expect(await costOf(gate, push)).toBeLessThanOrEqual(6);
    const before = await outcomesOf(gate);
    for (const delivery of gate.double.webhooks.deliveries.filter(({ event }) => event === "push"))
      gate.double.webhooks.redeliver(delivery.id);
    expect(await outcomesOf(gate)).toEqual(before);
  });

  row("E12", "a branch that is not governed costs nothing", async (gate) => {
    gate.world.branch(gate.repo, "work", "main");
    expect(await costOf(gate, () => moveOn(gate, "work"))).toBe(0);
    expect(await outcomesOf(gate)).toEqual({});
  });

  row("E12", "an agent pushes and takes it back by force: both are moves", async (gate) => {
    unrequired(gate);
    const { kiro } = gate.bots;
    const before = gate.world.tip(gate.repo, "main");
    gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], kiro);
    gate.world.forcePush(gate.repo, "main", before, kiro);

    expect(await outcomesOf(gate)).toEqual({ "no-pull-request": 2 });
  });

  row.each<readonly (readonly [string, (gate: Gate, pull: Pull) => void])[]>([
    [
      "pushed as it is",
      (gate, pull) => gate.world.forcePush(gate.repo, "main", pull.headSha, gate.people.wes),
    ],
    [
      "merged",
      (gate, pull) => {
        moveOn(gate);
        const { wes } = gate.people;
        const spec = { author: wes, message: "Merge it", mergeFrom: pull.headSha };
        gate.world.push(gate.repo, "main", [spec], wes);
      },
    ],
    [
      "squashed",
      (gate) => {
        moveOn(gate);
        gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.people.wes);
      },
    ],
  ])(
    "E12",
    "a signed head that somebody merges on their own machine counts by its content: %s",
    async (gate, _how, push) => {
      unrequired(gate);
      const pull = await signed(gate);
      push(gate, pull);

      const { "let-through": letThrough, ...others } = await outcomesOf(gate);

      expect(letThrough).toBeGreaterThan(0);
      expect(others).toEqual({});
      expect(gate.labelsOf(pull)).not.toContain(LABEL);
    },
  );

  row(
    "E12",
    "a signed change counts once: taken back and pushed again, nobody has signed it",
    async (gate) => {
      unrequired(gate);
      const pull = await signed(gate);
      const before = gate.repo.objects.commitAt(gate.world.tip(gate.repo, "main")).sha;
      gate.world.merge(pull, gate.people.kira, { method: "squash" });
      await gate.settle();
      gate.world.forcePush(gate.repo, "main", before, gate.people.olga);
      await gate.settle();
      gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.people.wes);

      expect(await outcomesOf(gate)).toEqual({ "let-through": 2, "no-pull-request": 1 });
    },
  );

  row(
    "E12",
    "a signed head is merged by hand, and more comes with it: found, on its pull request",
    async (gate) => {
      unrequired(gate);
      const pull = await signed(gate);
      const { wes } = gate.people;
      const spec = { author: gate.bots.kiro, message: "Merge it", mergeFrom: pull.headSha, changes: MORE };
      gate.world.push(gate.repo, "main", [spec], wes);

      expect(await outcomesOf(gate)).toEqual({ "no-check": 1 });
      expect(gate.labelsOf(pull)).toContain(LABEL);
    },
  );

  clockedRow.each<readonly (readonly [string, (gate: Gate, pull: Pull) => void])[]>([
    [
      "pushed as it is",
      (gate, pull) => gate.world.forcePush(gate.repo, "main", pull.headSha, gate.people.wes),
    ],
    [
      "merged",
      (gate, pull) => {
        const { wes } = gate.people;
        gate.world.push(
          gate.repo,
          "main",
          [{ author: wes, message: "Merge it", mergeFrom: pull.headSha }],
          wes,
        );
      },
    ],
  ])(
    "E12",
    "an owner refused a head, and its commits alone would pass: %s",
    async (gate, time, _how, push) => {
      unrequired(gate);
      const pull = gate.kirosChange({ "app/cart.ts": "export const cart = [2];\n" });
      await time.pass(5);
      gate.world.review(pull, gate.people.wes, "CHANGES_REQUESTED");
      await time.pass(5);
      expect(gate.shown(pull)).toMatchObject({ conclusion: "action_required" });

      push(gate, pull);
      await time.pass(5);

      expect(await outcomesOf(gate)).toEqual({ red: 1 });
      expect(gate.labelsOf(pull)).toContain(LABEL);
    },
  );

  row(
    "E12",
    "a head is pushed of which only its pull request's text tells that an AI wrote it",
    async (gate) => {
      unrequired(gate);
      const { kira } = gate.people;
      const body = "Generated with [Claude Code](https://claude.ai/code)";
      const pull = gate.openPull({ author: kira, commits: [gate.humanCommit(kira, EDIT)], body });
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });

      gate.world.forcePush(gate.repo, "main", pull.headSha, kira);

      expect(await outcomesOf(gate)).toEqual({ red: 1 });
    },
  );

  row("E12", "a red head is merged by hand", async (gate) => {
    unrequired(gate);
    const pull = gate.kirosChange(EDIT);
    await gate.settle();
    gate.world.forcePush(gate.repo, "main", pull.headSha, gate.people.wes);

    expect(await outcomesOf(gate)).toEqual({ red: 1 });
    expect(gate.labelsOf(pull)).toContain(LABEL);
  });

  row("E12", "a signed head is pushed, taken back and pushed again: it counts once", async (gate) => {
    unrequired(gate);
    const pull = await signed(gate);
    const before = gate.world.tip(gate.repo, "main");
    const { olga, wes } = gate.people;
    for (const [to, by] of [
      [pull.headSha, wes],
      [before, olga],
      [pull.headSha, wes],
    ] as const) {
      gate.world.forcePush(gate.repo, "main", to, by);
      await gate.settle();
    }

    // Whether the check of then stood is a matter of seconds.
    const { "let-through": letThrough, ...others } = await outcomesOf(gate);
    expect([letThrough, Object.values(others)]).toEqual([2, [1]]);
  });

  row("E12", "the signed part of a stack is pushed, with the unsigned part below it", async (gate) => {
    unrequired(gate);
    const lower = gate.kirosChange(EDIT);
    const upper = gate.kirosChange(MORE, { base: lower.headRef });
    gate.world.stack([lower, upper], gate.people.kira);
    await gate.settle();
    gate.world.review(upper, gate.people.olga, "APPROVED");
    await gate.settle();
    expect([lower, upper].map((pull) => gate.passes(pull))).toEqual([false, true]);

    gate.world.forcePush(gate.repo, "main", upper.headSha, gate.people.wes);

    expect(await outcomesOf(gate)).not.toHaveProperty("let-through");
  });

  row(
    "E12",
    "a bypass is taken back, and a signed head built on it pushed at once: it is back",
    async (gate) => {
      unrequired(gate);
      const { olga, wes } = gate.people;
      const before = gate.world.tip(gate.repo, "main");
      gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.bots.kiro);
      const pull = await signed(gate, MORE);
      const { webhooks } = gate.double;
      webhooks.pause();
      gate.world.forcePush(gate.repo, "main", before, olga);
      gate.world.forcePush(gate.repo, "main", pull.headSha, wes);
      webhooks.resume();

      const outcomes = await outcomesOf(gate);
      expect(outcomes["let-through"] ?? 0).toBeLessThan(2);
      expect(gate.labelsOf(pull)).toContain(LABEL);
    },
  );
});

describe("Branches that become governed, or come and go", () => {
  const both = "branches: [main, develop, 'release/*']\n";

  row.each<readonly (readonly [string, (gate: Gate) => void])[]>([
    ["by the config", (gate) => gate.configure(both)],
    [
      "by another default branch",
      (gate) => gate.world.setDefaultBranch(gate.repo, "develop", gate.people.olga),
    ],
  ])(
    "E12",
    "an agent's work in a branch that nobody governs, which is governed then: %s",
    async (gate, _how, govern) => {
      unrequired(gate);
      gate.world.branch(gate.repo, "develop", "main");
      const pull = gate.kirosChange(EDIT, { base: "develop" });
      await gate.settle();
      gate.world.merge(pull, gate.people.kira, { method: "squash", message: "Shrinks it." });
      expect(await outcomesOf(gate)).toEqual({});

      govern(gate);

      expect(await outcomesOf(gate)).toMatchObject({ "no-check": 1 });
      expect(gate.labelsOf(pull)).toContain(LABEL);
    },
  );

  row(
    "E12",
    "a governed branch is made: of the default branch it is nobody's work, of an agent's it is",
    async (gate) => {
      unrequired(gate);
      gate.configure(both);
      const pull = gate.kirosChange(EDIT);
      const before = await outcomesOf(gate);
      gate.world.createBranch(gate.repo, "release/1", "main", gate.people.wes);
      expect(await outcomesOf(gate)).toEqual(before);

      gate.world.createBranch(gate.repo, "release/2", pull.headSha, gate.people.wes);

      expect(await outcomesOf(gate)).toEqual({ ...before, "no-pull-request": 1 });
    },
  );

  row("E12", "a governed branch is deleted and made again with more", async (gate) => {
    unrequired(gate);
    gate.configure(both);
    await gate.settle();
    gate.world.createBranch(gate.repo, "release/1", "main", gate.people.wes);
    const before = await outcomesOf(gate);
    const pull = gate.kirosChange(EDIT);
    gate.world.deleteBranch(gate.repo, "release/1", gate.people.wes);
    gate.world.createBranch(gate.repo, "release/1", "main", gate.people.wes);
    expect(await outcomesOf(gate)).toEqual(before);
    gate.world.deleteBranch(gate.repo, "release/1", gate.people.wes);
    gate.world.createBranch(gate.repo, "release/1", pull.headSha, gate.people.wes);

    expect(await outcomesOf(gate)).toEqual({ ...before, "no-pull-request": 1 });
  });

  row(
    "E12",
    "a branch is taken out of the config and comes back: it goes on where it was judged last",
    async (gate) => {
      unrequired(gate);
      gate.world.branch(gate.repo, "develop", "main");
      gate.configure(both);
      await gate.settle();
      gate.configure("branches: [main]\n");
      await gate.settle();
      gate.world.push(gate.repo, "develop", [gate.kirosCommit(EDIT)], gate.bots.kiro);
      const before = await outcomesOf(gate);
      expect(before["no-pull-request"]).toBeUndefined();

      gate.configure(both);

      expect(await outcomesOf(gate)).toMatchObject({ "no-pull-request": 1 });
    },
  );
});

describe("A merge queue", () => {
  row("E12", "groups that passed are let through, with one request", async (gate) => {
    const { wes } = gate.people;
    const first = await signed(gate);
    const second = await signed(gate, MORE);
    const groups = [gate.world.enqueue([first], wes), gate.world.enqueue([second], wes)];
    await gate.settle();
    const last = groups.at(-1);
    if (last === undefined) throw new Error("there is no group");

    const cost = await costOf(gate, () => gate.world.land(last, wes));

    expect(await outcomesOf(gate)).toEqual({ "let-through": 1 });
    expect(cost).toBe(1);
  });

  row("E12", "a group lands before it has passed: each of its pull requests is marked", async (gate) => {
    const { wes } = gate.people;
    const [first, second] = [await signed(gate), await signed(gate, MORE)];
    unrequired(gate);
    gate.double.webhooks.drop(({ event }) => event === "merge_group");
    const group = gate.world.enqueue([first, second], wes);

    gate.world.land(group, wes);

    expect(await outcomesOf(gate)).toEqual({ "no-check": 2 });
    for (const pull of [first, second]) expect(gate.labelsOf(pull)).toContain(LABEL);
  });

  clockedRow(
    "E12",
    "a group is given up, its signature withdrawn, and its commit pushed by hand",
    async (gate, time) => {
      const pull = await signed(gate);
      const group = gate.world.enqueue([pull], gate.people.wes);
      await time.pass(5);
      gate.world.dequeue(pull);
      await time.pass(5);
      const [review] = pull.reviews;
      if (review === undefined) throw new Error("nobody signed");
      gate.world.dismiss(pull, review, gate.people.sam, "not yet");
      await time.pass(5);
      unrequired(gate);

      gate.world.forcePush(gate.repo, "main", group.headSha, gate.people.wes);
      await time.pass(5);

      expect(await outcomesOf(gate)).not.toHaveProperty("let-through");
    },
  );
});

describe("News that does not arrive", () => {
  clockedRow("E12", "what a webhook tells of is marked within a minute", async (gate, time) => {
    unrequired(gate);
    const pull = gate.kirosChange(EDIT);
    await time.pass(5);
    gate.world.merge(pull, gate.people.olga);
    expect(await time.pass(60, () => gate.labelsOf(pull).includes(LABEL))).toBeLessThan(60);
  });

  clockedRow(
    "E12",
    "a merge and a push of which nothing was heard are found within the hour, each once",
    async (gate, time) => {
      unrequired(gate);
      const pull = gate.kirosChange(EDIT);
      await time.pass(5);
      const arrive = gate.double.webhooks.drop(() => true);
      gate.world.merge(pull, gate.people.olga);
      const { kiro } = gate.bots;
      gate.world.push(gate.repo, "main", [gate.kirosCommit(MORE)], kiro);
      await time.pass(5);
      expect(await outcomesOf(gate)).toEqual({});
      // Not even when it is asked for once more.
      gate.double.faults.emptyList(({ path }) => path.endsWith("/app/hook/deliveries"));
      arrive();

      await time.leap(HOUR);
      await time.pass(5);
      expect(await outcomesOf(gate)).toEqual({ red: 1, "no-pull-request": 1 });
      expect(gate.labelsOf(pull)).toContain(LABEL);

      await time.leap(HOUR);
      await time.pass(5);
      expect(await outcomesOf(gate)).toEqual({ red: 1, "no-pull-request": 1 });
    },
  );

  clockedRow(
    "E12",
    "how long nobody has looked is told, and a suspended installation goes on where it was",
    async (gate, time) => {
      unrequired(gate);
      const swept = async () => metric(await numbersOf(gate), "countersign_watch_swept_seconds", "");
      await time.leap(HOUR);
      await time.pass(2);
      expect(await swept()).toBeLessThan(10);
      gate.world.suspend(gate.installation, gate.people.olga);
      gate.world.push(gate.repo, "main", [gate.kirosCommit(EDIT)], gate.bots.kiro);
      await time.leap(HOUR);
      expect(await outcomesOf(gate)).toEqual({});

      gate.world.unsuspend(gate.installation, gate.people.olga);
      await time.leap(HOUR);
      await time.pass(5);

      expect(await outcomesOf(gate)).toEqual({ "no-pull-request": 1 });
    },
  );
});

describe("What outsiders do", () => {
  row(
    "E12",
    "a stranger opens what is signed once more, from a fork and into the same branch: no bypass of it",
    async (gate) => {
      const { eve, fork } = await gate.outsider();
      const pull = await signed(gate);
      gate.openAgain(pull, { author: eve, headRepo: fork, head: "eves", base: "main" });
      await gate.settle();

      expect(gate.world.merge(pull, gate.people.kira).status).toBe(200);

      // GitHub says of both that they are merged.
      expect(await outcomesOf(gate)).toEqual({ "let-through": 2 });
      expect(gate.labelsOf(pull)).not.toContain(LABEL);
    },
  );

  row.each<readonly (readonly [string, "signed" | "red", Readonly<Record<string, number>>])[]>([
    ["it is signed: no bypass", "signed", { "let-through": 1 }],
    ["it is not: one bypass", "red", { red: 1 }],
  ])("E12", "a stranger opens a part of what is merged: %s", async (gate, _what, which, outcomes) => {
    unrequired(gate);
    const { kira, olga } = gate.people;
    const { eve, fork } = await gate.outsider();
    const pull = gate.kirosChange(EDIT);
    const sha = pull.headSha;
    gate.pushTo(pull, { author: gate.bots.kiro, changes: MORE });
    await gate.settle();
    if (which === "signed") gate.world.review(pull, olga, "APPROVED");
    gate.openAgain(pull, { sha, author: eve, headRepo: fork, head: "eves", base: "main" });
    await gate.settle();

    expect(gate.world.merge(pull, kira).status).toBe(200);

    expect(await outcomesOf(gate)).toEqual(outcomes);
  });

  row("E12", "what is merged past the check holds something that is signed: it is a bypass", async (gate) => {
    unrequired(gate);
    const inner = await signed(gate);
    const outer = gate.openAgain(inner, { author: gate.bots.kiro });
    gate.pushTo(outer, { author: gate.bots.kiro, changes: MORE });
    await gate.settle();

    gate.world.merge(outer, gate.people.kira);

    expect(await outcomesOf(gate)).toEqual({ red: 1 });
    expect(gate.labelsOf(outer)).toContain(LABEL);
    expect(gate.labelsOf(inner)).not.toContain(LABEL);
  });

  row(
    "E12",
    "a stranger's pushes to a fork, comments and reviews are no changes of a governed branch",
    async (gate) => {
      const { eve, fork } = await gate.outsider();
      gate.world.push(fork, "main", [gate.humanCommit(eve)], eve);
      const pull = gate.openPull({
        author: eve,
        headRepo: fork,
        head: "main",
        commits: [gate.humanCommit(eve)],
      });
      gate.world.comment(pull, eve, "/countersign override");
      expect(await outcomesOf(gate)).toEqual({});
    },
  );
});
