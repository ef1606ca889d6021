import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { plain } from "../gate/plain.ts";
import { row } from "../gate/row.ts";
import type { MergeGroup } from "../github-double/world/model.ts";

/** The app's check on the commit of a merge group, as a reader sees it. */
async function groupCheck(gate: Gate, { headSha }: MergeGroup) {
  await gate.settle();
  const run = gate.repo.runs.findLast(({ suite }) => suite.sha === headSha);
  return { conclusion: run?.conclusion, title: run?.title, text: plain(run?.text ?? "") };
}

/** One pull request that needs nobody, and Kiro's, which Olga signed; both pass. */
async function twoThatPass(gate: Gate) {
  const { wes, olga } = gate.people;
  const human = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
  const kiros = gate.kirosChange({ "infra/production/main.tf": null });
  gate.world.review(kiros, olga, "APPROVED");
  expect((await gate.check(kiros))?.conclusion).toBe("success");
  return { human, kiros };
}

describe("The machine", () => {
  row(
    "E11",
    "a merge group is evaluated again for each of its pull requests and merges when all pass",
    async (gate) => {
      const { human, kiros } = await twoThatPass(gate);
      const group = gate.world.enqueue([human, kiros], gate.people.wes);
      expect(gate.world.land(group, gate.people.wes)).toMatchObject({
        status: 405,
        message: 'Required status check "countersign" is expected.',
      });

      const check = await groupCheck(gate, group);

      expect(check).toMatchObject({ conclusion: "success" });
      expect(check.text).toContain(
        `of pull requests ${human.number} and ${kiros.number}, each judged again; the strictest verdict is shown.`,
      );
      expect(gate.world.land(group, gate.people.wes).status).toBe(200);
      await gate.settle();
      expect(kiros.mergedAt).not.toBeNull();
    },
  );

  row(
    "E11",
    "an owner refuses a pull request that is already in the queue, so the group does not pass",
    async (gate) => {
      const { human, kiros } = await twoThatPass(gate);
      gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
      gate.world.review(kiros, gate.people.sam, "CHANGES_REQUESTED");

      const group = gate.world.enqueue([human, kiros], gate.people.wes);
      const check = await groupCheck(gate, group);

      expect(check).toMatchObject({
        conclusion: "action_required",
        title: `Pull request ${kiros.number}: Refused by @sam: infrastructure`,
      });
      expect(gate.world.land(group, gate.people.wes).message).toBe(
        'Required status check "countersign" is failing.',
      );
    },
  );

  row("E11", "a group behind another contains only its own pull requests", async (gate) => {
    const { human, kiros } = await twoThatPass(gate);
    const ahead = gate.world.enqueue([kiros], gate.people.wes);
    const behind = gate.world.enqueue([human], gate.people.wes);

    expect((await groupCheck(gate, ahead)).conclusion).toBe("success");
    const check = await groupCheck(gate, behind);

    expect(check.conclusion).toBe("success");
    expect(check.text).toContain(`of pull request ${human.number}, each judged again`);
  });

  row("E11", "the queue drops the group before it can be read: it does not pass", async (gate) => {
    const { human, kiros } = await twoThatPass(gate);
    gate.double.webhooks.pause();
    const group = gate.world.enqueue([human, kiros], gate.people.wes);
    gate.world.dequeue(kiros);
    gate.double.webhooks.resume();

    expect(await groupCheck(gate, group)).toMatchObject({
      conclusion: "failure",
      title: "Could not be evaluated: Could not determine which pull requests are in this merge group.",
    });
  });
});
