import { describe, expect } from "@jest/globals";
import { type PassingTime, row } from "../gate/clocked-row.ts";
import type { Gate } from "../gate/gate.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" };

/** Two of Kiro's changes that Olga signed, and the config lets people freeze. */
async function twoThatPass(gate: Gate) {
  gate.configure("version: 1\nfreeze: []\n");
  const pulls = [gate.kirosChange(EDIT), gate.kirosChange({ "infra/production/network.tf": null })] as const;
  for (const pull of pulls) gate.world.review(pull, gate.people.olga, "APPROVED");
  await gate.settle();
  expect(pulls.map((pull) => gate.passes(pull))).toEqual([true, true]);
  return pulls;
}

const dayAfter = (time: string) => new Date(Date.parse(time) + 86_400_000).toISOString().slice(0, 10);

async function settled(gate: Gate, time: PassingTime): Promise<void> {
  await gate.settle();
  await time.pass(10);
}

describe("The machine: a freeze", () => {
  row(
    "E37",
    "an owner stops every change of an area by one comment, until its time is over",
    async (gate, time) => {
      const [one, other] = await twoThatPass(gate);
      const until = dayAfter(one.createdAt);
      gate.world.comment(
        one,
        gate.people.sam,
        `/countersign freeze infrastructure until ${until} A third strange change`,
      );
      await settled(gate, time);
      for (const pull of [one, other])
        expect(gate.shown(pull)).toMatchObject({
          conclusion: "action_required",
          title: expect.stringContaining("by @sam: A third strange change"),
        });

      await time.leap(3 * 86_400);
      await settled(gate, time);
      expect([one, other].map((pull) => gate.passes(pull))).toEqual([true, true]);
    },
  );

  row(
    "E37",
    "nobody lifts it for their own change, and it takes two who did not freeze it",
    async (gate, time) => {
      const { world, people } = gate;
      const [one, other] = await twoThatPass(gate);
      world.comment(one, people.sam, `/countersign freeze all until ${dayAfter(one.createdAt)} Look first`);
      await settled(gate, time);
      for (const by of [people.kira, people.wes, people.olga]) {
        world.comment(other, by, "/countersign unfreeze all");
        await settled(gate, time);
      }
      expect([one, other].map((pull) => gate.passes(pull))).toEqual([false, false]);
      world.comment(other, people.sam, "/countersign unfreeze all");
      await settled(gate, time);
      expect([one, other].map((pull) => gate.passes(pull))).toEqual([true, true]);
    },
  );

  row(
    "E37",
    "a freeze that somebody deletes before it is read stops changes all the same",
    async (gate, time) => {
      const { world, people } = gate;
      const [one, other] = await twoThatPass(gate);
      const until = dayAfter(one.createdAt);
      const comment = world.comment(one, people.sam, `/countersign freeze all until ${until} Look first`);
      world.deleteComment(one, comment, people.wes);
      await settled(gate, time);
      expect([one, other].map((pull) => gate.passes(pull))).toEqual([false, false]);
    },
  );

  row("E37", "a stranger's freeze stops nothing", async (gate, time) => {
    const { world, people } = gate;
    const [one, other] = await twoThatPass(gate);
    for (const by of [people.mallory, people.dana])
      world.comment(one, by, `/countersign freeze all until ${dayAfter(one.createdAt)} Because`);
    await settled(gate, time);
    expect([one, other].map((pull) => gate.passes(pull))).toEqual([true, true]);
  });

  row(
    "E37",
    "a freeze on a pull request that is closed stops nothing, and only who may write is told that",
    async (gate, time) => {
      const { world, people } = gate;
      const [one, other] = await twoThatPass(gate);
      const { eve } = await gate.outsider();
      world.close(one, people.wes);
      await settled(gate, time);
      for (const by of [eve, people.sam])
        world.comment(one, by, `/countersign freeze all until ${dayAfter(one.createdAt)} Look first`);
      await settled(gate, time);
      expect(gate.passes(other)).toBe(true);
      const answers = one.comments.filter(({ body }) => body.includes("the pull request is closed"));
      expect(answers.map(({ body }) => /^@(?:[^\s]*)/.exec(body)?.[0])).toEqual(["@sam"]);
    },
  );
});
