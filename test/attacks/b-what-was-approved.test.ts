import { describe, expect } from "@jest/globals";
import { type Gate, isEvaluation } from "../gate/gate.ts";
import { row } from "../gate/row.ts";
import type { RawResponse } from "../github-double/faults.ts";
import type { Pull } from "../github-double/world/model.ts";
import type { Mode } from "../github-double/world/objects.ts";

const EDIT = { "infra/production/main.tf": "# one instance less\n" } as const;
const DELETION = { "infra/production/main.tf": null } as const;

const entry = (mode: Mode, content: string) => ({ mode, content });

describe("What was approved", () => {
  row("B01", "a new commit changes a file of the area after the approval", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/network.tf": null } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, `“infra/production/network.tf” changed since ${approved.slice(0, 7)}`);
  });

  row(
    "B02",
    "a new commit changes only files outside the area, which keeps untouched approvals",
    async (gate) => {
      const pull = gate.kirosChange(DELETION);
      const approved = pull.headSha;
      gate.world.review(pull, gate.people.olga, "APPROVED");
      await gate.settle();

      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/cart.ts": "export const cart = [2];\n" } });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
      await gate.says(pull, `Signed: @olga of @acme/sre for ${approved.slice(0, 7)}`);
      await gate.says(pull, "; still counts, because later pushes did not change this area.");
    },
  );

  row("B02", "a new commit changes only files outside the area, which keeps no approvals", async (gate) => {
    gate.configure("version: 1\nproduction: [{ name: infrastructure, keep: never }]\n");
    const pull = gate.kirosChange(DELETION);
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "app/cart.ts": "export const cart = [2];\n" } });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      `@olga approved, but that was for ${approved.slice(0, 7)}, and infrastructure keeps no approval after a push, so it must be approved again.`,
    );
  });

  row("B03", "a force-push after which GitHub shows the approval on the new head", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.rewrite(pull, [gate.kirosCommit({ ...DELETION, "infra/production/network.tf": null })]);
    gate.world.reanchorReviews(pull);

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      `@olga approved, but infra/production/network.tf changed since ${approved.slice(0, 7)}, so it must be approved again.`,
    );
  });

  row.each<readonly (readonly [string, (gate: Gate) => Promise<void>])[]>([
    ["it had been judged", (gate) => gate.settle()],
    ["it had only been heard of", async () => {}],
  ])(
    "B03",
    "a force-push of which GitHub's timeline does not tell, also at a later look, and the approval moves along: %s",
    async (gate, _what, before) => {
      const pull = gate.kirosChange(DELETION);
      const { olga } = gate.people;
      await before(gate);
      gate.double.faults.add({ match: isEvaluation, respond: withoutForcePushes });
      const news = gate.double.webhooks.drop(({ event }) => event === "pull_request_review");
      gate.world.review(pull, olga, "APPROVED");
      news();
      gate.rewrite(pull, [gate.kirosCommit({ "infra/production/network.tf": null })]);
      gate.world.reanchorReviews(pull);
      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      gate.world.editPull(pull, { title: "Fix it" }, olga);

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(pull, /@olga approved, but .*before/);
    },
  );

  row("B03", "the same while the app received nothing", async (gate) => {
    gate.double.webhooks.pause();
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    gate.rewrite(pull, [gate.kirosCommit({ ...DELETION, "infra/production/network.tf": null })]);
    gate.world.reanchorReviews(pull);
    gate.double.webhooks.resume();

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      `@olga approved, but that was before ${pull.headSha.slice(0, 7)} became the head, so it must be approved again.`,
    );
  });

  row.each([
    ["a rebase by force-push", (gate: Gate, pull: Pull) => gate.rewrite(pull, [gate.kirosCommit(EDIT)])],
    [
      "a merge of the base into the branch",
      (gate: Gate, pull: Pull) =>
        gate.pushTo(pull, { author: gate.people.kira, committer: "web", mergeFrom: "main" }),
    ],
  ])("B04", "the branch is updated, and the area does not change: %s", async (gate, _how, update) => {
    const pull = gate.kirosChange(EDIT);
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", gate.people.wes);
    update(gate, pull);

    expect(pull.headSha).not.toBe(approved);
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });
    await gate.says(pull, `Signed: @olga of @acme/sre for ${approved.slice(0, 7)}`);
    await gate.says(pull, "; still counts, because later pushes did not change this area.");
  });

  row("B05", "a merge of the base that also edits the area", async (gate) => {
    const pull = gate.kirosChange(EDIT);
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.world.setFile(gate.repo, "main", "README.md", "# The shop\n", gate.people.wes);
    gate.pushTo(pull, {
      author: gate.people.kira,
      mergeFrom: "main",
      changes: { "infra/production/main.tf": "# nothing is left\n" },
    });

    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(
      pull,
      `@olga approved, but infra/production/main.tf changed since ${approved.slice(0, 7)}, so it must be approved again.`,
    );
  });

  row("B06", "approved, then pushed and merged within a second", async (gate) => {
    const pull = gate.kirosChange(DELETION);
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

    gate.double.webhooks.pause();
    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/network.tf": null } });
    const merge = gate.world.merge(pull, gate.people.kira);
    gate.double.webhooks.resume();

    expect(merge).toMatchObject({
      status: 405,
      message: expect.stringContaining('"countersign" is expected'),
    });
    expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
    await gate.says(pull, /@olga approved, but infra\/production\/network\.tf changed since [0-9a-f]{7}/);
  });

  row("B07", "a rename out of the production area", async (gate) => {
    const pull = gate.openPull({
      author: gate.bots.kiro,
      commits: [{ ...gate.kirosCommit({}), renames: { "infra/production/main.tf": "app/main.txt" } }],
    });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/sre: infrastructure",
    });
    await gate.says(pull, "For: infra/production/main.tf (CODEOWNERS:2)");
  });

  row.each([
    ["a link points elsewhere", entry("120000", "../old"), entry("120000", "../new")],
    ["a script becomes executable", entry("100644", "rm -r /srv\n"), entry("100755", "rm -r /srv\n")],
    ["a file becomes a link", entry("100644", "../old"), entry("120000", "../old")],
    ["a submodule moves on", entry("160000", "1".repeat(40)), entry("160000", "2".repeat(40))],
  ])(
    "B09",
    "something other than text changes in the area after the approval: %s",
    async (gate, _what, before, after) => {
      const pull = gate.kirosChange({ "infra/production/it": before });
      const approved = pull.headSha;
      gate.world.review(pull, gate.people.olga, "APPROVED");
      expect(await gate.check(pull)).toMatchObject({ conclusion: "success" });

      gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/it": after } });

      expect(await gate.check(pull)).toMatchObject({ conclusion: "action_required" });
      await gate.says(
        pull,
        `@olga approved, but infra/production/it changed since ${approved.slice(0, 7)}, so it must be approved again.`,
      );
    },
  );

  row("B14", "a push that changes no approved file turns one of them into a hazard", async (gate) => {
    gate.configure("version: 1\nbuilt-in: false\n");
    const moved =
      'moved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.orders\n}\nresource "aws_db_instance" "orders" {\n  allocated_storage = 100\n}\n';
    const pull = gate.kirosChange({ ...DELETION, "infra/production/orders.tf": moved });
    const approved = pull.headSha;
    gate.world.review(pull, gate.people.olga, "APPROVED");
    expect(await gate.check(pull)).toMatchObject({ conclusion: "neutral" });

    gate.pushTo(pull, { author: gate.bots.kiro, changes: { "infra/production/orders.tf": null } });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/sre: destructive change",
    });
    await gate.says(
      pull,
      `@olga approved, but the hazard aws_db_instance.main was not there at ${approved.slice(0, 7)}, so it must be approved again.`,
    );
  });

  row.each([
    ["a text that is too large", `# ${"x".repeat(1_100_000)}\n`, "because it is too large"],
    ["a text that is called binary by a zero byte", "terraform {}\0\n", "because it is no text"],
  ])("B15", "GitHub returns neither the diff nor the text of a file: %s", async (gate, _what, text, why) => {
    gate.configure("version: 1\nbuilt-in: false\n");
    const pull = gate.kirosChange({ "infra/hidden.tf": text });

    expect(await gate.check(pull)).toMatchObject({
      conclusion: "action_required",
      title: "Needs @acme/sre: destructive change",
    });
    await gate.says(pull, `changes infra/hidden.tf, which cannot be read here, ${why}: an owner has to look`);
  });
});

/** GitHub does not document how soon its timeline tells of a force-push. */
function withoutForcePushes(real: RawResponse): RawResponse {
  const body: unknown = JSON.parse(JSON.stringify(real.body), (key, value: unknown) =>
    key === "nodes" && Array.isArray(value)
      ? value.filter((node) => node?.__typename !== "HeadRefForcePushedEvent")
      : value,
  );
  return { ...real, body };
}
