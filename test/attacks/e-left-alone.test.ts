import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Account, MergeGroup, Pull, Repository } from "../github-double/world/model.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;

interface Standing {
  readonly gate: Gate;
  readonly pull: Pull;
  readonly group: MergeGroup;
  /** Somebody who may read. */
  readonly eve: Account;
  readonly fork: Repository;
}

type Deeds = readonly (readonly [string, (standing: Standing) => void | Promise<void>])[];

const BY_STRANGERS: Deeds = [
  ["request changes", ({ gate, pull, eve }) => gate.world.review(pull, eve, "CHANGES_REQUESTED", "No!")],
  [
    "request changes many times",
    ({ gate, pull, eve }) => {
      for (let time = 0; time < 10; time++) gate.world.review(pull, eve, "CHANGES_REQUESTED", "No!");
    },
  ],
  [
    "request changes, and dismiss that themselves",
    ({ gate, pull, eve }) =>
      gate.world.dismiss(pull, gate.world.review(pull, eve, "CHANGES_REQUESTED", "No!"), eve, "well"),
  ],
  ["approve", ({ gate, pull, eve }) => gate.world.review(pull, eve, "APPROVED")],
  [
    "approve, and dismiss that themselves",
    ({ gate, pull, eve }) => gate.world.dismiss(pull, gate.world.review(pull, eve, "APPROVED"), eve, "well"),
  ],
  ["review", ({ gate, pull, eve }) => gate.world.review(pull, eve, "COMMENTED", "I would not.")],
  ["comment", ({ gate, pull, eve }) => gate.world.comment(pull, eve, "I would not.")],
  [
    "call for an agent, and delete that",
    ({ gate, pull, eve }) =>
      gate.world.deleteComment(pull, gate.world.comment(pull, eve, "@claude please fix"), eve),
  ],
  [
    "push to a fork",
    ({ gate, pull, eve, fork }) => {
      gate.world.branch(fork, "more", pull.headSha);
      gate.world.push(fork, "more", [gate.humanCommit(eve)], eve);
    },
  ],
  [
    "open the same commits from a fork",
    ({ gate, pull, eve, fork }) => gate.openAgain(pull, { author: eve, headRepo: fork }),
  ],
  [
    "open the same commits from a fork, and close that",
    ({ gate, pull, eve, fork }) =>
      gate.world.close(gate.openAgain(pull, { author: eve, headRepo: fork }), eve),
  ],
  [
    "name the pull request in an issue",
    ({ gate, pull, eve }) =>
      gate.world.openIssue(gate.repo, { title: "Bad", body: `See #${pull.number}`, author: eve }),
  ],
];

const BY_COLLEAGUES: Deeds = [
  [
    "somebody who owns nothing of it requests changes",
    ({ gate, pull }) => gate.world.review(pull, gate.people.dana, "CHANGES_REQUESTED", "No!"),
  ],
  [
    "who asked the agent requests changes",
    ({ gate, pull }) => gate.world.review(pull, gate.people.kira, "CHANGES_REQUESTED", "Wait!"),
  ],
  [
    "an AI reviewer requests changes",
    ({ gate, pull }) => gate.world.review(pull, gate.bots.coderabbit, "CHANGES_REQUESTED", "Nit."),
  ],
  ["a second owner approves", ({ gate, pull }) => gate.world.review(pull, gate.people.olga, "APPROVED")],
  ["an owner comments", ({ gate, pull }) => gate.world.comment(pull, gate.people.olga, "Good.")],
  [
    "an owner reviews without a verdict",
    ({ gate, pull }) => gate.world.review(pull, gate.people.olga, "COMMENTED", "Good."),
  ],
  [
    "somebody joins the owners",
    ({ gate }) => gate.world.addToTeam(gate.teams.sre, gate.people.dana, gate.people.olga),
  ],
  [
    "somebody gets write access",
    ({ gate, eve }) => gate.world.permission(gate.repo, eve, "write", gate.people.olga),
  ],
  [
    "the text is edited",
    ({ gate, pull }) =>
      gate.world.editPull(pull, { title: "Fix the slow checkout, again" }, gate.people.kira),
  ],
];

async function standing(gate: Gate): Promise<Standing> {
  const { eve, fork } = await gate.outsider();
  const pull = gate.kirosChange(EDIT);
  gate.world.review(pull, gate.people.sam, "APPROVED");
  expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
  const group = gate.world.enqueue([pull], gate.people.wes);
  await gate.settle();
  expect(gate.passes(group)).toBe(true);
  return { gate, pull, group, eve, fork };
}

/** Neither the pull request nor its merge group lost its pass, not even for a moment. */
async function holdsItsPasses(gate: Gate, act: Deeds[number][1]): Promise<void> {
  const all = await standing(gate);
  const before = gate.double.transitions.length;

  await act(all);
  await gate.settle();

  expect([gate.passes(all.pull), gate.passes(all.group)]).toEqual([true, true]);
  const heads = [all.pull.headSha, all.group.headSha];
  const since = gate.double.transitions.slice(before).filter(({ sha }) => heads.includes(sha));
  expect(since.filter(({ conclusion }) => conclusion !== "success")).toEqual([]);
  expect(gate.world.land(all.group, gate.people.wes).status).toBe(200);
}

describe("The machine, left alone", () => {
  row.each(BY_STRANGERS)(
    "E35",
    "a pull request stands in a merge queue, and strangers: %s",
    (gate, _deed, act) => holdsItsPasses(gate, act),
  );

  row.each(BY_COLLEAGUES)(
    "E35",
    "a pull request stands in a merge queue, and nothing gets stricter: %s",
    (gate, _deed, act) => holdsItsPasses(gate, act),
  );

  row("E35", "a stranger's refusal counts from when they may refuse", async (gate) => {
    const { pull, eve } = await standing(gate);
    gate.world.review(pull, eve, "CHANGES_REQUESTED", "No!");
    await gate.settle();
    expect(gate.passes(pull)).toBe(true);

    gate.world.addToTeam(gate.teams.sre, eve, gate.people.olga);
    await gate.settle();
    gate.world.review(pull, eve, "CHANGES_REQUESTED", "Still no!");

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@eve/);
  });
});
