import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { SeenRequest } from "../github-double/faults.ts";
import type { Pull } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const BRANCHES = ["version: 1", 'branches: [main, "release/*"]'];

/** Kiro's change, signed by Sam, and Wes's own. */
async function ready(gate: Gate, config: readonly string[] = BRANCHES) {
  const { sam, wes } = gate.people;
  gate.configure(config.join("\n"));
  const kiros = gate.kirosChange(EDIT);
  gate.world.review(kiros, sam, "APPROVED");
  const human = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
  await gate.settle();
  return { kiros, human };
}

/** Both in one group that passes. */
async function queued(gate: Gate, config?: readonly string[]) {
  const { kiros, human } = await ready(gate, config);
  const group = gate.world.enqueue([kiros, human], gate.people.wes);
  await gate.settle();
  expect(gate.passes(group)).toBe(true);
  return { kiros, human, group };
}

/** Mallory makes a branch that holds Kiro's change already, and opens the group's commit into it. */
function openInto(
  gate: Gate,
  { kiros, group }: Pick<Awaited<ReturnType<typeof queued>>, "kiros" | "group">,
  from = kiros.headSha,
) {
  const { mallory } = gate.people;
  gate.world.createBranch(gate.repo, "release/lax", from, mallory);
  return gate.openAgain(kiros, { author: mallory, base: "release/lax", sha: group.headSha });
}

const isEvaluation = ({ operation, body }: SeenRequest): boolean =>
  operation === "POST /graphql" && JSON.stringify(body).includes("CountersignEvaluation");

function press(gate: Gate, { headSha }: Pick<Pull, "headSha">): void {
  const run = gate.repo.runs.findLast(({ suite }) => suite.sha === headSha);
  if (run) gate.world.rerequest(run, gate.people.wes);
}

describe("The machine, with a merge group's commit opened as a pull request", () => {
  row("C05", "a group that was refused, into a branch where there is nothing to sign", async (gate) => {
    const all = await queued(gate);
    gate.world.review(all.kiros, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    const opened = openInto(gate, all);
    await gate.settle();

    expect(gate.passes(all.group)).toBe(false);
    await gate.says(all.group, /@olga/);
    expect(gate.world.land(all.group, gate.people.wes).status).toBe(405);

    gate.world.close(opened, gate.people.mallory);
    gate.world.review(all.kiros, gate.people.olga, "APPROVED");
    await gate.settle();
    expect(gate.passes(all.group)).toBe(true);
  });

  row("C05", "a group that passes, into a branch where it has to be signed", async (gate) => {
    const all = await queued(gate);

    const opened = openInto(gate, all, gate.world.tip(gate.repo, "main"));
    await gate.settle();

    expect(gate.passes(opened)).toBe(false);
    await gate.says(opened, "Needs @acme/sre: infrastructure");
    expect(gate.world.land(all.group, gate.people.wes).status).toBe(405);
  });

  row("C05", "a group that is not judged yet, into a branch where it has to be signed", async (gate) => {
    const { kiros, human } = await ready(gate);
    gate.double.webhooks.pause();
    const group = gate.world.enqueue([human, kiros], gate.people.wes);
    const opened = openInto(gate, { kiros, group }, gate.world.tip(gate.repo, "main"));
    gate.double.webhooks.resume();
    await gate.settle();

    expect(gate.passes(opened)).toBe(false);
    await gate.says(opened, "Needs @acme/sre: infrastructure");
  });

  row("C05", "the group's check of a branch pattern", async (gate) => {
    const all = await queued(gate, [...BRANCHES, "checks: per-pattern"]);
    gate.world.review(all.kiros, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    openInto(gate, all);
    await gate.settle();

    const runs = gate.repo.runs.filter(({ suite }) => suite.sha === all.group.headSha);
    const named = new Map(runs.map((run) => [run.name, run.conclusion]));
    expect(named.get("countersign")).toBe("action_required");
    expect(named.get("countersign (main)")).toBe("action_required");
    expect([...named.values()]).not.toContain("success");
  });

  row(
    "E32",
    "the news that a group was merged is lost, and its branch is opened into another",
    async (gate) => {
      const all = await queued(gate);
      gate.world.createBranch(gate.repo, "release/next", gate.world.tip(gate.repo, "main"), gate.people.wes);
      const heard = gate.double.webhooks.drop(({ event }) => event === "merge_group");
      expect(gate.world.land(all.group, gate.people.wes).status).toBe(200);
      await gate.settle();
      heard();
      const pull = gate.openAgain(all.kiros, {
        ...{ author: gate.people.wes, base: "release/next", head: "main", sha: all.group.headSha },
      });
      await gate.says(pull, "Needs @acme/sre: infrastructure");

      gate.world.review(pull, gate.people.sam, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    },
  );

  row("E17", "a group that passed is judged again, and its pull requests cannot be read", async (gate) => {
    const all = await queued(gate);
    gate.double.faults.refuse(isEvaluation, 502);

    press(gate, all.group);
    await gate.settle();

    expect(gate.passes(all.group)).toBe(false);
  });

  row("E17", "a group that passed is judged again, and one pull request tells too little", async (gate) => {
    const all = await queued(gate);
    gate.world.misreportFiles(all.kiros, { restCount: 4, graphqlCount: 4 });

    press(gate, all.group);
    await gate.settle();

    expect(gate.passes(all.group)).toBe(false);
  });

  row("E17", "the news is lost that a group may pass again, and its check is re-run", async (gate) => {
    const all = await queued(gate);
    gate.world.review(all.kiros, gate.people.olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();
    expect(gate.passes(all.group)).toBe(false);
    const heard = gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
    gate.world.review(all.kiros, gate.people.olga, "APPROVED");
    heard();

    press(gate, all.group);
    await gate.settle();

    expect(gate.passes(all.group)).toBe(true);
  });
});
