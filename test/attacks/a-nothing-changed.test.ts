import { describe, expect } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

const PATH = "infra/production/main.tf";
const EDIT = { [PATH]: "# one instance less\n" };
const FOOTER = "🤖 Generated with [Claude Code](https://claude.com/claude-code)";
const PASSES = { conclusion: "success", title: "No AI-authored change" };
const WAITS = { conclusion: "action_required" };

/** As many pull requests begin: with a commit that changes nothing. */
function emptyByPerson(gate: Gate): Pull {
  const { wes } = gate.people;
  return gate.openPull({ author: wes, commits: [{ ...gate.humanCommit(wes, {}), message: "Begin" }] });
}

/** Makes ready a pull request of somebody else that changes nothing either, and tells of an agent; then it is opened. */
type Others = readonly (readonly [string, (gate: Gate) => (() => Pull) | Promise<() => Pull>])[];

const BY_INSIDERS: Others = [
  ["an agent begins with an empty commit", (gate) => () => gate.kirosChange({})],
  [
    "an agent takes back what it changed",
    (gate) => () => {
      const before = gate.world.fileText(gate.repo, "main", PATH) ?? "";
      const commits = [gate.kirosCommit(EDIT), gate.kirosCommit({ [PATH]: before })];
      return gate.openPull({ author: gate.bots.kiro, commits });
    },
  ],
  [
    "a person begins with an empty commit and an agent's words",
    (gate) => () => {
      const { olga } = gate.people;
      return gate.openPull({ author: olga, commits: [gate.humanCommit(olga, {})], body: FOOTER });
    },
  ],
];

const BY_OUTSIDERS: Others = [
  [
    "with an agent's words",
    async (gate) => {
      const { eve, fork } = await gate.outsider();
      const commits = [gate.humanCommit(eve, {})];
      return () => gate.openPull({ author: eve, commits, headRepo: fork, body: FOOTER });
    },
  ],
];

async function staysTheirs(gate: Gate, prepare: Others[number][1]): Promise<void> {
  const open = await prepare(gate);
  open();
  await gate.settle();
  const own = emptyByPerson(gate);
  expect(await gate.check(own)).toMatchObject(PASSES);

  gate.pushTo(own, { author: gate.people.wes, changes: EDIT });

  expect(await gate.check(own)).toMatchObject(PASSES);
}

describe("Whose approval: pull requests that change nothing", () => {
  row.each(BY_INSIDERS)(
    "A17",
    "what begins with nothing changed is not the work of others who changed nothing: %s",
    async (gate, _how, prepare) => staysTheirs(gate, prepare),
  );

  row.each(BY_OUTSIDERS)(
    "A25",
    "an outsider's pull request that changes nothing says nothing about others: %s",
    async (gate, _how, prepare) => staysTheirs(gate, prepare),
  );

  row.each([...BY_INSIDERS, ...BY_OUTSIDERS])(
    "A17",
    "what changes nothing has passed, and stays as it is when others change nothing: %s",
    async (gate, _how, prepare) => {
      const open = await prepare(gate);
      const own = emptyByPerson(gate);
      expect(await gate.check(own)).toMatchObject(PASSES);
      const before = gate.changesOf(own);

      open();
      await gate.settle();

      expect(gate.changesOf(own)).toBe(before);
    },
  );

  row(
    "A17",
    "what an agent began with nothing changed stays the agent's when it is rewritten",
    async (gate) => {
      const { wes } = gate.people;
      const first = gate.kirosChange({});
      await gate.settle();
      gate.world.branch(gate.repo, "anew", "main");
      gate.world.push(gate.repo, "anew", [gate.humanCommit(wes, EDIT)], wes);

      gate.world.forcePush(gate.repo, first.headRef, gate.world.tip(gate.repo, "anew"), wes);

      expect(await gate.check(first)).toMatchObject(WAITS);
      await gate.says(first, /Kiro/);
    },
  );

  row("A17", "an agent's empty commit is built upon in another pull request", async (gate) => {
    const { wes } = gate.people;
    const first = gate.kirosChange({});
    await gate.settle();

    const again = gate.openAgain(first, { author: wes });
    gate.pushTo(again, { author: wes, changes: EDIT });

    expect(await gate.check(again)).toMatchObject(WAITS);
    await gate.says(again, /Kiro/);
  });
});
