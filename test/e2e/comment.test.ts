import { expect, test } from "@jest/globals";
import type { Gate } from "../gate/gate.ts";
import { opened } from "../gate/row.ts";
import type { Pull } from "../github-double/world/model.ts";

/** What the app wrote below a pull request. */
async function commentsOf(gate: Gate, pull: Pull): Promise<readonly string[]> {
  await gate.settle();
  const { kind } = gate.bots.kiro;
  return pull.comments.filter(({ author }) => author.kind === kind).map(({ body }) => body);
}

test("where the config asks for it, one comment tells who has to sign and is edited ever after", async () => {
  const gate = opened();
  gate.configure("comment: true\n");
  const pull = gate.kirosChange({ "infra/production/main.tf": null });

  const begun = await commentsOf(gate, pull);
  gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/network.tf": null } });
  const afterPush = await commentsOf(gate, pull);
  gate.world.review(pull, gate.people.olga, "APPROVED");
  const signed = await commentsOf(gate, pull);

  expect(begun).toEqual([expect.stringContaining("**Needs [`@acme/sre`](")]);
  expect(afterPush).toEqual([expect.stringContaining("`infra/production/network.tf`")]);
  expect(signed).toEqual(["<!-- countersign -->\n**Countersigned by `@olga`**"]);
});

test("where nobody has anything to do, none is begun", async () => {
  const gate = opened();
  gate.configure("comment: true\n");
  const { wes } = gate.people;
  const pull = gate.openPull({ author: wes, commits: [gate.humanCommit(wes)] });
  expect(await commentsOf(gate, pull)).toEqual([]);
});

test("where the config does not ask for it, there is none", async () => {
  const gate = opened();
  const pull = gate.kirosChange({ "infra/production/main.tf": null });
  expect(await commentsOf(gate, pull)).toEqual([]);
});
