import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { MergeGroup, Pull, Review } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

interface Queued {
  readonly gate: Gate;
  readonly kiros: Pull;
  readonly approval: Review;
  readonly group: MergeGroup;
}

/** Kiro's change, signed by Sam, in a group that passes. */
async function queued(gate: Gate): Promise<Queued> {
  const kiros = gate.kirosChange(EDIT);
  const approval = gate.world.review(kiros, gate.people.sam, "APPROVED");
  expect(await gate.check(kiros)).toMatchObject({ conclusion: "success" });
  const group = gate.world.enqueue([kiros], gate.people.wes);
  await gate.settle();
  expect(gate.passes(group)).toBe(true);
  return { gate, kiros, approval, group };
}

/** What happens after the group has passed, and words that the group's check then says. */
type Doubts = readonly (readonly [string, (queued: Queued) => void, RegExp])[];

const DOUBTS: Doubts = [
  [
    "an owner refuses",
    ({ gate, kiros }) => gate.world.review(kiros, gate.people.olga, "CHANGES_REQUESTED", "No."),
    /@olga/,
  ],
  [
    "who signed refuses",
    ({ gate, kiros }) => gate.world.review(kiros, gate.people.sam, "CHANGES_REQUESTED", "No."),
    /@sam/,
  ],
  [
    "the approval is dismissed",
    ({ gate, kiros, approval }) => gate.world.dismiss(kiros, approval, gate.people.olga, "not any more"),
    /@acme\/sre/,
  ],
  [
    "who signed approves once more, and that is dismissed",
    ({ gate, kiros }) => {
      const { sam, olga } = gate.people;
      gate.world.dismiss(kiros, gate.world.review(kiros, sam, "APPROVED"), olga, "not any more");
    },
    /@acme\/sre/,
  ],
  [
    "who signed leaves the team",
    ({ gate }) => gate.world.removeFromTeam(gate.teams.sre, gate.people.sam, gate.people.olga),
    /@sam/,
  ],
  [
    "who signed leaves the organization",
    ({ gate }) => gate.world.removeFromOrg(gate.org, gate.people.sam, gate.people.olga),
    /@sam/,
  ],
  [
    "the team loses write access",
    ({ gate }) => gate.world.permission(gate.repo, gate.teams.sre, "read", gate.people.olga),
    /@acme\/sre/,
  ],
  [
    "the config asks for a second signature",
    ({ gate }) =>
      gate.configure("version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n"),
    /1 of 2/,
  ],
  [
    "CODEOWNERS names another team",
    ({ gate }) =>
      gate.world.setFile(gate.repo, "main", "CODEOWNERS", "/infra/ @acme/data\n", gate.people.olga),
    /@acme\/data/,
  ],
  [
    "the organization sets a floor",
    ({ gate }) => {
      const floor = gate.world.repository(gate.org, ".github", { files: {} });
      const text = "version: 1\nproduction: [{ name: infrastructure, countersignatures: 2 }]\n";
      gate.world.setFile(floor, "main", ".github/countersign.yml", text, gate.people.olga);
    },
    /1 of 2/,
  ],
];

describe("The machine, with a merge queue in doubt", () => {
  row.each(DOUBTS)(
    "E17",
    "a merge group has passed, and what its pass rests on changes: %s",
    async (gate, _what, doubt, words) => {
      const all = await queued(gate);
      const before = gate.double.transitions.length;

      doubt(all);
      await gate.settle();

      expect(gate.passes(all.group)).toBe(false);
      await gate.says(all.group, words);
      expect(gate.world.land(all.group, gate.people.wes).status).toBe(405);
      // A failure would have thrown the group out of the queue before anybody knew whether it still passes.
      const since = gate.double.transitions.slice(before).filter(({ sha }) => sha === all.group.headSha);
      expect(since[0]).toMatchObject({ status: "in_progress", conclusion: null });
    },
  );

  row("E17", "the doubt about the first pull request of two reaches the group of both", async (gate) => {
    const { wes, olga } = gate.people;
    const kiros = gate.kirosChange(EDIT);
    gate.world.review(kiros, gate.people.sam, "APPROVED");
    const human = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    await gate.settle();
    const group = gate.world.enqueue([kiros, human], wes);
    await gate.settle();
    expect(gate.passes(group)).toBe(true);

    gate.world.review(kiros, olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    expect(gate.passes(group)).toBe(false);
    await gate.says(group, /@olga/);
  });

  row("E17", "the doubt reaches the group that was made after another was given up", async (gate) => {
    const { wes, olga } = gate.people;
    const { kiros } = await queued(gate);
    const human = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
    await gate.settle();
    gate.world.dequeue(kiros, wes);
    const again = gate.world.enqueue([human, kiros], wes);
    await gate.settle();
    expect(gate.passes(again)).toBe(true);

    gate.world.review(kiros, olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    expect(gate.passes(again)).toBe(false);
    await gate.says(again, /@olga/);
  });

  row("E17", "the doubt is heard while the group is being judged", async (gate) => {
    const { wes, olga } = gate.people;
    const kiros = gate.kirosChange(EDIT);
    gate.world.review(kiros, gate.people.sam, "APPROVED");
    await gate.settle();
    // What is read for the group is from before the refusal.
    const held = gate.double.faults.hold(
      ({ operation, body }) =>
        operation === "POST /graphql" && JSON.stringify(body).includes("CountersignEvaluation"),
      { times: 1 },
    );
    const group = gate.world.enqueue([kiros], wes);
    await held.asked();
    gate.world.review(kiros, olga, "CHANGES_REQUESTED", "No.");
    await gate.double.webhooks.settled();
    held.release();
    await gate.settle();

    expect(gate.passes(group)).toBe(false);
    await gate.says(group, /@olga/);
  });

  row("E17", "the group passes again when the refusal is taken back", async (gate) => {
    const { kiros, group } = await queued(gate);
    gate.world.review(kiros, gate.people.olga, "CHANGES_REQUESTED", "Wait.");
    await gate.settle();
    expect(gate.passes(group)).toBe(false);

    gate.world.review(kiros, gate.people.olga, "APPROVED");
    await gate.settle();

    expect(gate.passes(group)).toBe(true);
    expect(gate.world.land(group, gate.people.wes).status).toBe(200);
  });

  row("E17", "who signed approves an older commit too, and the head waits for a signature", async (gate) => {
    const { wes, sam } = gate.people;
    const kiros = gate.kirosChange({ "app/notes.md": "notes\n" });
    const older = kiros.headSha;
    gate.pushTo(kiros, { author: gate.bots.kiro, changes: EDIT });
    gate.world.review(kiros, sam, "APPROVED");
    await gate.settle();
    const group = gate.world.enqueue([kiros], wes);
    await gate.settle();
    expect(gate.passes(group)).toBe(true);

    gate.world.review(kiros, sam, "APPROVED").commitSha = older;
    await gate.settle();

    expect(gate.passes(kiros)).toBe(false);
    expect(gate.passes(group)).toBe(false);
  });

  row(
    "E17",
    "the news of a dismissal is lost, and something else has the head judged again",
    async (gate) => {
      const { kiros, approval, group } = await queued(gate);
      const found = gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
      gate.world.dismiss(kiros, approval, gate.people.olga, "not any more");
      await gate.settle();
      found();
      expect(gate.passes(group)).toBe(true);

      gate.world.label(kiros, "later", gate.people.wes);
      await gate.settle();

      expect(gate.passes(kiros)).toBe(false);
      expect(gate.passes(group)).toBe(false);
      await gate.says(group, /@acme\/sre/);
    },
  );

  row("E17", "the doubt about one pull request leaves the group of another alone", async (gate) => {
    const { wes, olga } = gate.people;
    const other = gate.kirosChange({ "infra/production/network.tf": "# wider\n" });
    gate.world.review(other, gate.people.sam, "APPROVED");
    await gate.settle();
    const ahead = gate.world.enqueue([other], wes);
    await gate.settle();
    const { kiros } = await queued(gate);
    const before = gate.changesOf(ahead);

    gate.world.review(kiros, olga, "CHANGES_REQUESTED", "No.");
    await gate.settle();

    expect(gate.passes(ahead)).toBe(true);
    expect(gate.changesOf(ahead)).toBe(before);
  });
});
